//! One request, one judged answer. Everything that HTTP can do to us is turned into a [`Failure`] here, so that
//! an adapter sees only answers with an expected status.

mod judge;
mod page;
mod retry_after;

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use reqwest::{
    Client, ClientBuilder, Method, RequestBuilder, Response, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue},
    redirect, retry, tls,
};
use serde::de::DeserializeOwned;
use story::{Cause, Sha256Hex};

use crate::{address::Address, failure::Failure, secret::Secret};
pub(crate) use judge::{Effect, is_problem, problem_name};
pub(crate) use page::is_error_page;

/// Longest answer that is read.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// Longest photo that is fetched, in bytes: what the application takes in from a file, too.
const MAX_PHOTO: usize = 50 * 1024 * 1024;
/// Most header lines of an answer. Their bytes are bounded too: no answer's head is read beyond 400 kB.
const MAX_HEADERS: usize = 100;
/// Shorter than what a suspended machine's half-open connections need to be noticed.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// How a request proves who we are.
pub(crate) enum Proof {
    /// Sent as bearer token, to the portal's own origin only.
    Token(Secret),
    /// Stands in the body of the one request that exchanges it; kept here to blot it out of details.
    Password(Secret),
    /// `user:password`, sent with every request to the portal's own origin only.
    Basic(Secret),
}

impl Proof {
    /// The value of the `Authorization` header, if the proof stands there.
    fn header(&self) -> Option<String> {
        match self {
            Self::Token(token) => Some(format!("Bearer {}", token.expose())),
            Self::Basic(pair) => Some(format!("Basic {}", STANDARD.encode(pair.expose()))),
            Self::Password(_) => None,
        }
    }

    /// Everything that must not show in a detail.
    fn secrets(&self) -> Vec<Secret> {
        match self {
            Self::Token(secret) | Self::Password(secret) => vec![secret.clone()],
            Self::Basic(pair) => {
                let password = pair.expose().split_once(':').map_or("", |(_, password)| password);
                vec![Secret::new(STANDARD.encode(pair.expose())), Secret::new(password)]
            }
        }
    }
}

/// A client for one portal's origin.
pub(crate) struct Wire {
    client: Client,
    address: Address,
    proof: Proof,
}

/// An answer with an expected status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) effect: Effect,
}

impl Wire {
    /// # Errors
    /// When this machine's TLS set-up is unusable.
    pub(crate) fn new(address: &Address, proof: Proof) -> Result<Self, Failure> {
        let times = address.timeouts();
        let client = of_our_timeouts(Client::builder())
            .user_agent(concat!("khosra/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .tcp_nodelay(true)
            // Uploads run side by side, each on a connection of its own: one that loses packets gets only part of
            // the line, and with HTTP/2 all would share it.
            .http1_only()
            .http1_max_headers(MAX_HEADERS)
            // Nothing is unpacked, whatever another crate's features bring: a small answer stays small.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .min_tls_version(tls::Version::TLS_1_2)
            .pool_idle_timeout(POOL_IDLE)
            .connect_timeout(times.connect)
            .read_timeout(times.idle)
            .timeout(times.total)
            .build()
            .map_err(|error| Failure::harmless(Cause::Untrusted, error.to_string()))?;
        Ok(Self { client, address: address.clone(), proof })
    }

    /// A request to a path below the portal's base address.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let url = self.place(path)?;
        let request = self.client.request(method, url);
        let Some(header) = self.proof.header() else { return Ok(request) };
        let mut header = HeaderValue::from_str(&header)
            .map_err(|_| Failure::harmless(Cause::NoSecret, "the token is not one line"))?;
        header.set_sensitive(true);
        Ok(request.header(AUTHORIZATION, header))
    }

    /// A request without the token, for what any reader may fetch.
    pub(crate) fn as_a_reader(&self, url: Url) -> RequestBuilder {
        self.client.get(url)
    }

    /// A path or an address that the portal gave, as an address of its own origin.
    ///
    /// # Errors
    /// [`Cause::Redirected`] when it leads elsewhere: the token must not follow it.
    pub(crate) fn place(&self, path: &str) -> Result<Url, Failure> {
        let base = self.address.base();
        let url = base.join(path).map_err(|e| Failure::harmless(Cause::NotTheContract, e.to_string()))?;
        if url.origin() != base.origin() {
            let host = url.host_str().unwrap_or("another place");
            return Err(Failure::harmless(Cause::Redirected, format!("the portal points to {host}")));
        }
        Ok(url)
    }

    /// The portal's own base address.
    pub(crate) fn base(&self) -> &Url {
        self.address.base()
    }

    /// Sends, and gives back an answer only if its status is among `expected`.
    pub(crate) async fn fetch(
        &self,
        request: RequestBuilder,
        effect: Effect,
        expected: &[u16],
    ) -> Result<Answer, Failure> {
        self.fetch_within(request, effect, (expected, MAX_ANSWER)).await
    }

    /// A photo's bytes, if they are those with this digest.
    pub(crate) async fn fetch_photo(
        &self,
        request: RequestBuilder,
        sha256: &Sha256Hex,
    ) -> Result<Vec<u8>, Failure> {
        let answer = self.fetch_within(request, Effect::Reads, (&[200], MAX_PHOTO)).await?;
        if Sha256Hex::of(&answer.body) == *sha256 {
            return Ok(answer.body);
        }
        if answer.media_type().starts_with("image/") {
            return Err(Failure::harmless(Cause::WrongEcho, "the bytes are not those of the photo"));
        }
        Err(self.refusal(&answer))
    }

    async fn fetch_within(
        &self,
        request: RequestBuilder,
        effect: Effect,
        (expected, most): (&[u16], usize),
    ) -> Result<Answer, Failure> {
        let answer =
            exchange(request, effect, most).await.and_then(|answer| match answer.refusal(expected) {
                Some(failure) => Err(failure),
                None => Ok(answer),
            });
        answer.map_err(|failure| self.blot(failure))
    }

    /// As [`Wire::fetch`], and the body must be JSON of the contract's shape.
    pub(crate) async fn fetch_json<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        effect: Effect,
        expected: &[u16],
    ) -> Result<T, Failure> {
        let answer = self.fetch(request, effect, expected).await?;
        self.read(&answer)
    }

