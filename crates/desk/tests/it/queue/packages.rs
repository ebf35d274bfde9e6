//! By stick: the story goes from author to editor, and word of it back, while no network does.

use std::path::Path;

use khosra_desk::{
    commands::call,
    wire::{
        Counts, DeskEvent, ErrorCode, ListQuery, MergeVersions, Nothing, OfRevision, OfStory, OpenPackage,
        PackageKind, PackageText, PackageTo, PackageView, SavePackage, WriteNote,
    },
};
use story::{Choice, Content, DeliveryState, DeskList, DeskState, RevisionReason, StoryId};
use testkit::{Newsroom, Wanted, content};

use super::{ANSWERED, Desk, EDITED, FILED, between, with_photo};

impl Desk {
    async fn address(&self) -> String {
        call::package_key(&self.room.desk, Nothing {}).await.unwrap().address
    }

    /// What goes onto the stick for `reader`.
    async fn packed(&self, story: StoryId, reader: &Desk) -> Vec<u8> {
        let to = PackageTo::Desk { address: reader.address().await };
        self.room.desk.pack(SavePackage { story, what: PackageKind::Story, to }).await.unwrap()
    }

    async fn receipt(&self, story: StoryId) -> Vec<u8> {
        let what = PackageKind::Receipt;
        self.room.desk.pack(SavePackage { story, what, to: PackageTo::Sender }).await.unwrap()
    }

    /// Takes in what is on the stick, and whoever signed it for who they say.
    async fn opened(&self, bytes: &[u8]) -> PackageView {
        let first = self.room.desk.open_package(OpenPackage::default(), bytes.to_vec()).await;
        let refused = match first {
            Ok(view) => return view,
            Err(error) => error,
        };
        assert_eq!(refused.code, ErrorCode::PackageStranger, "{refused:?}");
        let trust = refused.params.get("fingerprint").cloned();
        self.room.desk.open_package(OpenPackage { trust }, bytes.to_vec()).await.unwrap()
    }

    /// How many stories stand in all lists.
    async fn stories(&self) -> u32 {
        let query = ListQuery { list: DeskList::Drafts, section: None, limit: 10, after: None };
        let counts = call::list_stories(&self.room.desk, query).await.unwrap().counts;
        let Counts { drafts, sent, returned, scheduled, published, outbox, trash } = counts;
        drafts + sent + returned + scheduled + published + outbox + trash
    }

    async fn reasons(&self, story: StoryId) -> Vec<RevisionReason> {
        let all = call::list_revisions(&self.room.desk, OfStory { story }).await.unwrap().revisions;
        all.into_iter().map(|revision| revision.reason).collect()
    }
}

/// Drill 8 of the workflow.
#[tokio::test]
async fn a_story_carried_by_stick_and_sent_by_network_is_one_story_and_one_filing() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let view = with_photo(&author.room, FILED).await;
    let story = view.story;
    // There is no network: no worker runs.
    author.file(story).await;
    let stick = author.packed(story, editor).await;
    let came = editor.opened(&stick).await;
    assert!(came.is_new && came.filed && came.sealed, "{came:?}");
    assert_eq!((came.by.as_str(), came.text), (&*author.name, PackageText::Draft));
    let here = editor.view(story).await;
    assert_eq!((here.axes.desk, &here.content), (DeskState::Filed, &view.content));
    assert_eq!(here.photos.len(), 1, "its picture came too");
    let before = editor.reasons(story).await;

    // The network is back.
    author.delivered(story).await;
    let queue = editor.queue().await;
    assert_eq!((queue.rows.len(), queue.rows[0].here), (1, true));
    let taken = editor.taken(story).await;
    assert_eq!((taken.axes.desk, &taken.content), (DeskState::InEdit, &view.content));
    assert_eq!(taken.counter, here.counter, "the portal's text is the one that came by stick");
    assert_eq!((editor.reasons(story).await, editor.stories().await), (before, 1));

    // And the stick lies on the table a second time.
    let again = editor.opened(&stick).await;
    assert_eq!((again.is_new, again.versions, again.text), (false, 0, PackageText::Known));
    assert_eq!(editor.view(story).await.axes.desk, DeskState::InEdit, "what is in work stays so");
    assert_eq!(editor.stories().await, 1);
    call::story_log(&editor.room.desk, OfStory { story }).await.expect("its chain holds");
    let filings = author.view(story).await.deliveries;
    assert_eq!((filings.len(), filings[0].state), (1, DeliveryState::Confirmed));
}

