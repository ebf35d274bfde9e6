//! What readers are told of a change to a story that they have.

use std::time::Duration;

use khosra_desk::{
    Ended,
    commands::call,
    wire::{ErrorCode, OfStory, PublishStory, StoryView},
};
use newsite::Running;
use story::{ChangeKind, Command, DeliveryState, Notice};
use testkit::{Newsroom, content, fetch, portal};

const PATIENCE: Duration = Duration::from_secs(60);

struct Given {
    room: Newsroom,
    _site: Running,
    view: StoryView,
}

/// A story that readers have, and a newer text of it that they do not.
async fn given() -> Given {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("আহত পাঁচজন")).await;
    room.publish(&view).await;
    let mut given = Given { room, _site: site, view };
    given.settled().await;
    given.change("আহত চারজন").await;
    given
}

impl Given {
    async fn change(&mut self, headline: &str) {
        self.view = self.room.save(self.view.story, self.view.counter + 1, content(headline)).await;
    }

    fn order(&self, notice: Option<Notice>) -> PublishStory {
        PublishStory { notice, ..PublishStory::soon(self.view.story, self.view.counter) }
    }

    async fn corrected(&mut self, kind: ChangeKind, note: &str) -> String {
        let notice = Notice { kind, note: note.to_owned() };
        call::publish(&self.room.desk, self.order(Some(notice))).await.unwrap();
        self.settled().await;
        String::from_utf8(fetch(&self.view.public_url.clone().unwrap()).await).unwrap()
    }

    async fn settled(&mut self) {
        let worker = self.room.desk.start_worker();
        let ended = self.room.desk.wait_for_outbox(Some(self.view.story), PATIENCE).await.unwrap();
        worker.stop().await;
        assert!(matches!(ended, Ended::Settled(_)), "{ended:?}");
        self.view = self.room.view(self.view.story).await;
        assert_eq!(self.view.deliveries[0].state, DeliveryState::Confirmed);
    }
}

#[tokio::test]
async fn every_kind_that_is_told_stands_on_the_page_under_its_name_and_for_machines() {
    let mut given = given().await;
    for (kind, title, note) in [
        (ChangeKind::Update, "হালনাগাদ", "রাতে একজন বাড়ি ফিরেছেন।"),
        (ChangeKind::Clarification, "ব্যাখ্যা", "সংখ্যাটি হাসপাতালে ভর্তি রোগীর।"),
        (ChangeKind::Correction, "সংশোধনী", "আগে পাঁচজন লেখা হয়েছিল।"),
        (ChangeKind::Reply, "সংশ্লিষ্টের বক্তব্য", "বাসমালিক বলেছেন, চালক ছুটিতে ছিলেন।"),
    ] {
        given.change(&format!("আহত চারজন: {title}")).await;
        let page = given.corrected(kind, &format!("  {note}\n")).await;
        assert!(page.contains(&format!("<h2>{title}</h2>\n<p>{note} ")), "{kind:?}: {page}");
        assert!(page.contains("CorrectionComment") && page.matches(note).count() == 2, "{kind:?}");
        let log = call::story_log(&given.room.desk, OfStory { story: given.view.story }).await.unwrap();
        let last = log.last().unwrap();
        assert_eq!((last.command, last.note.as_str()), (Command::Correct, note));
    }
}

#[tokio::test]
async fn a_slip_of_the_pen_is_told_to_nobody_and_leaves_what_was_told_before() {
    let mut given = given().await;
    let page = given.corrected(ChangeKind::Typo, "").await;
    assert!(!page.contains("class=\"correction\"") && !page.contains("CorrectionComment"), "{page}");
    given.change("আহত তিনজন").await;
    given.corrected(ChangeKind::Correction, "আগে চারজন লেখা হয়েছিল।").await;
    given.change("আহত তিন জন").await;
    call::publish(&given.room.desk, given.order(None)).await.unwrap();
    given.settled().await;
    let page = String::from_utf8(fetch(&given.view.public_url.clone().unwrap()).await).unwrap();
    assert!(page.contains("আহত তিন জন") && page.contains("আগে চারজন লেখা হয়েছিল।"), "{page}");
}

#[tokio::test]
async fn a_change_that_says_nothing_is_refused_and_so_is_a_notice_of_what_nobody_has() {
    let given = given().await;
    for kind in ChangeKind::ALL.into_iter().filter(|kind| kind.is_told()) {
        let order = given.order(Some(Notice { kind, note: " \n ".to_owned() }));
        let refused = call::publish(&given.room.desk, order).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NoticeNeeded, "{kind:?}");
    }
    let long = given.order(Some(Notice { kind: ChangeKind::Update, note: "অ".repeat(2_000) }));
    assert_eq!(call::publish(&given.room.desk, long).await.unwrap_err().code, ErrorCode::BadArguments);
    assert_eq!(given.room.view(given.view.story).await.deliveries.len(), 1, "nothing was queued");

    let fresh = given.room.write(content("নতুন খবর")).await;
    let notice = Some(Notice { kind: ChangeKind::Update, note: "নতুন".to_owned() });
    let order = PublishStory { notice, ..PublishStory::soon(fresh.story, fresh.counter) };
    assert_eq!(call::publish(&given.room.desk, order).await.unwrap_err().code, ErrorCode::BadArguments);
}
