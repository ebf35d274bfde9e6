//! What a seed decides: who writes what, what goes wrong on the line, when the program is killed.

use std::time::Duration;

use chrono::TimeDelta;
use khosra_testkit::{Dice, Fault, Part, RetryAfter, Twice, When};

use crate::elsewhere;

const PARTS: [Part; 5] = [Part::FirstLine, Part::Head, Part::HalfBody, Part::AllButOne, Part::Whole];
const CUTS_OF_ANSWER: [Option<Part>; 5] =
    [None, Some(Part::FirstLine), Some(Part::Head), Some(Part::HalfBody), Some(Part::AllButOne)];
const STATUSES: [u16; 17] =
    [400, 401, 403, 404, 408, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503, 504, 511];
const WAITS: [RetryAfter; 5] =
    [RetryAfter::None, RetryAfter::Seconds, RetryAfter::Date, RetryAfter::Absurd, RetryAfter::Negative];

/// Requests that pass one that is held up; `LAST` lets all pass that the run makes.
const PASSING: usize = 3;
const LAST: usize = usize::MAX;
/// Sets the dice for taking down and scheduling apart from the others.
const DOWN: u64 = 0x6E65_7665_7220_6167;

/// One run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    /// What happens to the first requests; those behind them pass.
    pub faults: Vec<Option<Fault>>,
    /// After how many requests the program is killed; the second says whether in the middle of everything.
    pub kills: Vec<(usize, bool)>,
    /// How far this machine's clock is ahead of the portal's; may be negative.
    pub clock_ahead: TimeDelta,
    /// The line costs nothing by the byte: originals go too.
    pub originals: bool,
    pub stories: Vec<StoryPlan>,
}

/// One story.
#[derive(Debug, Clone, Copy)]
pub struct StoryPlan {
    /// Requests that go before it is begun.
    pub begins_after: usize,
    pub photos: usize,
    /// Its first photo takes several requests.
    pub large: bool,
    /// Versions after the first that readers are to get.
    pub corrections: usize,
    /// It is taken back at once, if that can still be done.
    pub taken_back: bool,
    /// Its first version is published at a set time.
    pub scheduled: Option<Scheduled>,
    /// It leaves the readers.
    pub taken_down: Option<TakenDown>,
}

/// A first version that waits for the portal's clock.
#[derive(Debug, Clone, Copy)]
pub struct Scheduled {
    pub minutes: i64,
    /// What the story does next, it does only once readers have it; else before.
    pub is_awaited: bool,
}

/// How a story leaves the readers.
#[derive(Debug, Clone, Copy)]
pub struct TakenDown {
    /// Requests after the story's first command, whatever is on its way then; or once all is done, if that is sooner.
    pub after: usize,
    /// For ever.
    pub killed: bool,
    /// It is published again afterwards.
    pub again: bool,
}

impl Plan {
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let requests = 3 + dice.below(18);
        let weather = dice.pick(&[10, 25, 25, 45, 80]);
        let faults = (0..requests).map(|_| dice.chance(weather).then(|| fault(&mut dice)));
        let faults: Vec<_> = faults.collect();
        let kills = (0..dice.pick(&[0, 0, 0, 1, 1, 2])).map(|_| (1 + dice.below(requests), dice.chance(70)));
        let mut kills: Vec<_> = kills.collect();
        kills.sort_unstable();
        let stories = (0..dice.pick(&[1, 1, 1, 2, 2, 3])).map(|number| story(number, &mut dice));
        let mut stories: Vec<_> = stories.collect();
        // Dice of their own: what a seed meant before there were these, it means still.
        let mut dice = Dice::new(seed.rotate_left(32) ^ DOWN);
        stories.iter_mut().for_each(|story| goes_down(story, &mut dice));
        let clock_ahead = TimeDelta::hours(dice.pick(&[0, 0, 0, 0, 0, 0, 26, -26]));
        let passing = dice.pick(&[PASSING, PASSING, 7, LAST]);
        let faults =
            faults.into_iter().map(|fault: Option<Fault>| fault.map(|fault| later(fault, passing))).collect();
        // Of the seed itself, for the same reason.
        let originals = seed % 2 == 1;
        Self { seed, faults, kills, clock_ahead, originals, stories }
    }
}

/// What is held up comes behind so many others.
fn later(fault: Fault, passing: usize) -> Fault {
    if matches!(fault, Fault::Late(_)) { Fault::Late(passing) } else { fault }
}

fn story(number: usize, dice: &mut Dice) -> StoryPlan {
    StoryPlan {
        begins_after: number * dice.below(8),
        photos: dice.pick(&[0, 0, 0, 1, 1, 2]),
        large: dice.chance(1),
        corrections: dice.pick(&[0, 0, 0, 1, 1, 2]),
        taken_back: dice.chance(6),
        scheduled: None,
        taken_down: None,
    }
}

fn goes_down(story: &mut StoryPlan, dice: &mut Dice) {
    story.scheduled = dice
        .chance(12)
        .then(|| Scheduled { minutes: dice.pick(&[1, 20, 90, 600]), is_awaited: dice.chance(50) });
    let killed = dice.chance(30);
    let (after, again) = (dice.below(14), !killed && dice.chance(40));
    story.taken_down = dice.chance(40).then_some(TakenDown { after, killed, again });
}

fn fault(dice: &mut Dice) -> Fault {
    match dice.below(100) {
        0..6 => Fault::CutBefore,
        6..22 => Fault::CutRequest(dice.pick(&PARTS)),
        22..42 => Fault::CutAnswer(dice.pick(&CUTS_OF_ANSWER)),
        42..48 => Fault::Twice(dice.pick(&[Twice::First, Twice::Second])),
        48..52 => Fault::Late(PASSING),
        52..54 => Fault::Delay(Duration::from_millis(20 + dice.roll() % 60)),
        54..76 => status(dice),
        76..80 => Fault::Refused(dice.pick(&[401, 403, 404, 409, 412, 413, 422, 503])),
        80..84 => Fault::SqlPage(when(dice)),
        84..88 => Fault::LoginPage(when(dice)),
        88..92 => Fault::HalfJson,
        92..93 => rare(dice),
        _ => Fault::Redirect(dice.pick(&[301, 302, 307, 308]), dice.pick(elsewhere::places())),
    }
}

/// Those that cost time, or megabytes.
fn rare(dice: &mut Dice) -> Fault {
    dice.pick(&[Fault::GzipBomb, Fault::EndlessHead, Fault::EndlessBody, Fault::Slow, Fault::Silence])
}

fn status(dice: &mut Dice) -> Fault {
    let status = dice.pick(&STATUSES);
    let after = if matches!(status, 429 | 503) { dice.pick(&WAITS) } else { RetryAfter::None };
    Fault::Status(status, when(dice), after)
}

fn when(dice: &mut Dice) -> When {
    dice.pick(&[When::Unheard, When::Done])
}