    /// The body, if it is JSON by its media type and of the shape `T`.
    pub(crate) fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Failure> {
        judge::json(answer, answer.effect).map_err(|failure| self.blot(failure))
    }

    /// An answer with any status, for portals that say in the body what is the matter.
    pub(crate) async fn ask(&self, request: RequestBuilder, effect: Effect) -> Result<Answer, Failure> {
        exchange(request, effect, MAX_ANSWER).await.map_err(|failure| self.blot(failure))
    }

    /// What an answer means whose status was not asked for, as far as the status and the shape of the body tell.
    pub(crate) fn refusal(&self, answer: &Answer) -> Failure {
        self.blot(judge::refusal(answer, answer.effect))
    }

    /// The failure with every secret blotted out of its detail.
    pub(crate) fn blot(&self, failure: Failure) -> Failure {
        let secrets = self.proof.secrets();
        let detail = secrets.iter().fold(failure.detail, |text, secret| secret.blot(&text));
        Failure { detail, ..failure }
    }
}

/// A connection that the system gives up while the line is down ends without a word to the portal, which would go
/// on waiting for the rest of the chunk. Only Linux has this time-out of its own.
fn of_our_timeouts(client: ClientBuilder) -> ClientBuilder {
    #[cfg(target_os = "linux")]
    let client = client.tcp_user_timeout(None);
    client
}

impl Answer {
    /// The value of a header, if it is one line of ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The server's clock when it answered.
    pub(crate) fn clock(&self) -> Option<DateTime<Utc>> {
        httpdate::parse_http_date(self.header(DATE.as_str())?).ok().map(DateTime::from)
    }

    /// The media type without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let whole = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    fn refusal(&self, expected: &[u16]) -> Option<Failure> {
        (!expected.contains(&self.status)).then(|| judge::refusal(self, self.effect))
    }
}

async fn exchange(request: RequestBuilder, effect: Effect, most: usize) -> Result<Answer, Failure> {
    let response = request.send().await.map_err(|error| judge::broken(&error, effect))?;
    let (status, url) = (response.status().as_u16(), response.url().clone());
    let headers = response.headers().clone();
    let body = read_bounded(response, effect, most).await?;
    Ok(Answer { status, url, headers, body, effect })
}

async fn read_bounded(mut response: Response, effect: Effect, most: usize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| judge::broken(&error, effect))? {
        if body.len() + chunk.len() > most {
            let detail = format!("the answer is longer than {} MB", most / (1024 * 1024));
            return Err(effect.failure(Cause::NotTheContract, detail));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
