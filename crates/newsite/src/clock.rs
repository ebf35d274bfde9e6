//! The portal's own clock. It decides every time that the portal prints or stores, so tests hand in theirs.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, Utc};

use crate::newsroom::Shared;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the portal reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Dates every answer by this clock and not by the machine's: clients go by it.
pub(crate) async fn dated(State(newsroom): State<Shared>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let date = newsroom.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        answer.headers_mut().insert(header::DATE, date);
    }
    answer
}
