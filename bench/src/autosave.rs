//! One autosave of a 5,000-word story, with the undo history that goes with it, against the least that can be
//! durable: 4 kB appended to a raw file and synced, turn by turn on the same disk.

use std::{
    fs::File,
    io::Write as _,
    thread::sleep,
    time::{Duration, Instant},
};

use store::DraftSave;

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::{at, id, new_story, open, story},
};

const SAVES: u64 = 1_500;

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(&folder.path().join("store"))?;
    let mut content = story(7, 5_000);
    store.create_story(new_story(7, content.clone()))?;
    let mut raw = File::create(folder.path().join("raw"))?;
    let (mut saves, mut appends) = (Vec::new(), Vec::new());
    let middle = content.body.char_indices().nth(content.body.chars().count() / 2).map_or(0, |(at, _)| at);
    for counter in 2..SAVES + 2 {
        content.body.insert_str(middle, "কথা ");
        let save = DraftSave {
            story: id(7),
            counter,
            at: at(counter),
            content: content.clone(),
            words: 5_000,
            undo: Some(history(counter)),
        };
        let (took, saved) = timed(|| store.save_draft(save));
        check(saved?.counter == counter, "the save's counter")?;
        saves.push(took);
        appends.push(append(&mut raw, counter)?);
        sleep(Duration::from_millis(2));
    }
    check(store.draft(id(7))?.content == content, "the draft after all saves")?;
    drop(store);
    let store = open(&folder.path().join("store"))?;
    check(store.draft(id(7))?.content == content, "the draft after opening again")?;
    let mut report = Report::default();
    let floor = report.times("raw 4 kB append + fdatasync", appends);
    let ours = report.times("autosave, 5,000 words", saves);
    report.figure("p50 ratio", ours.p50 / floor.p50);
    report.goal("p99 ratio", ours.p99 / floor.p99, 1.5);
    Ok(report)
}

/// The history of the last 200 changes, as the window writes it: about 25 kB.
fn history(counter: u64) -> String {
    let step = |nth: u64| {
        let place = 9_000 + nth * 5;
        format!(
            r#"{{"selection":{{"type":"text","anchor":{place},"head":{place}}},"steps":[{{"stepType":"replace","from":{},"to":{}}}]}}"#,
            place - 5,
            place,
        )
    };
    let steps: Vec<_> = (counter.saturating_sub(200)..counter).map(step).collect();
    format!(
        r#"{{"version":1,"markdown":"35000:{counter:08x}","size":35210,"unsaid":[],"done":[{}],"undone":[]}}"#,
        steps.join(",")
    )
}

fn append(raw: &mut File, seed: u64) -> Outcome<Duration> {
    let block: Vec<u8> = (0..4_096_u64).map(|byte| (byte ^ seed).to_le_bytes()[0]).collect();
    let start = Instant::now();
    raw.write_all(&block)?;
    raw.sync_data()?;
    Ok(start.elapsed())
}
