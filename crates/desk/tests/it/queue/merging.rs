//! Two editors at one story, and one draft made of both.

use khosra_desk::{
    commands::call,
    wire::{CompareVersions, ErrorCode, MergeVersions, MergeView, OfRevision, OfStory},
};
use story::{Choice, Command, Content, DeliveryState, DeskState, Field, RevisionReason, Role, StoryId};
use testkit::content;

use super::{Between, Desk, between};

const HEAD: &str = "বাঁধ ভেঙে পানি ঢুকছে";
const WRITTEN: &str = "ভোরে বাঁধ ভেঙে যায়। তিন গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা রাতে বাঁধে ছিলেন।";
const OURS: &str = "ভোরে বাঁধ ভেঙে যায়। চার গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা রাতে বাঁধে ছিলেন।";
const THEIRS: &str = "শেষরাতে বাঁধ ভেঙে যায়। পাঁচ গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা সারা রাত বাঁধে ছিলেন।";
const MERGED: &str = "শেষরাতে বাঁধ ভেঙে যায়। চার থেকে পাঁচ গ্রামে পানি ঢুকেছে।\n\nস্থানীয়রা সারা রাত বাঁধে ছিলেন।";

impl Desk {
    async fn writes(&self, story: StoryId, body: &str) {
        let view = self.view(story).await;
        let content = Content { body: body.to_owned(), ..view.content };
        self.room.save(story, view.counter + 1, content).await;
    }

    async fn merge_view(&self, story: StoryId, number: u32) -> MergeView {
        call::merge_view(&self.room.desk, OfRevision { story, number }).await.unwrap()
    }

    /// The bodies of all versions, newest first, with why each was cut and by whom.
    async fn versions(&self, story: StoryId) -> Vec<(RevisionReason, String, String)> {
        let all = call::list_revisions(&self.room.desk, OfStory { story }).await.unwrap();
        let mut versions = Vec::new();
        for one in all.revisions {
            let which = OfRevision { story, number: one.number };
            let content = call::read_revision(&self.room.desk, which).await.unwrap();
            versions.push((one.reason, one.author, content.body));
        }
        versions
    }
}

/// Two editors had the story in hand, one after the other, and wrote on without a network. What the other sent came
/// first; the editor's own is stuck behind it.
async fn met() -> (Between, Desk, StoryId, u32) {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let written = Content { body: WRITTEN.to_owned(), ..content(HEAD) };
    let story = between.author.filed(written).await;
    other.taken(story).await;
    between.editor.take(story, true).await.unwrap();
    other.writes(story, THEIRS).await;
    between.editor.writes(story, OURS).await;
    other.returned(story).await;
    between.editor.room.publish(&between.editor.view(story).await).await;
    let theirs = between.editor.stuck(story).await.theirs.expect("the other's text is shown");
    (between, other, story, theirs.revision)
}

fn by_hand(text: &str) -> Option<Choice> {
    Some(Choice::Text { text: text.to_owned() })
}

/// Drill 5.
#[tokio::test]
async fn two_editors_offline_on_one_story_both_texts_survive_the_reviewer_merges_and_the_log_tells_who() {
    let (between, other, story, revision) = met().await;
    let editor = &between.editor;
    let view = editor.merge_view(story, revision).await;
    assert_eq!((&view.ours_by, &view.theirs_by), (&editor.name, &other.name));
    assert!(view.base.is_some(), "both were made from what its author filed");
    let open: Vec<_> = view.places.iter().map(|place| (place.field, place.settled.is_none())).collect();
    assert_eq!(open, [(Field::Body, false), (Field::Body, true), (Field::Body, false)], "{view:?}");
    let choices = vec![None, by_hand("চার থেকে পাঁচ"), None];
    let asked = MergeVersions { story, revision, counter: view.counter, choices };
    let merged = call::merge_versions(&editor.room.desk, asked).await.unwrap();
    assert_eq!(merged.content.body, MERGED);
    assert_eq!(merged.deliveries[0].state, DeliveryState::Cancelled, "what met with it is taken back");

    let versions = editor.versions(story).await;
    assert_eq!(versions[0], (RevisionReason::Merged, editor.name.clone(), MERGED.to_owned()));
    let all = call::list_revisions(&editor.room.desk, OfStory { story }).await.unwrap().revisions;
    let theirs = all.iter().find(|one| one.number == revision).unwrap();
    let ours = versions.iter().position(|(_, _, body)| body == OURS).unwrap();
    assert_eq!((all[0].parent.as_ref(), all[0].merged.as_ref()), (Some(&all[ours].hash), Some(&theirs.hash)));
    assert!(all[1..].iter().all(|one| one.merged.is_none()), "{all:?}");
    let kept = |body: &str| versions.iter().any(|(_, _, text)| text == body);
    assert!(kept(OURS) && kept(THEIRS) && kept(WRITTEN), "{versions:?}");
    let theirs = (RevisionReason::Portal, other.name.clone(), THEIRS.to_owned());
    assert!(versions.contains(&theirs), "{versions:?}");

    let log = call::story_log(&editor.room.desk, OfStory { story }).await.unwrap();
    let told = |command| {
        let line = log.iter().rfind(|line| line.command == command && line.refused.is_none()).unwrap();
        (line.actor.clone(), line.note.clone())
    };
    assert_eq!(told(Command::Merge), (editor.name.clone(), other.name.clone()));
    assert_eq!(told(Command::ChangeAtPortal).0, other.name);
    assert_eq!(story::log::broken_link(&log), None);

    // From here on it is the editor's, and goes out without a question.
    editor.room.publish(&editor.view(story).await).await;
    assert_eq!(editor.delivered(story).await.state, DeliveryState::Confirmed);
    let page = editor.view(story).await.public_url.unwrap();
    let page = String::from_utf8(testkit::fetch(&page).await).unwrap();
    assert!(page.contains("চার থেকে পাঁচ") && page.contains("সারা রাত"), "{page}");
}

