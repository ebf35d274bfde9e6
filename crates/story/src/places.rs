//! Places where readers meet a story beside its own page, and whether what stands there is how it is told now. A front
//! page, a feed or a share card may go on with the old wording long after the page has the new one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The story's own page.
    Page,
    /// What other sites show of that page: share card, title and description in its head.
    Card,
    /// The front page.
    Front,
    /// The page of the story's section.
    Section,
    /// RSS or Atom.
    Feed,
    /// The list of addresses for search engines. It has no wording.
    Sitemap,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceState {
    /// The story as it is told now.
    New,
    /// A wording that was taken back; of a story that was taken down, anything of it.
    Old,
    /// The story's address, and none of its words.
    Listed,
    /// Nothing of the story.
    Absent,
    /// Nobody knows: it could not be read.
    Unread,
}

/// How a story is told where it is not told whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// See [`crate::Content::headline`].
    pub headline: String,
    /// See [`crate::Content::standfirst`].
    pub standfirst: String,
    /// The opening of the body, for places that have no standfirst.
    pub teaser: String,
}

impl Wording {
    fn phrases(&self) -> impl Iterator<Item = String> {
        [&self.headline, &self.standfirst, &self.teaser].into_iter().map(|text| plain(text))
    }
}

/// How it is told now, and how it was told before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wordings {
    /// What readers are to get; `None` once they are to get nothing.
    pub now: Option<Wording>,
    /// What they had before that.
    pub former: Vec<Wording>,
    /// What they are told of the change: it may quote the old wording, and is not meant.
    pub notice: String,
}

impl Wordings {
    /// What `text` shows; `linked` says that the story's address is there too. Spaces, quotation marks, dashes and the
    /// ways to write one letter make no difference, and no wording is found in the middle of a word.
    pub fn shown(&self, text: &str, linked: bool) -> PlaceState {
        let (new, old) = self.seen(text);
        match (old, new || linked, &self.now) {
            (true, _, _) | (_, true, None) => PlaceState::Old,
            _ if new => PlaceState::New,
            (_, true, _) => PlaceState::Listed,
            _ => PlaceState::Absent,
        }
    }

    /// Whether the new wording is there, and an old one. Of two of which one contains the other, the longer is looked for
    /// first and counts alone where it stands.
    fn seen(&self, text: &str) -> (bool, bool) {
        let mut left = plain(text);
        let notice = plain(&self.notice);
        if !notice.is_empty() {
            left = left.replace(&notice, BORDER);
        }
        let now: Vec<String> = self.now.iter().flat_map(Wording::phrases).collect();
        let former = self.former.iter().flat_map(Wording::phrases).filter(|phrase| !now.contains(phrase));
        let mut phrases: Vec<(String, bool)> = former.map(|phrase| (phrase, true)).collect();
        phrases.extend(now.iter().map(|phrase| (phrase.clone(), false)));
        phrases.retain(|(phrase, _)| !phrase.is_empty());
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        let (mut new, mut old) = (false, false);
        for (phrase, is_old) in phrases {
            if let Some(rest) = without(&left, &phrase) {
                left = rest;
                (new, old) = (new || !is_old, old || is_old);
            }
        }
        (new, old)
    }
}

/// Stands where a wording was taken out; no wording goes across it.
const BORDER: &str = "\n";

/// `text` without `phrase`, wherever that stands as whole words; `None` where it does not.
fn without(text: &str, phrase: &str) -> Option<String> {
    let ends_word = |part: &str| !part.chars().next_back().is_some_and(is_of_word);
    let begins_word = |part: &str| !part.chars().next().is_some_and(is_of_word);
    let mut found = false;
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(phrase) {
        let (before, from) = rest.split_at(at);
        let (hit, after) = from.split_at(phrase.len());
        kept.push_str(before);
        let whole = ends_word(&kept) && begins_word(after);
        found |= whole;
        kept.push_str(if whole { BORDER } else { hit });
        rest = after;
    }
    kept.push_str(rest);
    found.then_some(kept)
}

fn is_of_word(letter: char) -> bool {
    bangla::has_word(letter.encode_utf8(&mut [0; 4]))
}

