//! Publish: from a command to intents in the outbox, in one transaction of the store. Nothing is sent here.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use store::{Act, Draft, NewEvent, NewIntent, PhotoFacts, Portal, RenditionUse};
use story::{
    Axes, ChangeKind, Command, Consent, DeskState, FURTHEST, IntentId, IntentKind, Judging, Notice,
    NoticeFault, Payload, PortalId, PublicState, RevisionReason, Severity, decide, payload::Rendition,
};

use crate::{
    Desk, alone, approving, checks, guarding,
    outbox::originals,
    portals::{self, Facts},
    view,
    wire::{CommandError, DeskEvent, ErrorCode, Nothing, OfStory, PublishStory, ScheduleStory, StoryView},
    writing,
};

/// The story's text, fixed for sending.
pub(crate) struct Frozen {
    bytes: Vec<u8>,
    photos: Vec<PhotoFacts>,
    /// The portal keeps originals, and the person wants them sent.
    originals: bool,
}

impl Desk {
    /// The end of a publish window of so many minutes, by this machine's clock.
    pub fn window_end(&self, minutes: u32) -> DateTime<Utc> {
        self.host().now() + TimeDelta::minutes(minutes.into())
    }

    /// The command `publish`, to another portal than the current one when `portal` names one.
    ///
    /// # Errors
    /// `MovedOn`, `NoPortal`, `FindingsBlock`, `RefusedAlreadyPublic` when readers have exactly this text, a
    /// refusal of the command table, and what the disk says.
    pub async fn publish_to(
        &self,
        order: PublishStory,
        portal: Option<PortalId>,
    ) -> Result<StoryView, CommandError> {
        self.blocking(move |desk| publish(desk, order, portal)).await
    }
}

/// How the story's own intent goes.
pub(crate) struct Going {
    pub(crate) kind: IntentKind,
    pub(crate) send_until: Option<DateTime<Utc>>,
    pub(crate) change: Option<ChangeKind>,
    pub(crate) note: String,
    /// See [`NewIntent::consent`].
    pub(crate) consent: Option<Consent>,
}

/// How a text goes to the portal.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// To the readers now.
    Publish,
    /// To the readers at a set time.
    Schedule(DateTime<Utc>),
    /// To the portal's desk.
    File,
}

/// Approves what is saved and gives it to the outbox: as first publication, or in place of what readers have.
pub(crate) fn publish(
    desk: &Desk,
    order: PublishStory,
    portal: Option<PortalId>,
) -> Result<StoryView, CommandError> {
    send(desk, order, portal, Way::Publish)
}

/// Gives what is saved to the outbox for the portal's desk.
pub(crate) fn file(desk: &Desk, order: PublishStory) -> Result<StoryView, CommandError> {
    send(desk, order, None, Way::File)
}

/// Approves what is saved and gives it to the outbox for a set time. The portal's clock decides. Ours may have been put
/// right since that was last heard: only a time that is past by both is a slip of the finger.
pub(crate) fn schedule(desk: &Desk, order: ScheduleStory) -> Result<StoryView, CommandError> {
    let ScheduleStory { story, counter, at, over_fallen } = order;
    let (theirs, ours) = (desk.portal_now(), desk.host().now());
    if at <= theirs.min(ours) {
        return Err(CommandError::new(ErrorCode::TimePassed));
    }
    if at > theirs.max(ours) + FURTHEST {
        return Err(CommandError::new(ErrorCode::TimeFarOff));
    }
    let order = PublishStory { story, counter, send_until: Some(at), notice: None, over_fallen };
    send(desk, order, None, Way::Schedule(at))
}