#[tokio::test]
async fn a_story_that_the_desk_has_from_the_network_is_known_when_the_stick_comes() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = author.filed(content(FILED)).await;
    let stick = author.packed(story, editor).await;
    editor.taken(story).await;
    let came = editor.opened(&stick).await;
    assert_eq!((came.is_new, came.text, came.filed), (false, PackageText::Known, false));
    assert_eq!((editor.stories().await, editor.view(story).await.axes.desk), (1, DeskState::InEdit));
}

#[tokio::test]
async fn a_receipt_settles_the_filing_and_nothing_is_sent_when_the_network_is_back() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = with_photo(&author.room, FILED).await.story;
    author.file(story).await;
    editor.opened(&author.packed(story, editor).await).await;
    let receipt = editor.receipt(story).await;
    let settled = author.opened(&receipt).await;
    assert_eq!((settled.what, settled.settled), (PackageKind::Receipt, 1));
    author.delivered(story).await;
    let view = author.view(story).await;
    assert_eq!((view.axes.desk, view.axes.delivery), (DeskState::Filed, Some(DeliveryState::Confirmed)));
    assert!(editor.queue().await.rows.is_empty(), "the portal has heard of nothing");
    assert_eq!(author.opened(&receipt).await.settled, 0, "once");
}

#[tokio::test]
async fn a_receipt_of_an_earlier_version_settles_no_later_filing() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = author.room.write(content(FILED)).await.story;
    // A copy, not filed.
    editor.opened(&author.packed(story, editor).await).await;
    let receipt = editor.receipt(story).await;
    author.file(story).await;
    assert_eq!(author.opened(&receipt).await.settled, 0, "the desk has not heard that it was filed");
}

#[tokio::test]
async fn a_newer_package_becomes_the_draft_unless_it_was_written_at_since() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = author.room.write(content(FILED)).await.story;
    editor.opened(&author.packed(story, editor).await).await;
    author.rewrite(story, ANSWERED).await;
    let came = editor.opened(&author.packed(story, editor).await).await;
    assert_eq!((came.is_new, came.versions, came.text), (false, 1, PackageText::Draft));
    assert_eq!(editor.view(story).await.content.headline, ANSWERED);

    editor.rewrite(story, EDITED).await;
    author.rewrite(story, "বাঁধ মেরামত শুরু").await;
    let stick = author.packed(story, editor).await;
    let came = editor.opened(&stick).await;
    assert_eq!(came.text, PackageText::Beside);
    let number = came.revision.unwrap();
    assert_eq!(editor.view(story).await.content.headline, EDITED, "the draft stays");
    assert_eq!(editor.says(story, number).await, "বাঁধ মেরামত শুরু");
    assert_eq!(editor.reasons(story).await[0], RevisionReason::Package);
    let merge = call::merge_view(&editor.room.desk, OfRevision { story, number }).await.unwrap();
    assert!(merge.base.is_some() && !merge.places.is_empty(), "{merge:?}");
    let again = editor.opened(&stick).await;
    assert_eq!((again.versions, again.text), (0, PackageText::Known));
    assert_eq!(editor.stories().await, 1);
}

/// Author and editor both wrote at it without a network, and the editor made one of both: what goes back by stick.
async fn merged(author: &Desk, editor: &Desk) -> (StoryId, Vec<u8>) {
    let story = author.room.write(content(FILED)).await.story;
    editor.opened(&author.packed(story, editor).await).await;
    editor.rewrite(story, EDITED).await;
    author.rewrite(story, ANSWERED).await;
    let number = editor.opened(&author.packed(story, editor).await).await.revision.unwrap();
    let view = call::merge_view(&editor.room.desk, OfRevision { story, number }).await.unwrap();
    let choice = Choice::Text {
        text: "বাঁধ ভেঙে পাঁচ গ্রামে পানি".to_owned()
    };
    let choices = vec![Some(choice); view.places.len()];
    let asked = MergeVersions { story, revision: number, counter: view.counter, choices };
    call::merge_versions(&editor.room.desk, asked).await.unwrap();
    (story, editor.packed(story, author).await)
}

#[tokio::test]
async fn a_merged_version_carries_both_that_it_was_made_of() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let (story, stick) = merged(author, editor).await;

    // The author's draft went into it: it goes on from there, and is no version beside it.
    assert_eq!(author.opened(&stick).await.text, PackageText::Draft);
    assert_eq!(author.view(story).await.content, editor.view(story).await.content);
    let all = call::list_revisions(&author.room.desk, OfStory { story }).await.unwrap().revisions;
    let (newest, hash) =
        (&all[0], |headline: &str| Content { headline: headline.to_owned(), ..content(FILED) });
    assert_eq!(newest.reason, RevisionReason::Merged);
    assert_eq!(newest.parent, Some(hash(EDITED).hash().unwrap()));
    assert_eq!(newest.merged, Some(hash(ANSWERED).hash().unwrap()));
    let log = call::story_log(&author.room.desk, OfStory { story }).await.unwrap();
    assert_eq!(story::log::broken_link(&log), None);
}

