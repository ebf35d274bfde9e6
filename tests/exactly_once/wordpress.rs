//! A real WordPress as a subject, and what its database says, read by no code of the editor's. All lanes share one;
//! the scripts in `tests/portals` start it, and it ends with the run.

use std::{io::Read as _, path::Path, process::Command, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use desk::{Timeouts, wire::PortalKind};
use flate2::read::DeflateDecoder;
use khosra_testkit::fetch_as;
use newsite::{Clock as _, SystemClock};
use serde_json::Value;
use story::{Sha256Hex, StoryId};

use crate::{
    started::started,
    subject::{Account, Act, Promise, Record, Subject},
};

/// WordPress as it comes, or with the companion plugin.
pub struct WordPress<const COMPANION: bool> {
    site: Site,
}

/// What the script prints of it.
#[derive(Debug, Clone)]
pub struct Site {
    described: Value,
    /// Posts that were there before are nobody's concern: it may be kept from one run of the tests to the next.
    newest_before: u64,
}

/// The running WordPress; `None`, and the reason on standard error, where there can be none.
pub fn running() -> Option<Site> {
    let described = started(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    let described = serde_json::from_slice(&described).unwrap();
    let site = Site { described, newest_before: 0 };
    let newest = site.sql("SELECT IFNULL(MAX(ID), 0) FROM wp_posts");
    Some(Site { newest_before: newest[0][0].parse().unwrap(), ..site })
}

impl Site {
    fn text(&self, pointer: &str) -> &str {
        self.described.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    /// Rows of columns, straight from the database.
    fn sql(&self, statement: &str) -> Vec<Vec<String>> {
        let mut client = Command::new("mariadb");
        client.args(["--no-defaults", "--user=root", "--batch", "--skip-column-names", "wordpress"]);
        client.arg(format!("--socket={}", self.text("/database"))).args(["--execute", statement]);
        let answer = client.output().unwrap();
        assert!(answer.status.success(), "{statement}: {answer:?}");
        let rows = String::from_utf8(answer.stdout).unwrap();
        rows.lines().map(|row| row.split('\t').map(str::to_owned).collect()).collect()
    }
}

/// One post whose first block carries a story's key.
struct Post {
    id: u64,
    status: String,
    /// We took it from the readers.
    withdrawn: bool,
    /// Digest of the payload that it was made from.
    hash: Sha256Hex,
}

impl<const COMPANION: bool> Subject for WordPress<COMPANION> {
    const KIND: PortalKind = PortalKind::Wordpress;
    /// PHP takes a fifth of a second for what the reference portal does in a few milliseconds.
    const PATIENCE: Timeouts = Timeouts {
        connect: Duration::from_secs(4),
        idle: Duration::from_secs(10),
        total: Duration::from_secs(20),
    };
    const SECTION: &str = "national";
    const LANES: u64 = 3;
    const PROMISE: Promise = Promise::Convergence;

    type Kit = Site;

    async fn start(kit: &Site) -> Self {
        Self { site: kit.clone() }
    }

    fn url(&self) -> String {
        let url = self.site.text(if COMPANION { "/url_with_companion" } else { "/url" });
        url.trim_end_matches('/').to_owned()
    }

    fn account(&self) -> Account {
        let password = self.site.text("/users/editor/password").to_owned();
        Account { user: "editor".to_owned(), password }
    }

    fn is_private(path: &str) -> bool {
        // Where pretty links do not answer, the interface is asked by its plain address. Which version answers, the
        // editor reads in the feed, as the person who signs in.
        path.starts_with("/wp-json/") || path.starts_with("/?rest_route=") || path == "/?feed=rss2"
    }

    fn now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }

    fn pass(&self, _time: TimeDelta) -> bool {
        false
    }

    async fn record(&self, story: StoryId) -> Option<Record> {
        let posts = self.posts(story);
        let kept = posts.iter().find(|post| post.status != "trash").or(posts.first())?;
        let state = match kept.status.as_str() {
            "publish" => "live",
            "future" => "scheduled",
            "trash" => "killed",
            _ if kept.withdrawn => "withdrawn",
            _ => "never",
        };
        let is_live = state == "live";
        Some(Record {
            state: state.to_owned(),
            live: is_live.then(|| kept.hash.clone()),
            url: if is_live { Some(self.address(kept.id).await) } else { None },
            revisions: 0,
            copies: posts.iter().filter(|post| post.status != "trash").count(),
        })
    }

    /// WordPress writes down what a post says, and not who had it done by which command.
    fn acts(&self, _story: StoryId) -> Option<Vec<Act>> {
        None
    }

    async fn articles(&self, headline: &str) -> usize {
        let newest = self.site.newest_before;
        let count = self.site.sql(&format!(
            "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'post' AND post_status = 'publish' AND ID > {newest}
             AND post_title = '{headline}'"
        ));
        count[0][0].parse().unwrap()
    }

    async fn photo(&self, url: &str, photo: &Sha256Hex) -> Option<Vec<u8>> {
        let (_, page) = fetch_as(url, None).await;
        let page = String::from_utf8_lossy(&page);
        let sources = page.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let source = sources.into_iter().find(|source| source.contains(photo.as_str()))?;
        // Articles name the address by which the editor knows the site, which here is that of the line.
        let path = source.split("/wp-content/").nth(1)?;
        let (status, bytes) = fetch_as(&format!("{}/wp-content/{path}", self.url()), None).await;
        (status == 200).then_some(bytes)
    }

    async fn has_original(&self, _photo: &Sha256Hex) -> Option<bool> {
        None
    }

    async fn stop(self) {}
}

impl<const COMPANION: bool> WordPress<COMPANION> {
    /// All posts of a story, oldest first.
    fn posts(&self, story: StoryId) -> Vec<Post> {
        let rows = self.site.sql(&format!(
            "SELECT ID, post_status,
                    HEX(FROM_BASE64(SUBSTRING_INDEX(SUBSTRING_INDEX(post_content, '\"source\":\"', -1), '\"', 1)))
             FROM wp_posts WHERE post_type = 'post' AND post_content LIKE '%\"key\":\"khosra-{story}\"%' ORDER BY ID"
        ));
        rows.iter().map(|row| Post::read(&row[0], &row[1], &row[2])).collect()
    }

    /// Where readers find it, by the site's own word to strangers.
    async fn address(&self, post: u64) -> String {
        let url = format!("{}/wp-json/wp/v2/posts/{post}?_fields=link", self.url());
        let (status, answer) = fetch_as(&url, None).await;
        assert_eq!(status, 200, "{url}: readers are not told of it");
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["link"].as_str().unwrap().to_owned()
    }
}

impl Post {
    /// The envelope is raw deflate: a head in JSON, a line feed, the payload.
    fn read(id: &str, status: &str, source: &str) -> Self {
        let pairs = source.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
        let pressed: Vec<u8> = pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
        let mut envelope = Vec::new();
        DeflateDecoder::new(pressed.as_slice()).read_to_end(&mut envelope).unwrap();
        let end = envelope.iter().position(|byte| *byte == b'\n').unwrap();
        let head: Value = serde_json::from_slice(&envelope[..end]).unwrap();
        Self {
            id: id.parse().unwrap(),
            status: status.to_owned(),
            withdrawn: head["withdrawn"] == true,
            hash: Sha256Hex::of(&envelope[end + 1..]),
        }
    }
}
