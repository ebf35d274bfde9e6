//! What desk and author say to each other at a story's words. None of it is part of a [`crate::Content`], and so of no
//! payload, page, package or log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::hash::Sha256Hex;

/// Longest note, in code points.
pub const MAX_NOTE_LETTERS: usize = 1_000;
/// Longest quotation of an [`Anchor`], in code points; of a longer selection its beginning is quoted.
pub const MAX_QUOTE_LETTERS: usize = 1_000;
/// Longest text that a [`Suggestion`] puts in the place of others, in code points.
pub const MAX_SUGGESTED_LETTERS: usize = 5_000;
/// Longest text before and after a quotation, in code points.
pub const MAX_CONTEXT_LETTERS: usize = 64;

/// Which field of a story a note stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotedField {
    /// See [`crate::Content::headline`].
    Headline,
    /// See [`crate::Content::standfirst`].
    Standfirst,
    /// See [`crate::Content::byline`].
    Byline,
    /// See [`crate::Content::dateline`].
    Dateline,
    /// The text as it is read, without Markdown's marks.
    Body,
    /// A photo's caption.
    Caption,
    /// A photo's credit.
    Credit,
}

/// The words that a note stands at, as the text-quote selector of the Web Annotation model names them: what was
/// selected, with a little of what stood before and after. The text may have changed since; whoever shows it looks for
/// the words anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Anchor {
    /// The field.
    pub field: NotedField,
    /// The photo, where the field is a photo's. Only a hint: a photo that went through a portal has another digest.
    #[serde(default)]
    pub photo: Option<Sha256Hex>,
    /// The words; never empty.
    pub quote: String,
    /// What stood directly before them; may be empty.
    #[serde(default)]
    pub prefix: String,
    /// What stood directly after them; may be empty.
    #[serde(default)]
    pub suffix: String,
    /// Where they began, in UTF-16 units of the field's text: which of several like places is meant.
    #[serde(default)]
    pub at: u32,
}

impl Anchor {
    /// Whether it quotes something, and no more than is kept.
    pub fn is_kept(&self) -> bool {
        let within = |text: &str, most: usize| text.chars().nth(most).is_none();
        !self.quote.trim().is_empty()
            && within(&self.quote, MAX_QUOTE_LETTERS)
            && within(&self.prefix, MAX_CONTEXT_LETTERS)
            && within(&self.suffix, MAX_CONTEXT_LETTERS)
    }
}

/// What a note proposes for the words it stands at. The story says nothing of it until somebody takes it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Suggestion {
    /// Other words in their place.
    Replace {
        /// As they are read; a line break begins another paragraph. Empty: nothing in their place.
        words: String,
    },
    /// The same words, set otherwise.
    Format {
        /// How.
        mark: Emphasis,
        /// Set so, or no longer.
        on: bool,
    },
}

/// How words of the text may stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
}

impl Suggestion {
    /// Whether it changes the words of `anchor`, and no more than is kept. Only the body can set words otherwise, and only
    /// there are there paragraphs.
    pub fn fits(&self, anchor: &Anchor) -> bool {
        let in_body = anchor.field == NotedField::Body;
        match self {
            Self::Replace { words } => {
                *words != anchor.quote
                    && words.chars().nth(MAX_SUGGESTED_LETTERS).is_none()
                    && (in_body || !words.contains('\n'))
            }
            Self::Format { .. } => in_body,
        }
    }
}

/// What an answer does with the note that it answers; one without words of its own may do no more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteTurn {
    /// Nothing is left to do about it.
    Resolved,
    /// There is again.
    Reopened,
    /// The story says now what was suggested.
    Accepted,
    /// It will not.
    Rejected,
}

impl NoteTurn {
    /// It says what became of a [`Suggestion`], and fits no other note.
    pub fn is_verdict(self) -> bool {
        matches!(self, Self::Accepted | Self::Rejected)
    }
}

/// Who of `people` is called with `@` in a text, in its order. A name may go on in an ending, as names do in Bengali;
/// where several fit, the longest is meant.
pub fn mentioned<'a>(text: &str, people: &'a [String]) -> Vec<&'a str> {
    let text = bangla::normalise(text).to_lowercase();
    let calls = text.match_indices('@').filter_map(|(at, sign)| text.get(at + sign.len()..));
    let mut found: Vec<&str> = Vec::new();
    for called in calls {
        let fits = people.iter().filter(|name| begins_with(called, name));
        if let Some(name) = fits.max_by_key(|name| name.len())
            && !found.contains(&name.as_str())
        {
            found.push(name);
        }
    }
    found
}

fn begins_with(called: &str, name: &str) -> bool {
    let name = bangla::normalise(name).to_lowercase();
    let Some(rest) = called.strip_prefix(name.as_str()) else { return false };
    // A Latin name ends where its letters end: `rafi` is not called in `@rafiq`.
    let goes_on = name.ends_with(|end: char| end.is_ascii_alphanumeric())
        && rest.starts_with(|next: char| next.is_ascii_alphanumeric());
    !name.is_empty() && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Vec<String> {
        ["রহিম", "রহিমা খাতুন", "mahbub", "Rafi"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_name_is_called_with_its_ending_and_the_longest_name_is_meant() {
        assert_eq!(mentioned("@রহিমকে বলুন", &people()), ["রহিম"]);
        assert_eq!(mentioned("@রহিমা খাতুনের কাছে", &people()), ["রহিমা খাতুন"]);
        assert_eq!(mentioned("দেখুন @Mahbub, @rafi এবং @mahbub", &people()), ["mahbub", "Rafi"]);
    }

    #[test]
    fn nobody_is_called_without_the_sign_or_by_half_a_name() {
        assert!(mentioned("রহিম, mahbub@example.org? @rafiq @ @", &people()).is_empty());
        assert!(mentioned("@", &[String::new()]).is_empty());
    }

    #[test]
    fn a_suggestion_changes_something_within_bounds_and_fields_have_no_paragraphs() {
        let at = |field| Anchor {
            field,
            photo: None,
            quote: "তিন গ্রাম".to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            at: 0,
        };
        let replace = |words: &str| Suggestion::Replace { words: words.to_owned() };
        let bold = Suggestion::Format { mark: Emphasis::Strong, on: true };
        let (body, headline) = (at(NotedField::Body), at(NotedField::Headline));
        assert!(replace("চার গ্রাম").fits(&headline) && replace("").fits(&body));
        assert!(replace("চার গ্রাম।\nআরও").fits(&body) && !replace("চার\nগ্রাম").fits(&headline));
        assert!(!replace("তিন গ্রাম").fits(&body), "nothing would change");
        assert!(!replace(&"ক".repeat(MAX_SUGGESTED_LETTERS + 1)).fits(&body));
        assert!(bold.fits(&body) && !bold.fits(&headline));
    }

    #[test]
    fn an_anchor_quotes_something_and_not_everything() {
        let anchor = |quote: &str, prefix: &str| Anchor {
            field: NotedField::Body,
            photo: None,
            quote: quote.to_owned(),
            prefix: prefix.to_owned(),
            suffix: String::new(),
            at: 0,
        };
        assert!(anchor(&"ক".repeat(MAX_QUOTE_LETTERS), &"খ".repeat(MAX_CONTEXT_LETTERS)).is_kept());
        assert!(!anchor(&"ক".repeat(MAX_QUOTE_LETTERS + 1), "").is_kept());
        assert!(!anchor("ক", &"খ".repeat(MAX_CONTEXT_LETTERS + 1)).is_kept());
        assert!(!anchor(" \n", "").is_kept());
    }
}
