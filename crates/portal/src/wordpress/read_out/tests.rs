use super::*;

fn photos() -> BTreeMap<Sha256Hex, u64> {
    BTreeMap::from([(Sha256Hex::of(b"one"), 7)])
}

#[test]
fn what_the_block_editor_writes_becomes_the_dialect() {
    let photo = Sha256Hex::of(b"one");
    for (html, due) in [
        ("<p>ক <strong>খ</strong> <em>গ</em> <s>ঘ</s> <code>ঙ</code></p>", "ক **খ** *গ* ~~ঘ~~ `ঙ`"),
        ("<h2 class=\"wp-block-heading\">ক</h2>\n\n<h4>খ</h4>", "## ক\n\n### খ"),
        (
            "<blockquote><!-- wp:paragraph -->\n<p>ক</p>\n<!-- /wp:paragraph -->\n<p>খ</p></blockquote>",
            "> ক\n>\n> খ",
        ),
        (
            "<figure class=\"wp-block-pullquote\"><blockquote><p>ক</p><cite>— খ</cite></blockquote></figure>",
            "> [!pull]\n> ক\n>\n> — খ",
        ),
        ("<ul><li>ক<ol><li>খ</li><li>গ</li></ol></li><li>ঘ</li></ul>", "- ক\n   1. খ\n   2. গ\n- ঘ"),
        ("<ol start=\"3\"><li>ক</li></ol>", "3. ক"),
        (
            "<p><a href=\"https://example.com/?a=1&amp;b=2\">ক</a> &amp; খ</p>",
            "[ক](https://example.com/?a=1&b=2) & খ",
        ),
        (
            "<figure class=\"wp-block-image\"><img src=\"/x\" alt=\"\" class=\"wp-image-7\"/><figcaption>ক</figcaption></figure>",
            &format!("![](photo:{photo})"),
        ),
        ("<p><img src=\"https://example.com/x.jpg\" alt=\"ক\"/></p>", "[ক](https://example.com/x.jpg)"),
        (
            "<table><thead><tr><th>ক</th><th>খ</th></tr></thead><tbody><tr><td>১</td><td>২|৩</td></tr></tbody></table>",
            "| ক | খ |\n|---|---|\n| ১ | ২\\|৩ |",
        ),
        ("<pre class=\"wp-block-code\"><code>a &lt; b\n  c</code></pre>", "```\na < b\n  c\n```"),
        ("<p>ক<br>খ</p><hr/><p>গ</p>", "ক\\\nখ\n\n---\n\nগ"),
        ("<p class=\"khosra-byline\"><strong>ক</strong></p><p>খ</p><p class=\"khosra-source\">গ</p>", "খ"),
        ("<p>তারা * আর _ আর [১] আর &lt;b&gt;</p>", "তারা \\* আর \\_ আর \\[১\\] আর \\<b>"),
        ("<script>alert(1)</script>ক", "ক"),
        ("<p>কাটা <b", "কাটা"),
    ] {
        assert_eq!(read_out(html, &photos()).body, due, "{html}");
    }
}

#[test]
fn what_the_dialect_has_no_form_for_is_named_and_its_words_are_kept() {
    let photo = Sha256Hex::of(b"one");
    let read = read_out(
        "<!-- wp:paragraph --><p>ক</p><!-- /wp:paragraph -->\
         <!-- wp:latest-posts {\"postsToShow\":3} /-->\
         <!-- wp:acme/box --><div>খ</div><!-- /wp:acme/box -->\
         <figure><img src=\"/y.jpg\" alt=\"সেতু\"/><figcaption>সেতুর ছবি</figcaption></figure>\
         <figure><img src=\"/x.jpg\" alt=\"ঘাট\" class=\"wp-image-7\"/><figcaption>ঘাটের <b>ছবি</b></figcaption></figure>\
         <p class=\"khosra-byline\"><strong>রুমানা</strong>, খুলনা</p><p class=\"khosra-source\">বাসস</p>",
        &photos(),
    );
    let lost: Vec<_> = read.lost.iter().map(|lost| (lost.kind, lost.name.as_str())).collect();
    let due = [(LostKind::Block, "latest-posts"), (LostKind::Block, "acme/box"), (LostKind::Photo, "সেতু")];
    assert_eq!(lost, due);
    assert_eq!(read.body, format!("ক\n\nখ\n\n[সেতু](/y.jpg)\n\nসেতুর ছবি\n\n![](photo:{photo})"));
    assert_eq!(read.pictures[&photo], Picture { alt: "ঘাট".into(), caption: "ঘাটের ছবি".into() });
    assert_eq!((read.byline.as_deref(), read.source.as_deref()), (Some("রুমানা, খুলনা"), Some("বাসস")));
}
