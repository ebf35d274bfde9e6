//! A page with what differs from another version marked in it.

use std::time::{Duration, Instant};

use khosra_page::{Changes, Context, StoryPage, Theme, render_changes, render_pieces};
use proptest::prelude::*;
use story::Content;

use crate::{
    fixture::{Around, golden_story, photo},
    laws::markdown,
};

fn changes(old: &Content, new: &Content) -> Changes {
    let (theme, around) = (Theme::dainik().unwrap(), Around::new());
    let context = Context { preview: true, ..around.context() };
    render_changes(&StoryPage::unpublished(new), old, &theme, &context).unwrap()
}

fn blocks(content: &Content) -> String {
    let (theme, around) = (Theme::dainik().unwrap(), Around::new());
    render_pieces(&StoryPage::unpublished(content), &theme, &around.context()).unwrap().blocks.concat()
}

/// The letters of some HTML, without those in marks that `left_out` begins, and without white space.
fn letters(html: &str, left_out: &str) -> String {
    let mark = format!("<{left_out} class=\"change\"");
    let (mut text, mut open) = (String::new(), Vec::new());
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        match (matches!(name, "del" | "ins"), tag.starts_with('/')) {
            (true, false) => open.push(format!("<{tag}").starts_with(&mark)),
            (true, true) => drop(open.pop()),
            _ => {}
        }
        if !open.contains(&true) {
            text.push_str(words);
        }
    }
    text.split_whitespace().collect()
}

fn body(body: &str) -> Content {
    Content { body: body.to_owned(), ..Content::default() }
}

#[test]
fn every_field_that_the_page_shows_is_marked_in_its_place_and_in_the_order_of_the_page() {
    let old = golden_story();
    let mut new = old.clone();
    new.headline = new.headline.replace("মানুষ", "পরিবার");
    new.standfirst = String::new();
    new.byline = "রুমানা আক্তার".to_owned();
    new.dateline = "গাইবান্ধা".to_owned();
    new.source = "ইউএনবি".to_owned();
    new.tags.retain(|tag| tag != "ব্রহ্মপুত্র");
    new.photos[0].credit = "নিজস্ব".to_owned();
    new.photos[2] = photo('4', "নতুন ছবি", "নিজস্ব ছবি");
    let Changes { pieces, count } = changes(&old, &new);
    let page = pieces.page.replacen(khosra_page::TEXT_GOES_HERE, &pieces.blocks.concat(), 1);
    let numbers: Vec<u32> = page
        .split("data-change=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    assert_eq!(numbers.last(), Some(&count));
    for part in [
        ">মানুষ</del><ins",
        "<p class=\"standfirst\"",
        ">ইউএনবি</ins>",
        ">ব্রহ্মপুত্র</del></li>",
        ">সংগৃহীত</del><ins",
        "><img src=\"/media/3333",
        ">নতুন ছবি</ins>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.contains("ins.change"), "the marks bring their style");
    assert!(page.contains("<title>ভাঙনের মুখে চরকুসুমপুর, তবু ভিটা ছাড়ছেন না পরিবার"), "no mark outside the page");
}

#[test]
fn a_page_without_a_difference_is_the_page() {
    let content = golden_story();
    let Changes { pieces, count } = changes(&content, &content);
    let (theme, around) = (Theme::dainik().unwrap(), Around::new());
    let context = Context { preview: true, ..around.context() };
    let plain = render_pieces(&StoryPage::unpublished(&content), &theme, &context).unwrap();
    assert_eq!((count, pieces.blocks, pieces.places), (0, plain.blocks, plain.places));
}

#[test]
fn a_conjunct_is_never_taken_apart() {
    let old = body("শক্ত বাঁধ ক্ষয়ে গেছে, র‍্যাব বলেছে।");
    let new = body("শক্তি বাঁধ ক্ষতে গেছে, র‍্যাবও বলেছে।");
    let marked = changes(&old, &new).pieces.blocks.concat();
    for whole in [">শক্ত</del>", ">শক্তি</ins>", ">ক্ষয়ে</del>", ">ক্ষতে</ins>", ">র‍্যাব</del>", ">র‍্যাবও</ins>"]
    {
        assert!(marked.contains(whole), "{whole} in {marked}");
    }
}

#[test]
fn a_long_text_that_was_written_anew_is_compared_in_no_time_that_a_person_notices() {
    let paragraph =
        |number: usize, word: &str| format!("{number} নম্বর অনুচ্ছেদে {word} কথা বলা হয়েছে, আর কিছু নয়।\n\n");
    let text = |word: &str| {
        (0..600).map(|number| paragraph(number, &word.repeat(number % 3 + 1))).collect::<String>()
    };
    let (old, new) = (body(&text("পুরোনো")), body(&text("নতুন")));
    let begun = Instant::now();
    let Changes { count, .. } = changes(&old, &new);
    assert!(count >= 600, "{count}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn without_what_comes_it_says_the_old_and_without_what_goes_the_new(old in markdown(), new in markdown()) {
        let (before, after) = (body(&old), body(&new));
        let marked = changes(&before, &after).pieces.blocks.concat();
        prop_assert!(!marked.contains("<script"), "{}", marked);
        prop_assert_eq!(letters(&marked, "ins"), letters(&blocks(&before), "-"), "{}", marked);
        let shown = changes(&after, &after).pieces.blocks.concat();
        prop_assert_eq!(letters(&marked, "del"), letters(&shown, "-"), "{}", marked);
    }
}
