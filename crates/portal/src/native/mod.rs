//! The native contract, version 1. The names of its paths and fields stand here and in [`wire`] and nowhere
//! else in the application.

mod commands;
mod desk;
mod guards;
mod notes;
mod remembered;
mod uploads;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use reqwest::{
    Method,
    header::{CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH},
};
use serde_json::json;
use story::{Cause, Guards, Section, Sha256Hex, StoryId};

use crate::{
    account::{Credentials, Session},
    address::Address,
    desk::{DeskPage, Lease, Taken, Taking},
    failure::Failure,
    guards::{Guarding, Sheet},
    http::{Effect, Proof, Wire, is_problem},
    memory::Memory,
    notes::{NoteToSend, PortalNote},
    places::{Place, Tour, Whereabouts},
    portal::{
        About, Capabilities, ListItem, ListName, Me, OnProgress, OriginalToSend, PhotoToSend, Portal, Remote,
        StoryToSend, Transition, Transitioned, Unless, WorkingCopy,
    },
    public_page,
    secret::Secret,
};

const JSON: &str = "application/json";

/// A portal that speaks the native contract.
pub(crate) struct Native {
    wire: Wire,
    commands: commands::Commands,
    uploads: uploads::Uploads,
}

impl Native {
    pub(crate) fn new(address: &Address, token: Secret, memory: Arc<dyn Memory>) -> Result<Self, Failure> {
        let wire = Wire::new(address, Proof::Token(token))?;
        let commands = commands::Commands::new(memory.clone());
        Ok(Self { wire, commands, uploads: uploads::Uploads::new(memory) })
    }
}

pub(crate) async fn sign_in(address: &Address, credentials: &Credentials<'_>) -> Result<Session, Failure> {
    let wire = Wire::new(address, Proof::Password(credentials.password.clone()))?;
    let body = json!({
        "user": credentials.user,
        "password": credentials.password.expose(),
        "device": credentials.device,
    });
    let request = wire.request(Method::POST, "api/v1/tokens")?;
    let request = request.header(CONTENT_TYPE, JSON).body(body.to_string());
    let token: wire::Token = wire.fetch_json(request, Effect::Writes, &[201]).await?;
    Ok(Session { token: token.token, expires_at: token.expires_at })
}

#[async_trait]
impl Portal for Native {
    async fn about(&self) -> Result<About, Failure> {
        let request = self.wire.request(Method::GET, "api/v1/")?;
        let answer = self.wire.fetch(request, Effect::Reads, &[200]).await?;
        let about: wire::About = self.wire.read(&answer)?;
        if about.contract != wire::CONTRACT {
            let detail = format!("the portal speaks {}", about.contract);
            return Err(Failure::harmless(Cause::NotTheContract, detail));
        }
        // A promise of the contract, not a choice of the portal.
        let capabilities = Capabilities { checks_photos: true, ..about.about.capabilities };
        Ok(About { now: answer.clock(), capabilities, ..about.about })
    }

    async fn me(&self) -> Result<Me, Failure> {
        let request = self.wire.request(Method::GET, "api/v1/me")?;
        self.wire.fetch_json(request, Effect::Reads, &[200]).await
    }

    async fn sign_out(&self) -> Result<(), Failure> {
        let request = self.wire.request(Method::DELETE, "api/v1/tokens/current")?;
        self.wire.fetch(request, Effect::Writes, &[204]).await.map(drop)
    }

    async fn sections(&self) -> Result<Vec<Section>, Failure> {
        let request = self.wire.request(Method::GET, "api/v1/sections")?;
        let answer: wire::Sections = self.wire.fetch_json(request, Effect::Reads, &[200]).await?;
        Ok(answer.sections)
    }

    async fn list(&self, list: ListName) -> Result<Vec<ListItem>, Failure> {
        let path = match list {
            ListName::Latest => "api/v1/lists/latest",
            ListName::Popular => "api/v1/lists/popular",
        };
        let request = self.wire.request(Method::GET, path)?;
        let answer: wire::List = self.wire.fetch_json(request, Effect::Reads, &[200]).await?;
        Ok(answer.items)
    }

