//! The queue of a portal's desk with 5,000 stories: the first look at it, and a round in which nothing changed.

use std::time::Duration;

use serde_json::json;
use store::{Portal, PortalKind, QueuePage, Queued, Store};
use story::{DeskState, PortalId, PublicState, Sha256Hex};
use uuid::Uuid;

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::{SECTIONS, at, fill, id, open},
};

/// Stories at the desk.
const WAITING: u64 = 5_000;
/// Every tenth of them is on this machine too.
const HERE: u64 = 500;
/// As many as a portal gives at once.
const PAGE: usize = 100;

const PORTAL: PortalId = PortalId(Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0001));

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(folder.path())?;
    fill(&store, HERE)?;
    store.put_portal(portal())?;
    let all: Vec<Queued> = (1..=WAITING).map(queued).collect();
    let mut report = Report::default();
    let mut pages = Vec::new();
    for open in all.chunks(PAGE) {
        let (took, changed) = timed(|| store.put_queue(page(open)));
        check(changed?, "a page that is new")?;
        pages.push(took);
    }
    report.times("a page of 100 into the store", pages);
    let looks = looks(&store)?;
    let p95 = report.times("the queue, 5,000 stories", looks).p95;
    report.goal("the queue, p95 (ms)", p95, 20.0);
    let mut rounds = Vec::new();
    for _ in 0..100 {
        let (took, changed) = timed(|| store.put_queue(page(&[])));
        check(!changed?, "a round without news")?;
        rounds.push(took);
    }
    report.times("a round without news", rounds);
    Ok(report)
}

fn looks(store: &Store) -> Outcome<Vec<Duration>> {
    let mut times = Vec::new();
    for _ in 0..100 {
        let (took, rows) = timed(|| store.queue(PORTAL));
        let rows = rows?;
        check(rows.len() as u64 == WAITING, "every story that waits")?;
        check(rows.is_sorted_by_key(|row| row.queued.filed_at), "what was filed first comes first")?;
        check(rows.iter().filter(|row| row.here.is_some()).count() as u64 == HERE, "what is here")?;
        times.push(took);
    }
    Ok(times)
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

fn page(open: &[Queued]) -> QueuePage {
    let (open, cursor) = (open.to_vec(), "c1".to_owned());
    QueuePage { portal: PORTAL, anew: false, open, gone: Vec::new(), cursor, at: at(0) }
}

/// Filed in another order than that of their ids.
fn queued(number: u64) -> Queued {
    let filed = Some(at(number * 7_919 % WAITING));
    let section = usize::try_from(number).ok().and_then(|number| SECTIONS.get(number % SECTIONS.len()));
    Queued {
        story: id(number),
        headline: format!("নদীভাঙনে ঘর হারাল {number} পরিবার"),
        section: section.copied().unwrap_or_default().to_owned(),
        author: "nasrin".to_owned(),
        author_name: "নাসরিন সুলতানা".to_owned(),
        words: 320,
        photos: 2,
        desk: DeskState::Filed,
        public: PublicState::Never,
        hash: Sha256Hex::of(&number.to_le_bytes()),
        etag: format!("\"1-{number}\""),
        filed_at: filed,
        desk_at: filed,
        desk_by: Some("নাসরিন সুলতানা".to_owned()),
        desk_note: String::new(),
        guards: story::Guards::default(),
        held: None,
    }
}
