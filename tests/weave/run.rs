//! One run: three people do what the plan says, whatever happens to their machines; then everything heals, and the laws
//! are held against what is left.

use std::time::Duration;

use chrono::TimeDelta;
use desk::wire::CommandError;
use khosra_testkit::Dice;
use story::StoryId;

use crate::{
    act::{Doing, Done},
    figures::Figures,
    healing, laws,
    looks::Looks,
    newsroom::House,
    person::Person,
    plan::{Line, Plan, Seat, Step, What},
};

/// No run may take longer; one takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(120);
/// What is said of one that took longer.
pub const TOO_LONG: &str = "the run came to no end in time";
/// Ids that one machine draws during one run, at most.
const IDS: u64 = 1 << 20;

/// What the steps of a run work on.
pub struct Run<'a> {
    pub house: &'a House,
    pub people: Vec<Person<'a>>,
    /// In the order in which they were begun, with a word that stands in each one's headline and in nobody else's.
    pub stories: Vec<(StoryId, String)>,
    /// Says which run of this house it is.
    number: u64,
    /// What was begun last.
    pub reached: String,
    pub looks: Looks,
}

/// Makes the run; gives every law that it broke.
pub async fn run(house: &House, plan: &Plan, number: u64, figures: &mut Figures) -> Vec<String> {
    // The next run's stories are younger than this one's.
    house.clock.pass(TimeDelta::minutes(1));
    let mut people = Vec::new();
    for (seat, place) in Seat::ALL.into_iter().zip(1..) {
        people.push(Person::sit_down(house, plan, seat, (number * 4 + place) * IDS).await);
    }
    let mut run =
        Run { house, people, stories: Vec::new(), number, reached: String::new(), looks: Looks::default() };
    figures.runs += 1;
    figures.skewed += u64::from(plan.skews.iter().any(|hours| *hours != 0));
    let whole = tokio::time::timeout(PATIENCE, run.reach_its_end(plan, figures)).await;
    let broken = whole.unwrap_or_else(|_| vec![format!("{TOO_LONG}, behind {}", run.reached)]);
    figures.stories += run.stories.len() as u64;
    for person in run.people {
        person.chair.line.calm();
        person.room.closed().await;
    }
    broken
}

impl Run<'_> {
    async fn reach_its_end(&mut self, plan: &Plan, figures: &mut Figures) -> Vec<String> {
        for (step, number) in plan.steps.iter().zip(0..) {
            figures.steps += 1;
            self.reached = format!("step {number}");
            if let Err(error) = self.step(*step, number, figures).await {
                return vec![format!("step {number}, {:?} at story {}: {error:?}", step.what, step.story)];
            }
            self.look(figures).await;
        }
        if let Err(why) = healing::heal(self, plan, figures).await {
            return vec![why];
        }
        laws::broken(self, figures).await
    }

    async fn step(&mut self, step: Step, number: u64, figures: &mut Figures) -> Result<(), CommandError> {
        self.tick();
        match step.what {
            What::Line(line) => {
                figures.partitions += u64::from(line != Line::Whole);
                return self.lay(step.seat, line).await;
            }
            What::Restart { in_the_middle } => {
                figures.restarts += 1;
                self.people[step.seat.number()].room.kill(in_the_middle).await;
                return Ok(());
            }
            What::Pass { minutes } => {
                self.pass(TimeDelta::minutes(minutes), figures).await;
                return Ok(());
            }
            _ => {}
        }
        let done = self.command(step, number).await?;
        let name = format!("{:?}", step.what);
        let name = name.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
        let count = figures.commands.entry(name).or_default();
        match done {
            Done::Yes => count.0 += 1,
            Done::No => count.1 += 1,
            Done::Nothing => return Ok(()),
        }
        if step.hurried { Ok(()) } else { self.people[step.seat.number()].quiet().await }
    }

    async fn command(&mut self, step: Step, number: u64) -> Result<Done, CommandError> {
        let story = self.stories.get(step.story % self.stories.len().max(1)).map(|(story, _)| *story);
        let person = &mut self.people[step.seat.number()];
        let word = format!("শব্দ{}-{number}।", self.number);
        let mut doing = Doing { person, step, story, word, dice: Dice::new(step.dice) };
        if matches!(step.what, What::Begin { .. }) {
            let title = format!("খবর{}-{}।", self.number, self.stories.len());
            let story = doing.begin(&title).await?;
            self.stories.push((story, title));
            return Ok(Done::Yes);
        }
        doing.carry_out().await
    }

    async fn lay(&mut self, seat: Seat, line: Line) -> Result<(), CommandError> {
        let person = &mut self.people[seat.number()];
        person.lay(line);
        if line == Line::Whole {
            // As the worker would by itself, a while later.
            person.desk().send_all_now().await?;
        }
        person.quiet().await
    }

    /// As a reader, once anybody has asked for something to be held back.
    pub async fn look(&mut self, figures: &mut Figures) {
        if self.people.iter().any(|person| !person.asked.is_empty()) {
            self.looks.look(self.house, &self.stories, figures).await;
        }
    }

    /// Nothing takes no time at all.
    pub fn tick(&self) {
        let second = TimeDelta::seconds(1);
        self.house.clock.pass(second);
        self.people.iter().for_each(|person| person.room.host.pass(second));
    }

    /// On all clocks.
    pub async fn pass(&mut self, time: TimeDelta, figures: &mut Figures) {
        figures.hours += u64::try_from(time.num_hours()).unwrap_or(0);
        self.house.clock.pass(time);
        for person in &self.people {
            person.room.host.pass(time);
            person.room.wake().await;
        }
    }

    pub fn ids(&self) -> Vec<StoryId> {
        self.stories.iter().map(|(story, _)| *story).collect()
    }
}
