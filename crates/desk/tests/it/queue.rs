//! Two desks, a correspondent's and an editor's, and one portal between them: a story goes there and back, and nothing
//! that anybody wrote is lost.

mod between;
mod crossing;
mod guarding;
mod merging;
mod offline;
mod packages;
mod reading;
mod speaking;
mod there_and_back;

use std::time::Duration;

use khosra_desk::{
    commands::call,
    wire::{
        CommandError, DeskEvent, IntentView, Nothing, OfRevision, OfStory, PublishStory, QueueView,
        ReturnStory, StoryView, TakeStory, TakeView,
    },
};
use newsite::Running;
use story::{Content, DeliveryState, Role, StoryId};
use tempfile::TempDir;
use testkit::{Newsroom, portal};

use crate::common::{ended, settled, stuck, with_photo};

const FILED: &str = "বাঁধ ভেঙে পানি ঢুকছে";
const EDITED: &str = "বাঁধ ভেঙে তিন গ্রামে পানি";
const ANSWERED: &str = "বাঁধ ভেঙে চার গ্রামে পানি";
const REASON: &str = "গ্রামের নামগুলো যাচাই করুন";

/// A newsroom's portal, and who sits where.
struct Between {
    site: Running,
    author: Desk,
    editor: Desk,
    folder: TempDir,
}

/// A desk, and the name of who sits at it.
struct Desk {
    room: Newsroom,
    name: String,
}

async fn between() -> Between {
    let folder = tempfile::tempdir().unwrap();
    let site = portal(&folder.path().join("site"), 0, &[]).await;
    let author = Desk::sign_in(&site, Role::Correspondent, 0).await;
    let editor = Desk::sign_in(&site, Role::Editor, 1_000_000).await;
    Between { site, author, editor, folder }
}

impl Desk {
    /// Desks must not draw the same ids, which count from `ids`.
    async fn sign_in(site: &Running, role: Role, ids: u64) -> Self {
        Self::sign_in_over(site, &site.url(), (role, ids)).await
    }

    async fn sign_in_over(site: &Running, url: &str, (role, ids): (Role, u64)) -> Self {
        let room = Newsroom::open();
        room.host.count_ids_from(ids);
        let account = testkit::account(site, role);
        room.sign_in_at(url, &account.user, &account.password).await;
        Self { room, name: account.name.clone() }
    }

    async fn view(&self, story: StoryId) -> StoryView {
        self.room.view(story).await
    }

    async fn delivered(&self, story: StoryId) -> IntentView {
        let intent = settled(ended(&self.room, Some(story)).await);
        assert_eq!(intent.state, DeliveryState::Confirmed);
        intent
    }

    async fn stuck(&self, story: StoryId) -> IntentView {
        stuck(ended(&self.room, Some(story)).await)
    }

    /// Gives the command; nothing is sent before a worker runs.
    async fn file(&self, story: StoryId) -> StoryView {
        let counter = self.view(story).await.counter;
        let order = PublishStory::soon(story, counter);
        call::file(&self.room.desk, order).await.unwrap()
    }

    async fn filed(&self, content: Content) -> StoryId {
        let story = self.room.write(content).await.story;
        self.file(story).await;
        self.delivered(story).await;
        story
    }

    async fn gives_back(&self, story: StoryId) -> StoryView {
        let counter = self.view(story).await.counter;
        let order = ReturnStory { story, counter, reason: REASON.to_owned() };
        call::return_story(&self.room.desk, order).await.unwrap()
    }

    async fn returned(&self, story: StoryId) {
        self.gives_back(story).await;
        self.delivered(story).await;
    }

    async fn queue(&self) -> QueueView {
        call::refresh_queue(&self.room.desk, Nothing {}).await.unwrap()
    }

    async fn known_queue(&self) -> QueueView {
        call::list_queue(&self.room.desk, Nothing {}).await.unwrap()
    }

    /// Until so many stories stand in the queue, without asking for it.
    async fn waits_for(&self, rows: usize) {
        let waited = tokio::time::timeout(Duration::from_secs(40), async {
            while self.known_queue().await.rows.len() != rows {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(waited.await.is_ok(), "{:?}", self.known_queue().await.rows);
    }

    async fn take(&self, story: StoryId, takeover: bool) -> Result<TakeView, CommandError> {
        call::take_story(&self.room.desk, TakeStory { story, takeover }).await
    }

    async fn taken(&self, story: StoryId) -> StoryView {
        self.take(story, false).await.unwrap().story.expect("nobody else has it")
    }

    /// Types another headline and saves.
    async fn rewrite(&self, story: StoryId, headline: &str) -> StoryView {
        let view = self.view(story).await;
        let content = Content { headline: headline.to_owned(), ..view.content };
        self.room.save(story, view.counter + 1, content).await
    }

    async fn says(&self, story: StoryId, number: u32) -> String {
        let which = OfRevision { story, number };
        call::read_revision(&self.room.desk, which).await.unwrap().headline
    }

    /// The headlines of all versions, newest first.
    async fn history(&self, story: StoryId) -> Vec<String> {
        let all = call::list_revisions(&self.room.desk, OfStory { story }).await.unwrap();
        let mut headlines = Vec::new();
        for one in all.revisions {
            headlines.push(self.says(story, one.number).await);
        }
        headlines
    }

    fn told(&self) -> Vec<DeskEvent> {
        self.room.host.told()
    }
}
