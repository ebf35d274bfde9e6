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
        AttachPhoto, CommandError, DeskEvent, ErrorCode, IntentView, Nothing, OfIntent, OfStory,
        PublishStory, SaveDraft,
    },
};
use khosra_testkit::{Asked, Dice, Fault, Proxy, Seen, content};
use story::{Cause, DeliveryState, IntentId, StoryId, StoryPhoto};
use tokio::sync::watch;

use crate::{
    figures::Figures,
    lane::Lane,
    plan::{Plan, StoryPlan},
    room::Room,
    subject::Subject,
};

/// No run may take longer; one takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(90);
/// Nothing may stand still so long while something is due.
const ASLEEP: Duration = Duration::from_secs(12);
/// The person gives up on a portal that says no so often, and the test with it.
const ANSWERS: usize = 200;

/// What a run left behind, to be judged.
pub struct Left {
    pub told: Vec<DeskEvent>,
    pub seen: Vec<Seen>,
    /// Intents that the desk said it had taken back.
    pub taken_back: Vec<IntentId>,
    pub store: std::path::PathBuf,
    /// Goes, and the store with it, when this does.
    _folder: tempfile::TempDir,
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
        fault.filter(|fault| is_truthful(*fault, asked, again))
    });
    let room = Room::open(&lane.template, plan.seed).await;
    let stories = plan.stories.iter().map(|plan| Author::of(*plan)).collect();
    let dice = Dice::new(!plan.seed);
    let kills = plan.kills.clone();
    let mut run =
        Run { plan, room, stories, dice, kills, begin, arrived, figures, taken_back: Vec::new(), answers: 0 };
    let ended = tokio::time::timeout(PATIENCE, run.reach_its_end()).await;
    let ended = ended.unwrap_or_else(|_| Err("the run came to no end in time".to_owned()));
    let outbox = call::outbox(run.room.desk(), Nothing {}).await;
    let unsettled = || crate::client::unsettled(&run.room.file()).join("\n  ");
    ended.map_err(|why| format!("{why}:\n  {}\n{outbox:#?}", unsettled()))?;
    run.figures.passed += run.room.host.now() - noon();
    let (told, taken_back) = (run.room.host.told(), run.taken_back);
    let (folder, store) = run.room.closed().await;
    lane.proxy.calm();
    lane.proxy.let_go().await;
    Ok(Left { told, seen: seen(&lane.proxy, figures), taken_back, store, _folder: folder })
}

/// A refusal in the portal's own words must be one that it could give: it never denies a story that it has, nor
/// refuses a command that it may have carried out when it came before.
fn is_truthful(fault: Fault, asked: &Asked, again: bool) -> bool {
    let Fault::Refused(status) = fault else { return true };
    !again && (status != 404 || asked.method != "GET")
}

fn seen(proxy: &Proxy, figures: &mut Figures) -> Vec<Seen> {
    let seen = proxy.seen();
    figures.requests += seen.len() as u64;
    for fault in seen.iter().filter_map(|seen| seen.fault) {
        *figures.faults.entry(fault.name()).or_default() += 1;
    }
    seen
}

fn noon() -> chrono::DateTime<chrono::Utc> {
    "2025-11-05T06:00:00Z".parse().unwrap()
}

/// A story as its author means it.
struct Author {
    plan: StoryPlan,
    story: Option<StoryId>,
    /// Versions given to the outbox so far.
    versions: usize,
    photos: Vec<StoryPhoto>,
}

struct Run<'a> {
    plan: &'a Plan,
    room: Room,
    stories: Vec<Author>,
    dice: Dice,
    kills: Vec<(usize, bool)>,
    begin: usize,
    arrived: watch::Receiver<usize>,
    figures: &'a mut Figures,
    taken_back: Vec<IntentId>,
    answers: usize,
}

impl Author {
    fn of(plan: StoryPlan) -> Self {
        Self { plan, story: None, versions: 0, photos: Vec::new() }
    }

    fn is_done(&self) -> bool {
        self.versions > self.plan.corrections
    }
}

