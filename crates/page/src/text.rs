//! The body as plain text, for counts, teasers and search.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::{
    blocks::is_pull_marker,
    figure::photo_of,
    source::{events, mask, unmask},
};

/// The longest teaser, in characters (code points).
pub const TEASER_CHARACTERS: usize = 120;

/// The words of a body without Markdown's marks: one line for each block, photos and bare addresses left out,
/// links by their text. Fast enough for each autosave.
pub fn plain_text(markdown: &str) -> String {
    let masked = mask(markdown);
    let mut text =
        Reading { masked: &masked, out: String::with_capacity(masked.len()), silent: 0, in_marker: false };
    for (event, range) in events(&masked) {
        text.event(&event, range.start);
    }
    text.out.truncate(text.out.trim_end().len());
    text.out
}

/// The opening of a body as plain text on one line, at most [`TEASER_CHARACTERS`] long, cut between words and
/// never inside a Bengali cluster. It begins with the first paragraph; headings, quotes, lists and tables come in
/// only when there is no paragraph.
pub fn teaser(markdown: &str) -> String {
    let masked = mask(markdown);
    let mut text = Reading { masked: &masked, out: String::new(), silent: 0, in_marker: false };
    let mut aside = 0_usize;
    for (event, range) in events(&masked) {
        match &event {
            Event::Start(tag) if is_aside(tag) => aside += 1,
            Event::End(tag) if ends_aside(*tag) => aside = aside.saturating_sub(1),
            _ if aside == 0 => text.event(&event, range.start),
            _ => {}
        }
        if text.out.len() > TEASER_CHARACTERS * 8 {
            break;
        }
    }
    let opening = one_line(&text.out);
    let opening = if opening.is_empty() { one_line(&plain_text(markdown)) } else { opening };
    bangla::cut(&opening, TEASER_CHARACTERS).to_owned()
}

fn one_line(text: &str) -> String {
    let enough = text.split_whitespace().take(TEASER_CHARACTERS + 1);
    enough.collect::<Vec<_>>().join(" ")
}

fn is_aside(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_)
            | Tag::CodeBlock(_)
    )
}

fn ends_aside(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::CodeBlock
    )
}

struct Reading<'a> {
    masked: &'a str,
    out: String,
    /// Open elements whose text is not read.
    silent: usize,
    in_marker: bool,
}

impl Reading<'_> {
    fn event(&mut self, event: &Event<'_>, start: usize) {
        match event {
            Event::Start(Tag::Paragraph) => self.in_marker = is_pull_marker(self.masked, start),
            Event::Start(tag) if is_unread(tag) || (self.silent > 0 && is_link(tag)) => self.silent += 1,
            Event::End(TagEnd::Image | TagEnd::Link) => self.silent = self.silent.saturating_sub(1),
            Event::End(TagEnd::TableCell) => self.out.push(' '),
            Event::End(tag) if ends_line(*tag) => self.line_end(),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text(text)
            }
            Event::SoftBreak | Event::HardBreak if self.in_marker => self.in_marker = false,
            Event::SoftBreak | Event::HardBreak => self.out.push(' '),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent == 0 && !self.in_marker {
            self.out.push_str(&unmask(text));
        }
    }

    fn line_end(&mut self) {
        self.in_marker = false;
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

/// A photo, whose words stand under it, or an address that is its own text. What such a link holds is counted with
/// it, so that its end is found.
fn is_unread(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Image { dest_url, .. } => photo_of(dest_url).is_some(),
        Tag::Link { link_type, .. } => *link_type == LinkType::Autolink,
        _ => false,
    }
}

fn is_link(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Image { .. } | Tag::Link { .. })
}

fn ends_line(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_photos_and_bare_addresses_are_not_words() {
        let body = "## উপশিরোনাম\n\nপ্রথম **জোরালো** [বাক্য](https://example.com)।[^1]\n\n![ক [খ](https://b.example) গ](photo:abc)\n\n\
                    <https://video.example/1>\n\n> [!pull]\n> উদ্ধৃতি\n>\n> — বক্তা\n\n- এক\n- দুই\n\n[^1]: টীকা <b>";
        let lines = ["উপশিরোনাম", "প্রথম জোরালো বাক্য।", "উদ্ধৃতি", "— বক্তা", "এক", "দুই", "টীকা <b>"];
        assert_eq!(plain_text(body), lines.join("\n"));
    }

    #[test]
    fn a_teaser_is_the_opening_of_the_first_paragraphs() {
        assert_eq!(
            teaser("## শিরোনাম\n\n> [!pull]\n> উদ্ধৃতি\n\nপ্রথম\nঅনুচ্ছেদ।\n\nদ্বিতীয়।"),
            "প্রথম অনুচ্ছেদ। দ্বিতীয়।"
        );
        assert_eq!(teaser("- শুধু\n- তালিকা"), "শুধু তালিকা");
        assert_eq!(teaser(""), "");
    }

    #[test]
    fn a_teaser_ends_at_a_word_and_is_never_too_long() {
        let sentence = "রাষ্ট্রীয় বার্তা সংস্থা এ কথা জানিয়েছে। ";
        let cut = teaser(&sentence.repeat(40));
        assert!(cut.chars().count() <= TEASER_CHARACTERS, "{cut}");
        assert!(sentence.repeat(4).starts_with(&format!("{cut} ")), "{cut}");
    }
}