fn send(
    desk: &Desk,
    order: PublishStory,
    portal: Option<PortalId>,
    way: Way,
) -> Result<StoryView, CommandError> {
    let draft = desk.store().draft(order.story)?;
    let portal = match portal {
        Some(portal) => desk.store().portal(portal)?,
        None => desk.store().current_portal()?.ok_or_else(|| CommandError::new(ErrorCode::NoPortal))?,
    };
    sendable(desk, &draft, order.counter)?;
    let facts = portals::facts(&portal);
    let command = verb(&draft.row.axes, way);
    let Approving { axes, mut events, consent } = match way {
        Way::File => Approving { axes: draft.row.axes.clone(), events: Vec::new(), consent: None },
        _ => approved(desk, &draft, &portal, (command, order.over_fallen))?,
    };
    let desk_state = decided(desk, &draft, (command, facts.role()), &axes)?;
    guarding::past_embargo(desk, &draft, (command, reaches_readers(desk, way)))?;
    events.extend(overridden(desk, &draft, (command, desk_state))?);
    let notice = notice(order.notice, command)?;
    let (change, note) = notice.map(|notice| (notice.kind, notice.note)).unzip();
    let note = note.unwrap_or_default();
    events.push(NewEvent { note: note.clone(), ..line(desk, &draft, command, desk_state)? });
    let frozen = freeze(desk, &draft, &facts)?;
    let going = Going { kind: kind(command, way), send_until: order.send_until, change, note, consent };
    let act = Act {
        story: order.story,
        decided_on: draft.row.axes.clone(),
        counter: Some(order.counter),
        events,
        axes: if matches!(way, Way::File) {
            axes.unapproved(desk_state)
        } else {
            Axes { desk: desk_state, ..axes }.sent_out()
        },
        revision: Some(writing::revision(desk, RevisionReason::Command)?),
        intents: intents(desk, &draft, portal.id, going, frozen),
    };
    desk.store().act(act)?;
    desk.note_schedule_missed(order.story, false);
    desk.wake();
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, order.story)
}

/// When readers are to get it, by the portal's clock.
fn reaches_readers(desk: &Desk, way: Way) -> DateTime<Utc> {
    if let Way::Schedule(at) = way { at } else { desk.portal_now() }
}

/// The line that says what was warned of, when it goes to readers all the same.
fn overridden(
    desk: &Desk,
    draft: &Draft,
    (command, to): (Command, DeskState),
) -> Result<Option<NewEvent>, CommandError> {
    if command == Command::File {
        return Ok(None);
    }
    let mut codes = story::checks::warned(&checks::findings(desk, &draft.content));
    codes.extend(draft.row.axes.fallen.is_some().then(|| "approval_fell".to_owned()));
    if codes.is_empty() {
        return Ok(None);
    }
    Ok(Some(NewEvent { note: codes.join(" "), ..line(desk, draft, Command::OverrideWarning, to)? }))
}

/// A draft on its way to readers, approved.
struct Approving {
    axes: Axes,
    events: Vec<NewEvent>,
    consent: Option<Consent>,
}

/// Approves the draft in the same press, unless it is approved already. What was approved and changed since goes out only
/// when the person has said so.
fn approved(
    desk: &Desk,
    draft: &Draft,
    portal: &Portal,
    (command, over_fallen): (Command, bool),
) -> Result<Approving, CommandError> {
    let (row, facts) = (&draft.row, portals::facts(portal));
    if let Some(approval) = row.axes.approval.as_ref().filter(|_| approving::stands(&row.axes)) {
        let consent = approving::consent(desk, (row.story, &row.version), portal, approval)?;
        return Ok(Approving { axes: row.axes.clone(), events: Vec::new(), consent });
    }
    let judging = Judging { fell_unseen: !over_fallen, ..alone::judging(desk, row.story, &facts)? };
    let judged = approving::judge(desk, draft, &facts, judging)?;
    approving::allowed(desk, row.story, &row.axes, (command, judging))?;
    Ok(Approving { axes: judged.axes, events: vec![judged.event], consent: judged.consent })
}

