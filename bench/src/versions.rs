//! Two versions of a 5,000-word story compared and three merged, beside the bare search for the shortest way between
//! the same words, in the same round.

use similar::{Algorithm, capture_diff_slices};
use story::{Content, Run, RunKind, difference, merge};

use crate::{
    measure::{Outcome, Report, check, timed},
    stories::{Dice, sentence, story},
};

const WORDS: usize = 5_000;
const ROUNDS: usize = 200;

pub fn run() -> Outcome<Report> {
    let base = story(11, WORDS);
    let (ours, theirs) = (edited(&base, 1, 9), edited(&base, 2, 9));
    let everywhere = edited(&base, 3, 1);
    let other = story(12, WORDS);
    are_right(&base, &ours, &theirs)?;
    let mut report = Report::default();
    let mut series: [Vec<_>; 5] = Default::default();
    for _ in 0..ROUNDS {
        let took = [
            timed(|| words_alone(&base.body, &everywhere.body)).0,
            timed(|| difference(&base, &ours)).0,
            timed(|| difference(&base, &everywhere)).0,
            timed(|| difference(&base, &other)).0,
            timed(|| merge(Some(&base), &ours, &theirs)).0,
        ];
        series.iter_mut().zip(took).for_each(|(series, took)| series.push(took));
    }
    let [alone, some, all, unlike, merged] = series;
    let alone = report.times("words alone, a change in each paragraph", alone);
    report.times("difference, a change in every ninth paragraph", some);
    let all = report.times("difference, a change in each paragraph", all);
    let unlike = report.times("difference of two other stories", unlike);
    let merged = report.times("merge of two with a change in every ninth", merged);
    report.figure("difference to words alone, p50", all.p50 / alone.p50);
    report.goal("difference, a change in each paragraph, p95", all.p95, 20.0);
    report.goal("difference of two other stories, p95", unlike.p95, 20.0);
    report.goal("merge, p95", merged.p95, 50.0);
    Ok(report)
}

/// A sentence added to, and a word taken from, every `each`th paragraph.
pub fn edited(content: &Content, seed: u64, each: usize) -> Content {
    let mut dice = Dice::new(seed);
    let paragraphs = content.body.split("\n\n").enumerate().map(|(index, text)| {
        if (index + usize::try_from(seed).unwrap_or(0)) % each != 0 {
            return text.to_owned();
        }
        let shorter = text.split_once(' ').map_or(text, |(_, rest)| rest);
        format!("{shorter} {}", sentence(&mut dice))
    });
    Content { body: paragraphs.collect::<Vec<_>>().join("\n\n"), ..content.clone() }
}

fn words_alone(old: &str, new: &str) -> usize {
    let words = |text: &str| text.split_inclusive(char::is_whitespace).map(str::to_owned).collect::<Vec<_>>();
    capture_diff_slices(Algorithm::Myers, &words(old), &words(new)).len()
}

fn are_right(base: &Content, ours: &Content, theirs: &Content) -> Outcome<()> {
    let changes = difference(base, ours);
    let side = |kind| {
        let runs = changes.iter().flat_map(|change| &change.runs);
        let on_it = runs.filter(|run: &&Run| run.kind == kind || run.kind == RunKind::Same);
        on_it.map(|run| run.text.as_str()).collect::<String>()
    };
    check(side(RunKind::Removed) == base.body && side(RunKind::Added) == ours.body, "either side comes out")?;
    let merged = merge(Some(base), ours, theirs).settle(&[])?;
    let added = |content: &Content| content.body.len() - base.body.len();
    check(added(&merged) == added(ours) + added(theirs), "both sides' changes are in the merge")
}
