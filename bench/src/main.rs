//! `cargo run --release -p khosra-bench -- [name …]`: each benchmark prints its percentiles, its ratio to a
//! floor or a peer measured in the same run, and whether it reached its goal; it checks its own answers,
//! because a fast wrong answer is no answer. Results also go to `target/bench/NAME.json`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks to its terminal")]

mod autosave;
mod growth;
mod lists;
mod measure;
mod opening;
mod photos;
mod queue;
mod reading;
mod render;
mod renditions;
mod stories;
mod versions;

use std::process::ExitCode;

use measure::{Outcome, Report};

type Benchmark = fn() -> Outcome<Report>;

/// Every benchmark, by name.
const ALL: &[(&str, Benchmark)] = &[
    ("autosave", autosave::run),
    ("open", opening::run),
    ("lists", lists::run),
    ("growth", growth::run),
    ("photos", photos::run),
    ("render", render::run),
    ("queue", queue::run),
    ("versions", versions::run),
];

fn main() -> ExitCode {
    if let Some(done) = renditions::child() {
        return done
            .inspect_err(|error| eprintln!("  failed: {error}"))
            .map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let unknown = wanted.iter().find(|name| ALL.iter().all(|(known, _)| known != name));
    if let Some(unknown) = unknown {
        let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        eprintln!("There is no benchmark {unknown}. Known: {}.", known.join(", "));
        return ExitCode::from(2);
    }
    let chosen = ALL.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|one| one == name));
    let mut reached = true;
    for (name, run) in chosen {
        println!("{name}");
        match run().and_then(|report| report.save(name).map(|()| report.reached())) {
            Ok(good) => reached &= good,
            Err(error) => {
                eprintln!("  failed: {error}");
                reached = false;
            }
        }
    }
    if reached { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
