//! Notes between author and desk: what one says the other reads, and nobody else does.

use khosra_desk::{
    commands::call,
    wire::{
        ApproveStory, DeskEvent, ErrorCode, NotePlace, NoteView, NotesView, NotesWay, Nothing, OfStory,
        PlaceNotes, StoryView, SuggestChange, TurnNote, WriteNote,
    },
};
use story::{Anchor, DeskList, NoteTurn, NotedField, Role, StoryId, Suggestion};
use testkit::{Fault, Newsroom, Proxy, content, files};

use super::{ANSWERED, Desk, EDITED, FILED, between};

const SECRET: &str = "সূত্রের-নাম-ছাপা-যাবে-না";

fn at(quote: &str) -> Option<Anchor> {
    let (prefix, suffix) = ("বাঁধ ভেঙে ".to_owned(), String::new());
    Some(Anchor { field: NotedField::Headline, photo: None, quote: quote.to_owned(), prefix, suffix, at: 10 })
}

impl Desk {
    async fn notes(&self, story: StoryId, text: &str) -> NoteView {
        let order = WriteNote {
            story, parent: None, anchor: at("পানি ঢুকছে"), text: text.to_owned()
        };
        let said = call::write_note(&self.room.desk, order).await.unwrap();
        said.notes.into_iter().find(|note| note.text == text).unwrap()
    }

    async fn answers(&self, story: StoryId, to: &NoteView, text: &str) -> NotesView {
        let order = WriteNote { story, parent: Some(to.note), anchor: None, text: text.to_owned() };
        call::write_note(&self.room.desk, order).await.unwrap()
    }

    async fn turns(&self, story: StoryId, note: &NoteView, turn: NoteTurn) -> NotesView {
        call::turn_note(&self.room.desk, TurnNote { story, note: note.note, turn }).await.unwrap()
    }

    async fn hears(&self, story: StoryId) -> NotesView {
        call::list_notes(&self.room.desk, OfStory { story }).await.unwrap()
    }

    async fn approve(&self, story: StoryId) -> Result<StoryView, ErrorCode> {
        let counter = self.room.view(story).await.counter;
        let order = ApproveStory { story, counter };
        call::approve(&self.room.desk, order).await.map_err(|error| error.code)
    }

    /// The open notes of its row in the lists, and those that call.
    async fn counted(&self, story: StoryId) -> (u32, u32) {
        for list in DeskList::ALL {
            let query = khosra_desk::wire::ListQuery { list, section: None, limit: 200, after: None };
            let rows = call::list_stories(&self.room.desk, query).await.unwrap().rows;
            if let Some(row) = rows.into_iter().find(|row| row.story == story) {
                return (row.notes, row.calls);
            }
        }
        panic!("it is in no list")
    }
}

#[tokio::test]
async fn what_the_author_says_before_filing_goes_to_the_desk_with_the_story_and_comes_back_answered() {
    let between = between().await;
    let story = between.author.room.write(content(FILED)).await.story;
    let asked = between.author.notes(story, &format!("@{} দেখবেন?", between.editor.name)).await;
    assert_eq!(between.author.hears(story).await.way, NotesWay::WithStory);
    assert!(asked.own && asked.open && !asked.sent);
    between.author.queue().await;
    assert!(!between.author.hears(story).await.notes[0].sent, "the portal has no such story yet");
    between.author.file(story).await;
    between.author.delivered(story).await;
    between.author.queue().await;
    let there = between.author.hears(story).await;
    assert!(there.notes[0].sent && there.way == NotesWay::Shared);

    between.editor.queue().await;
    between.editor.taken(story).await;
    let heard = between.editor.hears(story).await;
    assert_eq!(heard.notes.len(), 1);
    assert_eq!((&heard.notes[0].text, &heard.notes[0].anchor), (&asked.text, &at("পানি ঢুকছে")));
    assert_eq!((heard.notes[0].author.as_str(), heard.notes[0].own), (&*between.author.name, false));
    assert!(heard.notes[0].waits, "the editor was called");
    assert!(heard.people.contains(&between.author.name) && !heard.people.contains(&between.editor.name));
    assert_eq!(between.editor.counted(story).await, (1, 1));

    between.editor.answers(story, &heard.notes[0], "দেখেছি").await;
    let turned = between.editor.turns(story, &heard.notes[0], NoteTurn::Resolved).await;
    assert_eq!((turned.notes.len(), turned.notes[0].open), (3, false));
    let again = between.editor.turns(story, &heard.notes[0], NoteTurn::Resolved).await;
    assert_eq!(again.notes.len(), 3, "resolved is resolved");
    assert_eq!(between.editor.counted(story).await, (0, 0));
    between.editor.queue().await;
    between.author.told();
    between.author.queue().await;
    let told = between.author.told();
    assert!(told.iter().any(|event| matches!(event, DeskEvent::NotesChanged { story: of } if *of == story)));
    let heard = between.author.hears(story).await;
    assert_eq!((heard.notes.len(), heard.notes[0].open), (3, false));
    assert_eq!((heard.notes[1].text.as_str(), heard.notes[1].parent), ("দেখেছি", Some(asked.note)));
    between.author.turns(story, &heard.notes[0], NoteTurn::Reopened).await;
    between.author.queue().await;
    between.editor.queue().await;
    assert!(between.editor.hears(story).await.notes[0].open, "the last word counts on both machines");
}

