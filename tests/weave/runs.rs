//! Many runs at once, and what is told of one that broke a law.

use std::{
    env,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use crate::{
    figures::Figures,
    newsroom::{self, House, Kit},
    plan::{Plan, Step},
    run::{TOO_LONG, run},
};

/// Without a number in the environment: what a test run beside all others has time for.
const RUNS: u64 = 150;
/// At the same time: most of a run is waiting for the line.
const LANES: u64 = 8;
/// Runs on one portal, whose queue grows with every story.
const IN_ONE_HOUSE: u64 = 12;
/// Failures that are shown; more would say no more.
const SHOWN: usize = 3;
/// Runs that are made to find what of a plan a failure needs.
const SHORTENED: u64 = 40;

/// What all lanes write to.
#[derive(Default)]
struct Tally {
    next: AtomicU64,
    figures: Mutex<Figures>,
    broken: Mutex<Vec<String>>,
}

#[test]
fn three_machines_agree_and_nothing_is_lost_whatever_happens_on_the_way() {
    let (first, runs) = match number("KHOSRA_SEED") {
        Some(seed) => (seed, 1),
        None => (number("KHOSRA_FROM").unwrap_or(0), number("KHOSRA_WEAVES").unwrap_or(RUNS)),
    };
    let begun = Instant::now();
    let tally = Arc::new(Tally { next: AtomicU64::new(first), ..Tally::default() });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let kit = Arc::new(newsroom::kit().await);
        let lanes =
            (0..LANES.min(runs)).map(|_| tokio::spawn(lane(kit.clone(), tally.clone(), first + runs)));
        for lane in lanes.collect::<Vec<_>>() {
            lane.await.expect("a lane ends well");
        }
    });
    let figures = tally.figures.lock().unwrap().clone();
    let seconds = begun.elapsed().as_secs_f32();
    println!("{figures}in {seconds:.1} s, {:.1} ms for a run", seconds * 1_000.0 / runs as f32);
    let broken = tally.broken.lock().unwrap();
    assert!(broken.is_empty(), "{} runs broke a law:\n{}", broken.len(), broken.join("\n"));
    assert_eq!(figures.runs, runs);
    assert!(figures.carried_out() > runs, "hardly anything was done");
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().expect("a number"))
}

async fn lane(kit: Arc<Kit>, tally: Arc<Tally>, end: u64) {
    while let Some(seed) = next(&tally, end) {
        let house = House::open(&kit).await;
        one(&house, &kit, (seed, 0), &tally).await;
        for number in 1..IN_ONE_HOUSE {
            let Some(seed) = next(&tally, end) else { break };
            one(&house, &kit, (seed, number), &tally).await;
        }
        house.close().await;
    }
}

fn next(tally: &Tally, end: u64) -> Option<u64> {
    let enough = tally.broken.lock().unwrap().len() >= SHOWN;
    let seed = tally.next.fetch_add(1, Ordering::Relaxed);
    (seed < end && !enough).then_some(seed)
}

async fn one(house: &House, kit: &Kit, (seed, number): (u64, u64), tally: &Tally) {
    let plan = Plan::of(seed);
    let mut figures = Figures::default();
    let broken = run(house, &plan, number, &mut figures).await;
    tally.figures.lock().unwrap().add(figures);
    if broken.is_empty() {
        return;
    }
    // Said before it is shortened, which takes its time and may itself come to grief.
    println!("KHOSRA_SEED={seed} broke a law: {}", broken.join("; "));
    let (short, why) = shortened(kit, &plan, broken).await;
    let report =
        format!("KHOSRA_SEED={seed}\n  {}\n{plan}which needs no more than\n{short}", why.join("\n  "));
    tally.broken.lock().unwrap().push(report);
}

/// Leaves out whatever a plan breaks a law without, longer stretches first. Threads decide the rest, so that the result
/// may need a second try.
async fn shortened(kit: &Kit, plan: &Plan, broken: Vec<String>) -> (Plan, Vec<String>) {
    let mut house = House::open(kit).await;
    let (mut best, mut why, mut number) = (plan.clone(), broken, 0);
    let mut stretch = plan.steps.len().div_ceil(2);
    // One that takes so long is told as it is.
    let is_slow = why.iter().any(|why| why.starts_with(TOO_LONG));
    while stretch > 0 && number < SHORTENED && !is_slow {
        let mut from = 0;
        while from < best.steps.len() && number < SHORTENED {
            let shorter = best.with(without(&best.steps, from, stretch));
            number += 1;
            // The days that pass in each run add up, and whoever signed in is signed in for ninety.
            if number % IN_ONE_HOUSE == 0 {
                house.close().await;
                house = House::open(kit).await;
            }
            match run(&house, &shorter, number, &mut Figures::default()).await {
                broken if broken.is_empty() => from += stretch,
                broken => (best, why) = (shorter, broken),
            }
        }
        stretch /= 2;
    }
    house.close().await;
    (best, why)
}

fn without(steps: &[Step], from: usize, stretch: usize) -> Vec<Step> {
    let kept = steps.iter().enumerate().filter(|(place, _)| !(from..from + stretch).contains(place));
    kept.map(|(_, step)| *step).collect()
}