/// What no role may send: another text than the person saw, one that readers have, one that blocks.
pub(crate) fn sendable(desk: &Desk, draft: &Draft, counter: u64) -> Result<(), CommandError> {
    if draft.row.counter != counter {
        return Err(CommandError::new(ErrorCode::MovedOn));
    }
    if draft.row.axes.public == PublicState::Live && !draft.row.differs_from_live() {
        return Err(CommandError::new(ErrorCode::RefusedAlreadyPublic));
    }
    let findings = checks::findings(desk, &draft.content);
    let blocks = findings.iter().filter(|finding| finding.severity == Severity::Block);
    let codes: Vec<_> = blocks.map(|finding| crate::error::code_name(&finding.code)).collect();
    if codes.is_empty() {
        return Ok(());
    }
    Err(CommandError::new(ErrorCode::FindingsBlock).with("findings", codes.join(" ")))
}

/// What readers are told: of a change of what they have, and of nothing else.
fn notice(given: Option<Notice>, command: Command) -> Result<Option<Notice>, CommandError> {
    let Some(Notice { kind, note }) = given else {
        return Ok((command == Command::Correct).then(Notice::typo));
    };
    if command != Command::Correct {
        let detail = "readers do not have the story: nothing of theirs is changed";
        return Err(CommandError::new(ErrorCode::BadArguments).detailed(detail));
    }
    let notice = Notice { kind, note: bangla::normalise(note.trim()) };
    match notice.fault() {
        None => Ok(Some(notice)),
        Some(NoticeFault::Empty) => Err(CommandError::new(ErrorCode::NoticeNeeded)),
        Some(NoticeFault::TooLong) => {
            Err(CommandError::new(ErrorCode::BadArguments).detailed("the notice is longer than 4,000 bytes"))
        }
    }
}

fn verb(axes: &Axes, way: Way) -> Command {
    match way {
        Way::File => Command::File,
        Way::Schedule(_) => Command::Schedule,
        Way::Publish if axes.public == PublicState::Live => Command::Correct,
        Way::Publish => Command::Publish,
    }
}

fn kind(command: Command, way: Way) -> IntentKind {
    match way {
        Way::File => IntentKind::File,
        Way::Schedule(at) => IntentKind::Schedule { at },
        Way::Publish if command == Command::Correct => IntentKind::Correct,
        Way::Publish => IntentKind::Publish,
    }
}

pub(crate) fn decided(
    desk: &Desk,
    draft: &Draft,
    (command, role): (Command, story::Role),
    axes: &Axes,
) -> Result<DeskState, CommandError> {
    let refused = |refusal| writing::refuse(desk, draft.row.story, axes, command, refusal);
    decide(command, axes, role).or_else(refused)
}

pub(crate) fn line(
    desk: &Desk,
    draft: &Draft,
    command: Command,
    to: DeskState,
) -> Result<NewEvent, CommandError> {
    Ok(NewEvent { version: Some(draft.row.version.clone()), ..writing::event(desk, command, to)? })
}

/// As it goes to the portal of these facts.
pub(crate) fn freeze(desk: &Desk, draft: &Draft, facts: &Facts) -> Result<Frozen, CommandError> {
    let content = &draft.content;
    let photos = content.photos.iter().map(|photo| desk.store().photo(&photo.id));
    let mut photos = photos.collect::<Result<Vec<_>, _>>()?;
    let renditions: Vec<Rendition> =
        photos.iter().filter_map(display).map(|kept| kept.rendition.clone()).collect();
    let slug = if content.slug.trim().is_empty() { &content.headline } else { &content.slug };
    let slug = bangla::slug(slug);
    let payload = Payload::freeze(draft.row.story, draft.row.version.clone(), content, slug, &renditions);
    let payload = payload.map_err(|missing| CommandError::new(ErrorCode::NotFound).detailed(missing))?;
    let bytes = serde_json::to_vec(&payload).map_err(CommandError::internal)?;
    if facts.is_text_only() {
        photos.clear();
    }
    Ok(Frozen { bytes, photos, originals: originals::are_wanted(desk, facts)? })
}

