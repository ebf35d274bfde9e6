//! The first screen of a list and of a search among 100,000 stories.

use std::time::Duration;

use store::{ListRequest, Store};
use story::DeskList;

use crate::{
    measure::{Outcome, Report, check, scratch, timed},
    opening::MANY,
    stories::{SECTIONS, fill, id, new_story, open, story},
};

/// Stories that hold the word which no generated story has.
const PLANTED: [u64; 3] = [2_000_001, 2_000_002, 2_000_003];

pub fn run() -> Outcome<Report> {
    let folder = scratch()?;
    let store = open(folder.path())?;
    let (built, filled) = timed(|| fill(&store, MANY));
    filled?;
    for which in PLANTED {
        let mut content = story(which, 280);
        content.body.push_str("শেষে কঙ্কাবতী এলেন।");
        store.create_story(new_story(which, content))?;
    }
    drop(store);
    let store = open(folder.path())?;
    let mut report = Report::default();
    report.figure("writing and indexing 100,000 stories (s)", built.as_secs_f64());
    report.figure(
        "the store's size (MB)",
        std::fs::metadata(folder.path().join("khosra.db"))?.len() as f64 / 1e6,
    );
    let mut worst = measure_lists(&store, &mut report)?;
    worst = worst.max(measure_search(&store, &mut report)?);
    report.goal("slowest first screen, p95 (ms)", worst, 20.0);
    Ok(report)
}

fn measure_lists(store: &Store, report: &mut Report) -> Outcome<f64> {
    let request = |section: Option<&str>| ListRequest {
        list: DeskList::Drafts,
        section: section.map(str::to_owned),
        limit: 50,
        after: None,
    };
    let mut times: Vec<Duration> = Vec::new();
    for run in 0..200 {
        let section = if run % 2 == 0 { None } else { SECTIONS.get(run / 2 % SECTIONS.len()).copied() };
        let (took, page) = timed(|| store.list(&request(section)));
        let page = page?;
        check(page.rows.len() == 50, "a full page")?;
        check(u64::from(page.counts.drafts) == MANY + PLANTED.len() as u64, "the count of drafts")?;
        check(
            page.rows.iter().all(|row| section.is_none_or(|section| row.section == section)),
            "the section",
        )?;
        times.push(took);
    }
    Ok(report.times("list, first 50 and all counts", times).p95)
}

fn measure_search(store: &Store, report: &mut Report) -> Outcome<f64> {
    let queries = [
        "সরকার",
        "সরকার নির্বাচন",
        "বাংলা",
        "প্র",
        "প্রতি",
        "রহিমো",
        "নূর প্রধা",
        "সর",
        "কঙ্কাবতী",
        "বিশ্ববিদ্যালয়ের শিক্ষার্থীরা",
        "নেই-এমন-শব্দ",
        "শিক্ষ পুল",
    ];
    let mut worst = 0.0_f64;
    for query in queries {
        let mut times = Vec::new();
        for _ in 0..40 {
            let (took, hits) = timed(|| store.search(query, 20));
            check_hits(query, &hits?)?;
            times.push(took);
        }
        worst = worst.max(report.times(&format!("search {query}"), times).p95);
    }
    Ok(worst)
}

fn check_hits(query: &str, hits: &[store::Hit]) -> Outcome<()> {
    if query == "কঙ্কাবতী" {
        let mut found: Vec<_> = hits.iter().map(|hit| hit.row.story).collect();
        found.sort();
        check(found == PLANTED.map(id), "the planted stories, and no other")?;
        check(hits.iter().all(|hit| hit.marks.len() == 1), "one mark in each")?;
    }
    // Two letters find only the word that they are, and no story has it.
    if query == "নেই-এমন-শব্দ" || query == "সর" {
        return check(hits.is_empty(), "nothing to find");
    }
    check(!hits.is_empty(), query)
}
