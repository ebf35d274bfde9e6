//! Photo uploads by the tus protocol 1.0 (creation, creation-with-upload, checksum): a broken upload goes on where
//! it stopped, by the portal's own count of what it has.

mod pace;
mod places;

use std::{sync::Arc, time::Instant};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder, Url, header::CONTENT_TYPE};
use sha2::{Digest, Sha256};
use story::{Cause, Sha256Hex, StoryId};
use tokio::sync::OnceCell;

use crate::{
    failure::Failure,
    http::{Answer, Effect, Wire},
    memory::Memory,
    portal::{OnProgress, PhotoToSend, Progress},
};

/// Interruptions without a byte of progress between them before the outbox has to wait.
const PATIENCE: u32 = 3;
/// tus: the checksum does not match what arrived.
const CHECKSUM_MISMATCH: u16 = 460;
/// tus: the first bytes may come with the request that begins the upload.
const WITH_FIRST_BYTES: &str = "creation-with-upload";

/// What all uploads to one portal share.
pub(super) struct Uploads {
    places: places::Places,
    pace: pace::Pace,
    /// Whether the portal announced [`WITH_FIRST_BYTES`]; asked once.
    with_first_bytes: OnceCell<bool>,
}

impl Uploads {
    pub(super) fn new(memory: Arc<dyn Memory>) -> Self {
        Self {
            places: places::Places::new(memory),
            pace: pace::Pace::default(),
            with_first_bytes: OnceCell::new(),
        }
    }

    /// Asks the portal what its uploads can do, unless it has said so before. No answer counts as "nothing more
    /// than must be", and the question is put again the next time.
    pub(super) async fn may_carry_first_bytes(&self, wire: &Wire) -> bool {
        self.with_first_bytes.get_or_try_init(|| announces_first_bytes(wire)).await.is_ok_and(|yes| *yes)
    }
}

async fn announces_first_bytes(wire: &Wire) -> Result<bool, Failure> {
    let request = wire.request(Method::OPTIONS, "api/v1/uploads")?;
    match wire.fetch(request, Effect::Reads, &[200, 204]).await {
        Ok(answer) => {
            let named = answer.header("tus-extension").unwrap_or_default();
            Ok(named.split(',').any(|name| name.trim() == WITH_FIRST_BYTES))
        }
        // An answer all the same: the portal does not know the question.
        Err(failure) if matches!(failure.cause, Cause::NotFound | Cause::Invalid) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What the portal is told of a file before it comes.
#[derive(Clone, Copy)]
pub(super) enum Announced<'a> {
    /// Readers get it.
    Photo,
    /// It is an original of the photo with this digest, which the story shows; readers never get it.
    OriginalOf(&'a Sha256Hex, StoryId),
}

impl Announced<'_> {
    fn metadata(self, photo: &PhotoToSend<'_>) -> String {
        let encoded = |text: &str| STANDARD.encode(text);
        let (digest, media_type) = (encoded(photo.sha256.as_str()), encoded(photo.media_type));
        let file = format!("sha256 {digest},media_type {media_type}");
        match self {
            Self::Photo => file,
            Self::OriginalOf(of, story) => {
                let (of, story) = (encoded(of.as_str()), encoded(&story.to_string()));
                format!("{file},original_of {of},story {story}")
            }
        }
    }
}

/// Uploads the photo, from where an earlier attempt stopped. True when the portal's last answer itself proves
/// that it holds the photo whole; otherwise that must still be asked.
pub(super) async fn send(
    wire: &Wire,
    uploads: &Uploads,
    (photo, announced): (&PhotoToSend<'_>, Announced<'_>),
    progress: OnProgress<'_>,
) -> Result<bool, Failure> {
    let mut upload =
        Upload { wire, uploads, photo, announced, progress, offset: 0, told: None, proven: false };
    let place = upload.find_or_begin().await?;
    upload.tell();
    upload.finish(&place).await?;
    uploads.places.forget(photo.sha256).await;
    Ok(upload.proven)
}

struct Upload<'a> {
    wire: &'a Wire,
    uploads: &'a Uploads,
    photo: &'a PhotoToSend<'a>,
    announced: Announced<'a>,
    progress: OnProgress<'a>,
    /// What the portal has.
    offset: usize,
    /// What `progress` was told last.
    told: Option<usize>,
    /// The portal has named the whole photo's digest as that of what it has.
    proven: bool,
}

impl<'a> Upload<'a> {
    /// The path of an upload that the portal still knows, else of a new one.
    async fn find_or_begin(&mut self) -> Result<String, Failure> {
        let places = &self.uploads.places;
        if let Some(place) = places.find(self.photo.sha256).await {
            match self.ask_offset(&place).await {
                Ok(()) => return Ok(place),
                Err(failure) if failure.cause == Cause::NotFound => places.forget(self.photo.sha256).await,
                Err(failure) => return Err(failure),
            }
        }
        let place = self.begin().await?;
        places.remember(self.photo.sha256, &place).await;
        Ok(place)
    }

    async fn begin(&mut self) -> Result<String, Failure> {
        // The first bytes may go along at once, and are sent by us all the same.
        self.tell();
        let request = self.tus(Method::POST, "api/v1/uploads")?;
        let request = request.header("upload-length", self.photo.bytes.len());
        let request = request.header("upload-metadata", self.announced.metadata(self.photo));
        if !self.uploads.may_carry_first_bytes(self.wire).await {
            let answer = self.wire.fetch(request, Effect::Reads, &[201]).await?;
            return self.place(&answer);
        }
        let began = Instant::now();
        let chunk = self.chunk();
        let answer = self.wire.fetch(with_bytes(request, chunk), Effect::Reads, &[201]).await;
        let answer = answer.inspect_err(|_| self.uploads.pace.broke(chunk.len()))?;
        // A portal that took none of the bytes says nothing about them, and may.
        let taken = offset(&answer).unwrap_or(0);
        if taken > chunk.len() {
            return Err(contract("the portal counts more bytes than were sent"));
        }
        self.uploads.pace.took(taken, began.elapsed());
        self.arrived(taken, &answer);
        self.place(&answer)
    }

