//! Who may work at the site, as whoever runs it decides.

use std::{path::Path, process::Output};

use khosra_newsite::{AdministrationError, Options, SystemClock};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use story::Role;
use tokio::process::Command;

use crate::desk::Desk;

async fn status_of_sign_in(desk: &Desk, user: &str, password: &str) -> StatusCode {
    let body = json!({ "user": user, "password": password });
    desk.plain(Method::POST, "/api/v1/tokens").json(&body).send().await.unwrap().status()
}

async fn me(desk: &Desk, token: &str) -> (StatusCode, Value) {
    let answer = desk.plain(Method::GET, "/api/v1/me").bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn a_new_account_signs_in_at_once_with_the_name_and_role_it_was_given() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    let password = site.add("rehana", " রেহানা বেগম ", Role::SubEditor).await.unwrap();
    let token = desk.sign_in("rehana", &password).await;
    let (_, known) = me(&desk, &token).await;
    assert_eq!((&known["byline"], &known["role"]), (&json!("রেহানা বেগম"), &json!("sub_editor")));
    let listed = site.list(desk.now()).await.unwrap();
    let rehana = listed.iter().find(|account| account.user == "rehana").unwrap();
    assert!(rehana.open);
    assert_eq!(rehana.devices.len(), 1);
    assert_eq!(listed.len(), 6);
}

#[tokio::test]
async fn another_role_holds_from_the_next_request_on() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    let token = desk.token_of(Role::SubEditor).await;
    site.change("farida", None, Some(Role::Editor)).await.unwrap();
    let (_, known) = me(&desk, &token).await;
    assert_eq!((&known["name"], &known["role"]), (&json!("ফরিদা ইয়াসমিন"), &json!("editor")));
    site.change("farida", Some("ফরিদা ইয়াসমিন খান"), None).await.unwrap();
    assert_eq!(me(&desk, &token).await.1["name"], "ফরিদা ইয়াসমিন খান");
}

#[tokio::test]
async fn a_lost_laptop_is_signed_out_and_the_password_still_holds() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    let lost = desk.token_of(Role::Correspondent).await;
    let other = desk.token_of(Role::Editor).await;
    let account = desk.portal.accounts().iter().find(|known| known.role == Role::Correspondent).unwrap();
    site.sign_out(&account.user, desk.now()).await.unwrap();
    assert_eq!(me(&desk, &lost).await.0, 401);
    assert_eq!(me(&desk, &other).await.0, 200);
    assert_eq!(status_of_sign_in(&desk, &account.user, &account.password).await, 201);
}

#[tokio::test]
async fn a_closed_account_lets_nobody_in_until_it_gets_a_new_password() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    let account = desk.portal.accounts()[1].clone();
    let token = desk.sign_in(&account.user, &account.password).await;
    site.close_account(&account.user, desk.now()).await.unwrap();
    assert_eq!(me(&desk, &token).await.0, 401);
    assert_eq!(status_of_sign_in(&desk, &account.user, &account.password).await, 401);
    assert_eq!(status_of_sign_in(&desk, &account.user, "").await, 401);
    let password = site.renew_password(&account.user, desk.now()).await.unwrap();
    assert_ne!(password, account.password);
    assert_eq!(status_of_sign_in(&desk, &account.user, &account.password).await, 401);
    assert_eq!(status_of_sign_in(&desk, &account.user, &password).await, 201);
}

#[tokio::test]
async fn a_start_tells_no_password_that_does_not_hold_and_changes_nobody_back() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    let password = site.renew_password("nasrin", desk.now()).await.unwrap();
    site.close_account("tapan", desk.now()).await.unwrap();
    site.change("mahbub", None, Some(Role::Admin)).await.unwrap();
    site.close().await;
    let desk = desk.restart_at("2026-11-25T09:30:00Z").await;
    let told: Vec<(&str, Role)> =
        desk.portal.accounts().iter().map(|account| (account.user.as_str(), account.role)).collect();
    assert_eq!(told, [("farida", Role::SubEditor), ("mahbub", Role::Admin), ("admin", Role::Admin)]);
    assert_eq!(status_of_sign_in(&desk, "nasrin", &password).await, 201);
    let listed = desk.administration().await.list(desk.now()).await.unwrap();
    assert!(!listed.iter().find(|account| account.user == "tapan").unwrap().open);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    let desk = Desk::open().await;
    let site = desk.administration().await;
    for bad in ["", "a", "Rehana", "9rehana", "রেহানা", "re hana", &"x".repeat(33)] {
        let error = site.add(bad, "রেহানা", Role::Editor).await.unwrap_err();
        assert!(matches!(error, AdministrationError::BadUser(_)), "{bad}: {error}");
    }
    assert!(matches!(site.add("rehana", "  ", Role::Editor).await, Err(AdministrationError::NoName)));
    assert!(matches!(site.add("nasrin", "ন", Role::Editor).await, Err(AdministrationError::Taken(_))));
    assert!(matches!(site.add("desk", "ন", Role::Editor).await, Err(AdministrationError::Taken(_))));
    assert!(matches!(site.sign_out("nobody", desk.now()).await, Err(AdministrationError::Unknown(_))));
    assert!(matches!(site.close_account("desk", desk.now()).await, Err(AdministrationError::TheApps)));
    assert_eq!(site.list(desk.now()).await.unwrap().len(), 5);
}

async fn at_the_command_line(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khosra-newsite"));
    command.arg("accounts").arg("--data").arg(data).args(words).output().await.unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn the_command_line_does_all_of_it_and_says_what_it_cannot() {
    if !crate::desk::has_database_file() {
        return;
    }
    let desk = Desk::open_with(|options| Options { clock: std::sync::Arc::new(SystemClock), ..options });
    let desk = desk.await;
    let data = desk.folder().to_owned();
    let added =
        at_the_command_line(&data, &["add", "rehana", "--name", "রেহানা বেগম", "--role", "sub-editor"]).await;
    let password = lines(&added)[0]["password"].as_str().unwrap().to_owned();
    let token = desk.sign_in("rehana", &password).await;
    let changed = at_the_command_line(&data, &["change", "rehana", "--role", "editor"]).await;
    assert_eq!(lines(&changed)[0]["role"], "editor");
    assert_eq!(me(&desk, &token).await.1["role"], "editor");
    let out = at_the_command_line(&data, &["sign-out", "rehana"]).await;
    assert_eq!(lines(&out)[0]["devices"], json!([]));
    let renewed = at_the_command_line(&data, &["password", "rehana"]).await;
    assert_ne!(lines(&renewed)[0]["password"], password);
    let closed = at_the_command_line(&data, &["close", "rehana"]).await;
    assert_eq!(lines(&closed)[0]["open"], false);
    assert_eq!(lines(&at_the_command_line(&data, &["list"]).await).len(), 6);
    for (words, said) in [
        (&["close", "nobody"][..], "no account nobody"),
        (&["add", "x", "--name", "ক", "--role", "editor"], "no name to sign in with"),
        (&["add", "kalam", "--name", "ক", "--role", "boss"], "one of correspondent"),
    ] {
        let refused = at_the_command_line(&data, words).await;
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(said), "{refused:?}");
        assert_eq!(refused.stdout, b"");
    }
    let empty = tempfile::tempdir().unwrap();
    let nowhere = at_the_command_line(empty.path(), &["list"]).await;
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("there is no site"));
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}
