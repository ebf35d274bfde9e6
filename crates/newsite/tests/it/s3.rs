//! Photos in a store that speaks S3: a real server, and the program started as an administrator starts it.

use std::process::Stdio;

use axum::{Router, extract::Request, response::IntoResponse as _};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Client, Method, RequestBuilder};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use serde_json::{Value, json};
use story::Sha256Hex;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

use crate::desk::{hash, new_id, png, with_photo};

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

/// The program from its editor's side.
struct Site {
    http: Client,
    url: String,
    token: String,
}

impl Site {
    async fn signed_in(started: &Value) -> Self {
        let http = Client::builder().no_proxy().build().unwrap();
        let accounts = started["accounts"].as_array().unwrap();
        let editor = accounts.iter().find(|account| account["role"] == "editor").unwrap();
        let body = json!({ "user": editor["user"], "password": editor["password"] });
        let url = format!("{}tokens", started["api"].as_str().unwrap());
        let answer: Value = http.post(url).json(&body).send().await.unwrap().json().await.unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self { http, url: text(&started["url"]), token: text(&answer["token"]) }
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    /// Sends the file in one chunk, with this about it besides; the status of the answer.
    async fn send(&self, bytes: &[u8], more: &[(&str, &str)]) -> u16 {
        let sha256 = Sha256Hex::of(bytes);
        let about = [("sha256", sha256.as_str()), ("media_type", "image/png")];
        let about =
            about.iter().chain(more).map(|(name, value)| format!("{name} {}", STANDARD.encode(value)));
        let request = self.ask(Method::POST, "/api/v1/uploads").header("tus-resumable", "1.0.0");
        let request = request.header("upload-length", bytes.len());
        let request = request.header("upload-metadata", about.collect::<Vec<_>>().join(","));
        let begun = request.send().await.unwrap();
        let place = begun.headers()["location"].to_str().unwrap().to_owned();
        let request = self.ask(Method::PATCH, &place).header("tus-resumable", "1.0.0");
        let request = request.header("upload-offset", 0).body(bytes.to_vec());
        let request = request.header("content-type", "application/offset+octet-stream");
        request.send().await.unwrap().status().as_u16()
    }

    async fn order(&self, story: &Value, order: Value) {
        let path = format!("/api/v1/stories/{}/transitions", story["story"].as_str().unwrap());
        let request = self.ask(Method::POST, &path).header("idempotency-key", new_id()).json(&order);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{order}: {:?}", answer.text().await);
    }
}

/// An empty bucket `paper`.
fn bucket() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("paper")).unwrap();
    folder
}

#[tokio::test]
async fn a_photo_goes_to_the_bucket_and_comes_to_readers_from_there_also_after_a_restart() {
    let (bucket, data) = (bucket(), tempfile::tempdir().unwrap());
    let store = store(bucket.path()).await;
    let (mut child, started) = portal(data.path(), &store, SECRET).await;
    assert_eq!(Site::signed_in(&started).await.send(&png(), &[]).await, 204);
    let sha256 = Sha256Hex::of(&png());
    assert_eq!(std::fs::read(bucket.path().join("paper/site/photos").join(sha256.as_str())).unwrap(), png());
    assert_eq!(std::fs::read_dir(data.path().join("photos")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(data.path().join("uploads")).unwrap().count(), 0);
    child.kill().await.unwrap();

    let (_child, started) = portal(data.path(), &store, SECRET).await;
    let site = Site::signed_in(&started).await;
    let answer = site.http.get(format!("{}/media/{sha256}", site.url)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(answer.bytes().await.unwrap(), png());
}

#[tokio::test]
async fn an_original_lies_in_the_bucket_beside_the_photos_and_a_kill_takes_it_from_there() {
    let (bucket, data) = (bucket(), tempfile::tempdir().unwrap());
    let store = store(bucket.path()).await;
    let (_child, started) = portal(data.path(), &store, SECRET).await;
    let site = Site::signed_in(&started).await;
    assert_eq!(site.send(&png(), &[]).await, 204);
    let story = with_photo("বালতিতে রাখা মূল ছবি", &png());
    let (id, of) = (story["story"].as_str().unwrap(), Sha256Hex::of(&png()));
    let path = format!("/api/v1/stories/{id}");
    let created =
        site.ask(Method::PUT, &path).header("if-none-match", "*").json(&story).send().await.unwrap();
    assert_eq!(created.status(), 201);
    site.order(&story, json!({ "command": "publish", "hash": hash(&story), "note": "", "consent": "alone" }))
        .await;

    let full = [png(), vec![7; 40_000]].concat();
    assert_eq!(site.send(&full, &[("original_of", of.as_str()), ("story", id)]).await, 204);
    let file = bucket.path().join("paper/site/photos/originals").join(Sha256Hex::of(&full).as_str());
    assert_eq!(std::fs::read(&file).unwrap(), full);
    let place = format!("/api/v1/photos/{of}/original");
    let got = site.ask(Method::GET, &place).send().await.unwrap();
    assert_eq!(got.bytes().await.unwrap(), full);
    let public = format!("{}/media/originals/{}", site.url, Sha256Hex::of(&full));
    assert_eq!(site.http.get(public).send().await.unwrap().status(), 404);

    site.order(
        &story,
        json!({ "command": "kill", "hash": hash(&story), "note": "আদালতের আদেশ", "consent": "glass" }),
    )
    .await;
    assert_eq!(site.ask(Method::HEAD, &place).send().await.unwrap().status(), 404);
    assert!(!file.exists(), "nor does the bucket have it");
}

#[tokio::test]
async fn a_store_that_refuses_the_keys_leaves_the_upload_where_it_was() {
    let (bucket, data) = (bucket(), tempfile::tempdir().unwrap());
    let store = store(bucket.path()).await;
    let (_child, started) = portal(data.path(), &store, "another secret").await;
    let site = Site::signed_in(&started).await;
    assert_eq!(site.send(&png(), &[]).await, 500);
    assert_eq!(std::fs::read_dir(data.path().join("uploads")).unwrap().count(), 1);
    let photo = format!("/api/v1/photos/{}", Sha256Hex::of(&png()));
    assert_eq!(site.ask(Method::HEAD, &photo).send().await.unwrap().status(), 404);
}
