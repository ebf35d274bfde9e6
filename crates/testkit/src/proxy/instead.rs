//! Answers that no portal of the contract gave.

use std::{io::Write as _, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};

use super::fault::{Fault, RetryAfter};

const HTML: &str = "text/html; charset=utf-8";
const DATE: &str = "Wed, 05 Nov 2025 06:00:00 GMT";
/// How large the bomb is when it goes off.
const BOMB: usize = 32 * 1024 * 1024;

/// The false answer of a fault that puts one in the portal's place, its head included.
pub(super) fn answer(fault: Fault) -> Option<Vec<u8>> {
    Some(match fault {
        Fault::Status(status, _, after) => foreign(status, after),
        Fault::Refused(status) => {
            let body = format!(
                r#"{{"type":"urn:khosra:problem:{}","title":"no","status":{status},"detail":"because"}}"#,
                if status == 409 { "still-running" } else { "refused" }
            );
            message(status, "application/problem+json", "", body.as_bytes())
        }
        Fault::Cached => message(200, "image/jpeg", "", b""),
        Fault::SqlPage(_) => {
            let text = "Error!: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'parent_cat_type'";
            message(200, HTML, "", text.as_bytes())
        }
        Fault::LoginPage(_) => {
            let page =
                "<!doctype html><title>Wi-Fi</title><form action=\"http://login.example/\"><input></form>";
            message(200, HTML, "", page.as_bytes())
        }
        Fault::GzipBomb => message(200, "application/json", "Content-Encoding: gzip\r\n", bomb()),
        Fault::Redirect(status, place) => message(status, HTML, &format!("Location: {place}\r\n"), b""),
        _ => return None,
    })
}

/// What stands in between never speaks the contract.
fn foreign(status: u16, after: RetryAfter) -> Vec<u8> {
    let after = match after {
        RetryAfter::None => String::new(),
        RetryAfter::Seconds => "Retry-After: 7\r\n".to_owned(),
        RetryAfter::Date => format!("Date: {DATE}\r\nRetry-After: Wed, 05 Nov 2025 06:01:00 GMT\r\n"),
        RetryAfter::Absurd => format!("Retry-After: {}\r\n", "9".repeat(40)),
        RetryAfter::Negative => "Retry-After: -5\r\n".to_owned(),
    };
    let page = format!("<html><body><h1>{status}</h1><hr>gateway</body></html>");
    message(status, HTML, &after, page.as_bytes())
}

/// The head of a body that never ends.
pub(super) fn endless_head() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n".to_vec()
}

fn message(status: u16, media_type: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Word\r\nContent-Type: {media_type}\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn bomb() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut pressed = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..BOMB / 65_536 {
            pressed.write_all(&[b' '; 65_536]).expect("memory");
        }
        pressed.finish().expect("memory")
    })
}