#[tokio::test]
async fn a_note_whose_answer_was_lost_is_one_note_and_one_written_offline_goes_later() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::SubEditor, 2_000_000)).await;
    let story = between.author.filed(content(FILED)).await;
    editor.taken(story).await;
    editor.notes(story, "প্রথম").await;
    line.seen();
    line.bend(|asked| {
        (asked.method == "PUT" && asked.path.contains("/notes/")).then_some(Fault::CutAnswer(None))
    });
    editor.queue().await;
    assert!(editor.hears(story).await.notes[0].sent, "the portal's list tells that it arrived");
    line.bend(|_| Some(Fault::CutBefore));
    let second = "দ্বিতীয়";
    editor.notes(story, second).await;
    assert!(call::refresh_queue(&editor.room.desk, Nothing {}).await.is_err());
    assert!(editor.hears(story).await.notes.iter().any(|note| note.text == second && !note.sent));
    line.calm();
    editor.queue().await;
    assert!(editor.hears(story).await.notes.iter().all(|note| note.sent));
    between.author.queue().await;
    let heard = between.author.hears(story).await;
    let texts: Vec<_> = heard.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["প্রথম", second]);
    line.seen();
    editor.queue().await;
    let asked: Vec<_> = line.seen().into_iter().map(|seen| seen.asked.path).collect();
    assert!(asked.iter().all(|path| !path.contains("/notes")), "nothing is new: {asked:?}");
}

#[tokio::test]
async fn who_says_something_later_hears_what_others_said_before() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.author.queue().await;
    between.editor.taken(story).await;
    between.editor.notes(story, "প্রথম").await;
    between.editor.queue().await;
    // Written before anything was heard, and with the portal after it.
    between.author.notes(story, "পরে").await;
    between.author.queue().await;
    let heard = between.author.hears(story).await;
    let texts: Vec<_> = heard.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["প্রথম", "পরে"]);
}

#[tokio::test]
async fn notes_survive_a_restart_a_return_and_another_text_and_know_where_their_words_were_last() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.editor.taken(story).await;
    let note = between.editor.notes(story, "কোন গ্রাম?").await;
    between.editor.rewrite(story, EDITED).await;
    between.editor.returned(story).await;
    between.editor.queue().await;
    let place = at("তিন গ্রামে পানি").unwrap();
    let places = vec![NotePlace { note: note.note, place: place.clone() }];
    call::place_notes(&between.editor.room.desk, PlaceNotes { story, places }).await.unwrap();
    let editor = Desk { room: between.editor.room.reopen().await, name: between.editor.name };
    let kept = editor.hears(story).await;
    assert_eq!((&kept.notes[0].place, &kept.notes[0].anchor), (&Some(place), &at("পানি ঢুকছে")));
    between.author.queue().await;
    between.author.rewrite(story, ANSWERED).await;
    let heard = between.author.hears(story).await;
    assert!(heard.notes[0].open && heard.notes[0].text == "কোন গ্রাম?", "its words are gone, and it is not");
}

