//! A portal for one test, and the client's side of the contract.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use khosra_newsite::{Administration, Clock, Faults, Options, Running};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use story::{Role, Sha256Hex};
use tempfile::TempDir;

/// When the tests take place: an afternoon in Dhaka.
pub const NOW: &str = "2026-11-24T09:30:00Z";

/// One pixel.
pub fn png() -> Vec<u8> {
    let base64 =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    STANDARD.decode(base64).unwrap()
}

/// A clock that stands until somebody sets it.
pub struct Hands(AtomicI64);

impl Hands {
    fn at(now: &str) -> Arc<Self> {
        let hands = Self(AtomicI64::new(0));
        hands.set(now);
        Arc::new(hands)
    }

    fn set(&self, now: &str) {
        let now: DateTime<Utc> = now.parse().unwrap();
        self.0.store(now.timestamp_millis(), Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Where the portal keeps its data in this run; `None` is its own folder.
#[cfg(unix)]
async fn database() -> Option<String> {
    crate::postgres::database().await
}

#[cfg(not(unix))]
async fn database() -> Option<String> {
    None
}

/// Whether the data lie in the portal's own folder.
pub fn has_database_file() -> bool {
    #[cfg(unix)]
    return !crate::postgres::is_meant();
    #[cfg(not(unix))]
    true
}

pub struct Desk {
    pub portal: Running,
    pub http: Client,
    folder: TempDir,
    hands: Arc<Hands>,
    options: Options,
}

/// A portal in `data` with an empty site, at [`NOW`].
pub fn options(data: &Path) -> Options {
    Options { seed: false, clock: Hands::at(NOW), ..Options::embedded(data.to_owned()) }
}

impl Desk {
    pub async fn open() -> Self {
        Self::open_with(|options| options).await
    }

    pub async fn open_with(change: impl FnOnce(Options) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hands = Hands::at(NOW);
        let database = database().await;
        let options = change(Options { clock: hands.clone(), database, ..options(folder.path()) });
        let portal = khosra_newsite::start(options.clone()).await.unwrap();
        let http = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { portal, http, folder, hands, options }
    }

    /// The site's accounts, beside the running portal.
    pub async fn administration(&self) -> Administration {
        Administration::open(self.folder(), self.options.database.as_deref()).await.unwrap()
    }

    /// What the portal's clock says.
    pub fn now(&self) -> DateTime<Utc> {
        self.options.clock.now()
    }

    /// Sets the portal's clock.
    pub fn set_clock(&self, now: &str) {
        self.hands.set(now);
    }

    /// Stops the portal and starts it again on the same data, at another time.
    pub async fn restart_at(self, now: &str) -> Self {
        self.portal.stop().await;
        self.hands.set(now);
        let options = Options { seed: false, fault: Faults::default(), ..self.options.clone() };
        Self { portal: khosra_newsite::start(options).await.unwrap(), ..self }
    }

    /// Stops the portal; its data stay as long as the folder does.
    pub async fn close(self) -> TempDir {
        self.portal.stop().await;
        self.folder
    }

    pub fn fault(&self, spec: &str) {
        self.portal.faults().replace(&[spec]).unwrap();
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A request without a token.
    pub fn plain(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.portal.url()))
    }

    /// A request of the embedding app.
    pub fn app(&self, method: Method, path: &str) -> RequestBuilder {
        self.plain(method, path).bearer_auth(self.portal.app_token())
    }

    /// A page as a reader gets it.
    pub async fn page(&self, path: &str) -> (u16, String) {
        let answer = self.plain(Method::GET, path).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The token of the first account with this role.
    pub async fn token_of(&self, role: Role) -> String {
        let account = self.portal.accounts().iter().find(|account| account.role == role).unwrap();
        self.sign_in(&account.user, &account.password).await
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> String {
        let body = json!({ "user": user, "password": password, "device": "test" });
        let answer = self.plain(Method::POST, "/api/v1/tokens").json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
    }

    pub async fn create(&self, payload: &Value) -> Response {
        let path = format!("/api/v1/stories/{}", payload["story"].as_str().unwrap());
        self.app(Method::PUT, &path).header("if-none-match", "*").json(payload).send().await.unwrap()
    }

    pub async fn look_up(&self, id: &str) -> Value {
        let answer = self.app(Method::GET, &format!("/api/v1/stories/{id}")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// The request for a transition of the story's present version.
    pub fn order(&self, payload: &Value, command: &str, key: &str) -> RequestBuilder {
        let path = format!("/api/v1/stories/{}/transitions", payload["story"].as_str().unwrap());
        let body = json!({ "command": command, "hash": hash(payload) });
        self.app(Method::POST, &path).header("idempotency-key", key).json(&body)
    }

    /// The answer to a command with more in its body than the version: a note, a time.
    pub async fn give(&self, payload: &Value, command: &str, more: Value) -> Response {
        let path = format!("/api/v1/stories/{}/transitions", payload["story"].as_str().unwrap());
        let mut body = json!({ "command": command, "hash": hash(payload), "note": "" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.app(Method::POST, &path).header("idempotency-key", new_id()).json(&body).send().await.unwrap()
    }

    /// The receipt for a command that is carried out.
    pub async fn done(&self, payload: &Value, command: &str, more: Value) -> Value {
        let answer = self.give(payload, command, more).await;
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{command}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The place on this site of an address that the portal gave.
    pub fn path_of(&self, address: &Value) -> String {
        address.as_str().unwrap().strip_prefix(&self.portal.url()).unwrap().to_owned()
    }

    /// Creates and publishes; the receipt.
    pub async fn publish(&self, payload: &Value) -> Value {
        assert_eq!(self.create(payload).await.status(), 201);
        let answer = self.order(payload, "publish", &new_id()).send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Puts `next` in the place of the working copy that is there.
    pub async fn replace(&self, next: &Value) {
        let id = next["story"].as_str().unwrap();
        let etag = self.look_up(id).await["etag"].as_str().unwrap().to_owned();
        let request = self.app(Method::PUT, &format!("/api/v1/stories/{id}")).header("if-match", etag);
        assert_eq!(request.json(next).send().await.unwrap().status(), 200);
    }

    /// Begins an upload; its address.
    pub async fn begin(&self, bytes: &[u8], media_type: &str) -> String {
        let answer =
            self.upload(bytes.len(), Sha256Hex::of(bytes).as_str(), media_type).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    pub fn upload(&self, length: usize, sha256: &str, media_type: &str) -> RequestBuilder {
        let metadata =
            format!("sha256 {},media_type {}", STANDARD.encode(sha256), STANDARD.encode(media_type));
        let request = self.app(Method::POST, "/api/v1/uploads").header("tus-resumable", "1.0.0");
        request.header("upload-length", length).header("upload-metadata", metadata)
    }

    pub fn chunk(&self, place: &str, offset: usize, bytes: &[u8]) -> RequestBuilder {
        let request = self.app(Method::PATCH, place).header("tus-resumable", "1.0.0");
        let request = request.header("upload-offset", offset);
        request.header("content-type", "application/offset+octet-stream").body(bytes.to_vec())
    }

    pub async fn send_photo(&self, bytes: &[u8]) {
        let place = self.begin(bytes, "image/png").await;
        let checksum = format!("sha256 {}", STANDARD.encode(Sha256::digest(bytes)));
        let answer = self.chunk(&place, 0, bytes).header("upload-checksum", checksum).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }
}

/// A refusal: its status, the last part of its type, and the pointers it names.
pub async fn refusal(answer: Response) -> (u16, String, Vec<String>) {
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status);
    let kind = body["type"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    (status, kind, errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect())
}

#[expect(clippy::disallowed_methods, reason = "a client makes its own ids")]
pub fn new_id() -> String {
    let millis = DateTime::parse_from_rfc3339(NOW).unwrap().timestamp_millis().unsigned_abs();
    uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid().to_string()
}

/// The digest of the payload as it goes over the wire.
pub fn hash(payload: &Value) -> String {
    Sha256Hex::of(payload.to_string().as_bytes()).to_string()
}

pub fn payload(headline: &str) -> Value {
    json!({
        "story": new_id(),
        "version": Sha256Hex::of(headline.as_bytes()),
        "headline": headline,
        "standfirst": "পানি নেমে যাওয়ায় সড়কে যান চলাচল শুরু হয়েছে।",
        "byline": "নাসরিন সুলতানা",
        "dateline": "খুলনা",
        "source": "বাসস",
        "section": "bangladesh-districts",
        "tags": ["নদী"],
        "slug": "river-road-opens",
        "language": "bn",
        "published_at": null,
        "body": "ভোর থেকে সড়কে বাস চলছে। যাত্রীরা স্বস্তি জানিয়েছেন।\n\nদুপুরে ঘাটেও ভিড় কমে আসে।",
        "photos": [],
    })
}

pub fn with_photo(headline: &str, bytes: &[u8]) -> Value {
    let mut payload = payload(headline);
    payload["photos"] = json!([{
        "sha256": Sha256Hex::of(bytes),
        "media_type": "image/png",
        "width": 1,
        "height": 1,
        "caption": "খেয়াঘাটে অপেক্ষমাণ যাত্রী",
        "credit": "তপন সরকার",
        "alt": "ঘাটে দাঁড়িয়ে কয়েকজন মানুষ",
        "decorative": false,
        "lead": true,
        "focal": null,
    }]);
    payload
}
