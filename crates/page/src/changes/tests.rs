use super::*;

fn marked(old: &str, new: &str) -> (String, u32) {
    let mut marking = Marking::default();
    let html = marking.html(old, new);
    (html.replace(" class=\"change\"", "").replace(" data-change", " n"), marking.count())
}

#[track_caller]
fn is(old: &str, new: &str, expected: &str, count: u32) {
    let (html, found) = marked(old, new);
    assert_eq!((html.trim_end(), found), (expected, count));
}

#[test]
fn a_word_is_marked_where_it_stands_and_the_rest_stays() {
    is(
        "<p>নদীতে <strong>গেছে</strong> শতাধিক ঘর।</p>\n<p>শেষ।</p>\n",
        "<p data-at=\"0\">নদীতে <strong>গেছে</strong> দুই শতাধিক বাড়ি।</p>\n<p data-at=\"90\">শেষ।</p>\n",
        "<p data-at=\"0\">নদীতে <strong>গেছে</strong> <ins n=\"1\">দুই </ins>শতাধিক \
         <del n=\"2\">ঘর</del><ins n=\"2\">বাড়ি</ins>।</p>\n<p data-at=\"90\">শেষ।</p>",
        2,
    );
}

#[test]
fn a_word_that_is_set_otherwise_or_leads_elsewhere_is_another_word() {
    is(
        "<p>এক দুই</p>",
        "<p>এক <em>দুই</em></p>",
        "<p>এক <del n=\"1\">দুই</del><ins n=\"1\"><em>দুই</em></ins></p>",
        1,
    );
    let (html, count) = marked("<p><a href=\"/a\">সেতু</a></p>", "<p><a href=\"/b\">সেতু</a></p>");
    assert!(
        html.contains("<del n=\"1\"><a href=\"/a\"") && html.contains("<ins n=\"1\"><a href=\"/b\""),
        "{html}"
    );
    assert_eq!(count, 1);
}

#[test]
fn paragraphs_that_came_and_went_are_one_change_each() {
    is(
        "<p>প্রথম কথা।</p>\n<p>নদীর পানি কমছে না।</p>\n",
        "<p>প্রথম কথা।</p>\n<h2>বাঁধ</h2>\n<ul>\n<li>এক</li>\n<li>দুই</li>\n</ul>\n",
        "<p>প্রথম কথা।</p>\n<p><del n=\"1\">নদীর পানি কমছে না।</del></p>\n<h2><ins n=\"2\">বাঁধ</ins></h2>\n\
         <ul><li><ins n=\"3\">এক</ins></li><li><ins n=\"3\">দুই</ins></li></ul>",
        3,
    );
}

#[test]
fn an_item_and_a_cell_are_marked_inside() {
    is(
        "<ul>\n<li>চাল ৫০ টাকা</li>\n<li>ডাল</li>\n</ul>\n",
        "<ul>\n<li>চাল ৬০ টাকা</li>\n</ul>\n",
        "<ul><li>চাল <del n=\"1\">৫০</del><ins n=\"1\">৬০</ins> টাকা</li>\n<li><del n=\"2\">ডাল</del></li>\n</ul>",
        2,
    );
    let table = |price: &str| {
        format!(
            "<div class=\"table-scroll\"><table>\n<tbody>\n<tr><td>চাল</td><td>{price}</td></tr>\n</tbody></table></div>\n"
        )
    };
    let (html, count) = marked(&table("৫০"), &table("৬০"));
    assert!(html.contains("<td>চাল</td>\n<td><del n=\"1\">৫০</del><ins n=\"1\">৬০</ins></td>"), "{html}");
    assert_eq!(count, 1);
}

#[test]
fn another_photo_is_a_change_with_its_words_and_a_new_caption_is_one_in_it() {
    let figure = |src: &str, caption: &str| {
        format!(
            "<figure class=\"photo\"><img src=\"{src}\" alt=\"\"><figcaption><span class=\"caption\">{caption}</span> \
             <span class=\"credit\">ছবি: নিজস্ব</span></figcaption></figure>\n"
        )
    };
    let (html, count) = marked(&figure("/a", "ঘাট"), &figure("/b", "ঘাট"));
    assert!(
        html.contains("<del n=\"1\"><img src=\"/a\"") && html.contains("<ins n=\"2\"><img src=\"/b\""),
        "{html}"
    );
    assert_eq!(count, 2);
    let (html, count) = marked(&figure("/a", "ঘাট"), &figure("/a", "খেয়াঘাট"));
    assert!(
        html.contains("<span class=\"caption\"><del n=\"1\">ঘাট</del><ins n=\"1\">খেয়াঘাট</ins></span> <span"),
        "{html}"
    );
    assert!(html.matches("<img").count() == 1 && count == 1, "{html}");
}

#[test]
fn what_goes_brings_no_anchor_twice_and_no_place() {
    let note = |words: &str| format!("<p>{words}<sup><a href=\"#fn-1\" id=\"fnref-1\">১</a></sup></p>");
    let (html, _) = marked(&note("পুরোনো"), &note("একেবারে আলাদা"));
    assert_eq!(html.matches("id=\"fnref-1\"").count(), 0, "{html}");
    assert!(html.contains("href=\"#fn-1\""), "{html}");
}

#[test]
fn signs_that_html_writes_otherwise_are_what_they_are() {
    is(
        "<p>ক &amp; খ</p>",
        "<p>ক &lt; খ</p>",
        "<p>ক <del n=\"1\">&amp;</del><ins n=\"1\">&lt;</ins> খ</p>",
        1,
    );
    let mut marking = Marking::default();
    let marked = marking.text("<b>ক", "<i>ক");
    assert!(marked.is_safe() && !marked.to_string().contains("<b>"), "{marked}");
    assert!(!marking.text("<b>", "<b>").is_safe());
}

#[test]
fn a_listing_keeps_its_lines() {
    let (html, count) = marked("<pre><code>ক\nখ\n</code></pre>", "<pre><code>ক\nগ\n</code></pre>");
    assert!(html.contains("<del n=\"1\"><code>খ</code></del>"), "{html}");
    assert_eq!(count, 1);
}

#[test]
fn a_list_of_tags_is_compared_by_tag() {
    let mut marking = Marking::default();
    let tags = marking.list(&["নদী", "চর"], &["নদী", "বাঁধ"]);
    let tags: Vec<_> = tags.iter().map(|tag| (tag.is_safe(), tag.to_string())).collect();
    assert_eq!(tags.len(), 3);
    assert_eq!(tags[0], (false, "নদী".to_owned()));
    assert!(tags[1].1.starts_with("<del") && tags[2].1.starts_with("<ins"));
    assert_eq!(marking.count(), 2);
}
