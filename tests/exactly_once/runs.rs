//! Many runs at once.

use std::{
    env,
    num::NonZeroU64,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use crate::{
    check::check,
    figures::Figures,
    lane::Lane,
    native::{self, Native},
    plan::Plan,
    run::run,
    subject::Subject,
    wordpress::{self, WordPress},
};

/// Without a number in the environment: what a test run beside all others has time for.
const RUNS: u64 = 600;
/// As above, against WordPress: for each of its two kinds.
const WORDPRESS_RUNS: u64 = 8;
/// The first seed of those against WordPress with the companion.
const WITH_COMPANION: u64 = 1_000_000;
/// Runs on one portal, whose lists grow with every story.
const ON_ONE_PORTAL: u64 = 100;
/// Failures that are shown; more would say no more.
const SHOWN: usize = 5;

/// What all lanes write to.
#[derive(Default)]
struct Book {
    next: AtomicU64,
    figures: Mutex<Figures>,
    broken: Mutex<Vec<String>>,
}

/// Drill 2: runs with random cuts, and one article for each intent.
#[test]
fn every_intent_is_one_article_whatever_happens_on_the_way() {
    let kit = runtime().block_on(native::kit());
    laws_hold::<Native>(kit, 0, number("KHOSRA_RUNS").unwrap_or(RUNS));
}

#[test]
fn every_intent_is_one_article_on_wordpress_as_it_comes() {
    on_wordpress::<false>();
}

#[test]
fn every_intent_is_one_article_on_wordpress_with_the_companion() {
    on_wordpress::<true>();
}

/// Half of the runs that were asked for. Both kinds are one WordPress, so that each has seeds, and headlines, of its own.
fn on_wordpress<const COMPANION: bool>() {
    if number("KHOSRA_SEED").is_some_and(|seed| (seed >= WITH_COMPANION) != COMPANION) {
        return;
    }
    let Some(site) = wordpress::running() else { return };
    let runs = number("KHOSRA_WORDPRESS_RUNS").map(|runs| runs.div_ceil(2));
    let first = if COMPANION { WITH_COMPANION } else { 0 };
    laws_hold::<WordPress<COMPANION>>(site, first, runs.unwrap_or(WORDPRESS_RUNS));
}

fn laws_hold<S: Subject>(kit: S::Kit, first: u64, runs: u64) {
    let first = first + number("KHOSRA_FROM").unwrap_or_default();
    let (first, runs) = number("KHOSRA_SEED").map_or((first, runs), |seed| (seed, 1));
    let begun = Instant::now();
    let book = all::<S>(kit, first, runs);
    let figures = book.figures.lock().unwrap().clone();
    let seconds = begun.elapsed().as_secs_f32();
    println!("{figures}in {seconds:.1} s, {:.1} ms for a run", seconds * 1_000.0 / runs as f32);
    let broken = book.broken.lock().unwrap();
    assert!(broken.is_empty(), "{} runs broke a law:\n{}", broken.len(), broken.join("\n"));
    assert_eq!(figures.runs, runs);
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse::<NonZeroU64>().map_or(0, NonZeroU64::get))
}

/// Makes the runs with seeds from `first` on, on a runtime that they share.
fn all<S: Subject>(kit: S::Kit, first: u64, runs: u64) -> Arc<Book> {
    let book = Arc::new(Book { next: AtomicU64::new(first), ..Book::default() });
    let end = first + runs;
    runtime().block_on(async {
        let kit = Arc::new(kit);
        let lane = |_| tokio::spawn(lane::<S>(Arc::clone(&kit), Arc::clone(&book), end));
        let lanes = (0..S::LANES.min(runs)).map(lane);
        for lane in lanes.collect::<Vec<_>>() {
            lane.await.expect("a lane ends well");
        }
    });
    book
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

async fn lane<S: Subject>(kit: Arc<S::Kit>, book: Arc<Book>, end: u64) {
    while let Some(seed) = next(&book, end) {
        let lane = Lane::<S>::open(&kit).await;
        one(&lane, seed, &book).await;
        for _ in 1..ON_ONE_PORTAL {
            let Some(seed) = next(&book, end) else { break };
            one(&lane, seed, &book).await;
        }
        lane.close().await;
    }
}

fn next(book: &Book, end: u64) -> Option<u64> {
    let enough = book.broken.lock().unwrap().len() >= SHOWN;
    let seed = book.next.fetch_add(1, Ordering::Relaxed);
    (seed < end && !enough).then_some(seed)
}

async fn one<S: Subject>(lane: &Lane<S>, seed: u64, book: &Book) {
    let plan = Plan::of(seed);
    let mut figures = Figures { runs: 1, ..Figures::default() };
    let (broken, seen) = match run(lane, &plan, &mut figures).await {
        Ok(left) => (check(lane, &left, &mut figures).await, left.seen),
        Err(why) => (vec![why], lane.proxy.seen()),
    };
    if !broken.is_empty() {
        let what = broken.join("\n  ");
        let report = format!("KHOSRA_SEED={seed}\n  {what}\n{plan:#?}\n{}", story_of(&seen));
        book.broken.lock().unwrap().push(report);
    }
    book.figures.lock().unwrap().add(figures);
}

/// What arrived, a line for each request.
fn story_of(seen: &[khosra_testkit::Seen]) -> String {
    let lines = seen.iter().map(|seen| {
        let fault = seen.fault.map(|fault| format!("{fault:?}")).unwrap_or_default();
        format!("  {:<5} {}  {fault}", seen.asked.method, seen.asked.path)
    });
    lines.collect::<Vec<_>>().join("\n")
}
