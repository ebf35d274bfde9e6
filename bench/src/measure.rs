//! Times, percentiles and goals.

use std::{
    error::Error,
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde::Serialize;

/// A result, or why a benchmark could not be run or gave a wrong answer.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Percentiles of one kind of act, in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Times {
    pub runs: usize,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
}

/// What a benchmark found; saved as JSON.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    times: Vec<(String, Times)>,
    figures: Vec<(String, f64)>,
    goals: Vec<Goal>,
}

#[derive(Debug, Serialize)]
struct Goal {
    what: String,
    found: f64,
    at_most: f64,
    reached: bool,
}

impl Times {
    /// Percentiles of a series.
    pub fn of(mut series: Vec<Duration>) -> Self {
        series.sort();
        let at = |part: f64| {
            let last = series.len().saturating_sub(1);
            let index = (series.len() as f64 * part) as usize;
            series.get(index.min(last)).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        Self { runs: series.len(), p50: at(0.50), p95: at(0.95), p99: at(0.99), max: at(1.0) }
    }
}

impl Report {
    /// Prints and keeps the percentiles of a series.
    pub fn times(&mut self, what: &str, series: Vec<Duration>) -> Times {
        let times = Times::of(series);
        let Times { runs, p50, p95, p99, max } = times;
        println!("  {what:<44} n={runs:<5} p50 {p50:.3}  p95 {p95:.3}  p99 {p99:.3}  max {max:.3} ms");
        self.times.push((what.to_owned(), times));
        times
    }

    /// Prints and keeps one number.
    pub fn figure(&mut self, what: &str, found: f64) {
        println!("  {what:<44} {found:.3}");
        self.figures.push((what.to_owned(), found));
    }

    /// Holds a number against a goal.
    pub fn goal(&mut self, what: &str, found: f64, at_most: f64) {
        let reached = found <= at_most;
        let sign = if reached { "reached" } else { "MISSED" };
        println!("  {what:<44} {found:.4} (goal ≤ {at_most:.4}) {sign}");
        self.goals.push(Goal { what: what.to_owned(), found, at_most, reached });
    }

    /// Whether every goal was reached.
    pub fn reached(&self) -> bool {
        self.goals.iter().all(|goal| goal.reached)
    }

    /// Writes `target/bench/NAME.json`.
    pub fn save(&self, name: &str) -> Outcome<()> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}.json")), serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }
}

/// A folder on the disk the workspace lies on, for what a benchmark writes.
pub fn scratch() -> Outcome<tempfile::TempDir> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    fs::create_dir_all(&folder)?;
    Ok(tempfile::tempdir_in(folder)?)
}

/// How long something took, and what it gave.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = work();
    (start.elapsed(), answer)
}

/// A wrong answer ends the benchmark.
pub fn check(right: bool, what: &str) -> Outcome<()> {
    if right { Ok(()) } else { Err(format!("wrong answer: {what}").into()) }
}
