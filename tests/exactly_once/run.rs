//! One run: stories are written and published over a bad line, by a person who does what the window allows.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use desk::{
    Host as _,
    commands::call,
    wire::{DeskEvent, IntentAct, IntentView, Nothing},
};
use khosra_testkit::{Asked, Dice, Fault, Proxy, Room, Seen};
use story::{IntentId, Line, StoryId};
use tokio::sync::watch;

use crate::{
    author::Author,
    figures::Figures,
    lane::Lane,
    plan::Plan,
    subject::{Promise, Subject},
};

mod clock;
mod person;

/// No run may take longer; one takes a tenth of a second, or a few seconds where it is WordPress that answers.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often the person looks at the outbox when nothing is told, and how long after it was.
const LOOK: Duration = Duration::from_millis(150);
const SETTLE: Duration = Duration::from_millis(12);
/// Nothing may stand still so long while something is due.
const ASLEEP: Duration = Duration::from_secs(30);
/// The person gives up on a portal that says no so often, and the test with it.
const ANSWERS: usize = 200;

/// What a run left behind, to be judged.
pub struct Left {
    pub told: Vec<DeskEvent>,
    pub seen: Vec<Seen>,
    /// Intents that the desk said it had taken back.
    pub taken_back: Vec<IntentId>,
    /// Stories that the desk took down.
    pub downs: Vec<Down>,
    pub store: std::path::PathBuf,
    /// Goes, and the store with it, when this does.
    _folder: tempfile::TempDir,
}

/// A taking down that the desk accepted.
pub struct Down {
    pub story: StoryId,
    pub intent: IntentId,
    /// Lines in the portal's book of the story when the desk said that it was down.
    pub lines: Option<usize>,
}

/// Makes the run; an error says what never came to an end.
pub async fn run<S: Subject>(lane: &Lane<S>, plan: &Plan, figures: &mut Figures) -> Result<Left, String> {
    let mut arrived = lane.proxy.arrived();
    let begin = *arrived.borrow_and_update();
    let faults = plan.faults.clone();
    let (mut next, mut keys) = (0, BTreeSet::new());
    lane.proxy.seen();
    lane.proxy.bend(move |asked| {
        next += 1;
        let again = asked.key.as_ref().is_some_and(|key| !keys.insert(key.clone()));
        let fault = faults.get(next - 1).copied().flatten();
        fault.filter(|fault| {
            is_truthful(*fault, asked, again) && (S::PROMISE == Promise::Keys || suits(*fault))
        })
    });
    let room = Room::open(&lane.template, (plan.seed + 1) << 16, S::PATIENCE).await;
    if plan.originals {
        room.host.set_line(Line::Free);
    }
    // The next run's stories are younger than this one's.
    lane.subject.pass(TimeDelta::minutes(1));
    room.host.pass(lane.subject.now() - room.host.now() + plan.clock_ahead);
    let began = room.host.now();
    let stories = plan.stories.iter().map(|plan| Author::of(*plan)).collect();
    let (dice, kills) = (Dice::new(!plan.seed), plan.kills.clone());
    let (taken_back, downs) = (Vec::new(), Vec::new());
    let mut run = Run {
        lane,
        plan,
        room,
        stories,
        dice,
        kills,
        begin,
        arrived,
        figures,
        taken_back,
        downs,
        answers: 0,
    };
    let ended = tokio::time::timeout(PATIENCE, run.reach_its_end()).await;
    let ended = ended.unwrap_or_else(|_| Err("the run came to no end in time".to_owned()));
    let outbox = call::outbox(run.room.desk(), Nothing {}).await;
    let unsettled = || crate::client::unsettled(&run.room.file()).join("\n  ");
    ended.map_err(|why| format!("{why}:\n  {}\n{outbox:#?}", unsettled()))?;
    run.figures.passed += run.room.host.now() - began;
    let (told, taken_back, downs) = (run.room.host.told(), run.taken_back, run.downs);
    let (folder, store) = run.room.closed().await;
    lane.proxy.calm();
    lane.proxy.let_go().await;
    Ok(Left { told, seen: seen(&lane.proxy, figures), taken_back, downs, store, _folder: folder })
}

/// A refusal in the portal's own words must be one that it could give: it never denies a story that it has, nor
/// refuses a command that it may have carried out when it came before.
fn is_truthful(fault: Fault, asked: &Asked, again: bool) -> bool {
    let Fault::Refused(status) = fault else { return true };
    !again && (status != 404 || asked.method != "GET")
}

