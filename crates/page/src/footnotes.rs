//! Footnotes: numbered by their first mention, printed after the text, with ways back.

use std::{collections::BTreeMap, fmt::Write as _};

use story::Language;

use crate::words::{number, words};

#[derive(Default)]
pub(crate) struct Footnotes {
    /// Names in the order of their first mention.
    order: Vec<String>,
    notes: BTreeMap<String, Note>,
    /// Notes being written, with the text that they interrupt.
    writing: Vec<(String, String)>,
}

#[derive(Default)]
struct Note {
    number: usize,
    mentions: usize,
    html: Option<String>,
}

impl Footnotes {
    /// The mark in the text.
    pub(crate) fn reference(&mut self, name: &str, language: Language) -> String {
        // The parser takes `[^A]` and `[^a]` for one note.
        let name = name.to_lowercase();
        let note = self.notes.entry(name.clone()).or_default();
        if note.number == 0 {
            self.order.push(name);
            note.number = self.order.len();
        }
        note.mentions += 1;
        let (digits, id) = (number(language, note.number as u64), mention_id(note.number, note.mentions));
        format!("<sup><a href=\"#fn-{}\" id=\"{id}\">{digits}</a></sup>", note.number)
    }

    /// A note begins; `interrupted` is what was written so far.
    pub(crate) fn begin(&mut self, name: &str, interrupted: String) {
        self.writing.push((name.to_lowercase(), interrupted));
    }

    /// The note ends; gives back what it interrupted. Of two notes of one name the first counts.
    pub(crate) fn finish(&mut self, html: String) -> String {
        let Some((name, interrupted)) = self.writing.pop() else {
            return html;
        };
        self.notes.entry(name).or_default().html.get_or_insert(html);
        interrupted
    }

    /// All notes as a section for the end of the body. A note that nothing mentions stands last: its text is not
    /// lost. A mention without a note is the parser's plain text and never comes here.
    pub(crate) fn section(mut self, language: Language) -> String {
        let unmentioned =
            self.notes.iter().filter(|(_, note)| note.number == 0).map(|(name, _)| name.clone());
        let names: Vec<String> = self.order.iter().cloned().chain(unmentioned).collect();
        if names.is_empty() {
            return String::new();
        }
        let mut html =
            format!("<section class=\"footnotes\" aria-label=\"{}\"><ol>\n", words(language).footnotes);
        for (index, name) in names.iter().enumerate() {
            let note = self.notes.remove(name).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = write!(
                html,
                "<li id=\"fn-{}\">{}",
                index + 1,
                note.html.as_deref().unwrap_or_default().trim_end()
            );
            html.push_str(&ways_back(&note, language));
            html.push_str("</li>\n");
        }
        html + "</ol></section>\n"
    }
}

fn ways_back(note: &Note, language: Language) -> String {
    let label = words(language).footnote_back;
    let back = |mention| {
        let id = mention_id(note.number, mention);
        format!(" <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{label}\">↩</a>")
    };
    (1..=note.mentions).map(back).collect()
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mention}") }
}
