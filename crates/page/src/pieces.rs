//! A page in pieces, for a window that shows it while it is written: what did not change need not be sent again.

/// Stands in [`Pieces::page`] where the text goes. What a story says cannot hold it, since its `<` is escaped.
pub const TEXT_GOES_HERE: &str = "<!--text-->";

/// A story's page in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// The page without its text; [`TEXT_GOES_HERE`] stands in its place. A theme that prints the text otherwise than
    /// once has all of it here.
    pub page: String,
    /// The text's elements in order, each with the white space behind it: one after the other they are the text.
    pub blocks: Vec<String>,
    /// The byte offset of each element with a `data-at`, in the order of the page. The attributes themselves are left
    /// empty: a letter would change every one behind it.
    pub places: Vec<u32>,
}

impl Pieces {
    /// Of a page filled in with [`TEXT_GOES_HERE`] for its text.
    pub(crate) fn of(page: &str, text: &str) -> Self {
        let mut places = Vec::new();
        match page.split_once(TEXT_GOES_HERE) {
            Some((before, after)) if !after.contains(TEXT_GOES_HERE) => {
                let mut page = without_places(before, &mut places).html;
                page.push_str(TEXT_GOES_HERE);
                let text = without_places(text, &mut places);
                let after = without_places(after, &mut places).html;
                Self { page: page + &after, blocks: text.elements(), places }
            }
            _ => {
                let page = without_places(&page.replace(TEXT_GOES_HERE, text), &mut places).html;
                Self { page, blocks: Vec::new(), places }
            }
        }
    }
}

/// HTML whose places were taken out, and where its outermost elements begin.
struct Placeless {
    html: String,
    starts: Vec<usize>,
}

impl Placeless {
    fn elements(&self) -> Vec<String> {
        let ends = self.starts.iter().skip(1).copied().chain([self.html.len()]);
        // What stands before the first element, if anything, belongs to it.
        let starts = self.starts.iter().enumerate().map(|(nth, start)| if nth == 0 { 0 } else { *start });
        let element = |(start, end): (usize, usize)| self.html.get(start..end).unwrap_or_default().to_owned();
        starts.zip(ends).map(element).collect()
    }
}

const AT: &str = " data-at=\"";

fn without_places(html: &str, places: &mut Vec<u32>) -> Placeless {
    let mut out = Placeless { html: String::with_capacity(html.len()), starts: Vec::new() };
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (words, from) = rest.split_at(at);
        let (tag, after) = from.split_at(tag_length(from));
        out.html.push_str(words);
        match Tag::of(tag) {
            Tag::Opens { closes_itself } => {
                if depth == 0 {
                    out.starts.push(out.html.len());
                }
                depth += usize::from(!closes_itself);
                push_without_place(&mut out.html, tag, places);
            }
            Tag::Closes => {
                depth = depth.saturating_sub(1);
                out.html.push_str(tag);
            }
            Tag::Neither => out.html.push_str(tag),
        }
        rest = after;
    }
    out.html.push_str(rest);
    out
}

fn push_without_place(html: &mut String, tag: &str, places: &mut Vec<u32>) {
    let parts = tag.split_once(AT).and_then(|(before, at)| Some((before, at.split_once('"')?)));
    let Some((before, (at, behind))) = parts else { return html.push_str(tag) };
    html.extend([before, AT, "\"", behind]);
    places.push(at.parse().unwrap_or_default());
}

enum Tag {
    Opens { closes_itself: bool },
    Closes,
    Neither,
}

impl Tag {
    fn of(tag: &str) -> Self {
        let name = tag.trim_start_matches('<');
        if name.starts_with('/') {
            return Self::Closes;
        }
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return Self::Neither;
        }
        let name = name.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        Self::Opens { closes_itself: matches!(name, "br" | "hr" | "img" | "wbr") }
    }
}

/// Bytes of the tag or comment at the front of `html`. A `>` in a quoted attribute does not end it.
pub(crate) fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quoted = false;
    let end = html.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(html.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_falls_into_its_outermost_elements() {
        let text = "<p data-at=\"0\">এক <em>দুই</em><br>তিন</p>\n<hr data-at=\"9\">\n<ul><li data-at=\"12\">চার</li></ul>\n";
        let pieces = Pieces::of("<body><h1>ক</h1><!--text--><section data-at=\"40\"></section></body>", text);
        assert_eq!(pieces.page, "<body><h1>ক</h1><!--text--><section data-at=\"\"></section></body>");
        assert_eq!(
            pieces.blocks,
            [
                "<p data-at=\"\">এক <em>দুই</em><br>তিন</p>\n",
                "<hr data-at=\"\">\n",
                "<ul><li data-at=\"\">চার</li></ul>\n"
            ]
        );
        assert_eq!(pieces.places, [0, 9, 12, 40]);
    }

    #[test]
    fn words_that_look_like_a_place_or_a_tag_stay_words() {
        let text = "<p title=\"a > b\" data-at=\"3\"> data-at=\"7\" &lt;p data-at=\"8\"&gt;</p><!-- <p data-at=\"9\"> -->";
        let pieces = Pieces::of(TEXT_GOES_HERE, text);
        assert_eq!(pieces.blocks, [text.replacen("data-at=\"3\"", "data-at=\"\"", 1)]);
        assert_eq!(pieces.places, [3]);
    }

    #[test]
    fn a_theme_that_prints_the_text_twice_or_never_is_one_piece() {
        let twice = Pieces::of("<!--text--><hr><!--text-->", "<p data-at=\"1\">ক</p>");
        assert_eq!(twice.page, "<p data-at=\"\">ক</p><hr><p data-at=\"\">ক</p>");
        assert_eq!((twice.blocks.len(), twice.places), (0, vec![1, 1]));
        let never = Pieces::of("<body></body>", "<p>ক</p>");
        assert_eq!((never.page.as_str(), never.blocks.len()), ("<body></body>", 0));
    }
}
