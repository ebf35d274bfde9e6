//! What stands at the places of a portal, read as any reader would.

use khosra_portal::{Place, Whereabouts};
use story::{Cause, PlaceKind, PlaceState, Wording, Wordings};

use crate::server::{Answer, Reply, Request, Server};

const OLD: &str = "সেতুতে ধস, নিহত ১২";
const NEW: &str = "সেতুতে ধস, নিহত ১০";

fn told(headline: &str) -> Wording {
    Wording { headline: headline.to_owned(), ..Wording::default() }
}

fn corrected() -> Wordings {
    Wordings { now: Some(told(NEW)), former: vec![told(OLD)], notice: String::new() }
}

fn html(head: &str, body: &str) -> Answer {
    let page = format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>");
    Answer::new(200, "text/html; charset=utf-8", page)
}

fn xml(body: &str) -> Answer {
    Answer::new(200, "application/xml", body)
}

/// A site whose page is corrected, and whose front page, card and feed are not; its section page is broken.
fn behind_the_times(request: &Request) -> Reply {
    let feed = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">";
    let link = "<a href=\"/bangladesh/7-setu\">";
    let section = "<a href=\"/s/bangladesh\">বাংলাদেশ</a>";
    match request.path.as_str() {
        "/bangladesh/7-setu" => {
            html(&format!("<meta property='og:title' content='{OLD}'>"), &format!("<h1>{NEW}</h1>{section}"))
        }
        "/" => html(feed, &format!("<h1>দৈনিক</h1>{link}{OLD}</a>")),
        "/s/bangladesh" => html("", "<b>Warning</b>: SQLSTATE[42S22]"),
        "/feed.xml" => Answer::new(
            200,
            "application/rss+xml",
            format!("<rss><item><title>{NEW}</title><link>/bangladesh/7-setu</link></item></rss>"),
        ),
        "/robots.txt" => Answer::new(200, "text/plain", "User-agent: *\nSitemap: /sitemap.xml\n"),
        "/sitemap.xml" => xml("<sitemapindex><sitemap><loc>/map-1.xml</loc></sitemap></sitemapindex>"),
        "/map-1.xml" => {
            xml("<urlset><url><loc>https://other.example/bangladesh/7-setu/</loc></url></urlset>")
        }
        _ => Answer::bare(404),
    }
    .into()
}

async fn seen(server: &Server, wordings: &Wordings) -> Vec<Place> {
    let names = ["বাংলাদেশ".to_owned()];
    let url = format!("{}/bangladesh/7-setu", server.url);
    let asked = Whereabouts { url: Some(&url), section: "bangladesh", section_names: &names, wordings };
    server.portal().places(&asked).await.unwrap()
}

fn states(places: &[Place]) -> Vec<(PlaceKind, PlaceState)> {
    places.iter().map(|place| (place.kind, place.state)).collect()
}

#[tokio::test]
async fn each_place_says_for_itself_what_it_shows() {
    let server = Server::start(behind_the_times).await;
    let places = seen(&server, &corrected()).await;
    assert_eq!(
        states(&places),
        [
            (PlaceKind::Page, PlaceState::New),
            (PlaceKind::Card, PlaceState::Old),
            (PlaceKind::Front, PlaceState::Old),
            (PlaceKind::Section, PlaceState::Unread),
            (PlaceKind::Feed, PlaceState::New),
            (PlaceKind::Sitemap, PlaceState::Listed),
        ]
    );
    assert_eq!(places[3].cause, Some(Cause::PortalErrorPage));
    assert!(places.iter().all(|place| place.url.starts_with(&server.url)), "{places:?}");
    let asked = server.seen();
    assert!(asked.iter().all(|request| request.method == "GET" && request.header("authorization").is_none()));
}

#[tokio::test]
async fn of_a_story_that_is_down_every_trace_is_old() {
    let server = Server::start(|request| match request.path.as_str() {
        "/bangladesh/7-setu" => Answer::bare(410).into(),
        _ => behind_the_times(request),
    })
    .await;
    let places = seen(&server, &Wordings { now: None, ..corrected() }).await;
    let (of_page, of_front) = (&places[0], &places[1]);
    assert_eq!((of_page.kind, of_page.state), (PlaceKind::Page, PlaceState::Absent));
    assert_eq!((of_front.kind, of_front.state), (PlaceKind::Front, PlaceState::Old));
    let feed = places.iter().find(|place| place.kind == PlaceKind::Feed).unwrap();
    assert_eq!(feed.state, PlaceState::Old, "its address is there");
    assert_eq!(places.last().unwrap().state, PlaceState::Old, "search engines are still told of it");
}

#[tokio::test]
async fn a_portal_out_of_reach_is_said_once_and_a_stranger_is_not_asked() {
    let server = Server::always(Reply::Cut).await;
    let wordings = corrected();
    let asked = Whereabouts { url: Some("/a"), section: "", section_names: &[], wordings: &wordings };
    assert_eq!(server.portal().places(&asked).await.unwrap_err().cause, Cause::CutOff);
    assert_eq!(server.seen().len(), 1);

    let feed = "<link rel=alternate type=application/rss+xml href=http://127.0.0.1:9/feed>";
    let server = Server::start(move |_| html(feed, NEW).into()).await;
    let places = seen(&server, &wordings).await;
    let feed = places.iter().find(|place| place.kind == PlaceKind::Feed).unwrap();
    assert_eq!((feed.state, feed.cause), (PlaceState::Unread, Some(Cause::Redirected)));
}

#[tokio::test]
async fn a_site_that_leads_in_circles_is_left() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" => Answer::new(200, "text/plain", "Sitemap: /map\n").into(),
        "/map" => {
            let entry = "<sitemap><loc>/map</loc></sitemap>".repeat(100);
            xml(&format!("<sitemapindex>{entry}</sitemapindex>")).into()
        }
        _ => {
            let feed = |number| format!("<link rel=alternate type=application/rss+xml href=/f{number}>");
            html(&(0..50).map(feed).collect::<String>(), NEW).into()
        }
    })
    .await;
    let places = seen(&server, &corrected()).await;
    assert!(server.seen().len() < 20, "{} questions", server.seen().len());
    assert_eq!(places.last().unwrap().state, PlaceState::Absent);
}
