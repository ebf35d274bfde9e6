//! Two texts: paragraph by paragraph first, then word by word within what differs.

use std::{hash::Hash, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Run, RunKind};

/// A stretch that differs, in bytes of either text. Both ends stand between two letters, in both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// Where two texts differ, in order. Between two of them stands a word or a line end that both have.
pub(crate) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let mut found: Vec<Hunk> = Vec::new();
    for block in differing(&old_lines, &new_lines) {
        let (old_part, new_part) = (part(old, &block.old), part(new, &block.new));
        let (old_pieces, new_pieces) = (pieces(old_part), pieces(new_part));
        for hunk in differing(&old_pieces, &new_pieces) {
            add(&mut found, old, shifted(&hunk, &block));
        }
    }
    found
}

/// A stretch of two sequences that differs, by the places of its pieces in either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What goes; empty where something only comes.
    pub old: Range<usize>,
    /// What comes in its place; empty where something only goes.
    pub new: Range<usize>,
}

/// Where two sequences of pieces differ, in order: for those who compare something else than plain text, by the same
/// rules. Two stretches are one when nothing between them `parts` them, as [`difference`](crate::difference()) takes two
/// words that were written anew, with a space between, for one change.
pub fn stretches<P: Hash + Eq + Ord>(old: &[P], new: &[P], parts: impl Fn(&P) -> bool) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let next = Stretch { old: op.old_range(), new: op.new_range() };
        match found.last_mut() {
            Some(last) if !old.get(last.old.end..next.old.start).unwrap_or_default().iter().any(&parts) => {
                (last.old.end, last.new.end) = (next.old.end, next.new.end);
            }
            _ => found.push(next),
        }
    }
    found
}

/// The runs from `old` to `new`.
pub(super) fn runs(old: &str, new: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for Hunk { old: was, new: is } in hunks(old, new) {
        push(&mut runs, RunKind::Same, part(old, &(at..was.start)));
        push(&mut runs, RunKind::Removed, part(old, &was));
        push(&mut runs, RunKind::Added, part(new, &is));
        at = was.end;
    }
    push(&mut runs, RunKind::Same, part(old, &(at..old.len())));
    runs
}

/// How many lines that say something differ. Where some stand in the place of others, the larger number counts.
pub(super) fn paragraphs(old: &str, new: &str) -> usize {
    let (old, new) = (spoken(old), spoken(new));
    let ops = capture_diff_slices(Algorithm::Patience, &old, &new);
    let ops = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    ops.map(|op| op.old_range().len().max(op.new_range().len())).sum()
}

fn spoken(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

/// The runs from one list to another, an item each.
pub(super) fn list_runs(old: &[String], new: &[String]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut add = |kind, items: &[String]| {
        runs.extend(items.iter().map(|item| Run { kind, text: item.clone() }));
    };
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let was = old.get(op.old_range()).unwrap_or_default();
        match op {
            DiffOp::Equal { .. } => add(RunKind::Same, was),
            _ => {
                add(RunKind::Removed, was);
                add(RunKind::Added, new.get(op.new_range()).unwrap_or_default());
            }
        }
    }
    runs
}

fn push(runs: &mut Vec<Run>, kind: RunKind, text: &str) {
    if !text.is_empty() {
        runs.push(Run { kind, text: text.to_owned() });
    }
}

/// A hunk that follows another after nothing but signs and spaces is one change with it: two words that were written
/// anew are not two changes with a space between.
fn add(found: &mut Vec<Hunk>, old: &str, next: Hunk) {
    if let Some(last) = found.last_mut()
        && !parts(part(old, &(last.old.end..next.old.start)))
    {
        last.old.end = next.old.end;
        last.new.end = next.new.end;
        return;
    }
    found.push(next);
}

/// Whether a text that stands between two changes makes them two.
pub(crate) fn parts(between: &str) -> bool {
    between.contains('\n') || bangla::has_word(between)
}

/// Where two lists of pieces differ, in bytes of what they make up.
fn differing(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let (old_ends, new_ends) = (ends(old), ends(new));
    let bytes = |ends: &[usize], range: Range<usize>| {
        let at = |count: usize| ends.get(count).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    };
    let ops = capture_diff_slices(Algorithm::Patience, old, new);
    let ops = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    ops.map(|op| Hunk { old: bytes(&old_ends, op.old_range()), new: bytes(&new_ends, op.new_range()) })
        .collect()
}

/// The length in bytes of the first 0, 1, 2 … pieces.
fn ends(pieces: &[&str]) -> Vec<usize> {
    let mut length = 0;
    let sums = pieces.iter().map(|piece| {
        length += piece.len();
        length
    });
    std::iter::once(0).chain(sums).collect()
}

/// Lines with their ends. Between a line end and what follows it no letter is ever one.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words, spaces and signs; where a link leads, and a photo, are one piece, for half of either is nothing.
fn pieces(text: &str) -> Vec<&str> {
    let all = bangla::pieces(text);
    let mut joined = Vec::with_capacity(all.len());
    let (mut index, mut start) = (0, 0);
    while index < all.len() {
        let count = whole(all.get(index..).unwrap_or_default());
        let taken = all.get(index..index + count).unwrap_or_default();
        let end = start + taken.iter().map(|piece| piece.len()).sum::<usize>();
        joined.push(part(text, &(start..end)));
        (index, start) = (index + count, end);
    }
    joined
}

/// How many of the first pieces belong together.
fn whole(pieces: &[&str]) -> usize {
    match pieces {
        ["]", "(", ..] => closed(pieces, 2),
        ["!", "[", "]", "(", "photo", ":", ..] => closed(pieces, 6),
        _ => 1,
    }
}

/// Up to the closing bracket, when it stands before the next space.
fn closed(pieces: &[&str], from: usize) -> usize {
    let inside = pieces.get(from..).unwrap_or_default();
    let end = inside.iter().position(|piece| *piece == ")" || piece.starts_with(char::is_whitespace));
    match end {
        Some(end) if inside.get(end) == Some(&")") => from + end + 1,
        _ => 1,
    }
}

fn shifted(hunk: &Hunk, block: &Hunk) -> Hunk {
    let by = |range: &Range<usize>, start: usize| range.start + start..range.end + start;
    Hunk { old: by(&hunk.old, block.old.start), new: by(&hunk.new, block.new.start) }
}

pub(crate) fn part<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}