/// Drill 12: a note to the editor is absent from payload, export of the log and crash report.
#[tokio::test]
async fn a_note_to_the_editor_is_absent_from_payload_page_log_and_every_file_that_leaves() {
    let between = between().await;
    let story = between.author.room.write(content(FILED)).await.story;
    between.author.notes(story, SECRET).await;
    between.author.file(story).await;
    between.author.delivered(story).await;
    between.author.queue().await;
    between.editor.queue().await;
    let taken = between.editor.taken(story).await;
    assert_eq!(between.editor.hears(story).await.notes[0].text, SECRET);
    between.editor.room.publish(&taken).await;
    let published = between.editor.delivered(story).await;
    let page = testkit::fetch(&published.public_url.unwrap()).await;
    assert!(!has(&page, SECRET), "the page");
    for desk in [&between.author, &between.editor] {
        let view = serde_json::to_vec(&desk.view(story).await).unwrap();
        assert!(!has(&view, SECRET), "the story");
        let log = call::story_log(&desk.room.desk, OfStory { story }).await.unwrap();
        assert!(!has(&serde_json::to_vec(&log).unwrap(), SECRET), "the log");
        let exported = desk.room.desk.export_story(story, desk.room.folder().join("out")).await.unwrap();
        for (file, bytes) in files(exported.file.parent().unwrap()) {
            assert!(!has(&bytes, SECRET), "{}", file.display());
        }
        let rescued = khosra_desk::wire::RescueText { story, content: desk.view(story).await.content };
        let file = call::rescue_text(&desk.room.desk, rescued).await.unwrap().path;
        assert!(!has(&std::fs::read(file).unwrap(), SECRET), "the rescued text");
        let events = format!("{:?}", desk.told());
        assert!(!events.contains(SECRET), "what windows are told of");
        let found = khosra_desk::wire::SearchQuery { text: SECRET.to_owned(), limit: 10 };
        assert!(call::search(&desk.room.desk, found).await.unwrap().is_empty(), "the search");
    }
    // The payload, as the portal received it.
    let address = format!("{}/api/v1/stories/{story}", between.site.url());
    let (status, copy) = testkit::fetch_as(&address, Some(between.site.app_token())).await;
    assert!(status == 200 && has(&copy, FILED) && !has(&copy, SECRET), "the payload");
}

#[tokio::test]
async fn a_suggestion_reaches_the_author_and_nothing_is_approved_until_it_is_settled() {
    let between = between().await;
    let story = between.author.room.write(content(FILED)).await.story;
    between.author.file(story).await;
    between.author.delivered(story).await;
    between.editor.queue().await;
    between.editor.taken(story).await;
    let anchor = at("পানি ঢুকছে").unwrap();
    let change = Suggestion::Replace { words: "পানি ঢুকেছে".to_owned() };
    let order = SuggestChange {
        story, anchor, change, text: "নোনা বলে নিশ্চিত হয়েছি".to_owned()
    };
    let said = call::suggest_change(&between.editor.room.desk, order).await.unwrap();
    let change = said.notes.first().unwrap().clone();
    assert_eq!((said.notes.len(), change.text.as_str()), (1, "নোনা বলে নিশ্চিত হয়েছি"));
    let refused = between.editor.approve(story).await.unwrap_err();
    assert_eq!(refused, ErrorCode::RefusedSuggestionsOpen);

    between.editor.queue().await;
    between.author.queue().await;
    let heard = between.author.hears(story).await;
    assert_eq!((&heard.notes[0].suggestion, &heard.notes[0].anchor), (&change.suggestion, &change.anchor));
    let settled = between.author.turns(story, &heard.notes[0], NoteTurn::Accepted).await;
    assert!(!settled.notes[0].open);
    between.author.queue().await;
    between.editor.queue().await;
    assert!(between.editor.hears(story).await.notes.iter().all(|note| !note.open || note.parent.is_some()));
    between.editor.approve(story).await.unwrap();
}

#[tokio::test]
async fn without_a_portal_notes_stay_here_and_say_so() {
    let desk = Desk { room: Newsroom::open(), name: String::new() };
    let story = desk.room.write(content(FILED)).await.story;
    desk.notes(story, "নিজের জন্য").await;
    assert_eq!(desk.hears(story).await.way, NotesWay::Here);
    assert_eq!(desk.counted(story).await, (1, 0));
}

#[tokio::test]
async fn a_note_says_something_of_some_words_and_answers_a_note_of_its_story() {
    let desk = Desk { room: Newsroom::open(), name: String::new() };
    let story = desk.room.write(content(FILED)).await.story;
    let other = desk.room.write(content(EDITED)).await.story;
    let note = desk.notes(story, "প্রথম").await;
    let order =
        |story, parent, anchor, text: &str| WriteNote { story, parent, anchor, text: text.to_owned() };
    let refused = [
        (order(story, None, None, " \n"), ErrorCode::BadArguments),
        (order(story, None, at(" "), "ক"), ErrorCode::BadArguments),
        (order(story, None, None, &"ক".repeat(1_001)), ErrorCode::TextTooLong),
        (order(other, Some(note.note), None, "ক"), ErrorCode::NotFound),
    ];
    for (order, code) in refused {
        assert_eq!(call::write_note(&desk.room.desk, order).await.unwrap_err().code, code);
    }
    assert_eq!(desk.hears(story).await.notes.len(), 1);
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}