#[tokio::test]
async fn looking_at_a_merge_changes_nothing() {
    let (between, _, story, revision) = met().await;
    let (before, versions) = (between.editor.view(story).await, between.editor.versions(story).await);
    between.editor.merge_view(story, revision).await;
    let after = between.editor.view(story).await;
    assert_eq!((after.counter, after.content), (before.counter, before.content));
    assert_eq!(between.editor.versions(story).await, versions);
    assert_eq!(after.deliveries[0].state, DeliveryState::Blocked);
}

#[tokio::test]
async fn what_was_not_chosen_or_was_written_meanwhile_is_not_merged() {
    let (between, _, story, revision) = met().await;
    let editor = &between.editor;
    let view = editor.merge_view(story, revision).await;
    let merge = |counter, choices| {
        call::merge_versions(&editor.room.desk, MergeVersions { story, revision, counter, choices })
    };
    let open = merge(view.counter, vec![None; 3]).await.unwrap_err();
    assert_eq!(open.code, ErrorCode::BadArguments);
    editor.writes(story, "এখন অন্য কথা।").await;
    let stale = merge(view.counter, vec![None, Some(Choice::Ours), None]).await.unwrap_err();
    assert_eq!(stale.code, ErrorCode::MovedOn);
    assert_eq!(editor.view(story).await.content.body, "এখন অন্য কথা।");
}

#[tokio::test]
async fn a_text_that_came_beside_the_draft_is_merged_and_sent_on_without_a_question() {
    let between = between().await;
    let written = Content { body: WRITTEN.to_owned(), ..content(HEAD) };
    let story = between.author.filed(written).await;
    between.author.writes(story, OURS).await;
    between.editor.taken(story).await;
    between.editor.writes(story, THEIRS).await;
    between.editor.returned(story).await;
    between.author.queue().await;
    let author = &between.author;
    let revision = author.view(story).await.review.unwrap().theirs.unwrap();
    let view = author.merge_view(story, revision).await;
    let choices = view.places.iter().map(|place| place.settled.is_none().then_some(Choice::Both)).collect();
    let asked = MergeVersions { story, revision, counter: view.counter, choices };
    let merged = call::merge_versions(&author.room.desk, asked).await.unwrap();
    assert!(merged.content.body.contains("চার পাঁচ গ্রামে"), "{}", merged.content.body);
    assert_eq!(merged.axes.desk, DeskState::Returned);
    assert_eq!(merged.review.unwrap().theirs, None, "it stands beside the draft no more");
    author.file(story).await;
    author.delivered(story).await;
}

#[tokio::test]
async fn a_version_is_compared_with_the_text_in_the_window_and_with_what_it_was_made_from() {
    let (between, _, story, revision) = met().await;
    let compare = |draft| {
        let asked = CompareVersions { story, number: revision, draft };
        call::compare_versions(&between.editor.room.desk, asked)
    };
    let made = compare(None).await.unwrap();
    assert_eq!(made.after, Some(revision));
    let says = |number| {
        let which = OfRevision { story, number };
        call::read_revision(&between.editor.room.desk, which)
    };
    assert_eq!(says(made.before).await.unwrap().body, WRITTEN);
    let fields: Vec<Field> = made.changes.iter().map(|change| change.field).collect();
    assert_eq!(fields, [Field::Body]);
    // Not saved, and compared all the same.
    let draft =
        Content { body: THEIRS.to_owned(), headline: "আরেকটি".to_owned(), ..content(HEAD) };
    let unsaved = compare(Some(draft)).await.unwrap();
    assert_eq!((unsaved.before, unsaved.after), (revision, None));
    assert_eq!(unsaved.changes[0].field, Field::Headline);
}
