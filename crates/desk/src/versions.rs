//! Versions of a story: what differs between two, and the draft brought together with one that somebody else wrote.

use std::collections::{BTreeMap, BTreeSet};

use store::{Intent, Merged};
use story::{
    Command, Content, DeskState, IntentKind, Merge, Revision, RevisionReason, Sha256Hex, StoryId, decide,
    difference, merge,
};

use crate::{
    Desk, outbox, portals, view,
    wire::{
        CommandError, CompareVersions, ComparisonView, DeskEvent, ErrorCode, MergeVersions, MergeView,
        NameVersion, OfRevision, RevisionsView, StoryView, VersionAct, VersionMark,
    },
    writing,
};

pub(crate) fn compare(desk: &Desk, asked: CompareVersions) -> Result<ComparisonView, CommandError> {
    let CompareVersions { story, number, draft } = asked;
    let content = desk.store().revision(story, number)?;
    if let Some(draft) = draft {
        let changes = difference(&content, &writing::normalised(draft));
        return Ok(ComparisonView { before: number, after: None, changes });
    }
    let all = desk.store().revisions(story)?;
    let before = made_from(&all, number).map_or(0, |revision| revision.number);
    let old = if before == 0 { Content::default() } else { desk.store().revision(story, before)? };
    Ok(ComparisonView { before, after: Some(number), changes: difference(&old, &content) })
}

/// The revision that one was made from; where nobody knows, the one before it.
fn made_from(all: &[Revision], number: u32) -> Option<&Revision> {
    let one = all.iter().find(|revision| revision.number == number)?;
    parent(all, one).or_else(|| all.iter().find(|revision| revision.number < number))
}

/// The newest revision that says what `one` was made from, and is older.
fn parent<'a>(all: &'a [Revision], one: &Revision) -> Option<&'a Revision> {
    let hash = one.parent.as_ref()?;
    all.iter().find(|revision| revision.number < one.number && revision.hash == *hash)
}

/// The revision that `theirs` and the draft were made from: where theirs was merged, that one of its two which is in the
/// draft already, else the one its writer went on from.
fn shared<'a>(all: &'a [Revision], theirs: &Revision) -> Option<&'a Revision> {
    let merged = theirs.merged.as_ref().filter(|merged| ours(all).contains(merged));
    let older = |hash: &Sha256Hex| all.iter().find(|one| one.number < theirs.number && one.hash == *hash);
    merged.and_then(older).or_else(|| parent(all, theirs))
}

/// Every version that went into the newest one of the draft's own.
fn ours(all: &[Revision]) -> BTreeSet<&Sha256Hex> {
    let own = |one: &&Revision| !matches!(one.reason, RevisionReason::Portal | RevisionReason::Package);
    let mut found: BTreeSet<_> = all.iter().find(own).map(|newest| &newest.hash).into_iter().collect();
    // Newest first: whatever a version was made from stands behind it.
    for one in all {
        if found.contains(&one.hash) {
            found.extend(one.parent.iter().chain(&one.merged));
        }
    }
    found
}

/// Longest name of a version, in code points.
const MAX_NAME_LETTERS: usize = 80;

/// What is done with a version, as opposed to where the story as a whole is put.
const ON_A_VERSION: [Command; 7] = [
    Command::File,
    Command::Return,
    Command::Approve,
    Command::ApproveAlone,
    Command::Publish,
    Command::Correct,
    Command::Schedule,
];

/// What is known of versions beside what they say. What was done with a text is told at the first version that says it.
pub(crate) fn marks(
    desk: &Desk,
    story: StoryId,
    revisions: &[Revision],
) -> Result<Vec<VersionMark>, CommandError> {
    let mut names = desk.store().version_names(story)?;
    let done = desk.store().log(story)?;
    let done = done.iter().filter(|event| event.refused.is_none() && ON_A_VERSION.contains(&event.command));
    let mut acts: BTreeMap<u32, Vec<VersionAct>> = BTreeMap::new();
    for event in done {
        let says_it = |revision: &&Revision| event.version.as_ref() == Some(&revision.hash);
        if let Some(revision) = revisions.iter().rev().find(says_it) {
            let act = VersionAct { command: event.command, actor: event.actor.clone(), at: event.at };
            acts.entry(revision.number).or_default().push(act);
        }
    }
    let mark = |revision: &Revision| VersionMark {
        number: revision.number,
        name: names.remove(&revision.number).unwrap_or_default(),
        acts: acts.remove(&revision.number).unwrap_or_default(),
    };
    let marks = revisions.iter().map(mark);
    Ok(marks.filter(|mark| !mark.name.is_empty() || !mark.acts.is_empty()).collect())
}

