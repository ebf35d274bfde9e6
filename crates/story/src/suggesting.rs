//! Words that somebody would write otherwise, parted into changes that can be taken over one by one.

use std::ops::Range;

use crate::{
    difference::{Hunk, hunks, part},
    notes::{Anchor, Suggestion},
};

/// Code points of what stands around words that are quoted with each change.
const CONTEXT: usize = 32;

/// Each change that makes `words` of what `anchor` quotes, in order: what it stands at, and what is to stand there. Whole
/// words on both sides, so that each reads by itself and is found again; empty where nothing would change.
pub fn suggested(anchor: &Anchor, words: &str) -> Vec<(Anchor, Suggestion)> {
    let before = anchor.quote.as_str();
    let change = |hunk: &Hunk| {
        let words = part(words, &hunk.new).to_owned();
        (quoted(anchor, &hunk.old), Suggestion::Replace { words })
    };
    whole(hunks(before, words), before, words).iter().map(change).collect()
}

/// The words of `range` within what `anchor` quotes, with what stands around them there.
fn quoted(anchor: &Anchor, range: &Range<usize>) -> Anchor {
    let quote = anchor.quote.as_str();
    let before = format!("{}{}", anchor.prefix, part(quote, &(0..range.start)));
    let after = format!("{}{}", part(quote, &(range.end..quote.len())), anchor.suffix);
    let skipped = before.chars().count().saturating_sub(CONTEXT);
    let units = part(quote, &(0..range.start)).encode_utf16().count();
    Anchor {
        quote: part(quote, range).to_owned(),
        prefix: before.chars().skip(skipped).collect(),
        suffix: after.chars().take(CONTEXT).collect(),
        at: anchor.at.saturating_add(u32::try_from(units).unwrap_or(u32::MAX)),
        ..anchor.clone()
    }
}

/// The same changes, each drawn out to the words beside it where it begins or ends between two, or stands at none. Two
/// that come to touch are one.
fn whole(hunks: Vec<Hunk>, before: &str, after: &str) -> Vec<Hunk> {
    let mut found: Vec<Hunk> = Vec::new();
    let mut rest = hunks.into_iter().peekable();
    while let Some(mut hunk) = rest.next() {
        let free = found.last().map_or(0, |last| last.old.end);
        if is_open(&hunk, before, after, Side::Start) {
            let back = word_back(part(before, &(free..hunk.old.start)));
            hunk =
                Hunk { old: hunk.old.start - back..hunk.old.end, new: hunk.new.start - back..hunk.new.end };
        }
        if is_open(&hunk, before, after, Side::End) {
            let end = rest.peek().map_or(before.len(), |next| next.old.start);
            let on = word_on(part(before, &(hunk.old.end..end)));
            hunk = Hunk { old: hunk.old.start..hunk.old.end + on, new: hunk.new.start..hunk.new.end + on };
        }
        match found.last_mut() {
            Some(last) if hunk.old.start == last.old.end => {
                *last = Hunk { old: last.old.start..hunk.old.end, new: last.new.start..hunk.new.end };
            }
            _ => found.push(hunk),
        }
    }
    found
}

enum Side {
    Start,
    End,
}

/// It begins (or ends) with a space on either side, or quotes nothing.
fn is_open(hunk: &Hunk, before: &str, after: &str, side: Side) -> bool {
    let (old, new) = (part(before, &hunk.old), part(after, &hunk.new));
    let is_space = |text: &str| match side {
        Side::Start => text.starts_with(char::is_whitespace),
        Side::End => text.ends_with(char::is_whitespace),
    };
    old.trim().is_empty() || is_space(old) || is_space(new)
}

/// Bytes back to where the last word of a text begins.
fn word_back(text: &str) -> usize {
    let word = text.trim_end();
    let start = word.rfind(char::is_whitespace).map_or(0, |at| at + first(part(word, &(at..word.len()))));
    if word.is_empty() { text.len() } else { text.len() - start }
}

/// Bytes on to where the first word of a text ends.
fn word_on(text: &str) -> usize {
    let word = text.trim_start();
    let skipped = text.len() - word.len();
    skipped + word.find(char::is_whitespace).unwrap_or(word.len())
}

fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::NotedField;

    fn anchor(quote: &str) -> Anchor {
        let (prefix, suffix) = ("আগের কথা। ".to_owned(), " পরের কথা।".to_owned());
        Anchor { field: NotedField::Body, photo: None, quote: quote.to_owned(), prefix, suffix, at: 10 }
    }

    fn changes(quote: &str, words: &str) -> Vec<(String, String)> {
        suggested(&anchor(quote), words).into_iter().map(|(at, change)| (at.quote, said(change))).collect()
    }

    fn said(change: Suggestion) -> String {
        match change {
            Suggestion::Replace { words } => words,
            Suggestion::Format { .. } => panic!("words were asked for"),
        }
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    #[test]
    fn each_change_stands_at_whole_words_and_can_be_taken_by_itself() {
        let before = "শুক্রবার রাতে তিন গ্রামে পানি ঢুকেছে, ডুবেছে ফসল।";
        let after = "শুক্রবার রাতে চার গ্রামে পানি ঢুকেছে, ডুবেছে ধান ও সবজি।";
        assert_eq!(changes(before, after), pairs(&[("তিন", "চার"), ("ফসল", "ধান ও সবজি")]));
    }

    #[test]
    fn what_comes_in_or_goes_out_takes_a_word_beside_it_along() {
        assert_eq!(changes("পানি ঢুকেছে গ্রামে", "নোনা পানি ঢুকেছে গ্রামে"), pairs(&[("পানি", "নোনা পানি")]));
        assert_eq!(changes("রাতে হঠাৎ পানি", "রাতে পানি"), pairs(&[("হঠাৎ পানি", "পানি")]));
        assert_eq!(changes("পানি ঢুকেছে।", "পানি ঢুকেছে।\nমানুষ বাঁধে।"), pairs(&[("ঢুকেছে।", "ঢুকেছে।\nমানুষ বাঁধে।")]));
        assert_eq!(changes("পানি ঢুকেছে", ""), pairs(&[("পানি ঢুকেছে", "")]));
        assert_eq!(changes("পানি ঢুকেছে", "পানি ঢুকেছে"), []);
    }

    #[test]
    fn a_change_is_quoted_with_what_stands_around_it_and_where() {
        let found = suggested(&anchor("রাতে 😀 তিন গ্রামে"), "রাতে 😀 চার গ্রামে");
        let (at, _) = found.first().unwrap();
        assert_eq!((at.prefix.as_str(), at.suffix.as_str()), ("আগের কথা। রাতে 😀 ", " গ্রামে পরের কথা।"));
        assert_eq!(at.at, 10 + "রাতে 😀 ".encode_utf16().count() as u32);
    }

    proptest! {
        #[test]
        fn all_of_them_taken_over_make_what_was_meant(
            old in proptest::collection::vec(prop::sample::select(PIECES), 1..14),
            new in proptest::collection::vec(prop::sample::select(PIECES), 0..14),
        ) {
            let (old, new) = (old.concat(), new.concat());
            prop_assume!(!old.trim().is_empty());
            let whole = anchor(&old);
            let found = suggested(&whole, &new);
            let mut text: Vec<u16> = old.encode_utf16().collect();
            let mut end = text.len();
            for (at, change) in found.iter().rev() {
                let from = (at.at - whole.at) as usize;
                let quote: Vec<u16> = at.quote.encode_utf16().collect();
                prop_assert!(from + quote.len() <= end, "none overlaps another");
                prop_assert_eq!(&text[from..from + quote.len()], &quote[..]);
                prop_assert!(!at.quote.trim().is_empty());
                end = from;
                text.splice(from..from + quote.len(), said(change.clone()).encode_utf16());
            }
            prop_assert_eq!(String::from_utf16(&text).unwrap(), new);
        }
    }

    const PIECES: &[&str] = &["তিন", "গ্রাম", "ক্ষেত", "ে", " ", " ", "\n", "।", "পানি", "😀", "ab", "  "];
}
