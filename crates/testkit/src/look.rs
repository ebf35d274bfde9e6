//! Looking at what came out: a page as a reader gets it, files as they lie.

use std::{fs, path::Path};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The body of an `http://127.0.0.1:PORT/…` address, asked for as the plainest of browsers would.
pub async fn fetch(url: &str) -> Vec<u8> {
    fetch_as(url, None).await.1
}

/// The status that such an address answers with.
pub async fn status(url: &str) -> u16 {
    fetch_as(url, None).await.0
}

/// Status and body of such an address, asked for with a token when there is one.
pub async fn fetch_as(url: &str, token: Option<&str>) -> (u16, Vec<u8>) {
    let rest = url.strip_prefix("http://").expect("a page on this machine");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).await.expect("somebody listens");
    let path: String = path
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!("GET /{path} HTTP/1.0\r\nHost: {host}\r\n{token}Accept-Encoding: identity\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let status = String::from_utf8_lossy(&answer[..end]).split(' ').nth(1).and_then(|word| word.parse().ok());
    (status.expect("a status"), answer.split_off(end + 4))
}

/// Every file below a folder, with its bytes.
pub fn files(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            found.push((path, bytes));
        }
    }
    found
}
