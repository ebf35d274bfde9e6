//! What is new in a story since the person read it here, at either desk.

use khosra_desk::{
    commands::call,
    wire::{DeskEvent, ErrorCode, ListQuery, MarkRead, OfStory, SinceReadView},
};
use story::{Content, DeskList, Field, StoryId};
use testkit::content;

use super::{ANSWERED, Between, Desk, EDITED, FILED, between};

const WRITTEN: &str = "ভোরে বাঁধ ভেঙে যায়।\n\nতিন গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা রাতে বাঁধে ছিলেন।";
const CHANGED: &str = "ভোরে বাঁধ ভেঙে যায়।\n\nচার গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা রাতে বাঁধে ছিলেন।\n\nসকালে ত্রাণ আসে।";

impl Desk {
    /// As the window does once the story was before its person.
    async fn reads(&self, story: StoryId) {
        let counter = self.view(story).await.counter;
        call::mark_read(&self.room.desk, MarkRead { story, counter }).await.unwrap();
    }

    async fn since(&self, story: StoryId) -> SinceReadView {
        call::since_read(&self.room.desk, OfStory { story }).await.unwrap()
    }

    /// Whether the story is marked in the list that it stands in.
    async fn marked(&self, story: StoryId) -> bool {
        let mut marked = Vec::new();
        for list in DeskList::ALL {
            let query = ListQuery { list, section: None, limit: 10, after: None };
            let rows = call::list_stories(&self.room.desk, query).await.unwrap().rows;
            marked.extend(rows.into_iter().filter(|row| row.story == story).map(|row| row.unread));
        }
        assert_eq!(marked.len(), 1, "it stands in one list");
        marked[0]
    }
}

/// The editor has read what the author filed, and has returned it.
async fn returned() -> (Between, StoryId) {
    let between = between().await;
    let written = Content { body: WRITTEN.to_owned(), ..content(FILED) };
    let story = between.author.filed(written).await;
    between.author.reads(story).await;
    between.editor.queue().await;
    let view = between.editor.taken(story).await;
    assert_eq!(view.unread, None, "it was never read here");
    between.editor.reads(story).await;
    between.editor.returned(story).await;
    (between, story)
}

async fn answered(author: &Desk, story: StoryId) {
    author.queue().await;
    let view = author.view(story).await;
    let content = Content { headline: ANSWERED.to_owned(), body: CHANGED.to_owned(), ..view.content };
    author.room.save(story, view.counter + 1, content).await;
    author.file(story).await;
    author.delivered(story).await;
}

#[tokio::test]
async fn an_editor_sees_what_the_author_changed_since_they_read_it() {
    let (between, story) = returned().await;
    let editor = &between.editor;
    let read = editor.view(story).await;
    answered(&between.author, story).await;
    assert!(!between.author.marked(story).await, "their own words are no news to them");
    let queue = editor.queue().await;
    assert!(queue.rows[0].unread, "the text is still at the portal");
    let taken = editor.taken(story).await;
    let unread = taken.unread.expect("it changed");
    assert_eq!(editor.says(story, unread.revision).await, read.content.headline);
    let since = editor.since(story).await;
    assert_eq!((since.paragraphs, since.fields), (2, vec![Field::Headline]));
    assert!(editor.marked(story).await && editor.known_queue().await.rows[0].unread);

    editor.told();
    editor.reads(story).await;
    assert_eq!(editor.view(story).await.unread, None);
    assert!(!editor.marked(story).await && !editor.known_queue().await.rows[0].unread);
    let told = editor.told();
    assert!(told.iter().any(|event| matches!(event, DeskEvent::ListsChanged)), "{told:?}");
    assert!(told.iter().any(|event| matches!(event, DeskEvent::QueueChanged { .. })), "{told:?}");
    let nothing = call::since_read(&editor.room.desk, OfStory { story }).await.unwrap_err();
    assert_eq!(nothing.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn an_author_sees_what_the_desk_made_of_it_and_the_mark_outlives_the_program() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.author.reads(story).await;
    between.editor.taken(story).await;
    between.editor.rewrite(story, EDITED).await;
    between.editor.returned(story).await;
    between.author.queue().await;
    let Between { author: Desk { room, name }, site: _site, .. } = between;
    let author = Desk { room: room.reopen().await, name };
    let unread = author.view(story).await.unread.expect("it came back changed");
    assert_eq!(author.says(story, unread.revision).await, FILED);
    assert_eq!(author.since(story).await.fields, [Field::Headline]);
    // What they write now does not make it read.
    author.rewrite(story, ANSWERED).await;
    assert_eq!(author.view(story).await.unread, Some(unread));
}
