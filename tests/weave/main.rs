//! Three people at one portal, each with a machine of their own whose line is cut and mended, whose clock is wrong and
//! whose program ends at any moment: thousands of runs of random commands, each decided by a seed. `KHOSRA_WEAVES=n`
//! makes so many, `KHOSRA_SEED=n` only that one.

#[cfg(test)]
mod act;
#[cfg(test)]
mod book;
#[cfg(test)]
#[expect(dead_code, reason = "the other test needs the rest")]
#[path = "../exactly_once/client.rs"]
mod client;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod healing;
#[cfg(test)]
mod held;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod newsroom;
#[cfg(test)]
mod person;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod run;
#[cfg(test)]
mod runs;
#[cfg(test)]
mod stuck;
