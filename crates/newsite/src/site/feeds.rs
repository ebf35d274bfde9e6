//! What machines read: RSS 2.0, the sitemap, robots.txt.

use std::fmt::Write as _;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::SiteError;
use crate::{
    db::{stories::StoryRow, time},
    newsroom::{NAME_BN, Newsroom, Shared},
};

/// Stories in the feed.
const FEED: i64 = 30;
/// Addresses that one sitemap may hold, by its standard.
const SITEMAP: i64 = 45_000;

/// `GET /feed.xml`
pub(super) async fn rss(State(newsroom): State<Shared>) -> Result<Response, SiteError> {
    let site = newsroom.url();
    let stories = newsroom.db.latest(FEED).await?;
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n\
         <title>{NAME_BN}</title>\n<link>{site}/</link>\n<description>{NAME_BN}: সর্বশেষ সংবাদ</description>\n\
         <language>bn</language>\n\
         <atom:link href=\"{site}/feed.xml\" rel=\"self\" type=\"application/rss+xml\"/>\n"
    );
    stories.iter().for_each(|story| feed.push_str(&item(site, story)));
    feed.push_str("</channel>\n</rss>\n");
    Ok(answer("application/rss+xml; charset=utf-8", feed))
}

fn item(site: &str, story: &StoryRow) -> String {
    let live = &story.live;
    let text = |text: &Option<String>| xml(text.as_deref().unwrap_or_default());
    let published = time(live.published_at.unwrap_or_default()).to_rfc2822();
    format!(
        "<item>\n<title>{}</title>\n<link>{site}{}</link>\n<guid isPermaLink=\"false\">urn:uuid:{}</guid>\n\
         <pubDate>{published}</pubDate>\n<category>{}</category>\n<description>{}</description>\n</item>\n",
        text(&live.headline),
        text(&live.path),
        story.id,
        text(&live.section),
        text(&live.teaser),
    )
}

/// `GET /sitemap.xml`
pub(super) async fn sitemap(State(newsroom): State<Shared>) -> Result<Response, SiteError> {
    let site = newsroom.url();
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let _ = writeln!(map, "<url><loc>{site}/</loc></url>");
    for section in newsroom.db.sections().await? {
        let _ = writeln!(map, "<url><loc>{site}/s/{}</loc></url>", xml(&section.slug));
    }
    for story in newsroom.db.latest(SITEMAP).await? {
        let changed = story.live.updated_at.or(story.live.published_at).unwrap_or_default();
        let path = xml(&story.live.path.unwrap_or_default());
        let _ = writeln!(
            map,
            "<url><loc>{site}{path}</loc><lastmod>{}</lastmod></url>",
            time(changed).to_rfc3339()
        );
    }
    map.push_str("</urlset>\n");
    Ok(answer("application/xml; charset=utf-8", map))
}

/// `GET /robots.txt`
pub(super) async fn robots(State(newsroom): State<Shared>) -> Response {
    let site = Newsroom::url(&newsroom);
    let text = format!("User-agent: *\nDisallow: /api/\nDisallow: /preview/\nSitemap: {site}/sitemap.xml\n");
    answer("text/plain; charset=utf-8", text)
}

fn answer(media_type: &'static str, body: String) -> Response {
    let fresh = HeaderValue::from_static("no-cache");
    let kind = HeaderValue::from_static(media_type);
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, fresh)], body).into_response()
}

/// Text as XML text. Characters that XML 1.0 has no way to write are left out.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(letter),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_unwritable_characters_left_out() {
        assert_eq!(xml("<b>\u{0}\u{b}ক & \"খ\"</b>"), "&lt;b&gt;ক &amp; &quot;খ&quot;&lt;/b&gt;");
    }
}
