//! One WordPress for all tests of a run: every test process asks the script for it, the first one starts it, and it
//! ends with the run.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Command,
    sync::OnceLock,
};

use khosra_portal::{Address, Credentials, Kind, Portal, Secret, connect, sign_in};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::started::started;
use crate::server::{Reply, Request, Server};

#[derive(Deserialize)]
pub struct Site {
    pub url: String,
    pub url_with_companion: String,
    pub url_with_plain_links: String,
    /// The database's socket.
    pub database: String,
    pub version: String,
    pub users: BTreeMap<String, User>,
    pub sections: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
pub struct User {
    pub id: u64,
    pub password: String,
}

/// The running WordPress; `None` where there can be none.
pub fn running() -> Option<&'static Site> {
    static SITE: OnceLock<Option<Site>> = OnceLock::new();
    SITE.get_or_init(start).as_ref()
}

fn start() -> Option<Site> {
    let described = started(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    Some(serde_json::from_slice(&described).unwrap())
}

pub fn address(url: &str) -> Address {
    Address::parse(Kind::Wordpress, url).unwrap()
}

impl Site {
    pub fn password(&self, user: &str) -> Secret {
        Secret::new(self.users[user].password.clone())
    }

    /// Signs in with the password as a person copies it, spaces included.
    pub async fn portal_at(&self, url: &str, user: &str) -> Box<dyn Portal> {
        let password = self.password(user);
        let credentials = Credentials { user, password: &password, device: "desk-pc" };
        let session = sign_in(&address(url), &credentials).await.unwrap();
        connect(&address(url), session.token).unwrap()
    }

    pub async fn portal(&self, user: &str) -> Box<dyn Portal> {
        self.portal_at(&self.url, user).await
    }

    /// What a person does in WordPress itself, as far as its REST API is concerned.
    pub async fn by_hand(&self, user: &str, method: Method, path: &str, body: Value) -> Value {
        let client = reqwest::Client::new();
        let request = client.request(method, format!("{}wp-json/wp/v2/{path}", self.url));
        let request = request.basic_auth(user, Some(&self.users[user].password));
        let answer = if body.is_null() { request } else { request.json(&body) }.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {answer:?}");
        answer.json().await.unwrap()
    }

    /// All posts whose text carries the story's key, as an editor sees them, oldest first.
    pub async fn posts(&self, story: story::StoryId) -> Vec<Value> {
        let states = "publish,future,draft,pending,private,trash";
        let path = format!(
            "posts?search=khosra-{story}&status={states}&context=edit&orderby=id&order=asc&per_page=100"
        );
        let posts = self.by_hand("admin", Method::GET, &path, Value::Null).await;
        posts.as_array().unwrap().clone()
    }

    /// Straight to the database.
    pub fn sql(&self, statement: &str) {
        let mut client = Command::new("mariadb");
        let client = client.args(["--no-defaults", "--user=root", "wordpress", "--execute", statement]);
        assert!(client.arg(format!("--socket={}", self.database)).status().unwrap().success(), "{statement}");
    }

    /// A server before the real one, that may bend what passes through it.
    pub async fn behind(
        &self,
        url: &str,
        mut bend: impl FnMut(&mut Request, &mut dyn FnMut(&Request) -> Vec<u8>) -> Reply + Send + 'static,
    ) -> Server {
        let upstream = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Server::start(move |request| bend(&mut request.clone(), &mut |request| forward(&upstream, request)))
            .await
    }
}

/// One request to the real server and its whole answer.
pub fn forward(upstream: &str, request: &Request) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        if name != "connection" && name != "content-length" {
            head += &format!("{name}: {value}\r\n");
        }
    }
    head += &format!("content-length: {}\r\n\r\n", request.body.len());
    let mut stream = TcpStream::connect(upstream).unwrap();
    stream.write_all(&[head.as_bytes(), &request.body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

/// Skips the test where there is no WordPress.
macro_rules! site {
    () => {
        match $crate::wordpress::site::running() {
            Some(site) => site,
            None => return,
        }
    };
}
pub(crate) use site;
