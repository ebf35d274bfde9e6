//! A server in a few lines that can do what no well-behaved library lets one do: cut, stall, drip, truncate.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use khosra_portal::{Address, Kind, Portal, Secret, Timeouts, connect};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub const TOKEN: &str = "kh_CANARY_0123456789";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path.starts_with(path)
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A proper answer.
    Answer(Answer),
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// The connection is closed without a byte.
    Cut,
    /// Nothing, for ever.
    Stall,
    /// The answer's head, then one byte now and then, for ever.
    Drip,
    /// The head itself one byte now and then, for ever.
    DripHead,
    /// The first bytes, then the second ones again and again, as fast as they are taken.
    Endless(Vec<u8>, Vec<u8>),
}

/// Status, headers and body of a proper answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), media_type.to_owned())];
        Self { status, headers, body: body.into() }
    }

    pub fn json(status: u16, body: serde_json::Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub fn problem(status: u16, name: &str) -> Self {
        let body = serde_json::json!({
            "type": format!("urn:khosra:problem:{name}"), "title": name, "status": status, "detail": "because",
        });
        Self::new(status, "application/problem+json", body.to_string())
    }

    pub fn bare(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Word\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        // A HEAD's answer has headers of their own length; a 204 has none at all.
        if self.status != 204 {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// A running server and what it was asked.
pub struct Server {
    pub url: String,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn start(handler: impl FnMut(&Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let handler = Arc::new(Mutex::new(handler));
        let record = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (handler, record) = (Arc::clone(&handler), Arc::clone(&record));
                tokio::spawn(async move {
                    let mut stream = stream;
                    let Some(request) = read(&mut stream).await else { return };
                    let reply = (handler.lock().unwrap())(&request);
                    record.lock().unwrap().push(request);
                    carry_out(stream, reply).await;
                });
            }
        });
        Self { url, seen, task }
    }

    /// Always the same reply.
    pub async fn always(reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        Self::start(move |_| reply.clone()).await
    }

    /// Everything that arrived so far.
    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self, method: &str, path: &str) -> usize {
        self.seen().iter().filter(|request| request.is(method, path)).count()
    }

    /// A portal at this server that waits half a second at most.
    pub fn portal(&self) -> Box<dyn Portal> {
        connect(&address(&self.url), Secret::new(TOKEN)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub fn address(url: &str) -> Address {
    let timeouts = Timeouts {
        connect: Duration::from_millis(400),
        idle: Duration::from_millis(400),
        total: Duration::from_millis(1500),
    };
    Address::parse(Kind::Native, url).unwrap().within(timeouts)
}

async fn carry_out(mut stream: TcpStream, reply: Reply) {
    match reply {
        Reply::Answer(answer) => send(&mut stream, &answer.bytes()).await,
        Reply::Raw(bytes) => send(&mut stream, &bytes).await,
        Reply::Cut => {}
        Reply::Stall => std::future::pending().await,
        Reply::Drip => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
            drip(&mut stream, head).await;
        }
        Reply::DripHead => drip(&mut stream, "HTTP/1.1 200 OK\r\nX: ").await,
        Reply::Endless(first, again) => {
            let _ = stream.write_all(&first).await;
            while stream.write_all(&again).await.is_ok() {}
        }
    }
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    // Read the rest, so that the close is not a reset that eats the answer.
    let mut rest = [0; 4096];
    while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

async fn drip(stream: &mut TcpStream, head: &str) {
    let _ = stream.write_all(head.as_bytes()).await;
    while stream.write_all(b" ").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let (method, path) = (first.next()?, first.next()?);
    let header =
        |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<_> = lines.filter_map(header).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = bytes[head + 4..].to_vec();
    while body.len() < length {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        body.extend_from_slice(&buffer[..read]);
    }
    Some(Request { method, path, headers, body })
}
