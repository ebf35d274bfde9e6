//! A site that an earlier version wrote goes on with everything it has.

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _, Executor as _};

use crate::desk::{Desk, options, payload};

/// What version 1 could not know, taken away again.
const BACK_TO_ONE: &str = "
    DROP INDEX stories_by_change; DROP INDEX stories_by_schedule;
    DROP TABLE site_counter; DROP TABLE leases; DROP TABLE notes; DROP TABLE comments; DROP TABLE story_tags;
    ALTER TABLE stories DROP COLUMN desk; ALTER TABLE stories DROP COLUMN filed_hash;
    ALTER TABLE stories DROP COLUMN scheduled_revision; ALTER TABLE stories DROP COLUMN scheduled_hash;
    ALTER TABLE stories DROP COLUMN scheduled_for; ALTER TABLE stories DROP COLUMN head_headline;
    ALTER TABLE stories DROP COLUMN head_section; ALTER TABLE stories DROP COLUMN changed;
    ALTER TABLE stories DROP COLUMN takings_down; ALTER TABLE stories DROP COLUMN correction_kind;
    UPDATE site_schema SET version = 1;";

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
    let folder = desk.close().await;
    let url = format!("sqlite://{}", folder.path().join("site.db").display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    connection.execute(sqlx::raw_sql(BACK_TO_ONE)).await.unwrap();
    connection.close().await.unwrap();

    let portal = khosra_newsite::start(options(folder.path())).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let get = async |path: &str| {
        let request = http.request(Method::GET, format!("{}{path}", portal.url()));
        request.bearer_auth(portal.app_token()).send().await.unwrap().json::<Value>().await.unwrap()
    };
    let queue = get("/api/v1/stories?state=live").await;
    let mut found: Vec<&str> =
        queue["items"].as_array().unwrap().iter().map(|item| item["headline"].as_str().unwrap()).collect();
    found.sort_unstable();
    let mut wanted = headlines;
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    assert_eq!(get("/api/v1/tags?query=").await["items"], json!([{ "tag": "নদী", "stories": 3 }]));
    portal.stop().await;
}
