//! The description and the routes are the same: asked of the router itself, for it names its methods.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::desk::{Desk, new_id};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

#[tokio::test]
async fn every_described_route_has_exactly_the_described_methods() {
    let desk = Desk::open().await;
    let described = desk.plain(Method::GET, "/api/v1/openapi.json").send().await.unwrap();
    let described: Value = described.json().await.unwrap();
    for (path, operations) in described["paths"].as_object().unwrap() {
        let real = path.replace("{id}", &new_id()).replace("{sha256}", &"0".repeat(64));
        let real = real.replace("{note}", &new_id()).replace("{comment}", &new_id());
        let nobodys = Method::from_bytes(b"PURGE").unwrap();
        let answer = desk.app(nobodys, &real).send().await.unwrap();
        assert_eq!(answer.status(), 405, "{path}");
        let allow = answer.headers()["allow"].to_str().unwrap().to_lowercase();
        let mut allowed: BTreeSet<&str> = allow.split(',').map(str::trim).collect();
        let keys = operations.as_object().unwrap().keys().map(String::as_str);
        let wanted: BTreeSet<&str> = keys.filter(|key| METHODS.contains(key)).collect();
        // Whatever can be got has a head; the description names it where it is a question of its own.
        if allowed.contains("get") && !wanted.contains("head") {
            allowed.remove("head");
        }
        assert_eq!(allowed, wanted, "{path}");
    }
}
