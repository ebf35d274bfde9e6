//! What was done, counted, so that a run in which nothing happened is seen.

use std::{collections::BTreeMap, fmt};

/// Sums over runs.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub runs: u64,
    pub steps: u64,
    pub stories: u64,
    /// Lines that were cut or went mute.
    pub partitions: u64,
    pub restarts: u64,
    pub hours: u64,
    /// Runs in which a clock was a day wrong.
    pub skewed: u64,
    /// Deliveries that waited for a person, and those of them that had met with another version.
    pub stuck: u64,
    pub conflicts: u64,
    /// Stories that said something else on a machine than at the portal when all was healed.
    pub forks: u64,
    /// By command: carried out, refused here.
    pub commands: BTreeMap<String, (u64, u64)>,
    /// By command: carried out at the portal.
    pub accepted: BTreeMap<String, u64>,
    /// By law: things that it was held against.
    pub laws: BTreeMap<&'static str, u64>,
}

impl Figures {
    /// A law was held against so many things.
    pub fn judged(&mut self, law: &'static str, things: usize) {
        *self.laws.entry(law).or_default() += things as u64;
    }

    /// How often a command was carried out.
    pub fn carried_out(&self) -> u64 {
        self.commands.values().map(|(done, _)| done).sum()
    }

    pub fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.runs, other.runs),
            (&mut self.steps, other.steps),
            (&mut self.stories, other.stories),
            (&mut self.partitions, other.partitions),
            (&mut self.restarts, other.restarts),
            (&mut self.hours, other.hours),
            (&mut self.skewed, other.skewed),
            (&mut self.stuck, other.stuck),
            (&mut self.conflicts, other.conflicts),
            (&mut self.forks, other.forks),
        ] {
            *sum += more;
        }
        for (command, (done, no)) in other.commands {
            let sum = self.commands.entry(command).or_default();
            *sum = (sum.0 + done, sum.1 + no);
        }
        other.accepted.into_iter().for_each(|(name, times)| *self.accepted.entry(name).or_default() += times);
        other.laws.into_iter().for_each(|(law, things)| *self.laws.entry(law).or_default() += things);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: u64 = self.commands.values().map(|(_, no)| no).sum();
        writeln!(
            f,
            "{} runs ({} with a clock that is a day wrong), {} steps, {} commands carried out and {refused} refused; \
             {} partitions, {} restarts, {} hours; {} stories, {} deliveries that waited for a person, {} conflicts, \
             {} forks at the end",
            self.runs,
            self.skewed,
            self.steps,
            self.carried_out(),
            self.partitions,
            self.restarts,
            self.hours,
            self.stories,
            self.stuck,
            self.conflicts,
            self.forks,
        )?;
        writeln!(f, "commands, carried out and refused here:")?;
        self.commands.iter().try_for_each(|(name, (done, no))| writeln!(f, "{done:>8} {no:>8}  {name}"))?;
        writeln!(f, "at the portal:")?;
        self.accepted.iter().try_for_each(|(name, times)| writeln!(f, "{times:>8}  {name}"))?;
        writeln!(f, "laws, and what they were held against:")?;
        self.laws.iter().try_for_each(|(law, things)| writeln!(f, "{things:>8}  {law}"))
    }
}
