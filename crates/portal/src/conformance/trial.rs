//! One run: what it knows by now, what may be tried next, and the few acts that all guarantees are tried with.

use chrono::{DateTime, TimeDelta, Utc};
use story::{Cause, ChangeKind, Consent, Guarantee, IntentId, Role, Sha256Hex, StoryId, Untold};

use super::{
    Conditions, Verdict,
    report::{Found, Shortfall, broken, unless},
    test_story::{TestPhoto, Version, payload},
};
use crate::{
    failure::Failure,
    portal::{
        About, Act, Me, PhotoToSend, Portal, Remote, RemoteState, StoryToSend, Transition, Transitioned,
        Unless,
    },
};

/// Reason of a taking down, and what readers are told of the change.
pub(super) const NOTE: &str = "পোর্টাল পরীক্ষা · a test of the portal";
/// Scheduled so far ahead that nobody is surprised should it stay there; portals take a year.
const FAR_AHEAD: TimeDelta = TimeDelta::days(300);

pub(super) struct Trial<'a> {
    pub(super) portal: &'a dyn Portal,
    pub(super) conditions: &'a Conditions<'a>,
    pub(super) story: StoryId,
    pub(super) photo: TestPhoto,
    pub(super) about: Option<About>,
    pub(super) me: Option<Me>,
    /// Slug of the section that the test story goes to; empty where the portal has none.
    pub(super) section: String,
    pub(super) skew: Option<TimeDelta>,
    pub(super) photo_sent: bool,
    pub(super) photo_there: bool,
    /// The portal said that it has the original of the photo.
    pub(super) original_there: bool,
    /// Something of the story may be at the portal.
    pub(super) begun: bool,
    /// The working copy that the portal has.
    pub(super) copy: Option<Copy>,
    /// The desk has it.
    pub(super) filed: bool,
    pub(super) scheduled: bool,
    /// Digests of what readers were to get, the newest last.
    pub(super) sent_out: Vec<Sha256Hex>,
    /// The publication, once readers have it.
    pub(super) out: Option<Out>,
    /// The story's entity tag while readers still had it.
    pub(super) tag_before: Option<String>,
    /// Counts the versions of the test story.
    version: u32,
}

/// A working copy as it was sent.
pub(super) struct Copy {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: Sha256Hex,
    pub(super) etag: String,
}

/// How the story was brought to the readers.
pub(super) struct Out {
    pub(super) key: IntentId,
    pub(super) hash: Sha256Hex,
    pub(super) url: Option<String>,
}

/// What a portal is asked to do with the test story.
pub(super) struct Order {
    pub(super) key: IntentId,
    pub(super) act: Act,
    pub(super) hash: Sha256Hex,
    pub(super) at: Option<DateTime<Utc>>,
    /// The story's entity tag when it was decided on; `None` where that does not matter.
    pub(super) tag: Option<String>,
}

impl Order {
    /// What is due at once, whatever became of the story since it was looked at.
    pub(super) fn now(key: IntentId, act: Act, hash: Sha256Hex) -> Self {
        Self { key, act, hash, at: None, tag: None }
    }
}

impl<'a> Trial<'a> {
    pub(super) fn new(portal: &'a dyn Portal, conditions: &'a Conditions<'a>) -> Self {
        Self {
            portal,
            conditions,
            story: StoryId((conditions.new_id)()),
            photo: TestPhoto::of((conditions.new_id)()),
            about: None,
            me: None,
            section: String::new(),
            skew: None,
            photo_sent: false,
            photo_there: false,
            original_there: false,
            begun: false,
            copy: None,
            filed: false,
            scheduled: false,
            sent_out: Vec::new(),
            out: None,
            tag_before: None,
            version: 0,
        }
    }

    pub(super) async fn judge(&mut self, guarantee: Guarantee) -> Verdict {
        match self.hindrance(guarantee) {
            Some(why) => Verdict::Untold(why),
            None => self.attempt(guarantee).await.into(),
        }
    }

    async fn attempt(&mut self, guarantee: Guarantee) -> Found {
        match guarantee {
            Guarantee::SaysWhoItIs => self.says_who_it_is().await,
            Guarantee::TellsTime => self.tells_time(),
            Guarantee::ListsSections => self.lists_sections().await,
            Guarantee::SaysItHasNone => self.says_it_has_none().await,
            Guarantee::KeepsPhotos => self.keeps_photos().await,
            Guarantee::TakesAPhotoOnce => self.takes_a_photo_once().await,
            Guarantee::ChecksPhotos => self.checks_photos().await,
            Guarantee::KeepsAWorkingCopy => self.keeps_a_working_copy().await,
            Guarantee::ReadsBackTheSame => self.reads_back_the_same().await,
            Guarantee::KeepsOriginals => self.keeps_originals().await,
            Guarantee::CreatesOnce => self.creates_once().await,
            Guarantee::RefusesOverwriting => self.refuses_overwriting().await,
            Guarantee::RefusesAnotherVersion => self.refuses_another_version().await,
            Guarantee::TakesForTheDesk => self.takes_for_the_desk().await,
            Guarantee::Returns => self.returns().await,
            Guarantee::Schedules => self.schedules().await,
            Guarantee::Unschedules => self.unschedules().await,
            Guarantee::Publishes => self.publishes().await,
            Guarantee::RepeatsNothing => self.repeats_nothing().await,
            Guarantee::Corrects => self.corrects().await,
            Guarantee::Withdraws => self.withdraws().await,
            Guarantee::StaysDown => self.stays_down().await,
            Guarantee::Kills => self.kills().await,
        }
    }