impl Run<'_> {
    async fn reach_its_end(&mut self) -> Result<(), String> {
        let mut moved = (Instant::now(), 0);
        loop {
            let mut open = self.open().await;
            if self.write(&open).await? {
                open = self.open().await;
            }
            if open.is_empty() && self.stories.iter().all(Author::is_done) {
                return Ok(());
            }
            self.answer(&open).await?;
            self.let_time_pass(&open).await;
            let told = tokio::select! {
                () = self.room.host.next_telling() => true,
                in_the_middle = kill(&mut self.kills, &mut self.arrived, self.begin) => {
                    self.kill(in_the_middle).await;
                    true
                }
                () = tokio::time::sleep(Duration::from_millis(40)) => false,
            };
            // Much is told at once.
            tokio::time::sleep(Duration::from_millis(3)).await;
            let arrived = *self.arrived.borrow();
            if told || arrived != moved.1 {
                moved = (Instant::now(), arrived);
            } else if moved.0.elapsed() > ASLEEP {
                return Err("the worker sleeps while something is due".to_owned());
            }
        }
    }

    async fn open(&self) -> Vec<IntentView> {
        let outbox = call::outbox(self.room.desk(), Nothing {}).await.expect("the outbox can be read");
        outbox.intents.into_iter().filter(|intent| !intent.state.is_settled()).collect()
    }

    /// Whoever has something to publish, and may, does so; says whether anybody had.
    async fn write(&mut self, open: &[IntentView]) -> Result<bool, String> {
        let mut wrote = false;
        for number in 0..self.stories.len() {
            if self.stories[number].is_done() || self.waits(number) {
                continue;
            }
            let story = match self.stories[number].story {
                Some(story) if open.iter().any(|intent| intent.story == story) => continue,
                Some(story) => story,
                None => self.begin(number).await,
            };
            let view = call::open_story(self.room.desk(), OfStory { story }).await.expect("it is there");
            self.publish(number, story, view.counter).await?;
            wrote = true;
        }
        Ok(wrote)
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
    async fn publish(&mut self, number: usize, story: StoryId, counter: u64) -> Result<(), String> {
        let author = &mut self.stories[number];
        author.versions += 1;
        let headline = headline(self.plan.seed, number, author.versions);
        let content = story::Content { photos: author.photos.clone(), ..content(&headline) };
        let (plan, counter) = (author.plan, counter + 1);
        let save = SaveDraft { story, counter, content, undo: None };
        call::save_draft(self.room.desk(), save).await.expect("it is saved");
        let order = PublishStory { story, counter, send_until: None };
        let view = call::publish(self.room.desk(), order).await;
        let view = view.map_err(|error| format!("publish was refused: {error:?}"))?;
        self.figures.intents += 1;
        if plan.taken_back {
            self.take_back(view.deliveries[0].intent).await;
        }
        Ok(())
    }

    async fn take_back(&mut self, intent: IntentId) {
        match call::cancel_intent(self.room.desk(), OfIntent { intent }).await {
            Ok(_) => {
                self.figures.taken_back += 1;
                self.taken_back.push(intent);
            }
            Err(error) => assert_eq!(error.code, ErrorCode::TooLateToCancel),
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
            match self.dice.below(100) {
                // On a good line everything must arrive: to take it back then would hide what never can.
                0..12 if !calm => self.take_back(stuck.intent).await,
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

    async fn send_now(&mut self, intent: IntentId) {
        self.figures.sent_again += 1;
        call::send_now(self.room.desk(), OfIntent { intent }).await.expect("the window offers it");
    }

    /// Nobody waits for the clock here: it is set to where something is due, when nothing is due before.
    async fn let_time_pass(&mut self, open: &[IntentView]) {
        let now = self.room.host.now();
        let waits = |intent: &IntentView| {
            intent.state != DeliveryState::Sending && intent.next_at.is_some_and(|next| next > now)
        };
        if open.is_empty() || !open.iter().all(waits) {
            return;
        }
        let Some(next) = open.iter().filter_map(|intent| intent.next_at).min() else { return };
        if self.dice.chance(10) {
            // Somebody has no patience.
            return self.send_now(open[0].intent).await;
        }
        self.room.host.pass(next - now + TimeDelta::milliseconds(1));
        self.room.wake().await;
    }

    async fn kill(&mut self, in_the_middle: bool) {
        self.figures.kills += 1;
        self.room.kill(in_the_middle).await;
    }
}

/// Returns when the next kill is due, with whether it comes in the middle of everything.
async fn kill(kills: &mut Vec<(usize, bool)>, arrived: &mut watch::Receiver<usize>, begin: usize) -> bool {
    let Some((after, in_the_middle)) = kills.first().copied() else { return std::future::pending().await };
    let _ = arrived.wait_for(|arrived| *arrived >= begin + after).await;
    kills.remove(0);
    in_the_middle
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
