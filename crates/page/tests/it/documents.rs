//! The tree and the page read one dialect: over the golden corpus they carry the same words.

use khosra_page::{Block, Document, Inline, Target, document};

use crate::fixture::{golden, read};

fn words_of_blocks(blocks: &[Block]) -> String {
    let word = |block: &Block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => words(text),
        Block::Quote(inside) => words_of_blocks(inside),
        Block::PullQuote(inside, who) => words_of_blocks(inside) + &words(who.as_deref().unwrap_or_default()),
        Block::List(_, items) => items.iter().map(|item| words_of_blocks(item)).collect(),
        Block::Table(table) => {
            std::iter::once(&table.head).chain(&table.rows).flatten().map(|cell| words(cell)).collect()
        }
        Block::Code(text) => text.clone(),
        Block::Related(_, text) => text.clone(),
        Block::Embed(address) => {
            let host = address.split('/').nth(2).unwrap_or_default().trim_start_matches("www.");
            format!("{host}{address}")
        }
        Block::Photo(_) | Block::Rule => String::new(),
    };
    blocks.iter().map(word).collect()
}

fn words(text: &[Inline]) -> String {
    let word = |piece: &Inline| match piece {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Emphasis(inside)
        | Inline::Strong(inside)
        | Inline::Struck(inside)
        | Inline::Link(_, inside) => words(inside),
        Inline::Break | Inline::Note(_) => String::new(),
    };
    text.iter().map(word).collect()
}

fn without(html: &str, opening: &str, closing: &str) -> String {
    let mut parts = html.split(opening);
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest += part.split_once(closing).unwrap().1;
    }
    rest
}

fn words_of_page(html: &str) -> String {
    let html = [
        ("<figure", "</figure>"),
        ("<sup>", "</sup>"),
        ("<span class=\"label\">", "</span>"),
        ("<a class=\"footnote-back\"", "</a>"),
        ("<", ">"),
    ]
    .iter()
    .fold(html.to_owned(), |html, (opening, closing)| without(&html, opening, closing));
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    marks.iter().fold(html, |text, (entity, mark)| text.replace(entity, mark))
}

#[test]
fn the_tree_has_the_words_of_the_page_and_no_others() {
    let mut seen = 0;
    for entry in std::fs::read_dir(golden("markdown")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let Document { blocks, notes } = document(&read(&path));
            let tree: String = words_of_blocks(&blocks)
                + &notes.iter().map(|note| words_of_blocks(note)).collect::<String>();
            let page = words_of_page(&read(&path.with_extension("html")));
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&tree), bare(&page), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn every_construct_has_its_place_in_the_tree() {
    let body = "লেখা **মোটা**[^১] ![](photo:ab) শেষ\n\n> [!pull]\n> কথা\n>\n> — বক্তা\n\n[সেতু](story:01930000-0000-7000-8000-000000000001)\n\n\
                <https://example.com/x>\n\n3. তিন\n   - ভেতরে\n\n| ক | খ |\n|:-:|--:|\n| ১ | ২ |\n\n[^১]: টীকা";
    let Document { blocks, notes } = document(body);
    let text = |text: &str| Inline::Text(text.to_owned());
    let paragraph = |words: &str| Block::Paragraph(vec![text(words)]);
    assert_eq!(
        blocks[0],
        Block::Paragraph(vec![
            text("লেখা "),
            Inline::Strong(vec![text("মোটা")]),
            Inline::Note(1),
            text("  শেষ")
        ])
    );
    assert_eq!(blocks[1], Block::Photo("ab".into()));
    assert_eq!(blocks[2], Block::PullQuote(vec![paragraph("কথা")], Some(vec![text("— বক্তা")])));
    assert_eq!(
        blocks[3],
        Block::Related("01930000-0000-7000-8000-000000000001".parse().unwrap(), "সেতু".into())
    );
    assert_eq!(blocks[4], Block::Embed("https://example.com/x".into()));
    let inner = Block::List(None, vec![vec![paragraph("ভেতরে")]]);
    assert_eq!(blocks[5], Block::List(Some(3), vec![vec![paragraph("তিন"), inner]]));
    let Block::Table(table) = &blocks[6] else { panic!("{:?}", blocks[6]) };
    assert_eq!((table.head.len(), table.rows.len(), table.columns.len()), (2, 1, 2));
    assert_eq!(notes, [vec![paragraph("টীকা")]]);
}

#[test]
fn an_address_that_the_dialect_does_not_allow_leaves_its_words() {
    let Document { blocks, .. } = document("[ক](javascript:alert(1)) [খ](https://example.com)");
    let text = |text: &str| Inline::Text(text.to_owned());
    let link = Inline::Link(Target::Web("https://example.com".into()), vec![text("খ")]);
    assert_eq!(blocks, [Block::Paragraph(vec![text("ক "), link])]);
}

#[test]
fn a_body_of_brackets_alone_ends_in_time() {
    let deep = ">".repeat(5_000) + " তলা";
    assert!(words_of_blocks(&document(&deep).blocks).contains("তলা"));
    let list: String = (0..2_000).map(|depth| format!("{}- ক\n", "  ".repeat(depth))).collect();
    assert!(!document(&list).blocks.is_empty());
}
