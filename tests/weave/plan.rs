//! What a seed decides: who does what to which story, and what happens to their machines meanwhile.

use std::fmt;

use chrono::TimeDelta;
use khosra_testkit::Dice;

/// Who sits where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Correspondent,
    /// A sub-editor, or another editor.
    Second,
    Editor,
}

/// One run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    /// Whether the second seat is another editor's.
    pub two_editors: bool,
    /// How far each machine's clock is ahead of the portal's, in hours; may be negative.
    pub skews: [i64; Seat::ALL.len()],
    /// Whose program follows the portal's desk by itself.
    pub follows: [bool; Seat::ALL.len()],
    pub steps: Vec<Step>,
}

/// One thing that somebody does, or that happens to their machine.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub seat: Seat,
    /// Which story, counted round those that there are.
    pub story: usize,
    pub what: What,
    /// The next step comes while this one is under way.
    pub hurried: bool,
    /// Decides whatever else has to be chosen.
    pub dice: u64,
}

#[derive(Debug, Clone, Copy)]
pub enum What {
    Begin {
        photo: bool,
    },
    Save,
    Cut,
    Restore,
    File,
    Recall,
    Take {
        over: bool,
    },
    Return,
    Approve,
    /// Takes the newest intent back, which for an approval is to unapprove.
    TakeBack,
    /// The first publication, or a correction of what readers have.
    Publish {
        over_fallen: bool,
    },
    Schedule {
        minutes: i64,
    },
    Withdraw,
    Kill {
        glass: bool,
    },
    /// Takes back a kill that waits for another editor.
    CallOff,
    Spike,
    Unspike,
    Note,
    Answer,
    /// Resolves a note, or opens it again.
    Turn,
    Hear,
    Look,
    AcceptTheirs,
    Merge,
    PublishOver,
    SendNow,
    OnePerson {
        on: bool,
    },
    /// Puts a legal flag on.
    Flag,
    /// Clears one: asks for it, or breaks the glass.
    Clear {
        glass: bool,
    },
    /// From now on, by the clock on the wall, which is the portal's.
    Embargo {
        minutes: i64,
    },
    Lift,
    Line(Line),
    Restart {
        in_the_middle: bool,
    },
    /// On all clocks.
    Pass {
        minutes: i64,
    },
}

/// What a line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// All goes well.
    Whole,
    /// Nothing gets through.
    Cut,
    /// The portal hears everything, and nobody hears the portal.
    Mute,
}

impl Seat {
    pub const ALL: [Self; 3] = [Self::Correspondent, Self::Second, Self::Editor];

    pub fn number(self) -> usize {
        Self::ALL.iter().position(|seat| *seat == self).expect("it is one of them")
    }
}

impl Plan {
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed.rotate_left(24) ^ 0x7765_6176_6573);
        let two_editors = dice.chance(50);
        let skews = Seat::ALL.map(|_| dice.pick(&[0, 24, -24]));
        let follows = Seat::ALL.map(|_| dice.chance(25));
        let mut steps = opening(&mut dice);
        let length = dice.pick(&[10, 16, 22, 30]);
        let trouble = dice.pick(&[8, 16, 16, 30]);
        for _ in 0..length {
            let seat = dice.pick(&[Seat::Correspondent, Seat::Second, Seat::Editor, Seat::Editor]);
            let as_editor = seat == Seat::Second && two_editors;
            let what = if dice.chance(trouble) {
                happens(&mut dice)
            } else {
                does(if as_editor { Seat::Editor } else { seat }, &mut dice)
            };
            let mut last = step(seat, what, &mut dice);
            steps.push(last);
            while let Some((other, answer)) = answered(last, two_editors, &mut dice) {
                steps.push(Step { story: last.story, ..step(other, What::Hear, &mut dice) });
                last = Step { story: last.story, ..step(other, answer, &mut dice) };
                steps.push(last);
            }
        }
        Self { seed, two_editors, skews, follows, steps }
    }

    /// How far this seat's clock is ahead.
    pub fn skew(&self, seat: Seat) -> TimeDelta {
        TimeDelta::hours(self.skews[seat.number()])
    }

    /// The same with some of its steps only.
    pub fn with(&self, steps: Vec<Step>) -> Self {
        Self { steps, ..self.clone() }
    }
}

fn step(seat: Seat, what: What, dice: &mut Dice) -> Step {
    Step { seat, story: dice.below(60), what, hurried: dice.chance(20), dice: dice.roll() }
}

