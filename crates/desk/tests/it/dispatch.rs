//! Whatever a window sends, the worst that comes back is an error.

use khosra_desk::{
    commands::{MAX_ARGUMENT_BYTES, NAMES, dispatch},
    wire::ErrorCode,
};
use serde_json::{Value, json};
use testkit::Newsroom;

#[tokio::test]
async fn an_unknown_command_is_bad_arguments() {
    let room = Newsroom::open();
    let error = dispatch(&room.desk, "drop_table", json!({})).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::BadArguments);
}

#[tokio::test]
async fn text_that_was_sent_is_not_in_the_error() {
    let room = Newsroom::open();
    let error = dispatch(&room.desk, "open_story", json!({"story": "গোপন কথা"})).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::BadArguments);
    assert!(!format!("{error:?}").contains("গোপন"), "{error:?}");
}

#[tokio::test]
async fn arguments_without_end_are_refused() {
    let room = Newsroom::open();
    let long = json!({"text": "ক".repeat(MAX_ARGUMENT_BYTES / 3 + 1), "limit": 1});
    assert_eq!(dispatch(&room.desk, "search", long).await.unwrap_err().code, ErrorCode::TextTooLong);
}

#[tokio::test]
async fn a_story_is_begun_saved_and_found_by_json_alone() {
    let room = Newsroom::open();
    let view = dispatch(&room.desk, "new_story", json!({})).await.unwrap();
    let content = json!({"headline": "জোয়ারের পানি", "body": "লেখা"});
    let save = json!({"story": view["story"], "counter": 2, "content": content, "undo": null});
    assert_eq!(dispatch(&room.desk, "save_draft", save).await.unwrap()["counter"], 2);
    let hits = dispatch(&room.desk, "search", json!({"text": "জোয়ার", "limit": 5})).await.unwrap();
    assert_eq!(hits[0]["row"]["story"], view["story"]);
}

#[tokio::test]
async fn no_command_panics_on_any_small_json() {
    let room = Newsroom::open();
    let id = "0190a000-0000-7000-8000-000000000001";
    let values = [
        json!(null),
        json!([]),
        json!({}),
        json!({"story": id}),
        json!({"portal": id}),
        json!({"intent": id}),
        json!({"story": id, "number": -1}),
        json!({"name": "../../x"}),
        json!({"text": "\"' OR NEAR(", "limit": 0}),
        json!({"story": id, "counter": 1e300}),
        json!({"kind": "native", "url": "file:///etc/passwd"}),
    ];
    for name in NAMES.iter().filter(|name| **name != "use_built_in_portal") {
        for value in &values {
            let answer: Result<Value, _> = dispatch(&room.desk, name, value.clone()).await;
            if let Err(error) = answer {
                assert_ne!(error.code, ErrorCode::Internal, "{name} {value}: {error:?}");
            }
        }
    }
}

#[tokio::test]
async fn search_text_is_never_a_query_language() {
    let room = Newsroom::open();
    for text in ["\"", "a AND", "NEAR(", "x:", "-a", "'; drop", "*", "()", "^ক", "\u{0}"] {
        let hits = dispatch(&room.desk, "search", json!({"text": text, "limit": 5})).await;
        assert_eq!(hits.unwrap(), json!([]), "{text}");
    }
}
