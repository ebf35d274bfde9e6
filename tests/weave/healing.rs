//! Every line is mended, everybody asks what is new and answers what waits for them, until nothing moves any more.

use chrono::TimeDelta;
use desk::{
    commands::call,
    wire::{Nothing, PublishStory, ReturnStory},
};
use khosra_testkit::Dice;

use crate::{
    act::is_a_no,
    book,
    figures::Figures,
    person::Person,
    plan::{Line, Plan, Seat},
    run::Run,
    stuck,
};

/// So many rounds are enough for three people, or they never agree.
const ROUNDS: usize = 14;
/// Between two rounds; longer than a lease.
const APART: TimeDelta = TimeDelta::minutes(10);
/// Longer than anything waits that was scheduled.
const PAST_EVERY_TIME: TimeDelta = TimeDelta::hours(60);

/// Heals; an error says what never came to an end.
pub async fn heal(run: &mut Run<'_>, plan: &Plan, figures: &mut Figures) -> Result<(), String> {
    let mut dice = Dice::new(!plan.seed);
    for person in &mut run.people {
        person.lay(Line::Whole);
        person.desk().send_all_now().await.map_err(|error| format!("{error:?}"))?;
    }
    if dice.chance(50) {
        send_all(run, &mut dice).await?;
    }
    if dice.chance(50) {
        run.pass(PAST_EVERY_TIME, figures).await;
    }
    let mut before = String::new();
    for round in 0..ROUNDS {
        let mut open = 0;
        for seat in Seat::ALL {
            run.tick();
            let person = &mut run.people[seat.number()];
            run.reached = format!("{seat:?} in round {round}");
            hear(person).await?;
            run.reached.push_str(", heard");
            let quiet = person.quiet().await;
            quiet.map_err(|error| format!("the outbox cannot be read: {error:?}"))?;
            run.reached.push_str(", quiet");
            let (stuck, met) = stuck::answer_all(person, &mut dice).await?;
            figures.stuck += stuck as u64;
            figures.conflicts += met as u64;
            open += person.open().await.len();
            run.look(figures).await;
        }
        let now = standing(run).await;
        if open == 0 && now == before {
            return Ok(());
        }
        before = now;
        run.pass(APART, figures).await;
    }
    let mut open = Vec::new();
    for person in &run.people {
        open.extend(
            person.open().await.into_iter().map(|intent| format!("\n  {:?}: {intent:?}", person.seat)),
        );
    }
    Err(format!("after {ROUNDS} rounds something still moves:{}\n{before}", open.concat()))
}

/// Everybody sends what they have, without a look at what the others have made of it: where two wrote, they meet.
async fn send_all(run: &Run<'_>, dice: &mut Dice) -> Result<(), String> {
    for person in &run.people {
        for story in run.ids() {
            let Some(view) = person.view(story).await else { continue };
            let (desk, order) = (person.desk(), PublishStory::soon(story, view.counter));
            let back = ReturnStory { story, counter: view.counter, reason: "দেখুন".to_owned() };
            let sent = match (person.seat, dice.chance(50)) {
                (Seat::Correspondent, _) => call::file(desk, order).await,
                (Seat::Editor, true) => call::publish(desk, order).await,
                _ => call::return_story(desk, back).await,
            };
            match sent {
                Err(error) if !is_a_no(error.code) => return Err(format!("{:?}: {error:?}", person.seat)),
                // Where it stands, it may not be sent.
                _ => {}
            }
        }
        person.quiet().await.map_err(|error| format!("the outbox cannot be read: {error:?}"))?;
    }
    Ok(())
}

async fn hear(person: &Person<'_>) -> Result<(), String> {
    let heard = call::refresh_queue(person.desk(), Nothing {}).await;
    heard.map(drop).map_err(|error| format!("{:?} cannot hear of the desk: {error:?}", person.seat))
}

/// Everything that anybody knows of any story.
async fn standing(run: &Run<'_>) -> String {
    let mut all = format!("at the portal: {}", book::counter(&run.house.book()));
    for person in &run.people {
        for story in run.ids() {
            let Some(view) = person.view(story).await else { continue };
            let notes = person.notes(story).await.len();
            let (seat, axes, counter) = (person.seat, view.axes, view.counter);
            all.push_str(&format!("\n{seat:?}, {story}: save {counter}, {notes} notes, {axes:?}"));
        }
    }
    all
}
