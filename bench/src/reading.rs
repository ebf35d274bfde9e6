//! What is new in a 5,000-word story since it was read here, beside the two texts read from the store and not compared: the
//! desk's own steps, and not its window.

use serde_json::json;
use store::{Came, NewBrought, NewEvent, Portal, PortalKind, Store, TakeIn};
use story::{
    Command, Content, DeskState, EventId, Field, PortalId, Sha256Hex, changed_paragraphs, difference,
};
use uuid::Uuid;

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::{Dice, at, fill, id, open, story},
    versions::edited,
};

/// Stories that were read, each by another.
const READ: u64 = 10;
/// Among so many others.
const OTHERS: u64 = 1_000;
const FIRST: u64 = 2_000_000;
const WORDS: usize = 5_000;
/// One paragraph in so many was changed.
const EACH: usize = 9;
const ROUNDS: usize = 300;

const PORTAL: PortalId = PortalId(Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0002));

/// What somebody else made of a story, as far as a window tells of it.
#[derive(Debug, PartialEq, Eq)]
struct Since {
    paragraphs: usize,
    /// In the order of a story's fields.
    fields: Vec<Field>,
}

pub fn measure(report: &mut Report) -> Outcome<()> {
    let folder = scratch()?;
    let store = open(folder.path())?;
    fill(&store, OTHERS)?;
    store.put_portal(portal())?;
    let expected = (FIRST..FIRST + READ).map(|number| written_over(&store, number));
    let expected = expected.collect::<Outcome<Vec<_>>>()?;
    let mut dice = Dice::new(5);
    let mut series: [Vec<_>; 3] = Default::default();
    for _ in 0..ROUNDS {
        let which = dice.below(expected.len());
        let number = FIRST + u64::try_from(which)?;
        let (opened, told) = timed(|| opened(&store, number));
        let (read, texts) = timed(|| texts(&store, number));
        let (compared, since) = timed(|| since(&store, number));
        check(told?, "something is new")?;
        let (before, after) = texts?;
        check(before.body.len() < after.body.len(), "the texts as read and as they are")?;
        check(Some(&since?) == expected.get(which), "paragraphs and fields that are new")?;
        series.iter_mut().zip([opened, read, compared]).for_each(|(series, took)| series.push(took));
    }
    let [opened, read, compared] = series;
    let opened = report.times("open one with news since it was read", opened);
    let read = report.times("both its texts read, not compared", read);
    let compared = report.times("what is new since it was read", compared);
    report.figure("what is new to the texts read alone, p50", compared.p50 / read.p50);
    report.goal("open one with news, p99 (ms)", opened.p99, 10.0);
    report.goal("what is new since it was read, p95 (ms)", compared.p95, 20.0);
    Ok(())
}

/// A story that came from a portal, was read here, and came again as somebody else has left it. Says what is new.
fn written_over(store: &Store, number: u64) -> Outcome<Since> {
    let before = story(number, WORDS);
    let headline = format!("{}: নতুন", before.headline);
    let after = Content { headline, ..edited(&before, number % 7, EACH) };
    let taken = store.take_in(brought(number, before.clone(), 0))?;
    store.mark_read(id(number), taken.row.counter, at(1))?;
    check(store.unread(id(number))?.is_none(), "nothing is new in what was just read")?;
    let taken = store.take_in(brought(number, after.clone(), 2))?;
    check(taken.came == Came::Draft, "the newer text is the draft")?;
    // No paragraph was split or joined, so that each stands where it stood.
    let pairs = before.body.split("\n\n").zip(after.body.split("\n\n"));
    Ok(Since {
        paragraphs: pairs.filter(|(before, after)| before != after).count(),
        fields: vec![Field::Headline],
    })
}

/// As far as the view of a story goes, in which no older text is read.
fn opened(store: &Store, number: u64) -> Outcome<bool> {
    store.draft(id(number))?;
    Ok(store.unread(id(number))?.is_some())
}

fn texts(store: &Store, number: u64) -> Outcome<(Content, Content)> {
    let unread = store.unread(id(number))?.ok_or("nothing is new")?;
    Ok((store.revision(id(number), unread.revision)?, store.draft(id(number))?.content))
}

/// As the desk tells it once the story is on the screen.
fn since(store: &Store, number: u64) -> Outcome<Since> {
    let (before, after) = texts(store, number)?;
    let changed = difference(&before, &after).into_iter().map(|change| change.field);
    let fields = changed.filter(|field| *field != Field::Body).collect();
    Ok(Since { paragraphs: changed_paragraphs(&before.body, &after.body), fields })
}

fn portal() -> Portal {
    Portal {
        id: PORTAL,
        name: "দৈনিক".to_owned(),
        kind: PortalKind::Native,
        url: "https://portal.example".to_owned(),
        user: "desk".to_owned(),
        current: true,
        facts: json!({}),
    }
}

fn brought(number: u64, content: Content, second: u64) -> TakeIn {
    let line = 0x0190_0000_0000_7000_a000_0000_0000_0000 | u128::from(number * 10 + second);
    let event = NewEvent {
        id: EventId(Uuid::from_u128(line)),
        at: at(second),
        actor: "সম্পাদক".to_owned(),
        command: Command::Take,
        version: None,
        desk: DeskState::InEdit,
        refused: None,
        note: String::new(),
    };
    let words = u32::try_from(bangla::words(&content.body)).unwrap_or(u32::MAX);
    let hash = Sha256Hex::of(content.body.as_bytes());
    let author = "প্রতিবেদক".to_owned();
    let text = NewBrought { content, words, author, written_at: at(second), hash };
    TakeIn { story: id(number), portal: PORTAL, text, event, public: None, held: None, told: false }
}
