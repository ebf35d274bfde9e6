//! Photos in a store that speaks S3: a real server, and the program started as an administrator starts it.

use std::process::Stdio;

use axum::{Router, extract::Request, response::IntoResponse as _};
use reqwest::{Client, Method};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use serde_json::{Value, json};
use story::Sha256Hex;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

use crate::desk::png;

const KEY: &str = "newsite";
const SECRET: &str = "only for this test";

/// An S3 server over `folder`, on a free port of loopback; it ends with the test.
async fn store(folder: &std::path::Path) -> String {
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = service.build();
    let app = Router::new().fallback(move |request: Request| {
        let service = service.clone();
        async move {
            let answer = service.call(request.map(s3s::Body::http_body_unsync)).await.unwrap();
            answer.map(axum::body::Body::new).into_response()
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// The program, with photos in the bucket `paper`; what it printed at its start.
async fn portal(data: &std::path::Path, store: &str, secret: &str) -> (Child, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khosra-newsite"));
    command.args(["serve", "--no-seed", "--media", "s3://paper/site/photos", "--data"]).arg(data);
    command.env("AWS_ENDPOINT_URL", store).env("AWS_ALLOW_HTTP", "true").env("AWS_REGION", "us-east-1");
    command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", secret);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

async fn token(http: &Client, started: &Value) -> String {
    let accounts = started["accounts"].as_array().unwrap();
    let editor = accounts.iter().find(|account| account["role"] == "editor").unwrap();
    let body = json!({ "user": editor["user"], "password": editor["password"] });
    let url = format!("{}tokens", started["api"].as_str().unwrap());
    let answer: Value = http.post(url).json(&body).send().await.unwrap().json().await.unwrap();
    answer["token"].as_str().unwrap().to_owned()
}

/// Sends the photo in one chunk; the status of the answer.
async fn send(http: &Client, started: &Value, bytes: &[u8]) -> u16 {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let (site, token) = (started["url"].as_str().unwrap(), token(http, started).await);
    let sha256 = Sha256Hex::of(bytes);
    let metadata =
        format!("sha256 {},media_type {}", STANDARD.encode(sha256.as_str()), STANDARD.encode("image/png"));
    let request = http.post(format!("{site}/api/v1/uploads")).bearer_auth(&token);
    let request = request.header("tus-resumable", "1.0.0").header("upload-length", bytes.len());
    let begun = request.header("upload-metadata", metadata).send().await.unwrap();
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    let request = http.request(Method::PATCH, format!("{site}{place}")).bearer_auth(&token);
    let request = request.header("tus-resumable", "1.0.0").header("upload-offset", 0);
    let request = request.header("content-type", "application/offset+octet-stream").body(bytes.to_vec());
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_photo_goes_to_the_bucket_and_comes_to_readers_from_there_also_after_a_restart() {
    let (bucket, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::create_dir(bucket.path().join("paper")).unwrap();
    let store = store(bucket.path()).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let (mut child, started) = portal(data.path(), &store, SECRET).await;
    assert_eq!(send(&http, &started, &png()).await, 204);
    let sha256 = Sha256Hex::of(&png());
    assert_eq!(std::fs::read(bucket.path().join("paper/site/photos").join(sha256.as_str())).unwrap(), png());
    assert_eq!(std::fs::read_dir(data.path().join("photos")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(data.path().join("uploads")).unwrap().count(), 0);
    child.kill().await.unwrap();

    let (_child, started) = portal(data.path(), &store, SECRET).await;
    let url = format!("{}/media/{sha256}", started["url"].as_str().unwrap());
    let answer = http.get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(answer.bytes().await.unwrap(), png());
}

#[tokio::test]
async fn a_store_that_refuses_the_keys_leaves_the_upload_where_it_was() {
    let (bucket, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::create_dir(bucket.path().join("paper")).unwrap();
    let store = store(bucket.path()).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let (_child, started) = portal(data.path(), &store, "another secret").await;
    assert_eq!(send(&http, &started, &png()).await, 500);
    assert_eq!(std::fs::read_dir(data.path().join("uploads")).unwrap().count(), 1);
    let photo = format!("{}photos/{}", started["api"].as_str().unwrap(), Sha256Hex::of(&png()));
    let head = http.head(photo).bearer_auth(token(&http, &started).await).send().await.unwrap();
    assert_eq!(head.status(), 404);
}
