//! Opening one 5,000-word story, with a journal of fifty saves, among 100 stories and among 100,000; and one that somebody
//! else has changed since it was read here.

use store::{DraftSave, Store};

use crate::{
    measure::{Outcome, Report, Times, check, scratch, timed},
    reading,
    stories::{Dice, at, fill, id, new_story, open, story},
};

/// How many stories the large store has.
pub const MANY: u64 = 100_000;
const LONG: u64 = 1_000_000;
const RUNS: u64 = 300;

pub fn run() -> Outcome<Report> {
    let mut report = Report::default();
    let few = measure(&mut report, 100)?;
    let many = measure(&mut report, MANY)?;
    report.goal("open among 100,000, p99 (ms)", many.p99, 10.0);
    // Below half a millisecond the clock and the scheduler decide, not the store.
    report.goal("p50 among 100,000 to among 100", many.p50 / few.p50.max(0.5), 1.25);
    reading::measure(&mut report)?;
    Ok(report)
}

fn measure(report: &mut Report, count: u64) -> Outcome<Times> {
    let folder = scratch()?;
    let store = open(folder.path())?;
    fill(&store, count)?;
    for nth in 0..10 {
        typed(&store, LONG + nth)?;
    }
    drop(store);
    let (took, store) = timed(|| open(folder.path()));
    let store = store?;
    report.figure(&format!("start with {count} stories (ms)"), took.as_secs_f64() * 1e3);
    let mut dice = Dice::new(3);
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let which = LONG + dice.below(10) as u64;
        let (took, draft) = timed(|| store.draft(id(which)));
        let draft = draft?;
        check(draft.row.counter == 51, "the counter of the draft")?;
        check(draft.content.body.starts_with("কথা কথা "), "the text of the draft")?;
        times.push(took);
    }
    Ok(report.times(&format!("open one of {count}, 5,000 words"), times))
}

fn typed(store: &Store, which: u64) -> Outcome<()> {
    let mut content = story(which, 5_000);
    store.create_story(new_story(which, content.clone()))?;
    for counter in 2..=51 {
        content.body.insert_str(0, "কথা ");
        let content = content.clone();
        store.save_draft(DraftSave {
            story: id(which),
            counter,
            at: at(counter),
            content,
            words: 5_000,
            undo: None,
        })?;
    }
    Ok(())
}