/// Gives a version a name, or takes it away.
pub(crate) fn name(desk: &Desk, order: NameVersion) -> Result<RevisionsView, CommandError> {
    let name = bangla::normalise(order.name.trim());
    if name.chars().count() > MAX_NAME_LETTERS {
        return Err(CommandError::new(ErrorCode::TextTooLong).with("limit", MAX_NAME_LETTERS));
    }
    desk.store().name_version(order.story, order.number, name)?;
    writing::revisions(desk, order.story)
}

pub(crate) fn merge_view(desk: &Desk, of: OfRevision) -> Result<MergeView, CommandError> {
    let OfRevision { story, number } = of;
    let merging = Merging::of(desk, story, number)?;
    Ok(MergeView {
        story,
        revision: number,
        counter: merging.counter,
        ours_by: portals::actor(desk)?,
        theirs_by: merging.theirs.author,
        theirs_at: merging.theirs.at,
        base: merging.base,
        places: merging.merge.places,
        body: merging.merge.body,
    })
}

/// The merged text becomes the draft and a revision; what of the story was to be sent and met with that version is taken
/// back.
pub(crate) fn merge_in(desk: &Desk, asked: MergeVersions) -> Result<StoryView, CommandError> {
    let MergeVersions { story, revision, counter, choices } = asked;
    let merging = Merging::of(desk, story, revision)?;
    if merging.counter != counter || merging.merge.places.len() != choices.len() {
        return Err(CommandError::new(ErrorCode::MovedOn));
    }
    let unfit = |error| CommandError::new(ErrorCode::BadArguments).detailed(error);
    let content = writing::normalised(merging.merge.settle(&choices).map_err(unfit)?);
    let row = desk.store().row(story)?;
    let refused = |refusal| writing::refuse(desk, story, &row.axes, Command::Merge, refusal);
    let to = decide(Command::Merge, &row.axes, portals::role(desk)?).or_else(refused)?;
    let intent = in_the_way_of(desk, story, revision)?;
    let returning = intent.as_ref().is_some_and(|intent| intent.kind == IntentKind::Return);
    // The log tells whose words went into it.
    let event = story_event(desk, to, &merging.theirs)?;
    desk.store().merge_theirs(Merged {
        story,
        revision,
        counter,
        words: view::text_counts(&content).words,
        content,
        intent: intent.as_ref().map(|intent| intent.id),
        // It was not returned, and is still in our hands.
        desk: returning.then_some(DeskState::InEdit),
        event,
    })?;
    if let Some(intent) = intent {
        outbox::told(desk, intent.id);
    }
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, story)
}

fn story_event(desk: &Desk, to: DeskState, theirs: &Revision) -> Result<store::NewEvent, CommandError> {
    Ok(store::NewEvent { note: theirs.author.clone(), ..writing::event(desk, Command::Merge, to)? })
}

/// The draft as it is on disk and a revision, with what both were made from.
struct Merging {
    counter: u64,
    theirs: Revision,
    base: Option<u32>,
    merge: Merge,
}

impl Merging {
    fn of(desk: &Desk, story: StoryId, number: u32) -> Result<Self, CommandError> {
        let store = desk.store();
        let all = store.revisions(story)?;
        let theirs = all.iter().find(|revision| revision.number == number).cloned();
        let theirs = theirs.ok_or_else(|| CommandError::new(ErrorCode::NotFound))?;
        let base = shared(&all, &theirs).map(|revision| revision.number);
        let old = base.map(|base| store.revision(story, base)).transpose()?;
        let draft = store.draft(story)?;
        let merge = merge(old.as_ref(), &draft.content, &store.revision(story, number)?);
        Ok(Self { counter: draft.row.counter, theirs, base, merge })
    }
}

/// The intent that waits because this version stands in its way.
fn in_the_way_of(desk: &Desk, story: StoryId, revision: u32) -> Result<Option<Intent>, CommandError> {
    let stuck = |intent: &Intent| {
        let theirs = intent.theirs.as_ref().filter(|theirs| theirs.revision == revision && !theirs.accepted);
        intent.state.is_stuck() && theirs.is_some()
    };
    Ok(desk.store().intents_of(story)?.into_iter().find(stuck))
}
