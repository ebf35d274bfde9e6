//! What a person does about a delivery that waits for them: whatever the window offers.

use desk::{
    commands::call,
    wire::{CommandError, ErrorCode, IntentView, MergeVersions, OfIntent, OfRevision, OfTheirs, StoryView},
};
use khosra_testkit::Dice;
use story::Choice;

use crate::{
    act::{Doing, Done, done, is_a_no},
    person::Person,
    plan::What,
};

impl Doing<'_, '_> {
    /// Takes the portal's version over, merges with it, or sends ours in its place.
    pub async fn answer_theirs(&mut self, view: &StoryView) -> Result<Done, CommandError> {
        let stuck = view.deliveries.iter().find(|intent| intent.theirs.is_some()).cloned();
        let Some(stuck) = stuck else { return Ok(Done::Nothing) };
        theirs(self.person, &stuck, self.step.what, &mut self.dice).await
    }

    pub async fn take_back(&mut self, view: &StoryView) -> Result<Done, CommandError> {
        let open = view.deliveries.iter().find(|intent| !intent.state.is_settled());
        let Some(intent) = open.map(|open| open.intent) else { return Ok(Done::Nothing) };
        call::cancel_intent(self.person.desk(), OfIntent { intent }).await?;
        self.person.taken_back.push(intent);
        Ok(Done::Yes)
    }

    pub async fn send_now(&mut self) -> Result<Done, CommandError> {
        let open = self.person.open().await;
        let Some(first) = open.first() else { return Ok(Done::Nothing) };
        done(call::send_now(self.person.desk(), OfIntent { intent: first.intent }).await)
    }
}

async fn theirs(
    person: &Person<'_>,
    stuck: &IntentView,
    what: What,
    dice: &mut Dice,
) -> Result<Done, CommandError> {
    let Some(theirs) = &stuck.theirs else { return Ok(Done::Nothing) };
    let of = OfTheirs { intent: stuck.intent, revision: theirs.revision };
    match what {
        What::AcceptTheirs => done(call::accept_theirs(person.desk(), of).await),
        What::PublishOver => done(call::publish_over(person.desk(), of).await),
        _ => merge(person, stuck, theirs.revision, dice).await,
    }
}

/// Where nobody has to choose nobody does; elsewhere either side's words, or both where that makes sense.
async fn merge(
    person: &Person<'_>,
    stuck: &IntentView,
    revision: u32,
    dice: &mut Dice,
) -> Result<Done, CommandError> {
    let story = stuck.story;
    let view = call::merge_view(person.desk(), OfRevision { story, number: revision }).await?;
    let choose = |place: &story::Place| match (dice.below(3), &place.both) {
        _ if place.settled.is_some() => None,
        (0, _) => Some(Choice::Ours),
        (1, Some(_)) => Some(Choice::Both),
        _ => Some(Choice::Theirs),
    };
    let choices = view.places.iter().map(choose).collect();
    let order = MergeVersions { story, revision, counter: view.counter, choices };
    done(call::merge_versions(person.desk(), order).await)
}

/// Answers whatever waits for this person, so that it comes to an end; says how many there were, and how many of them
/// had met with another version.
pub async fn answer_all(person: &mut Person<'_>, dice: &mut Dice) -> Result<(usize, usize), String> {
    let stuck: Vec<_> = person.open().await.into_iter().filter(|intent| intent.state.is_stuck()).collect();
    let mut met = 0;
    for intent in &stuck {
        met += usize::from(intent.theirs.is_some());
        match answer(person, intent, dice).await {
            // It has moved by itself meanwhile.
            Err(error) if is_a_no(error.code) => {}
            answered => answered.map(drop).map_err(|error| format!("{intent:?}: {error:?}"))?,
        }
    }
    Ok((stuck.len(), met))
}

/// What cannot be taken back may be done by now: it is sent again, which looks first.
async fn answer(person: &mut Person<'_>, stuck: &IntentView, dice: &mut Dice) -> Result<Done, CommandError> {
    let of = OfIntent { intent: stuck.intent };
    if stuck.theirs.is_some() {
        let what = dice.pick(&[What::AcceptTheirs, What::Merge, What::PublishOver]);
        return theirs(person, stuck, what, dice).await;
    }
    if stuck.acceptable {
        return done(call::accept_differences(person.desk(), of).await);
    }
    match call::cancel_intent(person.desk(), of).await {
        Ok(_) => {
            person.taken_back.push(stuck.intent);
            Ok(Done::Yes)
        }
        Err(error) if error.code == ErrorCode::TooLateToCancel => {
            done(call::send_now(person.desk(), of).await)
        }
        Err(error) => Err(error),
    }
}
