//! What is read from a public page or feed: its words, what its head tells other sites, and where it leads. No page is
//! ever shown from this, so a tag is read no more closely than that takes.

use crate::entities::unescape;

/// What a page's head tells machines, and where the page leads.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Titles and descriptions that other sites show, one a line.
    pub(super) card: String,
    /// Addresses of its feeds, as they stand there.
    pub(super) feeds: Vec<String>,
    /// Addresses of its links with their words.
    pub(super) links: Vec<(String, String)>,
}

impl Head {
    pub(super) fn of(html: &str) -> Self {
        let mut head = Self::default();
        let mut reading = Reading { rest: html };
        while let Some((_, tag)) = reading.next() {
            match tag.name.as_str() {
                "meta" if is_shown_elsewhere(&tag) => head.line(&tag.attribute("content")),
                "title" => head.line(&words(reading.until("</title"))),
                "link" if is_feed(&tag) => head.feeds.push(tag.attribute("href")),
                "script" => {
                    let script = reading.until("</script");
                    if tag.attribute("type") == "application/ld+json" {
                        head.data(script);
                    }
                }
                "a" => head.links.push((tag.attribute("href"), words(reading.ahead("</a")))),
                _ => {}
            }
        }
        head
    }

    fn line(&mut self, text: &str) {
        self.card.push_str(text);
        self.card.push('\n');
    }

    /// The headline and description that search engines read. A correction in it quotes what was wrong.
    fn data(&mut self, json: &str) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else { return };
        let graph = value.get("@graph").and_then(|graph| graph.as_array()).cloned();
        for thing in graph.unwrap_or_else(|| vec![value]) {
            for name in ["headline", "description"] {
                if let Some(text) = thing.get(name).and_then(|text| text.as_str()) {
                    self.line(&unescape(text));
                }
            }
        }
    }
}

fn is_shown_elsewhere(tag: &Tag<'_>) -> bool {
    ["property", "name"].into_iter().any(|names| {
        let name = tag.attribute(names).to_ascii_lowercase();
        matches!(
            name.as_str(),
            "og:title" | "og:description" | "twitter:title" | "twitter:description" | "description"
        )
    })
}

fn is_feed(tag: &Tag<'_>) -> bool {
    let kind = tag.attribute("type").to_ascii_lowercase();
    let alternate = tag.attribute("rel").split_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate"));
    alternate && matches!(kind.as_str(), "application/rss+xml" | "application/atom+xml")
}

/// What a reader sees, on one line: what stands in the head and in scripts is not of it.
pub(super) fn words(html: &str) -> String {
    text(html, &["script", "style", "title", "template"])
}

/// The words of a feed. HTML in it is written as text, or lies in sections of its own.
pub(super) fn feed_words(xml: &str) -> String {
    let html = text(&xml.replace("<![CDATA[", "").replace("]]>", ""), &[]);
    text(&html, &["script", "style"])
}

/// Where the entries of a feed lead, as RSS writes it and as Atom does.
pub(super) fn feed_links(xml: &str) -> Vec<String> {
    let mut links = elements(xml, "link");
    let mut reading = Reading { rest: xml };
    while let Some((_, tag)) = reading.next() {
        if tag.name == "link" {
            links.push(tag.attribute("href"));
        }
    }
    links.retain(|link| !link.is_empty());
    links
}

/// The text between the tags, without what stands in elements of these names.
fn text(html: &str, skipped: &[&str]) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let mut reading = Reading { rest: html };
    while let Some((before, tag)) = reading.next() {
        text.push_str(&unescape(before));
        if skipped.contains(&tag.name.as_str()) {
            reading.until(&format!("</{}", tag.name));
        }
        text.push(' ');
    }
    text.push_str(&unescape(reading.rest));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in all elements of this name that have no attributes, unescaped.
pub(super) fn elements(xml: &str, name: &str) -> Vec<String> {
    let (opening, closing) = (format!("<{name}>"), format!("</{name}>"));
    let parts = xml.split(&opening).skip(1);
    let inside = parts.filter_map(|part| part.split_once(&closing).map(|(inside, _)| inside));
    inside.map(|text| unescape(text.trim())).collect()
}

struct Tag<'a> {
    /// In lower case; a closing tag begins with `/`.
    name: String,
    attributes: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, unescaped; empty without one.
    fn attribute(&self, wanted: &str) -> String {
        let mut rest = self.attributes;
        while let Some((name, value, after)) = next_attribute(rest) {
            if name.eq_ignore_ascii_case(wanted) {
                return unescape(value);
            }
            rest = after;
        }
        String::new()
    }
}