/// A text as it is compared: stored letters, one space between words, one kind of quotation marks, dashes and dots.
fn plain(text: &str) -> String {
    let text = bangla::normalise(text);
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => plain.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            letter if letter.is_whitespace() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    // Some site software makes one dash of two.
    let plain = plain.replace("---", "-").replace("--", "-");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(headline: &str, standfirst: &str) -> Wording {
        Wording { headline: headline.to_owned(), standfirst: standfirst.to_owned(), teaser: String::new() }
    }

    fn corrected(old: &str, new: &str) -> Wordings {
        Wordings { now: Some(told(new, "")), former: vec![told(old, "")], notice: String::new() }
    }

    #[test]
    fn a_place_shows_the_new_wording_the_old_one_its_address_or_nothing() {
        let wordings = corrected("সেতুতে ধস, নিহত ১২", "সেতুতে ধস, নিহত ১০");
        for (text, linked, state) in [
            ("সর্বশেষ সেতুতে ধস, নিহত ১০ আরও খবর", true, PlaceState::New),
            ("সেতুতে ধস, নিহত ১২", true, PlaceState::Old),
            ("সেতুতে ধস, নিহত ১০ সেতুতে ধস, নিহত ১২", true, PlaceState::Old),
            ("অন্য খবর", true, PlaceState::Listed),
            ("অন্য খবর", false, PlaceState::Absent),
        ] {
            assert_eq!(wordings.shown(text, linked), state, "{text}");
        }
    }

    #[test]
    fn spaces_quotes_and_dashes_are_written_in_many_ways() {
        let wordings = corrected("‘মেঘ’ নামের বাঘ — ফিরল বনে", "বাঘ ফিরেছে");
        assert_eq!(wordings.shown("'মেঘ'  নামের\u{a0}বাঘ – ফিরল বনে", false), PlaceState::Old);
        let letters = corrected("বাড়ি", "ঘর");
        assert_eq!(letters.shown("বা\u{9a1}\u{9bc}ি", false), PlaceState::Old);
    }

    #[test]
    fn of_two_wordings_one_inside_the_other_the_longer_counts_where_it_stands() {
        let longer = corrected("নদীভাঙন", "নদীভাঙন কমেছে");
        assert_eq!(longer.shown("নদীভাঙন কমেছে", true), PlaceState::New);
        assert_eq!(longer.shown("নদীভাঙন", true), PlaceState::Old);
        let shorter = corrected("নদীভাঙন কমেছে", "নদীভাঙন");
        assert_eq!(shorter.shown("নদীভাঙন কমেছে", true), PlaceState::Old);
        assert_eq!(shorter.shown("নদীভাঙনে ক্ষতি", true), PlaceState::Listed, "no part of a word");
    }

    #[test]
    fn a_notice_that_quotes_the_old_wording_is_no_old_wording() {
        let notice = "শিরোনামে ‘সেতুতে ধস, নিহত ১২’ লেখা হয়েছিল।".to_owned();
        let wordings = Wordings {
            notice, ..corrected("সেতুতে ধস, নিহত ১২", "সেতুতে ধস, নিহত ১০")
        };
        let page = "সেতুতে ধস, নিহত ১০ সংশোধনী: শিরোনামে 'সেতুতে ধস, নিহত ১২' লেখা হয়েছিল।";
        assert_eq!(wordings.shown(page, true), PlaceState::New);
    }

    #[test]
    fn of_a_story_that_was_taken_down_everything_is_old() {
        let wordings = Wordings { now: None, ..corrected("সেতুতে ধস", "") };
        assert_eq!(wordings.shown("সেতুতে ধস", false), PlaceState::Old);
        assert_eq!(wordings.shown("", true), PlaceState::Old);
        assert_eq!(wordings.shown("অন্য খবর", false), PlaceState::Absent);
    }

    #[test]
    fn a_changed_standfirst_is_found_under_an_unchanged_headline() {
        let wordings = Wordings {
            now: Some(told("সেতুতে ধস", "নিহত ১০ জন।")),
            former: vec![told("সেতুতে ধস", "নিহত ১২ জন।")],
            notice: String::new(),
        };
        assert_eq!(wordings.shown("সেতুতে ধস নিহত ১২ জন।", true), PlaceState::Old);
        assert_eq!(wordings.shown("সেতুতে ধস নিহত ১০ জন।", true), PlaceState::New);
        assert_eq!(wordings.shown("সেতুতে ধস", true), PlaceState::New);
    }
}