    /// What keeps a guarantee from being tried.
    fn hindrance(&self, guarantee: Guarantee) -> Option<Untold> {
        if (self.conditions.stopped)() {
            return Some(Untold::Stopped);
        }
        if guarantee == Guarantee::SaysWhoItIs {
            return None;
        }
        let (Some(about), Some(me)) = (&self.about, &self.me) else { return Some(Untold::NotReached) };
        if !may(about, me, guarantee) {
            return Some(Untold::NotAllowed);
        }
        if !self.offers(about, guarantee) {
            return Some(Untold::NotOffered);
        }
        if guarantee.is_public() && !self.conditions.publishing {
            return Some(Untold::LeftOut);
        }
        (!self.has_come_to(guarantee)).then_some(Untold::NotReached)
    }

    /// Whether what the guarantee is about is there. What failed before does not matter as long as it is.
    fn has_come_to(&self, guarantee: Guarantee) -> bool {
        match guarantee {
            Guarantee::SaysWhoItIs
            | Guarantee::TellsTime
            | Guarantee::ListsSections
            | Guarantee::SaysItHasNone
            | Guarantee::KeepsPhotos
            | Guarantee::ChecksPhotos
            | Guarantee::KeepsAWorkingCopy => true,
            Guarantee::TakesAPhotoOnce => self.photo_there,
            Guarantee::ReadsBackTheSame
            | Guarantee::CreatesOnce
            | Guarantee::RefusesOverwriting
            | Guarantee::RefusesAnotherVersion
            | Guarantee::TakesForTheDesk
            | Guarantee::Schedules
            | Guarantee::Publishes => self.copy.is_some(),
            Guarantee::Returns => self.filed,
            Guarantee::KeepsOriginals => self.photo_there && self.copy.is_some(),
            Guarantee::Unschedules => self.scheduled,
            Guarantee::RepeatsNothing | Guarantee::Corrects | Guarantee::Withdraws | Guarantee::Kills => {
                self.out.is_some()
            }
            Guarantee::StaysDown => self.tag_before.is_some(),
        }
    }

    /// What the portal offers, by its adapter's word.
    fn offers(&self, about: &About, guarantee: Guarantee) -> bool {
        match guarantee {
            Guarantee::ChecksPhotos => about.capabilities.checks_photos,
            Guarantee::KeepsOriginals => about.capabilities.originals,
            Guarantee::Returns => about.capabilities.desk,
            Guarantee::Schedules | Guarantee::Unschedules => about.capabilities.schedules,
            Guarantee::StaysDown => self.portal.knows_keys(),
            _ => true,
        }
    }

    /// Digest of the photo that stays at the portal.
    pub(super) fn photo_left(&self) -> Option<Sha256Hex> {
        self.photo_sent.then(|| self.photo.sha256.clone())
    }