    async fn has_photo(&self, sha256: &Sha256Hex) -> Result<bool, Failure> {
        self.holds(&format!("api/v1/photos/{sha256}")).await
    }

    async fn send_photo(&self, photo: &PhotoToSend<'_>, progress: OnProgress<'_>) -> Result<(), Failure> {
        let announced = (photo, uploads::Announced::Photo);
        let proven = uploads::send(&self.wire, &self.uploads, announced, progress).await?;
        if proven || self.has_photo(photo.sha256).await? {
            return Ok(());
        }
        Err(Failure::harmless(Cause::WrongEcho, format!("the portal does not hold photo {}", photo.sha256)))
    }

    async fn has_original(&self, photo: &Sha256Hex) -> Result<bool, Failure> {
        self.holds(&format!("api/v1/photos/{photo}/original")).await
    }

    async fn send_original(
        &self,
        original: &OriginalToSend<'_>,
        progress: OnProgress<'_>,
    ) -> Result<(), Failure> {
        let announced = (&original.file, uploads::Announced::OriginalOf(original.photo, original.story));
        let proven = uploads::send(&self.wire, &self.uploads, announced, progress).await?;
        if proven || self.has_original(original.photo).await? {
            return Ok(());
        }
        let detail = format!("the portal does not hold the original of {}", original.photo);
        Err(Failure::harmless(Cause::WrongEcho, detail))
    }

    async fn look_up(&self, story: StoryId) -> Result<Option<Remote>, Failure> {
        let request = self.wire.request(Method::GET, &format!("api/v1/stories/{story}"))?;
        let answer = self.wire.fetch(request, Effect::Reads, &[200, 404]).await?;
        if answer.status == 404 {
            return if is_problem(&answer) { Ok(None) } else { Err(nobodys_404()) };
        }
        let remote: Remote = self.wire.read(&answer)?;
        echoed(remote.id == story, Effect::Reads)?;
        Ok(Some(remote))
    }

    async fn send_story(&self, story: &StoryToSend<'_>) -> Result<WorkingCopy, Failure> {
        let request = self.wire.request(Method::PUT, &format!("api/v1/stories/{}", story.story))?;
        let request = match story.unless {
            Unless::Exists => request.header(IF_NONE_MATCH, "*"),
            Unless::OtherThan(etag) => request.header(IF_MATCH, etag),
        };
        let request = request.header(CONTENT_TYPE, JSON).body(story.bytes.to_vec());
        let copy: WorkingCopy = self.wire.fetch_json(request, Effect::Writes, &[200, 201]).await?;
        echoed(copy.id == story.story && copy.hash == Sha256Hex::of(story.bytes), Effect::Writes)?;
        Ok(copy)
    }

    async fn transition(&self, transition: &Transition) -> Result<Transitioned, Failure> {
        let path = format!("api/v1/stories/{}/transitions", transition.story);
        let request = self.wire.request(Method::POST, &path)?;
        let Transition { act, hash, at, note, change, consent, .. } = transition;
        let order = wire::Order { command: *act, hash, note, at: *at, change: *change, consent: *consent };
        let body = serde_json::to_string(&order);
        let body = body.map_err(|error| Failure::harmless(Cause::NotTheContract, error.to_string()))?;
        let request = request.header("idempotency-key", transition.key.to_string());
        let request = match &transition.etag {
            Some(etag) => {
                request.header(IF_MATCH, self.commands.tag(transition.key, etag, transition.anew).await)
            }
            None => request,
        };
        let request = request.header(CONTENT_TYPE, JSON).body(body);
        let done: Transitioned = self.wire.fetch_json(request, Effect::Writes, &[200]).await?;
        echoed(done.id == transition.story && done.hash == transition.hash, Effect::Writes)?;
        Ok(done)
    }

