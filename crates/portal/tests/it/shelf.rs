//! The native contract in memory, as far as publishing needs it, so that a test can say which part of it breaks.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use story::{Language, Payload, PayloadPhoto, Sha256Hex, StoryId};

use crate::server::{Answer, Reply, Request, Server};

pub const STORY: &str = "0193a000-0000-7000-8000-000000000001";

/// What the portal holds.
#[derive(Default)]
pub struct Shelf {
    pub url: String,
    pub copy: Option<Vec<u8>>,
    pub revision: u64,
    pub live: Option<Vec<u8>>,
    pub state: Option<&'static str>,
    /// Where it stands at the desk.
    pub desk: Option<&'static str>,
    /// Changes of hands, with their reasons.
    pub handed: Vec<(String, String)>,
    /// Times that readers were given something.
    pub publications: u32,
    pub keys: BTreeMap<String, Vec<u8>>,
    pub photos: BTreeMap<String, Vec<u8>>,
    pub uploads: Vec<Upload>,
    /// What `OPTIONS` names as tus extensions.
    pub extensions: &'static str,
    /// Begins uploads with the bytes that come along.
    pub takes_first_bytes: bool,
    /// Names the digest of what it has behind the last byte.
    pub names_digest: bool,
}

pub struct Upload {
    pub sha256: String,
    pub length: usize,
    pub bytes: Vec<u8>,
}

pub type Shared = Arc<Mutex<Shelf>>;

impl Shelf {
    /// A server over a new shelf; `bend` may replace the shelf's answer, after its effect.
    pub async fn serve(bend: impl FnMut(&Request, Answer) -> Reply + Send + 'static) -> (Server, Shared) {
        let shelf = Shared::default();
        let mut bend = bend;
        let behind = Arc::clone(&shelf);
        let server = Server::start(move |request| {
            let answer = behind.lock().unwrap().answer(request);
            bend(request, answer)
        })
        .await;
        shelf.lock().unwrap().url = server.url.clone();
        (server, shelf)
    }

