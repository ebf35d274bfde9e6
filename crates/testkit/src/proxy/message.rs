//! HTTP/1.1 messages as bytes: where the head ends, how long the body is.

use std::io;

use story::Sha256Hex;
use tokio::{
    io::{AsyncReadExt, BufReader},
    net::{TcpStream, tcp::OwnedReadHalf},
};

use super::fault::Part;

/// Header lines that a message may have.
const MAX_HEADERS: usize = 64;

/// A request, as far as a test needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `GET`, `PUT` …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// It carried a token.
    pub signed: bool,
    /// The `Idempotency-Key`.
    pub key: Option<String>,
    /// Digest of its body.
    pub body: Sha256Hex,
}

/// A whole message: its head with the empty line behind it, and its body.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) head: Vec<u8>,
    pub(super) body: Vec<u8>,
}

/// How a body ends.
enum Framing {
    Length(usize),
    Chunks,
    Close,
}

/// Reads messages off one direction of a connection.
pub(super) struct Source(BufReader<OwnedReadHalf>);

impl Source {
    pub(super) fn new(stream: OwnedReadHalf) -> Self {
        Self(BufReader::with_capacity(16 * 1024, stream))
    }

    /// The next request; `None` when there is none any more, or it broke off.
    pub(super) async fn request(&mut self) -> Option<(Message, Asked)> {
        let head = self.head().await.ok()?;
        let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let body = self.exactly(length).await.ok()?;
        let asked = asked(&head, &body)?;
        Some((Message { head, body }, asked))
    }

    /// The answer to a request of this method, with its length in its head, however it was framed.
    pub(super) async fn answer(&mut self, method: &str) -> io::Result<Message> {
        let head = self.head().await?;
        let body = match framing(&head, method) {
            Framing::Length(length) => self.exactly(length).await?,
            Framing::Chunks => self.chunks().await?,
            Framing::Close => {
                let mut body = Vec::new();
                self.0.read_to_end(&mut body).await?;
                body
            }
        };
        Ok(Message { head, body })
    }

    /// Waits until the other side closes, and throws away what it still says.
    pub(super) async fn closed(&mut self) {
        let mut rest = [0; 1024];
        while self.0.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    }

    async fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(1024);
        while !head.ends_with(b"\r\n\r\n") {
            self.line(&mut head).await?;
        }
        Ok(head)
    }

    async fn line(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        use tokio::io::AsyncBufReadExt as _;
        match self.0.read_until(b'\n', into).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok(body)
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let mut line = Vec::new();
            self.line(&mut line).await?;
            let size = String::from_utf8_lossy(&line);
            let size = size.split(';').next().unwrap_or_default().trim().to_owned();
            let size = usize::from_str_radix(&size, 16).map_err(io::Error::other)?;
            if size == 0 {
                // Trailers, if any, are nobody's business here.
                while line != b"\r\n" {
                    line.clear();
                    self.line(&mut line).await?;
                }
                return Ok(body);
            }
            body.extend(self.exactly(size).await?);
            self.line(&mut Vec::new()).await?;
        }
    }
}

impl Message {
    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), &self.body].concat()
    }

    /// The first bytes of it, as far as `part` says.
    pub(super) fn up_to(&self, part: Part) -> Vec<u8> {
        let whole = self.bytes();
        let line = self.head.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let end = match part {
            Part::FirstLine => line,
            Part::Head => self.head.len(),
            Part::HalfBody => self.head.len() + self.body.len() / 2,
            Part::AllButOne => whole.len() - 1,
            Part::Whole => whole.len(),
        };
        whole[..end].to_vec()
    }

    /// The same with `from` replaced by `to` and a length that is right, as a line that is known under another
    /// address has to do it.
    pub(super) fn rewritten(mut self, from: &str, to: &str) -> Self {
        let head = String::from_utf8_lossy(&self.head).replace(from, to);
        let was_framed = header(&self.head, "content-length").is_some();
        let has_body = !self.body.is_empty();
        self.body = replace(&self.body, from.as_bytes(), to.as_bytes());
        let kept = head.split("\r\n").filter(|line| {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            let reframed = has_body && name == "content-length";
            !(reframed || name == "transfer-encoding" || name == "connection")
        });
        let mut head = kept.collect::<Vec<_>>().join("\r\n");
        if has_body || !was_framed && !bodiless(&self.head) {
            head.truncate(head.trim_end().len());
            head += &format!("\r\nContent-Length: {}\r\n\r\n", self.body.len());
        }
        self.head = head.into_bytes();
        self
    }
}

/// 1xx, 204 and 304 have no body and no length.
fn bodiless(head: &[u8]) -> bool {
    matches!(status(head), 100..=199 | 204 | 304)
}

fn framing(head: &[u8], method: &str) -> Framing {
    if method == "HEAD" || bodiless(head) {
        return Framing::Length(0);
    }
    if header(head, "transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        return Framing::Chunks;
    }
    header(head, "content-length")
        .and_then(|length| length.parse().ok())
        .map_or(Framing::Close, Framing::Length)
}

fn status(head: &[u8]) -> u16 {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let _ = response.parse(head);
    response.code.unwrap_or(0)
}

fn asked(head: &[u8], body: &[u8]) -> Option<Asked> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    request.parse(head).ok()?;
    Some(Asked {
        method: request.method?.to_owned(),
        path: request.path?.to_owned(),
        signed: header(head, "authorization").is_some(),
        key: header(head, "idempotency-key"),
        body: Sha256Hex::of(body),
    })
}

fn header(head: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let lines = text.split("\r\n").filter_map(|line| line.split_once(':'));
    let mut found = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim().to_owned())
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, from) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}

/// The two directions of a connection.
pub(super) fn parted(stream: TcpStream) -> (Source, tokio::net::tcp::OwnedWriteHalf) {
    let (read, write) = stream.into_split();
    (Source::new(read), write)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(head: &str, body: &str) -> Message {
        Message { head: head.as_bytes().to_vec(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_part_ends_where_it_says() {
        let whole = message("PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\n", "abcd");
        let text = |part| String::from_utf8(whole.up_to(part)).unwrap();
        assert_eq!(text(Part::FirstLine), "PUT / HTTP/1.1\r\n");
        assert!(text(Part::Head).ends_with("\r\n\r\n"));
        assert!(text(Part::HalfBody).ends_with("\r\n\r\nab"));
        assert!(text(Part::AllButOne).ends_with("abc"));
        assert!(text(Part::Whole).ends_with("abcd"));
    }

    #[test]
    fn a_rewritten_answer_has_the_right_length_and_no_chunks() {
        let answer = message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a:1\r\n\r\n", "see a:1");
        let answer = answer.rewritten("a:1", "bb:22");
        let text = String::from_utf8(answer.bytes()).unwrap();
        assert_eq!(text, "HTTP/1.1 200 OK\r\nX: bb:22\r\nContent-Length: 9\r\n\r\nsee bb:22");
    }

    #[test]
    fn the_length_that_a_head_announces_stays_and_a_204_gets_none() {
        let head = message("HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n", "").rewritten("a", "a");
        assert!(String::from_utf8(head.bytes()).unwrap().contains("Length: 70"));
        let none = message("HTTP/1.1 204 No Content\r\n\r\n", "").rewritten("a", "a");
        assert_eq!(none.bytes(), b"HTTP/1.1 204 No Content\r\n\r\n");
    }
}
