//! Five hundred revisions of one story of 5,000 words: how much the store grows, and how soon any of them is
//! back. Peers: whole copies, and a git pack of the same texts.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use store::{BackupReason, DraftSave, NewRevision, Store};
use story::{Content, RevisionReason};

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    stories::{Dice, at, id, new_story, open, sentence, story},
};

const REVISIONS: u64 = 500;

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(&folder.path().join("store"))?;
    let content = story(11, 5_000);
    store.create_story(new_story(11, content.clone()))?;
    let before = store.backup(BackupReason::Asked, at(1))?.size;
    let texts = write_revisions(&store, content)?;
    let grown = store.backup(BackupReason::Asked, at(2))?.size - before;
    let copies: usize = texts.iter().map(Vec::len).sum();
    let mut report = Report::default();
    report.figure("whole copies (kB)", copies as f64 / 1e3);
    report.figure("500 revisions in the store (kB)", grown as f64 / 1e3);
    if let Some(pack) = git_pack(&folder.path().join("git"), &texts)? {
        report.figure("git pack, gc --aggressive (kB)", pack as f64 / 1e3);
        report.figure("ratio to the git pack", grown as f64 / pack as f64);
    }
    report.goal("ratio to whole copies", grown as f64 / copies as f64, 1.0 / 50.0);
    let mut times = Vec::new();
    for (number, text) in (1_u32..).zip(&texts) {
        let (took, bytes) = timed(|| store.revision_bytes(id(11), number));
        check(bytes? == *text, "a revision, byte for byte")?;
        times.push(took);
    }
    let times = report.times("any revision back", times);
    report.goal("any revision back, slowest (ms)", times.max, 20.0);
    Ok(report)
}

/// Each revision adds a sentence, changes a word, or takes a stretch out.
fn write_revisions(store: &Store, mut content: Content) -> Outcome<Vec<Vec<u8>>> {
    let mut dice = Dice::new(5);
    let mut texts = Vec::new();
    for turn in 0..REVISIONS {
        let spaces: Vec<usize> = content.body.match_indices(' ').map(|(at, _)| at).collect();
        let place = spaces.get(dice.below(spaces.len())).copied().unwrap_or(0);
        if turn % 7 == 6 {
            let end = spaces.iter().copied().find(|end| *end > place + 60).unwrap_or(place);
            content.body.replace_range(place..end, "");
        } else {
            content.body.insert_str(place, &format!(" {}", sentence(&mut dice)));
        }
        let saved = content.clone();
        let counter = turn + 2;
        store.save_draft(DraftSave {
            story: id(11),
            counter,
            at: at(counter),
            content: saved,
            words: 5_000,
            undo: None,
        })?;
        let new =
            NewRevision {
                at: at(counter), reason: RevisionReason::Time, author: "প্রতিবেদক".to_owned()
            };
        let revision = store.cut_revision(id(11), new)?;
        check(u64::from(revision.number) == turn + 1, "the number of a revision")?;
        texts.push(content.to_bytes()?);
    }
    Ok(texts)
}

/// The size of the pack git makes of the same texts; `None` where there is no git.
fn git_pack(folder: &Path, texts: &[Vec<u8>]) -> Outcome<Option<u64>> {
    let git = |args: &[&str]| {
        Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    };
    std::fs::create_dir_all(folder)?;
    if !git(&["init", "--bare"]).is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let mut import = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut pipe) = import.stdin.take() {
        for (number, text) in texts.iter().enumerate() {
            write!(pipe, "commit refs/heads/main\ncommitter a <a@example.org> {number} +0000\ndata 0\n")?;
            write!(pipe, "M 100644 inline story.json\ndata {}\n", text.len())?;
            pipe.write_all(text)?;
            writeln!(pipe)?;
        }
    }
    import.wait()?;
    git(&["gc", "--aggressive", "--prune=now"])?;
    let mut size = 0;
    for entry in std::fs::read_dir(folder.join("objects/pack"))? {
        size += entry?.metadata()?.len();
    }
    Ok(Some(size))
}