    async fn desk_changes(&self, since: Option<&str>) -> Result<DeskPage, Failure> {
        desk::changes(&self.wire, since).await
    }

    async fn wait_for_desk(&self, since: &str, patience: Duration) -> Result<(), Failure> {
        desk::wait(&self.wire, since, patience).await
    }

    async fn take(&self, taking: &Taking<'_>) -> Result<Taken, Failure> {
        desk::take(&self.wire, taking).await
    }

    async fn renew(&self, story: StoryId, lease: &Lease, device: &str) -> Result<Option<Lease>, Failure> {
        desk::renew(&self.wire, story, lease, device).await
    }

    async fn give_back(&self, story: StoryId, lease: &Lease) -> Result<(), Failure> {
        desk::give_back(&self.wire, story, lease).await
    }

    async fn fetch_photo(&self, sha256: &Sha256Hex) -> Result<Vec<u8>, Failure> {
        desk::photo(&self.wire, sha256).await
    }

    async fn notes(&self, story: StoryId) -> Result<Vec<PortalNote>, Failure> {
        notes::all(&self.wire, story).await
    }

    async fn put_note(&self, story: StoryId, note: &NoteToSend<'_>) -> Result<PortalNote, Failure> {
        notes::put(&self.wire, story, note).await
    }

    async fn guard(&self, order: &Guarding<'_>) -> Result<Guards, Failure> {
        guards::put(&self.wire, order).await
    }

    async fn sheet(&self, span: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Result<Sheet, Failure> {
        guards::sheet(&self.wire, span).await
    }

    fn knows_keys(&self) -> bool {
        true
    }

    async fn public_page(&self, url: &str) -> Result<String, Failure> {
        public_page::read(&self.wire, url).await
    }

    /// The front page stands at the root of the origin that the story's page has; it leads to the others.
    async fn places(&self, story: &Whereabouts<'_>) -> Result<Vec<Place>, Failure> {
        let mut tour = Tour::begin(&self.wire, story).await?;
        tour.front(&tour.root()).await;
        if let Some(url) = tour.link_called(story.section_names) {
            tour.section(&url).await;
        }
        tour.feeds(|_| true).await;
        tour.sitemaps().await;
        Ok(tour.end())
    }
}

impl Native {
    /// Whether the portal has the picture at this path.
    async fn holds(&self, path: &str) -> Result<bool, Failure> {
        let request = self.wire.request(Method::HEAD, path)?;
        let asked = self.wire.fetch(request, Effect::Reads, &[200, 404]);
        // What uploads can do is asked in the same round trip, for an upload mostly follows.
        let (answer, _) = tokio::join!(asked, self.uploads.may_carry_first_bytes(&self.wire));
        let answer = answer?;
        let media_type = answer.media_type();
        match answer.status {
            404 => Ok(false),
            _ if media_type.is_empty() || media_type.starts_with("image/") => Ok(true),
            // A HEAD has no body to judge. A hotel's network says 200 to everything; were it believed, the photo
            // would never be sent, and the portal refuse the story for ever. Who speaks there, the front page tells.
            _ if media_type == "text/html" => {
                let speaker = self.about().await;
                Err(speaker
                    .err()
                    .unwrap_or_else(|| Failure::harmless(Cause::NotTheContract, "200 with a page")))
            }
            _ => Err(Failure::harmless(Cause::NotTheContract, format!("a photo that is {media_type}"))),
        }
    }
}

/// A 404 that the portal did not say itself proves nothing: something in between may have said it.
fn nobodys_404() -> Failure {
    Failure::harmless(Cause::NotTheContract, "404 without the portal's own problem report")
}

fn echoed(ours: bool, effect: Effect) -> Result<(), Failure> {
    if ours {
        Ok(())
    } else {
        Err(effect.failure(Cause::WrongEcho, "the answer names another story or version"))
    }
}