#[tokio::test]
async fn whoever_wrote_on_from_what_was_merged_merges_against_that() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let (story, stick) = merged(author, editor).await;
    author.rewrite(story, "বাঁধ মেরামত শুরু").await;
    let came = author.opened(&stick).await;
    assert_eq!(came.text, PackageText::Beside);
    let number = came.revision.unwrap();
    let view = call::merge_view(&author.room.desk, OfRevision { story, number }).await.unwrap();
    assert_eq!(author.says(story, view.base.unwrap()).await, ANSWERED);
}

#[tokio::test]
async fn what_an_editor_made_of_it_comes_back_by_stick() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = author.room.write(content(FILED)).await.story;
    author.file(story).await;
    editor.opened(&author.packed(story, editor).await).await;
    editor.rewrite(story, EDITED).await;
    let back = author.opened(&editor.packed(story, author).await).await;
    // Its filing is on its way, and what it says must not change under it.
    assert_eq!(back.text, PackageText::Beside);
    assert_eq!(author.view(story).await.content.headline, FILED);
    author.delivered(story).await;
    assert_eq!(author.stories().await, 1);
}

#[tokio::test]
async fn of_a_package_that_is_not_taken_nothing_is_kept() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let story = with_photo(&author.room, FILED).await.story;
    let stick = author.packed(story, editor).await;
    let refused = |desk: &Desk, bytes: Vec<u8>| {
        let desk = desk.room.desk.clone();
        async move { desk.open_package(OpenPackage::default(), bytes).await.unwrap_err() }
    };
    let stranger = refused(editor, stick.clone()).await;
    assert_eq!(
        (stranger.code, stranger.params["name"].as_str()),
        (ErrorCode::PackageStranger, &*author.name)
    );
    assert_eq!(stranger.params["fingerprint"].len(), 29);
    let own = refused(author, stick.clone()).await;
    assert_eq!(own.code, ErrorCode::PackageSealed, "not even its author can open it");
    let mut bent = stick.clone();
    bent[stick.len() / 2] ^= 1;
    assert_eq!(refused(editor, bent).await.code, ErrorCode::PackageDamaged);
    assert_eq!(refused(editor, stick[..100].to_vec()).await.code, ErrorCode::PackageDamaged);
    assert_eq!(refused(editor, b"{}".to_vec()).await.code, ErrorCode::PackageForeign);
    assert_eq!(editor.stories().await, 0);
    let trust = Some("0000-0000-0000-0000-0000-0000".to_owned());
    let other = editor.room.desk.open_package(OpenPackage { trust }, stick.clone()).await.unwrap_err();
    assert_eq!(other.code, ErrorCode::PackageStranger, "another fingerprint than the one that was compared");
    assert!(editor.opened(&stick).await.is_new);
    let key = call::package_key(&editor.room.desk, Nothing {}).await.unwrap();
    assert_eq!((key.people.len(), key.people[0].name.as_str()), (1, &*author.name));
}

/// Drill 12 of the workflow, as far as packages go.
#[tokio::test]
async fn a_note_to_the_editor_is_in_no_package() {
    const NOTE: &str = "শুধু সম্পাদকের জন্য";
    let between = between().await;
    let author = &between.author;
    let story = author.room.write(content(FILED)).await.story;
    let note = WriteNote { story, parent: None, anchor: None, text: NOTE.to_owned() };
    call::write_note(&author.room.desk, note).await.unwrap();
    let order = SavePackage { story, what: PackageKind::Story, to: PackageTo::Anybody };
    let bytes = author.room.desk.pack(order).await.unwrap();
    let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(holds(FILED) && !holds(NOTE));
}

/// Everybody may read it.
fn open_order(story: StoryId) -> SavePackage {
    SavePackage { story, what: PackageKind::Story, to: PackageTo::Anybody }
}

