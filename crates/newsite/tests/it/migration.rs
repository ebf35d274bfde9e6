//! A site that an earlier version wrote goes on with everything it has.

use khosra_newsite::Running;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _, Executor as _};
use tempfile::TempDir;

use crate::desk::{Desk, NOW, options, payload, png, with_photo};

/// What version 1 could not know, taken away again.
const BACK_TO_ONE: &str = "
    DROP INDEX stories_by_change; DROP INDEX stories_by_schedule;
    DROP TABLE site_counter; DROP TABLE leases; DROP TABLE notes; DROP TABLE comments; DROP TABLE story_tags;
    ALTER TABLE stories DROP COLUMN desk; ALTER TABLE stories DROP COLUMN filed_hash;
    ALTER TABLE stories DROP COLUMN scheduled_revision; ALTER TABLE stories DROP COLUMN scheduled_hash;
    ALTER TABLE stories DROP COLUMN scheduled_for; ALTER TABLE stories DROP COLUMN head_headline;
    ALTER TABLE stories DROP COLUMN head_section; ALTER TABLE stories DROP COLUMN changed;
    ALTER TABLE stories DROP COLUMN takings_down; ALTER TABLE stories DROP COLUMN correction_kind;
    ALTER TABLE stories DROP COLUMN filed_at; ALTER TABLE stories DROP COLUMN desk_at;
    ALTER TABLE stories DROP COLUMN desk_by; ALTER TABLE stories DROP COLUMN desk_note;
    ALTER TABLE stories DROP COLUMN head_words; ALTER TABLE stories DROP COLUMN head_photos;
    ALTER TABLE stories DROP COLUMN approved_hash; ALTER TABLE stories DROP COLUMN approved_by;
    ALTER TABLE stories DROP COLUMN approved_at; ALTER TABLE stories DROP COLUMN approved_alone;
    ALTER TABLE acts DROP COLUMN consent;
    DROP TABLE originals; DROP TABLE originals_gone;
    ALTER TABLE uploads DROP COLUMN original_of; ALTER TABLE uploads DROP COLUMN story;
    DROP INDEX acts_by_time; ALTER TABLE acts DROP COLUMN warnings; ALTER TABLE stories DROP COLUMN legal;
    ALTER TABLE stories DROP COLUMN embargo; ALTER TABLE stories DROP COLUMN kill_asked;
    UPDATE site_schema SET version = 1;";

/// The same of version 4.
const BACK_TO_FOUR: &str = "
    ALTER TABLE notes DROP COLUMN parent; ALTER TABLE notes DROP COLUMN turn; ALTER TABLE notes DROP COLUMN anchor;
    ALTER TABLE notes DROP COLUMN suggestion;
    ALTER TABLE stories DROP COLUMN filed_at; ALTER TABLE stories DROP COLUMN desk_at;
    ALTER TABLE stories DROP COLUMN desk_by; ALTER TABLE stories DROP COLUMN desk_note;
    ALTER TABLE stories DROP COLUMN head_words; ALTER TABLE stories DROP COLUMN head_photos;
    ALTER TABLE stories DROP COLUMN approved_hash; ALTER TABLE stories DROP COLUMN approved_by;
    ALTER TABLE stories DROP COLUMN approved_at; ALTER TABLE stories DROP COLUMN approved_alone;
    ALTER TABLE acts DROP COLUMN consent;
    DROP TABLE originals; DROP TABLE originals_gone;
    ALTER TABLE uploads DROP COLUMN original_of; ALTER TABLE uploads DROP COLUMN story;
    DROP INDEX acts_by_time; ALTER TABLE acts DROP COLUMN warnings; ALTER TABLE stories DROP COLUMN legal;
    ALTER TABLE stories DROP COLUMN embargo; ALTER TABLE stories DROP COLUMN kill_asked;
    UPDATE site_schema SET version = 4;";

/// A site as an earlier version left it, opened by this one.
struct Old {
    portal: Running,
    _folder: TempDir,
}

impl Old {
    async fn open(desk: Desk, back: &'static str) -> Self {
        let folder = desk.close().await;
        let url = format!("sqlite://{}", folder.path().join("site.db").display());
        let mut connection = AnyConnection::connect(&url).await.unwrap();
        connection.execute(sqlx::raw_sql(back)).await.unwrap();
        connection.close().await.unwrap();
        let portal = khosra_newsite::start(options(folder.path())).await.unwrap();
        Self { portal, _folder: folder }
    }

    async fn get(&self, path: &str) -> Value {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http.request(Method::GET, format!("{}{path}", self.portal.url()));
        request.bearer_auth(self.portal.app_token()).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test]
async fn stories_of_the_first_version_are_in_the_queue_with_headline_and_tags() {
    if !crate::desk::has_database_file() {
        return;
    }
    let desk = Desk::open().await;
    let headlines = ["পুরোনো সংবাদ এক", "পুরোনো সংবাদ দুই", "পুরোনো সংবাদ তিন"];
    for headline in headlines {
        desk.publish(&payload(headline)).await;
    }
    let old = Old::open(desk, BACK_TO_ONE).await;
    let queue = old.get("/api/v1/stories?state=live").await;
    let mut found: Vec<&str> =
        queue["items"].as_array().unwrap().iter().map(|item| item["headline"].as_str().unwrap()).collect();
    found.sort_unstable();
    let mut wanted = headlines;
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    assert_eq!(old.get("/api/v1/tags?query=").await["items"], json!([{ "tag": "নদী", "stories": 3 }]));
    old.portal.stop().await;
}

#[tokio::test]
async fn stories_that_were_filed_before_there_was_a_queue_are_in_it_with_their_length() {
    if !crate::desk::has_database_file() {
        return;
    }
    let desk = Desk::open().await;
    let story = with_photo("আগেই জমা", &png());
    assert_eq!(desk.create(&story).await.status(), 201);
    desk.done(&story, "file", json!({})).await;
    let old = Old::open(desk, BACK_TO_FOUR).await;
    let queue = old.get("/api/v1/stories?desk=open").await;
    let line = &queue["items"][0];
    assert_eq!((&line["headline"], &line["desk"]), (&json!("আগেই জমা"), &json!("filed")));
    assert_eq!((&line["words"], &line["photos"]), (&json!(23), &json!(1)));
    assert_eq!((&line["filed_at"], &line["desk_by"]), (&json!(NOW), &Value::Null));
    assert_eq!(line["desk_note"], "");
    old.portal.stop().await;
}
