//! What is new in a story since the person read it here. Kept in the store alone; nothing of it goes to any portal.

use std::collections::{BTreeMap, BTreeSet};

use store::{OpenNotes, Unread};
use story::{Field, StoryId, changed_paragraphs, difference};

use crate::{
    Desk, queue,
    wire::{CommandError, DeskEvent, ErrorCode, MarkRead, Nothing, SinceReadView, UnreadView},
};

/// What lists show of a story beside its row: looked up once for all of them.
pub(crate) struct Beside {
    notes: BTreeMap<StoryId, OpenNotes>,
    unread: BTreeSet<StoryId>,
}

impl Beside {
    pub(crate) fn of(desk: &Desk) -> Result<Self, CommandError> {
        Ok(Self { notes: desk.store().open_notes()?, unread: desk.store().all_unread()? })
    }

    pub(crate) fn notes(&self, story: StoryId) -> OpenNotes {
        self.notes.get(&story).copied().unwrap_or_default()
    }

    pub(crate) fn is_unread(&self, story: StoryId) -> bool {
        self.unread.contains(&story)
    }
}

/// For the story's view: no text is read for it.
pub(crate) fn unread(desk: &Desk, story: StoryId) -> Result<Option<UnreadView>, CommandError> {
    let unread = desk.store().unread(story)?;
    Ok(unread.map(|Unread { revision, read_at }| UnreadView { revision, read_at }))
}

/// How much is new; asked once the story is on the screen.
pub(crate) fn since(desk: &Desk, story: StoryId) -> Result<SinceReadView, CommandError> {
    let Unread { revision, .. } =
        desk.store().unread(story)?.ok_or_else(|| CommandError::new(ErrorCode::NotFound))?;
    let (before, after) = (desk.store().revision(story, revision)?, desk.store().draft(story)?.content);
    let mut fields: Vec<Field> = Vec::new();
    for change in difference(&before, &after) {
        if change.field != Field::Body && !fields.contains(&change.field) {
            fields.push(change.field);
        }
    }
    let paragraphs = changed_paragraphs(&before.body, &after.body);
    Ok(SinceReadView { revision, paragraphs: u32::try_from(paragraphs).unwrap_or(u32::MAX), fields })
}

/// The person has had the story before them.
pub(crate) fn mark(desk: &Desk, MarkRead { story, counter }: MarkRead) -> Result<Nothing, CommandError> {
    if desk.store().mark_read(story, counter, desk.host().now())? {
        desk.tell(DeskEvent::ListsChanged);
        queue::tell_current(desk)?;
    }
    Ok(Nothing {})
}