    pub(super) fn photo_to_send(&self) -> PhotoToSend<'_> {
        PhotoToSend { sha256: &self.photo.sha256, media_type: "image/jpeg", bytes: &self.photo.bytes }
    }

    /// This account may bring stories to readers and take them away.
    pub(super) fn publishes_here(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == Role::Editor)
    }

    /// Another version of the story, as the bytes that are sent.
    pub(super) fn write(&mut self, headline: &str) -> Result<Vec<u8>, Failure> {
        self.version += 1;
        let photo = self.photo_there.then_some(&self.photo.sha256);
        let version = Version { headline, number: self.version, section: &self.section, photo };
        serde_json::to_vec(&payload(self.story, &version))
            .map_err(|error| Failure::harmless(Cause::Invalid, error.to_string()))
    }

    /// Sends a working copy. When it is not known what became of it, the portal is asked which one it has.
    pub(super) async fn send(&mut self, bytes: Vec<u8>, condition: &Unless) -> Result<(), Failure> {
        self.begun = true;
        let story = StoryToSend { story: self.story, bytes: &bytes, unless: condition };
        match self.portal.send_story(&story).await {
            Ok(taken) => {
                self.copy = Some(Copy { bytes, hash: taken.hash, etag: taken.etag });
                Ok(())
            }
            Err(failure) => {
                if !failure.nothing_done {
                    self.find_out(bytes).await;
                }
                Err(failure)
            }
        }
    }

    async fn find_out(&mut self, bytes: Vec<u8>) {
        let hash = Sha256Hex::of(&bytes);
        if let Ok(Some(remote)) = self.portal.look_up(self.story).await
            && remote.hash == hash
        {
            self.copy = Some(Copy { bytes, hash, etag: remote.etag });
        }
    }

    /// Sends another text that must be refused. Should it be taken all the same, it is the working copy from then on.
    pub(super) async fn send_in_vain(&mut self, headline: &str, condition: &Unless, why: &str) -> Found {
        let bytes = self.write(headline)?;
        let sent = self.send(bytes, condition).await;
        refused(sent, why)
    }

    pub(super) fn new_key(&self) -> IntentId {
        IntentId((self.conditions.new_id)())
    }

    /// Asks for something new, under a key of its own.
    pub(super) async fn order(&self, act: Act, hash: &Sha256Hex) -> Result<Transitioned, Failure> {
        self.give(&Order::now(self.new_key(), act, hash.clone())).await
    }

    pub(super) async fn give(&self, order: &Order) -> Result<Transitioned, Failure> {
        let transition = Transition {
            story: self.story,
            key: order.key,
            act: order.act,
            hash: order.hash.clone(),
            at: order.at,
            etag: order.tag.clone(),
            anew: false,
            note: match order.act {
                Act::Correct | Act::Return | Act::Withdraw | Act::Kill => NOTE.to_owned(),
                Act::Publish | Act::File | Act::Recall | Act::Approve | Act::Schedule => String::new(),
            },
            change: (order.act == Act::Correct).then_some(ChangeKind::Update),
            consent: self.consent(order.act),
        };
        self.portal.transition(&transition).await
    }

    /// The test story has one author, who publishes it alone, and takes it away for ever without asking anybody.
    fn consent(&self, act: Act) -> Option<Consent> {
        let can = self.about.as_ref().map(|about| about.capabilities).unwrap_or_default();
        match act {
            Act::Publish | Act::Correct | Act::Schedule if can.approvals => Some(Consent::Alone),
            Act::Kill if can.guards => Some(Consent::Glass),
            _ => None,
        }
    }

    /// An hour far ahead by the portal's clock, in whole seconds, as some portals keep it.
    pub(super) fn far_ahead(&self) -> Option<DateTime<Utc>> {
        let now = self.about.as_ref().and_then(|about| about.now).unwrap_or_else(|| (self.conditions.now)());
        DateTime::from_timestamp((now + FAR_AHEAD).timestamp(), 0)
    }

    /// The story as the portal has it, which it must.
    pub(super) async fn there(&self) -> Result<Remote, Shortfall> {
        let remote = self.portal.look_up(self.story).await?;
        remote.ok_or_else(|| broken("the portal says that it has no such story"))
    }

    /// The story is as it was sent last, and readers get nothing of it.
    pub(super) async fn unseen_as_sent(&mut self) -> Found {
        let remote = self.there().await?;
        self.has_our_copy(&remote)?;
        stands(&remote, RemoteState::NotPublic)?;
        if let Some(copy) = &mut self.copy {
            copy.etag = remote.etag;
        }
        Ok(())
    }

    pub(super) fn has_our_copy(&self, remote: &Remote) -> Found {
        let ours = self.copy()?;
        let fault = remote.hash != ours.hash;
        unless(fault, format!("the working copy there is {}, sent was {}", remote.hash, ours.hash))
    }

    pub(super) fn copy(&self) -> Result<&Copy, Shortfall> {
        self.copy.as_ref().ok_or(Shortfall::Untold(Untold::NotReached))
    }
}

/// What the account may do there, by the portal's word.
fn may(about: &About, me: &Me, guarantee: Guarantee) -> bool {
    match guarantee {
        Guarantee::SaysWhoItIs
        | Guarantee::TellsTime
        | Guarantee::ListsSections
        | Guarantee::SaysItHasNone => true,
        Guarantee::KeepsPhotos
        | Guarantee::TakesAPhotoOnce
        | Guarantee::ChecksPhotos
        | Guarantee::KeepsOriginals => me.role != Role::Admin && !about.capabilities.text_only,
        Guarantee::KeepsAWorkingCopy
        | Guarantee::ReadsBackTheSame
        | Guarantee::CreatesOnce
        | Guarantee::RefusesOverwriting
        | Guarantee::RefusesAnotherVersion
        | Guarantee::TakesForTheDesk => me.role != Role::Admin,
        Guarantee::Returns => matches!(me.role, Role::SubEditor | Role::Editor),
        Guarantee::Schedules
        | Guarantee::Unschedules
        | Guarantee::Publishes
        | Guarantee::RepeatsNothing
        | Guarantee::Corrects
        | Guarantee::Withdraws
        | Guarantee::StaysDown
        | Guarantee::Kills => me.role == Role::Editor,
    }
}

pub(super) fn stands(remote: &Remote, state: RemoteState) -> Found {
    unless(remote.state != state, format!("the story stands at {:?}, not at {state:?}", remote.state))
}

/// The portal must have said no, in a way that says that nothing was done.
pub(super) fn refused<T>(answer: Result<T, Failure>, why: &str) -> Found {
    match answer {
        Ok(_) => Err(broken(why)),
        Err(failure) if is_refusal(&failure) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) fn is_refusal(failure: &Failure) -> bool {
    let cause = failure.cause;
    let refuses =
        matches!(cause, Cause::Conflict | Cause::ChangedOnPortal | Cause::Invalid | Cause::NotFound);
    refuses && failure.nothing_done
}
