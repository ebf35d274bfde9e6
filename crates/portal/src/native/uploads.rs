//! Photo uploads by the tus protocol 1.0 (creation, offset, checksum): a broken upload goes on where it
//! stopped, by the portal's own count of what it has.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder, header::CONTENT_TYPE};
use sha2::{Digest, Sha256};
use story::{Cause, Sha256Hex};

use crate::{
    failure::Failure,
    http::{Answer, Effect, Wire},
    portal::{OnProgress, PhotoToSend, Progress},
};

/// Bytes of one `PATCH`: a lost connection costs at most this much.
const CHUNK: usize = 256 * 1024;
/// Interruptions without a byte of progress between them before the outbox has to wait.
const PATIENCE: u32 = 3;
/// tus: the checksum does not match what arrived.
const CHECKSUM_MISMATCH: u16 = 460;

/// Where uploads that were begun stand at the portal, by the photo's digest. Lost with the process: the portal
/// then gets the photo from its first byte again, under the same digest.
#[derive(Default)]
pub(super) struct Begun(Mutex<BTreeMap<Sha256Hex, String>>);

impl Begun {
    fn find(&self, photo: &Sha256Hex) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(photo).cloned()
    }

    fn remember(&self, photo: &Sha256Hex, place: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(photo.clone(), place.to_owned());
    }

    fn forget(&self, photo: &Sha256Hex) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(photo);
    }
}

/// Uploads the photo, from where an earlier attempt stopped.
pub(super) async fn send(
    wire: &Wire,
    begun: &Begun,
    photo: &PhotoToSend<'_>,
    progress: OnProgress<'_>,
) -> Result<(), Failure> {
    let mut upload = Upload { wire, photo, progress, offset: 0, told: None };
    let place = upload.find_or_begin(begun).await?;
    upload.tell();
    upload.finish(&place).await?;
    begun.forget(photo.sha256);
    Ok(())
}

struct Upload<'a> {
    wire: &'a Wire,
    photo: &'a PhotoToSend<'a>,
    progress: OnProgress<'a>,
    /// What the portal has.
    offset: usize,
    /// What `progress` was told last.
    told: Option<usize>,
}

impl Upload<'_> {
    /// The address of an upload that the portal still knows, else of a new one.
    async fn find_or_begin(&mut self, begun: &Begun) -> Result<String, Failure> {
        if let Some(place) = begun.find(self.photo.sha256) {
            match self.ask_offset(&place).await {
                Ok(()) => return Ok(place),
                Err(failure) if failure.cause == Cause::NotFound => begun.forget(self.photo.sha256),
                Err(failure) => return Err(failure),
            }
        }
        let place = self.begin().await?;
        begun.remember(self.photo.sha256, &place);
        Ok(place)
    }

    async fn begin(&self) -> Result<String, Failure> {
        let digest = STANDARD.encode(self.photo.sha256.as_str());
        let media_type = STANDARD.encode(self.photo.media_type);
        let request = self.tus(Method::POST, "api/v1/uploads")?;
        let request = request.header("upload-length", self.photo.bytes.len());
        let request = request.header("upload-metadata", format!("sha256 {digest},media_type {media_type}"));
        let answer = self.wire.fetch(request, Effect::Reads, &[201]).await?;
        let place = answer.header("location").map(|place| self.wire.place(place)).transpose()?;
        place.map(String::from).ok_or_else(|| contract("the portal names no place for the upload"))
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
            }
            interruptions = if self.offset > before { 0 } else { interruptions + 1 };
            self.tell();
        }
        Ok(())
    }

    async fn send_chunk(&mut self, place: &str) -> Result<(), Failure> {
        let end = self.photo.bytes.len().min(self.offset.saturating_add(CHUNK));
        let chunk = self.photo.bytes.get(self.offset..end).unwrap_or_default();
        let checksum = STANDARD.encode(Sha256::digest(chunk));
        let request = self.tus(Method::PATCH, place)?;
        let request = request.header("upload-offset", self.offset);
        let request = request.header("upload-checksum", format!("sha256 {checksum}"));
        let request = request.header(CONTENT_TYPE, "application/offset+octet-stream").body(chunk.to_vec());
        let answer = self.wire.fetch(request, Effect::Reads, &[204, CHECKSUM_MISMATCH]).await?;
        if answer.status == CHECKSUM_MISMATCH {
            return Err(Failure::harmless(Cause::CutOff, "the chunk arrived damaged"));
        }
        if offset(&answer) != Some(end) {
            return Err(Failure::harmless(Cause::WrongEcho, "the portal counts other bytes than were sent"));
        }
        self.offset = end;
        Ok(())
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

fn offset(answer: &Answer) -> Option<usize> {
    answer.header("upload-offset")?.trim().parse().ok()
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