/// What somebody else does who hears of it, more often than they would by chance: an editor clears a flag, and another one
/// agrees to what takes two.
fn answered(asked: Step, two_editors: bool, dice: &mut Dice) -> Option<(Seat, What)> {
    if dice.chance(40) {
        return None;
    }
    let other = if asked.seat == Seat::Editor { Seat::Second } else { Seat::Editor };
    match asked.what {
        What::Flag => Some((Seat::Editor, What::Clear { glass: dice.chance(25) })),
        What::Kill { glass: false } if two_editors && dice.chance(30) => Some((other, What::CallOff)),
        What::Kill { glass: false } | What::Clear { glass: false } if two_editors => {
            Some((other, asked.what))
        }
        _ => None,
    }
}

/// Most runs begin with something for the desk to do.
fn opening(dice: &mut Dice) -> Vec<Step> {
    if dice.chance(10) {
        return Vec::new();
    }
    let begin = What::Begin { photo: dice.chance(15) };
    let whats = [begin, What::Save, What::File];
    whats.map(|what| Step { story: 0, hurried: false, ..step(Seat::Correspondent, what, dice) }).to_vec()
}

fn happens(dice: &mut Dice) -> What {
    match dice.below(100) {
        0..30 => What::Line(Line::Cut),
        30..40 => What::Line(Line::Mute),
        40..65 => What::Line(Line::Whole),
        65..80 => What::Restart { in_the_middle: dice.chance(60) },
        _ => What::Pass { minutes: dice.pick(&[1, 6, 20, 90, 600]) },
    }
}

fn does(seat: Seat, dice: &mut Dice) -> What {
    if dice.chance(16) {
        return holds_back(seat, dice);
    }
    match seat {
        Seat::Correspondent => match dice.below(100) {
            0..8 => What::Begin { photo: dice.chance(15) },
            8..30 => What::Save,
            30..48 => What::File,
            48..54 => What::Recall,
            54..66 => What::Hear,
            _ => anybody(dice),
        },
        Seat::Second => match dice.below(100) {
            0..12 => What::Hear,
            12..30 => What::Take { over: dice.chance(35) },
            30..48 => What::Save,
            48..60 => What::Return,
            60..63 => What::Approve,
            63..66 => What::Publish { over_fallen: false },
            _ => anybody(dice),
        },
        Seat::Editor => match dice.below(100) {
            0..8 => What::Hear,
            8..26 => What::Take { over: dice.chance(40) },
            26..38 => What::Save,
            38..44 => What::Return,
            44..54 => What::Approve,
            54..65 => What::Publish { over_fallen: dice.chance(40) },
            65..70 => What::Schedule { minutes: dice.pick(&[2, 20, 90, 600]) },
            70..73 => What::Withdraw,
            73..78 => What::Kill { glass: dice.chance(25) },
            78..79 => What::CallOff,
            79..81 => What::OnePerson { on: dice.chance(70) },
            _ => anybody(dice),
        },
    }
}

/// Whoever may not do it tries all the same, now and then.
fn holds_back(seat: Seat, dice: &mut Dice) -> What {
    let (flag, clear) = if seat == Seat::Editor { (18, 48) } else { (40, 8) };
    match dice.below(100) {
        rolled if rolled < flag => What::Flag,
        rolled if rolled < flag + clear => What::Clear { glass: dice.chance(35) },
        rolled if rolled < 88 => What::Embargo { minutes: dice.pick(&[1, 1, 20, 90, 600, 4_000]) },
        _ => What::Lift,
    }
}

fn anybody(dice: &mut Dice) -> What {
    match dice.below(100) {
        0..5 => What::Begin { photo: false },
        5..12 => What::Cut,
        12..20 => What::Restore,
        20..26 => What::File,
        26..35 => What::Spike,
        35..44 => What::Unspike,
        44..52 => What::Note,
        52..59 => What::Answer,
        59..64 => What::Turn,
        64..70 => What::Look,
        70..76 => What::AcceptTheirs,
        76..83 => What::Merge,
        83..89 => What::PublishOver,
        89..94 => What::SendNow,
        _ => What::TakeBack,
    }
}

/// A line for each step, in the order of the run.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, two_editors, skews, follows, steps } = self;
        let second = if *two_editors { "another editor" } else { "a sub-editor" };
        writeln!(
            f,
            "seed {seed}, with {second}, clocks ahead by {skews:?} hours, following by themselves: {follows:?}"
        )?;
        steps.iter().enumerate().try_for_each(|(number, step)| {
            let hurried = if step.hurried { ", hurried" } else { "" };
            writeln!(f, "  {number:>2} {:?} at story {}: {:?}{hurried}", step.seat, step.story, step.what)
        })
    }
}