    pub fn answer(&mut self, request: &Request) -> Answer {
        let parts: Vec<&str> = request.path.trim_start_matches("/api/v1/").split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["stories", _]) => self.read(),
            ("PUT", ["stories", _]) => self.put(request),
            ("POST", ["stories", _, "transitions"]) => self.transition(request),
            ("HEAD", ["photos", sha256]) => {
                Answer::bare(if self.photos.contains_key(*sha256) { 200 } else { 404 })
            }
            ("OPTIONS", ["uploads"]) => Answer::bare(204).with("Tus-Extension", self.extensions),
            ("POST", ["uploads"]) => self.begin(request),
            ("HEAD", ["uploads", number]) => self.offset(number),
            ("PATCH", ["uploads", number]) => self.append(number, request),
            ("GET", ["", "page"]) => self.page(),
            _ => Answer::problem(404, "not-found"),
        }
    }

    fn etag(&self) -> String {
        format!("\"{}\"", self.revision)
    }

    fn read(&self) -> Answer {
        let Some(copy) = &self.copy else { return Answer::problem(404, "not-found") };
        Answer::json(
            200,
            json!({
                "id": STORY,
                "revision": self.revision,
                "etag": self.etag(),
                "hash": Sha256Hex::of(copy),
                "state": self.state.unwrap_or("never"),
                "desk": self.desk.unwrap_or("draft"),
                "public_url": self.live.is_some().then(|| format!("{}/page", self.url)),
                "published_at": "2025-11-05T06:00:00Z",
                "updated_at": null,
                "live_hash": self.live.as_deref().map(Sha256Hex::of),
                "payload": serde_json::from_slice::<Value>(copy).unwrap(),
            }),
        )
    }

    fn put(&mut self, request: &Request) -> Answer {
        let same = self.copy.as_deref() == Some(&request.body);
        let wanted = self.copy.as_ref().map(|_| self.etag());
        if !same && request.header("if-match") != wanted.as_deref() {
            return Answer::problem(412, "changed-here");
        }
        if !same {
            self.revision += 1;
            self.copy = Some(request.body.clone());
        }
        let hash = Sha256Hex::of(&request.body);
        let answer = json!({"id": STORY, "revision": self.revision, "etag": self.etag(), "hash": hash, "state": "never"});
        Answer::json(201, answer)
    }

    fn transition(&mut self, request: &Request) -> Answer {
        let key = request.header("idempotency-key").unwrap().to_owned();
        if !self.keys.contains_key(&key) {
            let order: Value = serde_json::from_slice(&request.body).unwrap();
            let copy = self.copy.clone().unwrap();
            if order["hash"] != json!(Sha256Hex::of(&copy)) {
                return Answer::problem(409, "moved-on");
            }
            if let Err(refusal) = self.carry_out(&order, &copy) {
                return refusal;
            }
            self.keys.insert(key.clone(), copy);
        }
        Answer::json(
            200,
            json!({
                "id": STORY, "state": self.state.unwrap_or("never"), "revision": self.revision, "hash": Sha256Hex::of(&self.keys[&key]),
                "public_url": format!("{}/page", self.url), "published_at": "2025-11-05T06:00:00Z", "updated_at": null,
            }),
        )
    }

    fn carry_out(&mut self, order: &Value, copy: &[u8]) -> Result<(), Answer> {
        let command = order["command"].as_str().unwrap();
        let (from, to): (&[&str], _) = match command {
            "file" => (&["draft", "returned", "filed"], "filed"),
            "return" => (&["filed", "in_edit"], "returned"),
            "recall" => (&["filed"], "draft"),
            _ => {
                (self.live, self.state) = (Some(copy.to_vec()), Some("live"));
                self.publications += 1;
                return Ok(());
            }
        };
        if !from.contains(&self.desk.unwrap_or("draft")) {
            return Err(Answer::problem(409, "out-of-turn"));
        }
        self.desk = Some(to);
        let note = order["note"].as_str().unwrap_or_default();
        self.handed.push((command.to_owned(), note.to_owned()));
        Ok(())
    }

    fn page(&self) -> Answer {
        let Some(live) = &self.live else { return Answer::new(404, "text/html", "gone") };
        let payload: Payload = serde_json::from_slice(live).unwrap();
        Answer::new(200, "text/html; charset=utf-8", format!("<h1>{}</h1>", payload.headline))
    }

    fn begin(&mut self, request: &Request) -> Answer {
        let metadata = request.header("upload-metadata").unwrap();
        let digest = metadata.split([' ', ',']).nth(1).unwrap();
        let sha256 = String::from_utf8(STANDARD.decode(digest).unwrap()).unwrap();
        let length = request.header("upload-length").unwrap().parse().unwrap();
        self.uploads.push(Upload { sha256, length, bytes: Vec::new() });
        let number = self.uploads.len() - 1;
        let answer = Answer::bare(201).with("Location", format!("/api/v1/uploads/{number}"));
        if !self.takes_first_bytes {
            return answer;
        }
        let grown = self.grow(number, &request.body);
        Answer { headers: [answer.headers, grown.headers].concat(), ..answer }
    }

    fn offset(&self, number: &str) -> Answer {
        let Some(upload) = self.uploads.get(number.parse::<usize>().unwrap()) else {
            return Answer::bare(404);
        };
        Answer::bare(200).with("Upload-Offset", upload.bytes.len()).with("Upload-Length", upload.length)
    }

    fn append(&mut self, number: &str, request: &Request) -> Answer {
        let Some(upload) = self.uploads.get_mut(number.parse::<usize>().unwrap()) else {
            return Answer::problem(404, "not-found");
        };
        let offset: usize = request.header("upload-offset").unwrap().parse().unwrap();
        if offset != upload.bytes.len() {
            return Answer::problem(409, "offset-differs");
        }
        self.grow(number.parse().unwrap(), &request.body)
    }

    fn grow(&mut self, number: usize, body: &[u8]) -> Answer {
        let upload = &mut self.uploads[number];
        upload.bytes.extend(body);
        let answer = Answer::bare(204).with("Upload-Offset", upload.bytes.len());
        if upload.bytes.len() < upload.length {
            return answer;
        }
        let digest = Sha256Hex::of(&upload.bytes);
        assert_eq!(digest.as_str(), upload.sha256, "the upload arrived altered");
        self.photos.insert(upload.sha256.clone(), upload.bytes.clone());
        if !self.names_digest {
            return answer;
        }
        answer.with("Repr-Digest", format!("sha-256=:{}:", STANDARD.encode(digest.to_bytes())))
    }
}

pub fn story_id() -> StoryId {
    STORY.parse().unwrap()
}

/// A story with two photos.
pub fn payload(headline: &str) -> Payload {
    let photo = |text: &str, lead| PayloadPhoto {
        sha256: Sha256Hex::of(text.as_bytes()),
        media_type: "image/jpeg".into(),
        width: 1600,
        height: 1067,
        caption: format!("{text} ঘাট"),
        credit: "রফিক".into(),
        alt: "নৌকা".into(),
        decorative: false,
        lead,
        focal: None,
    };
    Payload {
        story: story_id(),
        version: Sha256Hex::of(headline.as_bytes()),
        headline: headline.into(),
        standfirst: String::new(),
        byline: "নাসরিন সুলতানা".into(),
        dateline: "খুলনা".into(),
        source: String::new(),
        section: "bangladesh".into(),
        tags: vec!["নদী".into()],
        slug: "ghat".into(),
        language: Language::Bn,
        published_at: None,
        body: "প্রথম অনুচ্ছেদ।".into(),
        photos: vec![photo("one", true), photo("two", false)],
    }
}

pub fn bytes(payload: &Payload) -> Vec<u8> {
    serde_json::to_vec(payload).unwrap()
}