/// Name, value, and what follows.
fn next_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
    let end = text.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    if name.is_empty() && after.is_empty() {
        return None;
    }
    let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some((name, "", after));
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return Some((name, value, after));
        }
    }
    let (value, after) = value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()));
    Some((name, value, after))
}

struct Reading<'a> {
    rest: &'a str,
}

impl<'a> Reading<'a> {
    /// The text up to the next tag, and the tag.
    fn next(&mut self) -> Option<(&'a str, Tag<'a>)> {
        let (text, from) = self.rest.split_at(self.rest.find('<')?);
        if let Some(comment) = from.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
            return Some((text, Tag { name: String::new(), attributes: "" }));
        }
        let inside = from.get(1..).unwrap_or_default();
        let (tag, after) = inside.split_at(tag_end(inside));
        self.rest = after.strip_prefix('>').unwrap_or(after);
        let end = tag.find(|letter: char| letter.is_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(end);
        Some((text, Tag { name: name.trim_end_matches('/').to_ascii_lowercase(), attributes }))
    }

    /// Everything up to the closing tag, which is read over too.
    fn until(&mut self, closing: &str) -> &'a str {
        let inside = self.ahead(closing);
        self.rest = self.rest.get(inside.len()..).unwrap_or_default();
        inside
    }

    /// The same, and nothing is read over.
    fn ahead(&self, closing: &str) -> &'a str {
        let found = self.rest.match_indices("</").find(|(at, _)| {
            let here = self.rest.get(*at..*at + closing.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(closing))
        });
        found.and_then(|(at, _)| self.rest.get(..at)).unwrap_or_default()
    }
}

/// Where a tag ends. A `>` in a quoted attribute does not end it.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    let end = tag.bytes().position(|byte| match quote {
        Some(open) => {
            if byte == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(byte, b'"' | b'\'') {
                quote = Some(byte);
            }
            byte == b'>'
        }
    });
    end.unwrap_or(tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><HEAD><title>নদী &amp; ঘাট | দৈনিক</title>\
        <meta content='নদী &#8217;ভাঙন' property=\"og:title\"><meta name=description content=\"এক &gt; দুই\">\
        <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">\
        <link rel=alternate type='application/atom+xml' href=/atom>\
        <link rel='alternate' hreflang='en' href='/en'>\
        <script type=\"application/ld+json\">{\"headline\":\"নদী\",\"correction\":{\"text\":\"ভুল\"}}</script></HEAD>\
        <body><!-- <a href='/no'>না</a> --><h1 title='a > b'>নদীর <em>ঘাট</em></h1><script>if (a<b) 'লুকানো'</script>\
        <a class=x href=\"/s/district?a=1&amp;b=2\"><span>জেলা</span></a></body>";

    #[test]
    fn the_head_tells_its_card_its_feeds_and_its_links() {
        let head = Head::of(PAGE);
        assert_eq!(head.card, "নদী & ঘাট | দৈনিক\nনদী ’ভাঙন\nএক > দুই\nনদী\n");
        assert_eq!(head.feeds, ["/feed.xml", "/atom"]);
        assert_eq!(head.links, [("/s/district?a=1&b=2".to_owned(), "জেলা".to_owned())]);
    }

    #[test]
    fn the_words_are_what_a_reader_sees() {
        assert_eq!(words(PAGE), "নদীর ঘাট জেলা");
        for broken in ["<", "<a", "<a href", "<a href='x", "<!--", "<script>", "a > b", "<>", "</"] {
            let _ = (words(broken), Head::of(broken));
        }
    }

    #[test]
    fn a_feed_says_its_html_as_text_or_in_a_section() {
        let feed = "<rss><item><title>ক &amp;amp; খ</title><description>&lt;p&gt;গ&lt;/p&gt;</description>\
                    <content><![CDATA[<p>ঘ</p>]]></content></item></rss>";
        assert_eq!(feed_words(feed), "ক & খ গ ঘ");
        let links =
            "<link>/a</link><atom:link href='/feed'/><entry><link rel=\"alternate\" href=\"/b\"/></entry>";
        assert_eq!(feed_links(links), ["/a", "/b"]);
    }

    #[test]
    fn a_sitemap_lists_addresses() {
        let map = "<urlset><url><loc> https://a.example/?a=1&amp;b=2\n</loc></url><url><loc>/b</loc></url></urlset>";
        assert_eq!(elements(map, "loc"), ["https://a.example/?a=1&b=2", "/b"]);
    }
}