/// Names of what lies in a folder.
fn lying_in(folder: &Path) -> Vec<String> {
    let there = std::fs::read_dir(folder).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    there.into_iter().map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_saved_package_lies_where_a_person_wants_it_and_the_next_one_is_proposed_there() {
    let room = Newsroom::open();
    let story = room.write(content(FILED)).await.story;
    let usual = call::save_package(&room.desk, open_order(story)).await.unwrap();
    let stick = room.folder().join("stick");
    room.host.want(Wanted::At(stick.join("খবর")));
    let there = call::save_package(&room.desk, open_order(story)).await.unwrap();
    assert_eq!((there.name.as_deref(), there.folder.as_deref()), (Some("খবর.story"), Some("stick")));
    assert!(std::fs::metadata(stick.join("খবর.story")).unwrap().len() > 1_000);
    call::save_package(&room.desk, open_order(story)).await.unwrap();
    assert_eq!(
        lying_in(&stick).len(),
        2,
        "a name without its ending goes over no file: nobody was asked about it"
    );
    room.host.want(Wanted::There);
    let again = call::save_package(&room.desk, open_order(story)).await.unwrap();
    let asked = room.host.asked();
    let folders: Vec<_> = asked.iter().map(|proposed| proposed.folder.as_path()).collect();
    assert_eq!(folders[1..], [folders[0], &stick, &stick]);
    assert!(asked[0].name.ends_with("-20251105.story"), "{}", asked[0].name);
    assert_eq!((usual.name.as_deref(), &usual.name), (Some(&*asked[0].name), &again.name));
    assert_ne!(asked[1].name, asked[0].name, "nothing has the name that is proposed");
}

#[tokio::test]
async fn whoever_would_rather_not_save_it_has_changed_nothing() {
    let room = Newsroom::open();
    let view = room.write(content(FILED)).await;
    let order = || open_order(view.story);
    room.host.want(Wanted::Nowhere);
    let left = call::save_package(&room.desk, order()).await.unwrap();
    assert_eq!((left.name, left.folder), (None, None));
    let revisions = call::list_revisions(&room.desk, OfStory { story: view.story }).await.unwrap().revisions;
    assert!(revisions.is_empty(), "{revisions:?}");
    assert!(!room.host.asked()[0].folder.exists(), "no folder is made for nothing");

    for to in [PackageTo::Sender, PackageTo::Desk { address: "editor".to_owned() }] {
        let refused = call::save_package(&room.desk, SavePackage { to, ..order() }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::PackageAddress);
    }
    assert_eq!(room.host.asked().len(), 1, "what cannot be packed is refused before anybody is asked");
}

#[tokio::test]
async fn a_package_that_finds_no_room_leaves_what_was_there() {
    let room = Newsroom::open();
    let story = room.write(content(FILED)).await.story;
    let file = room.folder().join("no-folder");
    std::fs::write(&file, "a letter").unwrap();
    room.host.want(Wanted::At(file.join("khabar.story")));
    let refused = call::save_package(&room.desk, open_order(story)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PackageNotWritten);
    let over = room.folder().join("over");
    std::fs::create_dir_all(over.join("khabar.story").join("full")).unwrap();
    room.host.want(Wanted::At(over.join("khabar.story")));
    let refused = call::save_package(&room.desk, open_order(story)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PackageNotWritten);
    assert_eq!(lying_in(&over), ["khabar.story"], "and nothing half beside it");
}

#[tokio::test]
async fn a_package_that_is_left_while_it_is_read_leaves_nothing_behind() {
    let between = between().await;
    let (author, editor) = (&between.author, &between.editor);
    let view = with_photo(&author.room, FILED).await;
    let stick = author.packed(view.story, editor).await;
    let trust = Some(call::package_key(&author.room.desk, Nothing {}).await.unwrap().fingerprint);
    editor.told();
    let desk = &editor.room.desk;
    let opening = desk.open_package(OpenPackage { trust: trust.clone() }, stick.clone());
    let leaving = async {
        editor.room.host.next_telling().await;
        call::leave_package(desk, Nothing {}).await.unwrap();
    };
    let (left, ()) = tokio::join!(opening, leaving);
    assert_eq!(left.unwrap_err().code, ErrorCode::PackageLeft);
    assert_eq!(editor.stories().await, 0);
    assert!(call::package_key(desk, Nothing {}).await.unwrap().people.is_empty(), "nobody was said yes to");

    editor.told();
    let came = desk.open_package(OpenPackage { trust }, stick).await.unwrap();
    assert!(came.is_new, "it can be taken in afterwards");
    let steps = editor.told().into_iter().filter_map(|event| match event {
        DeskEvent::PackageStep { done, of } => Some((done, of)),
        _ => None,
    });
    assert_eq!(steps.collect::<Vec<_>>(), [(0, 0), (0, 1), (1, 1)], "its photo was not kept before");
}

#[tokio::test]
async fn the_keys_of_a_desk_are_made_once_and_in_no_file_of_the_store() {
    let room = Newsroom::open();
    let key = || async { call::package_key(&room.desk, Nothing {}).await };
    let (one, two) = (key().await.unwrap(), key().await.unwrap());
    assert_eq!(one, two);
    let mut folders = vec![room.folder().join("store")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(14).any(|window| window == b"AGE-SECRET-KEY");
            assert!(!found, "{}", path.display());
        }
    }
    room.host.set_keychain(false);
    assert_eq!(key().await.unwrap_err().code, ErrorCode::NoKeychain);
}