    /// The upload's path, without the portal's origin.
    fn place(&self, answer: &Answer) -> Result<String, Failure> {
        let place = answer.header("location").map(|place| self.wire.place(place)).transpose()?;
        place.as_ref().map(path).ok_or_else(|| contract("the portal names no place for the upload"))
    }

    /// Sends chunk after chunk. An interruption asks the portal how far it is and goes on from there.
    async fn finish(&mut self, place: &str) -> Result<(), Failure> {
        let mut interruptions = 0;
        while self.offset < self.photo.bytes.len() {
            let before = self.offset;
            if let Err(failure) = self.send_chunk(place).await {
                if !is_interruption(failure.cause) || interruptions == PATIENCE {
                    return Err(for_the_outbox(failure));
                }
                self.ask_offset(place).await?;
                if failure.cause == Cause::Conflict && self.offset == before {
                    // Another chunk would be sent in vain.
                    self.uploads.places.note_busy(self.photo.sha256).await;
                    return Err(for_the_outbox(failure));
                }
            }
            interruptions = if self.offset > before { 0 } else { interruptions + 1 };
            self.tell();
        }
        Ok(())
    }

    async fn send_chunk(&mut self, place: &str) -> Result<(), Failure> {
        let began = Instant::now();
        let chunk = self.chunk();
        let request = self.tus(Method::PATCH, place)?.header("upload-offset", self.offset);
        let sent =
            self.wire.fetch(with_bytes(request, chunk), Effect::Reads, &[204, CHECKSUM_MISMATCH]).await;
        let answer = sent.inspect_err(|_| self.uploads.pace.broke(chunk.len()))?;
        if answer.status == CHECKSUM_MISMATCH {
            return Err(Failure::harmless(Cause::CutOff, "the chunk arrived damaged"));
        }
        let end = self.offset + chunk.len();
        if offset(&answer) != Some(end) {
            return Err(Failure::harmless(Cause::WrongEcho, "the portal counts other bytes than were sent"));
        }
        self.uploads.pace.took(chunk.len(), began.elapsed());
        self.arrived(end, &answer);
        Ok(())
    }

    /// The next bytes to go.
    fn chunk(&self) -> &'a [u8] {
        let left = self.photo.bytes.get(self.offset..).unwrap_or_default();
        left.get(..self.uploads.pace.chunk(left.len())).unwrap_or(left)
    }

    fn arrived(&mut self, end: usize, answer: &Answer) {
        self.offset = end;
        self.proven = end == self.photo.bytes.len() && names_digest(answer, self.photo.sha256);
    }

    /// Asks the portal how much it has.
    async fn ask_offset(&mut self, place: &str) -> Result<(), Failure> {
        let request = self.tus(Method::HEAD, place)?;
        let answer = self.wire.fetch(request, Effect::Reads, &[200, 204]).await?;
        let offset = offset(&answer).filter(|offset| *offset <= self.photo.bytes.len());
        self.offset = offset.ok_or_else(|| contract("the portal does not say how much it has"))?;
        Ok(())
    }

    fn tus(&self, method: Method, place: &str) -> Result<RequestBuilder, Failure> {
        Ok(self.wire.request(method, place)?.header("tus-resumable", "1.0.0"))
    }

    /// Never fewer bytes than before, even if the portal lost some.
    fn tell(&mut self) {
        if self.told.is_none_or(|told| told < self.offset) {
            self.told = Some(self.offset);
            let (sent, total) = (self.offset as u64, self.photo.bytes.len() as u64);
            (self.progress)(Progress { sent, total });
        }
    }
}

/// The request with a chunk as its body, and the chunk's checksum, so that a damaged one is noticed at once.
fn with_bytes(request: RequestBuilder, chunk: &[u8]) -> RequestBuilder {
    let checksum = STANDARD.encode(Sha256::digest(chunk));
    let request = request.header("upload-checksum", format!("sha256 {checksum}"));
    request.header(CONTENT_TYPE, "application/offset+octet-stream").body(chunk.to_vec())
}

fn offset(answer: &Answer) -> Option<usize> {
    answer.header("upload-offset")?.trim().parse().ok()
}

/// Whether the answer says, by RFC 9530, that what the portal now has is the photo.
fn names_digest(answer: &Answer, photo: &Sha256Hex) -> bool {
    let named = answer.header("repr-digest").unwrap_or_default();
    let ours = format!("sha-256=:{}:", STANDARD.encode(photo.to_bytes()));
    named.split(',').any(|digest| digest.trim() == ours)
}

/// Everything behind the origin.
fn path(place: &Url) -> String {
    place[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
}

/// After these the portal may have part of the chunk, and is there to be asked.
fn is_interruption(cause: Cause) -> bool {
    matches!(cause, Cause::CutOff | Cause::Timeout | Cause::Conflict | Cause::WrongEcho | Cause::PortalBroken)
}

/// Here a conflict is the portal still busy with a chunk whose connection broke: it passes by itself.
fn for_the_outbox(failure: Failure) -> Failure {
    let cause = if failure.cause == Cause::Conflict { Cause::StillRunning } else { failure.cause };
    Failure { cause, ..failure }
}

fn contract(detail: &str) -> Failure {
    Failure::harmless(Cause::NotTheContract, detail)
}
