//! Publishing and the outbox.

use std::time::Duration;

use desk::{
    Desk, Ended,
    commands::call,
    wire::{
        DataBudget, ErrorCode, IntentView, Nothing, OfIntent, OfStory, OfTheirs, PauseOutbox, PublishStory,
        ReturnStory, ScheduleStory, TakeDownStory,
    },
};
use serde_json::json;
use story::{IntentId, Notice, StoryId};

use crate::{
    answer::{Answer, NOT_SETTLED, REFUSED, Stopped, delivery_line, original_line},
    arguments::{
        File, Limit, OnOff, Originals, Outbox, OutboxVerb, Publish, Recall, Return, Schedule, TakeDown,
    },
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
    let send_until = publish.within.map(|minutes| desk.window_end(minutes));
    let notice = publish.change.map(|change| Notice { kind: change.into(), note: publish.note });
    match desk
        .publish_to(
            PublishStory { story, counter, send_until, notice, over_fallen: publish.over_approval },
            portal,
        )
        .await
    {
        Ok(_) => {}
        Err(error) if error.code == ErrorCode::RefusedAlreadyPublic => {
            return already_public(desk, story).await;
        }
        Err(error) => return Err(error.into()),
    }
    settled(desk, story, publish.wait).await
}

/// Hands what is saved to the portal's desk and waits for the portal's word.
pub async fn file(desk: &Desk, file: File) -> Result<Answer, Stopped> {
    let story = file.id;
    let counter = call::open_story(desk, OfStory { story }).await?.counter;
    call::file(desk, PublishStory::soon(story, counter)).await?;
    settled(desk, story, file.wait).await
}

/// Gives what is saved back to its author and waits for the portal's word.
pub async fn give_back(desk: &Desk, back: Return) -> Result<Answer, Stopped> {
    let story = back.id;
    let counter = call::open_story(desk, OfStory { story }).await?.counter;
    call::return_story(desk, ReturnStory { story, counter, reason: back.reason }).await?;
    settled(desk, story, back.wait).await
}

/// Takes a filed story back and waits for the portal's word, unless it had not been sent yet.
pub async fn recall(desk: &Desk, recall: Recall) -> Result<Answer, Stopped> {
    call::recall_story(desk, OfStory { story: recall.id }).await?;
    settled(desk, recall.id, recall.wait).await
}

/// Has the portal publish what is saved at a set time, and waits for the portal's word.
pub async fn schedule(desk: &Desk, schedule: Schedule) -> Result<Answer, Stopped> {
    let story = schedule.id;
    let counter = call::open_story(desk, OfStory { story }).await?.counter;
    call::schedule(
        desk,
        ScheduleStory { story, counter, at: schedule.at.to_utc(), over_fallen: schedule.over_approval },
    )
    .await?;
    settled(desk, story, schedule.wait).await
}

/// Takes a story from the readers and waits for the portal's word.
pub async fn withdraw(desk: &Desk, down: TakeDown) -> Result<Answer, Stopped> {
    let order = TakeDownStory { story: down.id, reason: down.reason, breaks_glass: false };
    call::withdraw(desk, order).await?;
    settled(desk, down.id, down.wait).await
}