/// The portal's own words are those of the native contract; and what is held up for ever would be a command that
/// nobody is sure of at the end, of which a portal without keys can promise nothing.
fn suits(fault: Fault) -> bool {
    !matches!(fault, Fault::Refused(_) | Fault::Late(usize::MAX))
}

fn seen(proxy: &Proxy, figures: &mut Figures) -> Vec<Seen> {
    let seen = proxy.seen();
    figures.requests += seen.len() as u64;
    for fault in seen.iter().filter_map(|seen| seen.fault) {
        *figures.faults.entry(fault.name()).or_default() += 1;
    }
    seen
}

struct Run<'a, S> {
    lane: &'a Lane<S>,
    plan: &'a Plan,
    room: Room,
    stories: Vec<Author>,
    dice: Dice,
    kills: Vec<(usize, bool)>,
    begin: usize,
    arrived: watch::Receiver<usize>,
    figures: &'a mut Figures,
    taken_back: Vec<IntentId>,
    downs: Vec<Down>,
    answers: usize,
}

impl<S: Subject> Run<'_, S> {
    async fn reach_its_end(&mut self) -> Result<(), String> {
        let mut moved = (Instant::now(), 0);
        loop {
            let mut open = self.open().await;
            self.note_downs(&open);
            if self.write(&open).await? {
                open = self.open().await;
            }
            if open.is_empty() && self.stories.iter().all(Author::is_done) {
                return Ok(());
            }
            self.answer(&open).await?;
            self.let_time_pass(&open).await;
            let next_down = self.next_down();
            let told = tokio::select! {
                () = self.room.host.next_telling() => true,
                // At that very moment, whatever is under way.
                () = reached(self.lane.proxy.arrived(), next_down) => continue,
                in_the_middle = kill(&mut self.kills, &mut self.arrived, self.begin) => {
                    self.kill(in_the_middle).await;
                    true
                }
                () = tokio::time::sleep(LOOK) => false,
            };
            // Much is told at once, and reading the outbox is what a run would do most.
            tokio::time::sleep(SETTLE).await;
            let arrived = *self.arrived.borrow();
            if told || arrived != moved.1 {
                moved = (Instant::now(), arrived);
            } else if moved.0.elapsed() > ASLEEP {
                return Err("the worker sleeps while something is due".to_owned());
            }
        }
    }

    /// How many requests the next taking down waits for.
    fn next_down(&self) -> Option<usize> {
        let arrived = *self.arrived.borrow();
        let begun = self.stories.iter().filter(|author| author.story.is_some());
        let downs = begun.filter_map(|author| author.down.map(|down| author.began + down.after));
        downs.filter(|due| *due > arrived).min()
    }

    async fn open(&self) -> Vec<IntentView> {
        let outbox = call::outbox(self.room.desk(), Nothing {}).await.expect("the outbox can be read");
        outbox.intents.into_iter().filter(|intent| !intent.state.is_settled()).collect()
    }

    /// What the portal's book says at the moment when the desk calls a story down.
    fn note_downs(&mut self, open: &[IntentView]) {
        for down in self.downs.iter_mut().filter(|down| down.lines.is_none()) {
            if open.iter().all(|intent| intent.intent != down.intent) {
                down.lines = Some(self.lane.subject.acts(down.story).map_or(0, |acts| acts.len()));
            }
        }
    }

    async fn kill(&mut self, in_the_middle: bool) {
        self.figures.kills += 1;
        self.room.kill(in_the_middle).await;
    }
}

/// Returns once so many requests have arrived; never, without a number.
async fn reached(mut arrived: watch::Receiver<usize>, number: Option<usize>) {
    let Some(number) = number else { return std::future::pending().await };
    let _ = arrived.wait_for(|arrived| *arrived >= number).await;
}

/// Returns when the next kill is due, with whether it comes in the middle of everything.
async fn kill(kills: &mut Vec<(usize, bool)>, arrived: &mut watch::Receiver<usize>, begin: usize) -> bool {
    let Some((after, in_the_middle)) = kills.first().copied() else { return std::future::pending().await };
    let _ = arrived.wait_for(|arrived| *arrived >= begin + after).await;
    kills.remove(0);
    in_the_middle
}

fn is_taking_down(act: IntentAct) -> bool {
    matches!(act, IntentAct::Withdraw | IntentAct::Kill)
}