fn display(photo: &PhotoFacts) -> Option<&store::StoredRendition> {
    photo.rendition(RenditionUse::Display)
}

/// One intent for each file that is sent, the story's own, which waits for them, and those of the originals behind it.
pub(crate) fn intents(
    desk: &Desk,
    draft: &Draft,
    portal: PortalId,
    going: Going,
    frozen: Frozen,
) -> Vec<NewIntent> {
    let blank = || NewIntent {
        id: IntentId(desk.host().new_id()),
        portal,
        kind: IntentKind::Publish,
        payload: Vec::new(),
        version: Some(draft.row.version.clone()),
        headline: draft.content.headline.clone(),
        bytes_total: 0,
        parents: Vec::new(),
        asked_at: desk.host().now(),
        note: String::new(),
        change: None,
        send_until: going.send_until,
        consent: None,
    };
    let mut seen = BTreeSet::new();
    let files = frozen.photos.iter().filter_map(display);
    let files = files.filter(|file| seen.insert(file.rendition.sha256.clone()));
    let mut intents: Vec<_> = files
        .map(|file| {
            let kind = IntentKind::Photo { sha256: file.rendition.sha256.clone() };
            NewIntent { kind, bytes_total: file.size, ..blank() }
        })
        .collect();
    let parents = intents.iter().map(|photo| photo.id).collect();
    let bytes_total = frozen.bytes.len() as u64;
    let (kind, payload) = (going.kind, frozen.bytes);
    let (change, note, consent) = (going.change, going.note, going.consent);
    let story = NewIntent { kind, payload, bytes_total, parents, change, note, consent, ..blank() };
    // Who returns or approves a story has it from its author, and the originals too.
    let brings = !matches!(story.kind, IntentKind::Return | IntentKind::Approve);
    let behind =
        if frozen.originals && brings { originals::behind(desk, &story, &frozen.photos) } else { Vec::new() };
    intents.push(story);
    intents.extend(behind);
    intents
}

/// Opens the confirmed public page in the browser. A page of the built-in portal is found also when that
/// portal has another port than at the time of publication.
pub(crate) async fn open_public_page(desk: &Desk, of: OfStory) -> Result<Nothing, CommandError> {
    let url = public_page(desk, of).await?;
    let host_desk = desk.clone();
    host_desk.blocking(move |desk| Ok(desk.host().open_url(&url)?)).await?;
    Ok(Nothing {})
}

async fn public_page(desk: &Desk, of: OfStory) -> Result<String, CommandError> {
    let (url, portal) = desk.blocking(move |desk| confirmed(desk, of)).await?;
    address_now(desk, &url, &portal).await
}

/// The address of a public page as it is reached now: see [`open_public_page`].
///
/// # Errors
/// `BadUrl` for one that is no web address, and what starting the built-in portal says.
pub(crate) async fn address_now(
    desk: &Desk,
    url: &str,
    portal: &store::Portal,
) -> Result<String, CommandError> {
    let mut url = url::Url::parse(url).map_err(CommandError::internal)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(CommandError::new(ErrorCode::BadUrl));
    }
    if portal.kind == store::PortalKind::BuiltIn {
        portals::connected(desk, portal.id).await?;
        let now = desk.built_in().get().and_then(|running| url::Url::parse(&running.url).ok()?.port());
        // A port can always be set on an http address.
        let _ = url.set_port(now);
    }
    Ok(url.into())
}

fn confirmed(desk: &Desk, of: OfStory) -> Result<(String, store::Portal), CommandError> {
    let nowhere = || CommandError::new(ErrorCode::RefusedNotPublic);
    let url = desk.store().row(of.story)?.public_url.ok_or_else(nowhere)?;
    let intents = desk.store().intents_of(of.story)?;
    let live =
        intents.iter().find(|intent| intent.confirmed_at.is_some() && view::act(&intent.kind).is_some());
    let portal = live.ok_or_else(nowhere)?.portal;
    Ok((url, desk.store().portal(portal)?))
}
