//! One run: stories are written and published over a bad line, by a person who does what the window allows.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use desk::{
    Host as _,
    commands::call,
    wire::{
        AttachPhoto, CommandError, DeskEvent, ErrorCode, IntentAct, IntentView, Nothing, OfIntent, OfStory,
        PublishStory, SaveDraft, ScheduleStory, StoryView, TakeDownStory,
    },
};
use khosra_testkit::{Asked, Dice, Fault, Proxy, Seen, content};
use story::{Cause, DeliveryState, IntentId, PublicState, StoryId, StoryPhoto};
use tokio::sync::watch;

use crate::{
    author::Author,
    figures::Figures,
    lane::Lane,
    plan::Plan,
    room::Room,
    subject::{Promise, Subject},
};

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
    let room = Room::open(&lane.template, plan.seed, S::PATIENCE).await;
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

    /// Whoever has a command to give, and may, does so; says whether anybody had.
    async fn write(&mut self, open: &[IntentView]) -> Result<bool, String> {
        let mut wrote = false;
        for number in 0..self.stories.len() {
            if !self.stories[number].is_done() && !self.waits(number) {
                wrote |= self.step(number, open).await?;
            }
        }
        Ok(wrote)
    }

    async fn step(&mut self, number: usize, open: &[IntentView]) -> Result<bool, String> {
        let story = self.stories[number].story;
        let is_open = story.is_some_and(|story| open.iter().any(|intent| intent.story == story));
        let Some(story) = story else {
            let story = self.begin(number).await;
            self.stories[number].began = *self.arrived.borrow();
            return self.publish(number, story).await.map(|()| true);
        };
        if self.stories[number].goes_down(*self.arrived.borrow(), is_open) {
            return self.take_down(number, story, is_open).await.map(|()| true);
        }
        if is_open {
            return Ok(false);
        }
        let public = self.view(story).await.axes.public;
        let author = &mut self.stories[number];
        author.may_be_scheduled &=
            public == PublicState::Scheduled && self.lane.subject.pass(TimeDelta::zero());
        if author.is_done() || author.waits_for_its_time() {
            return Ok(false);
        }
        self.publish(number, story).await.map(|()| true)
    }

    async fn view(&self, story: StoryId) -> StoryView {
        call::open_story(self.room.desk(), OfStory { story }).await.expect("it is there")
    }

    /// Withdraws or kills it, if the desk finds something to take down.
    async fn take_down(&mut self, number: usize, story: StoryId, is_open: bool) -> Result<(), String> {
        let author = &mut self.stories[number];
        let Some(plan) = author.down else { return Ok(()) };
        let order =
            TakeDownStory { story, reason: "তথ্য যাচাই হয়নি".to_owned() };
        let desk = self.room.desk();
        let taken =
            if plan.killed { call::kill(desk, order).await } else { call::withdraw(desk, order).await };
        match taken {
            Ok(view) => {
                author.down = None;
                author.goal = author.versions + usize::from(plan.again);
                let intent = view.deliveries[0].intent;
                self.downs.push(Down { story, intent, lines: None });
                *if plan.killed { &mut self.figures.killed } else { &mut self.figures.withdrawn } += 1;
                self.figures.overtaken += u64::from(is_open);
                self.figures.again += u64::from(plan.again);
                Ok(())
            }
            // Everything was taken back before.
            Err(error) if error.code == ErrorCode::RefusedNotPublic => {
                author.down = None;
                Ok(())
            }
            Err(error) => Err(format!("to take it down was refused: {error:?}")),
        }
    }

    /// Not yet, while others are not done.
    fn waits(&self, number: usize) -> bool {
        let arrived = *self.arrived.borrow() - self.begin;
        let before = &self.stories[..number];
        arrived < self.stories[number].plan.begins_after && before.iter().any(|other| !other.is_done())
    }

    async fn begin(&mut self, number: usize) -> StoryId {
        let story = call::new_story(self.room.desk(), Nothing {}).await.expect("a story").story;
        let plan = self.stories[number].plan;
        for photo in 0..plan.photos {
            let bytes = picture(self.plan.seed, number, photo, plan.large && photo == 0);
            let attach = AttachPhoto { story, name: format!("{photo}.jpg") };
            let attached = self.room.desk().attach_photo(attach, bytes).await.expect("a photo");
            self.stories[number].photos.push(said(attached.photo.id, photo == 0));
            self.figures.photos += 1;
        }
        self.stories[number].story = Some(story);
        self.figures.stories += 1;
        story
    }

    /// The next version, saved and given to the outbox.
    async fn publish(&mut self, number: usize, story: StoryId) -> Result<(), String> {
        let counter = self.view(story).await.counter + 1;
        let author = &mut self.stories[number];
        author.versions += 1;
        let headline = headline(self.plan.seed, number, author.versions);
        let content = story::Content {
            photos: author.photos.clone(),
            section: S::SECTION.to_owned(),
            ..content(&headline)
        };
        let (plan, is_first) = (author.plan, author.versions == 1);
        let save = SaveDraft { story, counter, content, undo: None };
        call::save_draft(self.room.desk(), save).await.expect("it is saved");
        let given = match plan.scheduled.filter(|_| is_first) {
            Some(scheduled) => {
                author.may_be_scheduled = true;
                self.figures.scheduled += 1;
                // A real clock must not reach it during the run.
                let least = if self.lane.subject.pass(TimeDelta::zero()) { 0 } else { 90 };
                let at = self.room.host.now() + TimeDelta::minutes(scheduled.minutes.max(least));
                call::schedule(self.room.desk(), ScheduleStory { story, counter, at }).await
            }
            None => {
                let order = PublishStory { story, counter, send_until: None };
                call::publish(self.room.desk(), order).await
            }
        };
        let view = given.map_err(|error| format!("publish was refused: {error:?}"))?;
        self.figures.intents += 1;
        if plan.taken_back {
            self.take_back(view.deliveries[0].intent).await;
        }
        Ok(())
    }

    /// Says whether it could be taken back.
    async fn take_back(&mut self, intent: IntentId) -> bool {
        match call::cancel_intent(self.room.desk(), OfIntent { intent }).await {
            Ok(_) => {
                self.figures.taken_back += 1;
                self.taken_back.push(intent);
                true
            }
            Err(error) => {
                assert_eq!(error.code, ErrorCode::TooLateToCancel);
                false
            }
        }
    }

    /// What waits for a person gets one: who signs in again, sends again, or takes it back.
    async fn answer(&mut self, open: &[IntentView]) -> Result<(), String> {
        for stuck in open.iter().filter(|intent| intent.state.is_stuck()) {
            self.answers += 1;
            if self.answers > ANSWERS {
                return Err("whatever the person does, it stays stuck".to_owned());
            }
            let cause = stuck.cause.map(|cause| format!("{cause:?}")).unwrap_or_default();
            *self.figures.stuck.entry(cause).or_default() += 1;
            let signed_out = matches!(stuck.cause, Some(Cause::SignedOut | Cause::NoSecret));
            let calm = *self.arrived.borrow() - self.begin > self.plan.faults.len();
            let dice = self.dice.below(100);
            if self.is_too_late(stuck) && self.take_back(stuck.intent).await {
                continue;
            }
            match dice {
                // On a good line everything must arrive: to take it back then would hide what never can. Who takes a
                // story down means it.
                0..12 if !calm && !is_taking_down(stuck.act) => drop(self.take_back(stuck.intent).await),
                12..60 if signed_out => {
                    // It may fail on this line as anything may; then the person is asked again.
                    self.figures.sign_ins += 1;
                    let _: Result<(), CommandError> = self.room.sign_in().await;
                }
                _ => self.send_now(stuck.intent).await,
            }
        }
        Ok(())
    }

    /// No portal takes a time that is past by its clock.
    fn is_too_late(&self, stuck: &IntentView) -> bool {
        stuck.act == IntentAct::Schedule
            && stuck.cause == Some(Cause::Invalid)
            && stuck.live_at.is_some_and(|at| at <= self.lane.subject.now())
    }

    async fn send_now(&mut self, intent: IntentId) {
        self.figures.sent_again += 1;
        call::send_now(self.room.desk(), OfIntent { intent }).await.expect("the window offers it");
    }

    /// Nobody waits for the clock here: it is set to where something is due, when nothing is due before.
    async fn let_time_pass(&mut self, open: &[IntentView]) {
        let now = self.room.host.now();
        let is_behind = |intent: &IntentView| {
            let downs =
                open.iter().filter(|other| is_taking_down(other.act) && other.intent != intent.intent);
            !is_taking_down(intent.act) && downs.clone().any(|down| down.story == intent.story)
        };
        let waits = |intent: &IntentView| {
            let is_later = intent.next_at.is_some_and(|next| next > now) || is_behind(intent);
            intent.state != DeliveryState::Sending && is_later
        };
        if open.is_empty() {
            return self.let_the_time_come().await;
        }
        if !open.iter().all(waits) {
            return;
        }
        let next = open.iter().filter(|intent| !is_behind(intent)).filter_map(|intent| intent.next_at).min();
        let Some(next) = next else { return };
        if self.dice.chance(10) {
            // Somebody has no patience.
            return self.send_now(open[0].intent).await;
        }
        self.pass(next - now + TimeDelta::milliseconds(1)).await;
    }

    /// Of scheduled stories, by both clocks.
    async fn let_the_time_come(&mut self) {
        let clock = self.room.host.now().min(self.lane.subject.now());
        for number in 0..self.stories.len() {
            let author = &self.stories[number];
            let Some(story) = author.story.filter(|_| author.waits_for_its_time()) else { continue };
            let at = self.view(story).await.live_at;
            let until = at.map_or(TimeDelta::zero(), |at| at + TimeDelta::seconds(6) - clock);
            // Clocks go on, and the desk asks again where it got no answer.
            return self.pass(until.max(TimeDelta::seconds(1))).await;
        }
    }

    async fn pass(&self, time: TimeDelta) {
        self.room.host.pass(time);
        self.lane.subject.pass(time);
        self.room.wake().await;
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

/// What no other story of any run says.
pub fn headline(seed: u64, story: usize, version: usize) -> String {
    format!("পরীক্ষা {seed}, খবর {story}, সংস্করণ {version}")
}

fn said(id: story::Sha256Hex, lead: bool) -> StoryPhoto {
    StoryPhoto {
        id,
        caption: "ঘাটের ধারে".to_owned(),
        credit: "নিজস্ব".to_owned(),
        alt: "ঘাট".to_owned(),
        decorative: false,
        lead,
        focal: None,
    }
}

/// A small JPEG that is nobody else's; a large one is noise, so that it takes several requests.
fn picture(seed: u64, story: usize, photo: usize, large: bool) -> Vec<u8> {
    let mut dice = Dice::new(seed ^ (story as u64) << 40 ^ (photo as u64) << 50);
    let (width, height) = if large { (640, 480) } else { (48, 32) };
    let shade = dice.roll().to_le_bytes();
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let noise = if large { dice.roll().to_le_bytes() } else { shade };
        let step = u8::try_from((x / 8 + y / 8) % 32).expect("small");
        image::Rgb([noise[0] ^ step, noise[1], noise[2]])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("memory");
    bytes.into_inner()
}