pub(crate) async fn settled(desk: &Desk, story: StoryId, seconds: u32) -> Result<Answer, Stopped> {
    let ended = wait(desk, Some(story), seconds).await?;
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
    let view = match outbox.verb {
        Some(OutboxVerb::Run { wait }) => return run(desk, wait).await,
        None => call::outbox(desk, Nothing {}).await?,
        Some(OutboxVerb::Pause) => call::pause_outbox(desk, PauseOutbox { paused: true }).await?,
        Some(OutboxVerb::Resume) => call::pause_outbox(desk, PauseOutbox { paused: false }).await?,
        Some(OutboxVerb::Send { intent }) => call::send_now(desk, OfIntent { intent }).await?,
        Some(OutboxVerb::Cancel { intent }) => call::cancel_intent(desk, OfIntent { intent }).await?,
        Some(OutboxVerb::Budget { mobile, limit, originals, send_anyway }) => {
            return budget(desk, (mobile, limit, originals), send_anyway).await;
        }
        Some(OutboxVerb::Accept { intent }) => call::accept_differences(desk, OfIntent { intent }).await?,
        Some(OutboxVerb::AcceptTheirs { intent, version }) => {
            return accept_theirs(desk, intent, version).await;
        }
        Some(OutboxVerb::PublishOver { intent, version }) => {
            call::publish_over(desk, theirs(desk, intent, version).await?).await?
        }
    };
    let lines = view.intents.iter().map(delivery_line);
    let text: Vec<_> = lines.chain(view.originals.iter().map(original_line)).collect();
    let mut remarks = if view.paused { vec![Sentence::paused()] } else { Vec::new() };
    remarks.extend(view.intents.iter().flat_map(sentences::of_stuck));
    remarks.extend(view.originals.iter().filter_map(sentences::of_original));
    Ok(Answer { remarks, ..Answer::done(json!(view), text.join("\n")) })
}

/// Names the portal's version that stands in the way of an intent.
async fn theirs(desk: &Desk, intent: IntentId, version: Option<u32>) -> Result<OfTheirs, Stopped> {
    let view = call::outbox(desk, Nothing {}).await?;
    let found = view.intents.iter().find(|one| one.intent == intent);
    let known = found.and_then(|one| one.theirs.as_ref()).map(|theirs| theirs.revision);
    // Where there is none, the desk says so.
    Ok(OfTheirs { intent, revision: version.or(known).unwrap_or_default() })
}

async fn budget(
    desk: &Desk,
    (mobile, limit, originals): (Option<OnOff>, Option<Limit>, Option<Originals>),
    send_anyway: bool,
) -> Result<Answer, Stopped> {
    let mut view = call::outbox(desk, Nothing {}).await?;
    if mobile.is_some() || limit.is_some() || originals.is_some() {
        let mobile = mobile.map_or(view.budget.mobile, |mobile| mobile == OnOff::On);
        let daily_mb = limit.map_or(view.budget.daily_mb, |limit| limit.0);
        let originals = originals.map_or(view.budget.originals, story::Originals::from);
        view = call::set_data_budget(desk, DataBudget { mobile, daily_mb, originals }).await?;
    }
    if send_anyway {
        view = call::lift_data_budget(desk, Nothing {}).await?;
    }
    let remarks = vec![sentences::of_budget(&view.budget), sentences::of_policy(view.budget.originals)];
    Ok(Answer { remarks, ..Answer::done(json!(view.budget), "") })
}

async fn accept_theirs(desk: &Desk, intent: IntentId, version: Option<u32>) -> Result<Answer, Stopped> {
    let story = call::accept_theirs(desk, theirs(desk, intent, version).await?).await?;
    Ok(Answer::done(json!(story), story.story.to_string()))
}

async fn run(desk: &Desk, patience: u32) -> Result<Answer, Stopped> {
    desk.send_all_now().await?;
    let ended = wait(desk, None, patience).await?;
    let (state, intents) = match &ended {
        Ended::Settled(intents) => ("settled", intents),
        Ended::Stuck(intents) => ("stuck", intents),
        Ended::Waiting(intents) => ("waiting", intents),
    };
    let originals = call::outbox(desk, Nothing {}).await?.originals;
    let text: Vec<_> = intents.iter().map(delivery_line).chain(originals.iter().map(original_line)).collect();
    let value = json!({"ended": state, "intents": intents, "originals": originals});
    let mut answer = told(&ended);
    answer.remarks.extend(originals.iter().filter_map(sentences::of_original));
    Ok(Answer { value, text: text.join("\n"), ..answer })
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
    let open = intents.iter().filter(|intent| !intent.state.is_settled());
    let remarks = open.flat_map(|intent| {
        std::iter::once(sentences::of_delivery(intent)).chain(sentences::of_stuck(intent))
    });
    Answer { exit, remarks: remarks.collect(), ..Answer::done(json!(null), "") }
}
