//! Where photo bytes should lie: in files beside the database, as the store does it, or in the database. What
//! matters is how long a save of text waits while photos come in. Then what is made of a photo: [`renditions`].

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use store::{DraftSave, NewPhoto, Store, StoreError};

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    renditions,
    stories::{Dice, at, id, new_story, open, story},
};

const PHOTOS: u64 = 20;
const BYTES: usize = 6 << 20;

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(folder.path())?;
    let mut report = Report::default();
    store.create_story(new_story(1, story(1, 1_000)))?;
    let (took, waits) = beside_saves(&store, || {
        for seed in 0..PHOTOS {
            let original = noise(seed);
            let size = original.len() as u64;
            let facts = store.put_photo(photo(original))?;
            if facts.size != size || store.original(&facts.id)?.len() as u64 != size {
                return Err(StoreError::Internal("the photo is not what was put".to_owned()));
            }
        }
        Ok(())
    })?;
    report.figure("20 photos of 6 MB, taken in and read back (s)", took.as_secs_f64());
    let saves = report.times("save of text meanwhile", waits);
    check(saves.runs > 0, "a save while photos came in")?;
    // The same bytes through the writer, as a row of the database would go.
    let (took, waits) = beside_saves(&store, || {
        (0..PHOTOS).try_for_each(|seed| store.set_setting("photo", hex(&noise(seed)).into()))
    })?;
    report.figure("the same bytes through the database (s)", took.as_secs_f64());
    report.times("save of text meanwhile, in the database", waits);
    renditions::run(&mut report)?;
    Ok(report)
}

/// Runs `work` while a second thread saves text every 20 ms; gives how long each took.
fn beside_saves(
    store: &Store,
    work: impl FnOnce() -> Result<(), StoreError>,
) -> Outcome<(Duration, Vec<Duration>)> {
    let done = AtomicBool::new(false);
    let (took, waits) = thread::scope(|scope| {
        let saving = scope.spawn(|| save_until(store, &done));
        let took = timed(work);
        done.store(true, Ordering::Relaxed);
        (took, saving.join())
    });
    let (took, worked) = took;
    worked?;
    Ok((took, waits.map_err(|_| "the saving thread panicked")??))
}

fn save_until(store: &Store, done: &AtomicBool) -> Result<Vec<Duration>, StoreError> {
    let mut content = store.draft(id(1))?.content;
    let mut counter = store.row(id(1))?.counter;
    let mut waits = Vec::new();
    while !done.load(Ordering::Relaxed) {
        content.body.push('ক');
        counter += 1;
        let content = content.clone();
        let save = DraftSave { story: id(1), counter, at: at(counter), content, words: 1_000, undo: None };
        let (took, saved) = timed(|| store.save_draft(save));
        saved?;
        waits.push(took);
        thread::sleep(Duration::from_millis(20));
    }
    Ok(waits)
}

fn photo(original: Vec<u8>) -> NewPhoto {
    NewPhoto {
        name: "ছবি.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        width: 6_000,
        height: 4_000,
        had_location: false,
        at: at(0),
        original,
        renditions: Vec::new(),
    }
}

/// Bytes that cannot be compressed, as those of a JPEG.
fn noise(seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed + 1);
    (0..BYTES).map(|_| dice.below(256).to_le_bytes()[0]).collect()
}

/// Text of the same length as the bytes.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}
