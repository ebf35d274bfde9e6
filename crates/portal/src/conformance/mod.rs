//! Tries whether a portal keeps to what an editor over bad lines needs, one guarantee after the other, with a test story
//! that is taken away again at the end whatever happened. Nothing is taken from what the portal says of itself but
//! what it does not offer: what it offers is tried, and looked at afterwards.

mod desk_side;
mod page_side;
mod removal;
mod report;
mod test_story;
mod trial;

use std::time::Instant;

use chrono::{DateTime, Utc};
use story::Guarantee;
use uuid::Uuid;

use crate::portal::Portal;
pub use report::{Failing, LeftOver, Report, Tried, Verdict};
use trial::Trial;

/// What a run is given by its caller.
pub struct Conditions<'a> {
    /// A fresh UUIDv7 at each call.
    pub new_id: &'a (dyn Fn() -> Uuid + Send + Sync),
    /// Now, by this machine's clock: only to say how far the portal's is from it.
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Send + Sync),
    /// Also tries what readers can see for some seconds; else only what they cannot.
    pub publishing: bool,
    /// Asked before each guarantee: true ends the run, and the test story is taken away.
    pub stopped: &'a (dyn Fn() -> bool + Send + Sync),
    /// Told of each guarantee once it is tried; must return quickly.
    pub tell: &'a (dyn Fn(&Tried) + Send + Sync),
}

/// Tries every guarantee. Never fails as a whole: what goes wrong is what the report is about.
pub async fn try_guarantees(portal: &dyn Portal, conditions: &Conditions<'_>) -> Report {
    let mut trial = Trial::new(portal, conditions);
    let mut tried = Vec::with_capacity(Guarantee::ALL.len());
    for guarantee in Guarantee::ALL {
        let began = Instant::now();
        let verdict = trial.judge(guarantee).await;
        let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let one = Tried { guarantee, verdict, took };
        (conditions.tell)(&one);
        tried.push(one);
    }
    let left_over = trial.remove().await;
    Report { story: trial.story, tried, skew: trial.skew, left_over, photo: trial.photo_left() }
}
