//! Approval: an editor's word on one version, as an act of its own or in the same press that sends it. As an act of its
//! own it goes to the portal through the outbox, which holds everybody to it.

use store::{Act, Draft, NewEvent, Portal};
use story::{
    Approval, Axes, Command, Consent, DeliveryState, IntentKind, Judging, RevisionReason, Sha256Hex, StoryId,
};

use crate::{
    Desk, alone,
    portals::{self, Facts},
    publishing::{self, Going},
    wire::{ApproveStory, CommandError, DeskEvent, ErrorCode, StoryView},
    writing,
};

/// What an approval comes to.
pub(crate) struct Judged {
    pub(crate) axes: Axes,
    pub(crate) event: NewEvent,
    /// On whose word it goes to the portal, where that is more than ours.
    pub(crate) consent: Option<Consent>,
}

/// Approves what is saved. What is approved already stays so, by whoever did it.
pub(crate) fn approve(desk: &Desk, order: ApproveStory) -> Result<StoryView, CommandError> {
    let ApproveStory { story, counter } = order;
    let draft = desk.store().draft(story)?;
    // Where it would be published, and by whom.
    let portal = desk.store().current_portal()?.ok_or_else(|| CommandError::new(ErrorCode::NoPortal))?;
    publishing::sendable(desk, &draft, counter)?;
    if stands(&draft.row.axes) {
        return writing::open(desk, story);
    }
    let facts = portals::facts(&portal);
    let judging = alone::judging(desk, story, &facts)?;
    let judged = judge(desk, &draft, &facts, judging)?;
    let intents = if facts.has_approvals() {
        let frozen = publishing::freeze(desk, &draft, &facts)?;
        let consent = judged.consent;
        let going =
            Going { kind: IntentKind::Approve, send_until: None, change: None, note: String::new(), consent };
        publishing::intents(desk, &draft, portal.id, going, frozen)
    } else {
        Vec::new()
    };
    desk.store().act(Act {
        story,
        decided_on: draft.row.axes.clone(),
        counter: Some(counter),
        events: vec![judged.event],
        axes: judged.axes,
        revision: Some(writing::revision(desk, RevisionReason::Command)?),
        intents,
    })?;
    desk.wake();
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, story)
}

/// An approval stands for what the draft says.
pub(crate) fn stands(axes: &Axes) -> bool {
    axes.approval.is_some() && axes.desk == story::DeskState::Approved
}

/// Approves the draft as it stands, where this person may.
pub(crate) fn judge(
    desk: &Desk,
    draft: &Draft,
    facts: &Facts,
    judging: Judging,
) -> Result<Judged, CommandError> {
    let axes = &draft.row.axes;
    let to = publishing::decided(desk, draft, (Command::Approve, facts.role()), axes)?;
    allowed(desk, draft.row.story, axes, (Command::Approve, judging))?;
    let alone = judging.is_alone();
    let command = if alone { Command::ApproveAlone } else { Command::Approve };
    let event = publishing::line(desk, draft, command, to)?;
    let version = draft.row.version.clone();
    let approval = Approval { version, by: event.actor.clone(), at: event.at, alone, sent: false };
    let axes = Axes { approval: Some(approval), ..axes.clone().unapproved(to) };
    Ok(Judged { axes, event, consent: alone.then_some(Consent::Alone) })
}

/// What the command table does not know: who has written, and what was approved before. A refusal is logged.
pub(crate) fn allowed(
    desk: &Desk,
    story: StoryId,
    axes: &Axes,
    (command, judging): (Command, Judging),
) -> Result<(), CommandError> {
    let Err(refusal) = judging.allow(command, axes) else { return Ok(()) };
    let by = axes.fallen.as_ref().map(|fallen| fallen.by.clone()).unwrap_or_default();
    writing::refuse(desk, story, axes, command, refusal).map_err(|error: CommandError| error.with("by", by))
}

/// On whose word a version goes out that stands approved: the portal is held to what it has been told, or has told.
pub(crate) fn consent(
    desk: &Desk,
    (story, version): (StoryId, &Sha256Hex),
    portal: &Portal,
    approval: &Approval,
) -> Result<Option<Consent>, CommandError> {
    if !portals::facts(portal).has_approvals() {
        return Ok(None);
    }
    let sent = desk.store().intents_of(story)?.into_iter().any(|intent| {
        intent.kind == IntentKind::Approve
            && intent.portal == portal.id
            && intent.version.as_ref() == Some(version)
            && intent.state == DeliveryState::Confirmed
    });
    if sent || approval.by != portals::actor(desk)? {
        return Ok(Some(Consent::Before));
    }
    Ok(approval.alone.then_some(Consent::Alone))
}
