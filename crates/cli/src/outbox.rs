//! Publishing and the outbox.

use std::time::Duration;

use desk::{
    Desk, Ended,
    commands::call,
    wire::{ErrorCode, IntentView, Nothing, OfStory, PublishStory},
};
use serde_json::json;
use story::StoryId;

use crate::{
    answer::{Answer, NOT_SETTLED, REFUSED, Stopped, delivery_line},
    arguments::{Outbox, OutboxVerb, Publish},
    portals,
    sentences::{self, Sentence},
};

/// Publishes what is saved and waits for the portal's word.
pub async fn publish(desk: &Desk, publish: Publish) -> Result<Answer, Stopped> {
    let portal = match &publish.portal {
        Some(name) => Some(portals::named(desk, name).await?.portal),
        None => None,
    };
    let story = publish.id;
    let counter = call::open_story(desk, OfStory { story }).await?.counter;
    match desk.publish_to(PublishStory { story, counter }, portal).await {
        Ok(_) => {}
        Err(error) if error.code == ErrorCode::RefusedAlreadyPublic => {
            return already_public(desk, story).await;
        }
        Err(error) => return Err(error.into()),
    }
    let ended = wait(desk, Some(story), publish.wait).await?;
    let newest = newest(&ended).cloned();
    let url = newest.as_ref().and_then(|intent| intent.public_url.clone()).unwrap_or_default();
    Ok(Answer { value: json!(newest), text: url, ..told(&ended) })
}

/// The same text again is no new act: readers have it.
async fn already_public(desk: &Desk, story: StoryId) -> Result<Answer, Stopped> {
    let view = call::open_story(desk, OfStory { story }).await?;
    let newest = view.deliveries.first();
    let url = view.public_url.unwrap_or_default();
    let remarks = vec![Sentence::already_public()];
    Ok(Answer { remarks, ..Answer::done(json!(newest), url) })
}

/// Gives an `outbox` command.
pub async fn give(desk: &Desk, outbox: Outbox) -> Result<Answer, Stopped> {
    let Some(OutboxVerb::Run { wait: patience }) = outbox.verb else {
        let view = call::outbox(desk, Nothing {}).await?;
        let text: Vec<_> = view.intents.iter().map(delivery_line).collect();
        return Ok(Answer::done(json!(view), text.join("\n")));
    };
    desk.send_all_now().await?;
    let ended = wait(desk, None, patience).await?;
    let (state, intents) = match &ended {
        Ended::Settled(intents) => ("settled", intents),
        Ended::Stuck(intents) => ("stuck", intents),
        Ended::Waiting(intents) => ("waiting", intents),
    };
    let text: Vec<_> = intents.iter().map(delivery_line).collect();
    let value = json!({"ended": state, "intents": intents});
    Ok(Answer { value, text: text.join("\n"), ..told(&ended) })
}

async fn wait(desk: &Desk, story: Option<StoryId>, seconds: u32) -> Result<Ended, Stopped> {
    let patience = Duration::from_secs(seconds.into());
    let worker = desk.start_worker();
    let ended = desk.wait_for_outbox(story, patience).await;
    worker.stop().await;
    Ok(ended?)
}

fn newest(ended: &Ended) -> Option<&IntentView> {
    match ended {
        Ended::Settled(intents) | Ended::Stuck(intents) | Ended::Waiting(intents) => intents.first(),
    }
}

/// The exit code, and a sentence for each delivery that is not settled.
fn told(ended: &Ended) -> Answer {
    let (exit, intents) = match ended {
        Ended::Settled(_) => (0, &[][..]),
        Ended::Stuck(intents) => (REFUSED, intents.as_slice()),
        Ended::Waiting(intents) => (NOT_SETTLED, intents.as_slice()),
    };
    let remarks = intents.iter().filter(|intent| !intent.state.is_settled()).map(sentences::of_delivery);
    Answer { exit, remarks: remarks.collect(), ..Answer::done(json!(null), "") }
}
