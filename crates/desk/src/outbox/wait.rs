//! Waiting for deliveries to come to an end, for whoever has no window to watch them in.

use std::time::Duration;

use story::{DeliveryState, StoryId};

use crate::{
    Desk,
    wire::{CommandError, IntentView},
};

/// How a wait ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// Everything looked at is confirmed or was taken back.
    Settled(Vec<IntentView>),
    /// Something waits for a person.
    Stuck(Vec<IntentView>),
    /// The time is up, and something is still on its way; nothing of a story where only originals are.
    Waiting(Vec<IntentView>),
}

/// In case something moved without being told.
const LOOK: Duration = Duration::from_millis(500);

impl Desk {
    /// Waits until the newest delivery of `story`, or without one everything in the outbox, is settled or
    /// stuck; of originals only those that this line is good enough for. At most `patience`. A worker must be running.
    ///
    /// # Errors
    /// `NotFound`, and what the disk says.
    pub async fn wait_for_outbox(
        &self,
        story: Option<StoryId>,
        patience: Duration,
    ) -> Result<Ended, CommandError> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let moved = self.next_move();
            let ended = self.blocking(move |desk| look(desk, story)).await?;
            let over = tokio::time::Instant::now() >= deadline;
            if over || !matches!(ended, Ended::Waiting(_)) {
                return Ok(ended);
            }
            let pause = tokio::time::Instant::now() + LOOK;
            tokio::select! {
                () = moved => {}
                () = tokio::time::sleep_until(pause.min(deadline)) => {}
            }
        }
    }
}

fn look(desk: &Desk, story: Option<StoryId>) -> Result<Ended, CommandError> {
    let mut originals = false;
    let intents = match story {
        Some(story) => {
            let all = desk.store().intents_of(story)?;
            all.iter().find_map(|intent| super::shown(desk, intent)).into_iter().collect()
        }
        None => {
            let open = desk.store().open_intents()?;
            originals = open.iter().any(|intent| super::originals::is_going(desk, intent));
            open.iter().filter_map(|intent| super::shown(desk, intent)).collect::<Vec<_>>()
        }
    };
    let any = |test: fn(DeliveryState) -> bool| intents.iter().any(|intent| test(intent.state));
    Ok(if originals || any(DeliveryState::is_waiting) {
        Ended::Waiting(intents)
    } else if any(DeliveryState::is_stuck) {
        Ended::Stuck(intents)
    } else {
        Ended::Settled(intents)
    })
}
