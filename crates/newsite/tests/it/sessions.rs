//! Signing in, out, and who may do what.

use khosra_newsite::{Options, StartError};
use reqwest::Method;
use serde_json::{Value, json};
use story::Role;

use crate::desk::{Desk, hash, new_id, payload, refusal};

#[tokio::test]
async fn every_seeded_account_signs_in_and_is_told_who_it_is() {
    let desk = Desk::open().await;
    assert_eq!(desk.portal.accounts().len(), 5);
    for account in desk.portal.accounts() {
        let token = desk.sign_in(&account.user, &account.password).await;
        let me = desk.plain(Method::GET, "/api/v1/me").bearer_auth(token).send().await.unwrap();
        let me: Value = me.json().await.unwrap();
        assert_eq!(me["user"], account.user);
        assert_eq!(me["byline"], account.name);
        assert_eq!(me["one_person"], account.role == Role::Editor);
        assert!(me["sections"].as_array().unwrap().contains(&json!("sports-cricket")));
    }
}

#[tokio::test]
async fn wrong_passwords_are_refused_and_after_ten_the_account_waits() {
    let desk = Desk::open().await;
    let body = json!({ "user": "nasrin", "password": "guess" });
    let guess = || desk.plain(Method::POST, "/api/v1/tokens").json(&body).send();
    for _ in 0..10 {
        assert_eq!(refusal(guess().await.unwrap()).await.1, "signed-out");
    }
    let answer = guess().await.unwrap();
    assert_eq!(answer.headers()["retry-after"], "300");
    assert_eq!(refusal(answer).await.0, 429);
}

#[tokio::test]
async fn a_token_that_was_signed_out_or_invented_is_no_good() {
    let desk = Desk::open().await;
    let token = desk.token_of(Role::Editor).await;
    let out = desk.plain(Method::DELETE, "/api/v1/tokens/current").bearer_auth(&token).send().await.unwrap();
    assert_eq!(out.status(), 204);
    for bad in [token.as_str(), "", "x", "Bearer"] {
        let answer = desk.plain(Method::GET, "/api/v1/me").bearer_auth(bad).send().await.unwrap();
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        assert_eq!(refusal(answer).await.0, 401, "{bad}");
    }
}

#[tokio::test]
async fn the_app_has_a_token_of_its_own_that_ends_with_the_run() {
    let desk = Desk::open().await;
    let old = desk.portal.app_token().to_owned();
    let me: Value = desk.app(Method::GET, "/api/v1/me").send().await.unwrap().json().await.unwrap();
    assert_eq!((me["role"].as_str(), me["one_person"].as_bool()), (Some("editor"), Some(true)));
    let desk = desk.restart_at("2026-11-24T10:00:00Z").await;
    let answer = desk.plain(Method::GET, "/api/v1/me").bearer_auth(old).send().await.unwrap();
    assert_eq!(refusal(answer).await.0, 401);
}

#[tokio::test]
async fn only_an_editor_publishes_and_a_correspondent_changes_only_their_own_stories() {
    let desk = Desk::open().await;
    let story = payload("ঘাটে ভিড় কমেছে");
    assert_eq!(desk.create(&story).await.status(), 201);
    let id = story["story"].as_str().unwrap();
    let order = json!({ "command": "publish", "hash": hash(&story) });
    for role in [Role::Correspondent, Role::SubEditor, Role::Admin] {
        let token = desk.token_of(role).await;
        let request =
            desk.plain(Method::POST, &format!("/api/v1/stories/{id}/transitions")).bearer_auth(token);
        let answer = request.header("idempotency-key", new_id()).json(&order).send().await.unwrap();
        assert_eq!(refusal(answer).await.1, "forbidden", "{role:?}");
    }
    let etag = desk.look_up(id).await["etag"].as_str().unwrap().to_owned();
    let mut other = story.clone();
    other["headline"] = json!("অন্যের লেখা");
    let put = |token: String| {
        let request = desk.plain(Method::PUT, &format!("/api/v1/stories/{id}")).bearer_auth(token);
        request.header("if-match", &etag).json(&other).send()
    };
    let correspondent = put(desk.token_of(Role::Correspondent).await).await.unwrap();
    assert_eq!(refusal(correspondent).await.0, 403);
    let admin = put(desk.token_of(Role::Admin).await).await.unwrap();
    assert_eq!(refusal(admin).await.0, 403);
    assert_eq!(put(desk.token_of(Role::SubEditor).await).await.unwrap().status(), 200);
}

#[tokio::test]
async fn passwords_survive_a_restart_and_are_kept_from_others() {
    let desk = Desk::open().await;
    let before = desk.portal.accounts().to_vec();
    let desk = desk.restart_at("2026-11-24T10:00:00Z").await;
    assert_eq!(desk.portal.accounts(), before);
    desk.sign_in(&before[0].user, &before[0].password).await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(desk.folder()), 0o700);
        assert_eq!(mode(&desk.folder().join("accounts.json")), 0o600);
    }
    if !crate::desk::has_database_file() {
        return;
    }
    let database = std::fs::read(desk.folder().join("site.db")).unwrap();
    let holds = |secret: &str| database.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
    assert!(before.iter().all(|account| !holds(&account.password)));
    assert!(!holds(desk.portal.app_token()));
}

#[tokio::test]
async fn a_taken_port_a_bad_folder_and_a_foreign_database_are_refused_in_words() {
    let desk = Desk::open().await;
    let port = desk.portal.url().rsplit(':').next().unwrap().parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let start =
        |change: fn(Options) -> Options| khosra_newsite::start(change(crate::desk::options(folder.path())));
    let taken =
        khosra_newsite::start(Options { port, ..crate::desk::options(folder.path()) }).await.err().unwrap();
    assert!(matches!(taken, StartError::Port { .. }), "{taken}");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let bad = khosra_newsite::start(crate::desk::options(&file.join("under"))).await.err().unwrap();
    assert!(matches!(bad, StartError::DataFolder { .. }), "{bad}");
    let other = start(|options| Options { database: Some("mysql://x/y".to_owned()), ..options });
    assert!(other.await.err().unwrap().to_string().contains("sqlite:"));
}
