//! An autosave of a short story and one of a 5,000-word story with its undo history, against the least that can be
//! durable: 4 kB appended to a raw file and synced, turn by turn on the same disk.

use std::{
    fs::File,
    io::Write as _,
    thread::sleep,
    time::{Duration, Instant},
};

use store::{DraftSave, Store};
use story::{Content, StoryId};

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::{at, id, new_story, open, story},
};

const SAVES: u64 = 1_500;

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(&folder.path().join("store"))?;
    let mut raw = File::create(folder.path().join("raw"))?;
    let (mut long, mut short) = (Draft::begin(&store, 7, 5_000)?, Draft::begin(&store, 8, 20)?);
    let (mut appends, mut saves, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for counter in 2..SAVES + 2 {
        // In turn, because what comes first after the pause finds a sleeping processor and disk.
        for turn in 0..3 {
            match (counter + turn) % 3 {
                0 => appends.push(append(&mut raw, counter)?),
                1 => saves.push(long.save(&store, counter, Some(history(counter)))?),
                _ => notes.push(short.save(&store, counter, None)?),
            }
        }
        sleep(Duration::from_millis(2));
    }
    for draft in [&long, &short] {
        check(store.draft(draft.story)?.content == draft.content, "the draft after all saves")?;
    }
    drop(store);
    let store = open(&folder.path().join("store"))?;
    check(store.draft(long.story)?.content == long.content, "the draft after opening again")?;
    let mut report = Report::default();
    let floor = report.times("raw 4 kB append + fdatasync", appends);
    let note = report.times("autosave, a short story, no history", notes);
    let ours = report.times("autosave, 5,000 words and history", saves);
    report.figure("p50 ratio, a short story", note.p50 / floor.p50);
    report.figure("p50 ratio, 5,000 words", ours.p50 / floor.p50);
    report.goal("p99 ratio, a short story", note.p99 / floor.p99, 1.5);
    report.goal("p99 ratio, 5,000 words", ours.p99 / floor.p99, 1.5);
    Ok(report)
}

/// A story that grows by a word in its middle with every save.
struct Draft {
    story: StoryId,
    content: Content,
    words: u32,
    middle: usize,
}

impl Draft {
    fn begin(store: &Store, seed: u64, words: u32) -> Outcome<Self> {
        let content = story(seed, words as usize);
        store.create_story(new_story(seed, content.clone()))?;
        let middle =
            content.body.char_indices().nth(content.body.chars().count() / 2).map_or(0, |(at, _)| at);
        Ok(Self { story: id(seed), content, words, middle })
    }

    fn save(&mut self, store: &Store, counter: u64, undo: Option<String>) -> Outcome<Duration> {
        self.content.body.insert_str(self.middle, "কথা ");
        let Self { story, words, .. } = *self;
        let save = DraftSave { story, counter, at: at(counter), content: self.content.clone(), words, undo };
        let (took, saved) = timed(|| store.save_draft(save));
        check(saved?.counter == counter, "the save's counter")?;
        Ok(took)
    }
}

/// The history of the last 200 changes, as the window writes it of typing (`ui/src/editor/undojson.ts`).
fn history(counter: u64) -> String {
    let change = |nth: u64| {
        let place = 9_000 + nth * 5;
        format!("[[{place},{place}],[{},{place}]]", place - 5)
    };
    let changes: Vec<_> = (counter.saturating_sub(200)..counter).map(change).collect();
    format!(
        r#"{{"version":2,"markdown":"35000:{counter:08x}","size":35210,"unsaid":[],"done":[{}],"undone":[]}}"#,
        changes.join(",")
    )
}

fn append(raw: &mut File, seed: u64) -> Outcome<Duration> {
    let block: Vec<u8> = (0..4_096_u64).map(|byte| (byte ^ seed).to_le_bytes()[0]).collect();
    let start = Instant::now();
    raw.write_all(&block)?;
    raw.sync_data()?;
    Ok(start.elapsed())
}
