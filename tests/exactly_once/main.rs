//! One article for each intent, whatever happens on the way: thousands of runs, each with its own faults, decided
//! by a seed. `KHOSRA_RUNS=n` makes so many, `KHOSRA_SEED=n` only that one, with everything it did printed.

#[cfg(test)]
mod author;
#[cfg(test)]
mod book;
#[cfg(test)]
mod check;
#[cfg(test)]
mod client;
#[cfg(test)]
mod elsewhere;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod known;
#[cfg(test)]
mod lane;
#[cfg(test)]
mod material;
#[cfg(test)]
mod native;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod run;
#[cfg(test)]
mod runs;
#[cfg(test)]
#[path = "../portals/started.rs"]
mod started;
#[cfg(test)]
mod subject;
#[cfg(test)]
mod wordpress;
