//! What a step of the plan comes to: the command that a window would give, with whatever the person sees at that moment.

use chrono::TimeDelta;
use desk::{
    Host as _,
    commands::call,
    wire::{
        ApproveStory, AttachPhoto, CommandError, CutRevision, ErrorCode, Nothing, OfRevision, OfStory,
        OnePersonMode, PublishStory, ReturnStory, SaveDraft, ScheduleStory, StoryView, TakeDownStory,
        TakeStory, TurnNote, WriteNote,
    },
};
use khosra_testkit::{Dice, content, other_jpeg};
use story::{ChangeKind, Content, NoteTurn, Notice, PublicState, RevisionReason, StoryId, StoryPhoto};

use crate::{
    person::Person,
    plan::{Step, What},
};

const REASON: &str = "তথ্য যাচাই হয়নি";

/// What became of a command.
pub enum Done {
    /// It was carried out.
    Yes,
    /// The desk said no.
    No,
    /// Nothing of that kind could be done: the story is not here, or nothing is stuck.
    Nothing,
}

/// One command and everything it is about.
pub struct Doing<'a, 'b> {
    pub person: &'a mut Person<'b>,
    pub step: Step,
    /// The story that the step is about, when there is one at all.
    pub story: Option<StoryId>,
    /// A word that is in no other text.
    pub word: String,
    pub dice: Dice,
}

type Answer = Result<Done, CommandError>;

impl Doing<'_, '_> {
    /// Gives the command. An error is a no as well, unless it is one that no window should ever see.
    pub async fn carry_out(&mut self) -> Answer {
        match self.give().await {
            Err(error) if is_a_no(error.code) => Ok(Done::No),
            answer => answer,
        }
    }

    async fn give(&mut self) -> Answer {
        match self.step.what {
            What::Hear => return done(call::refresh_queue(self.person.desk(), Nothing {}).await),
            What::OnePerson { on } => {
                return done(call::set_one_person(self.person.desk(), OnePersonMode { on }).await);
            }
            What::SendNow => return self.send_now().await,
            _ => {}
        }
        let Some(story) = self.story else { return Ok(Done::Nothing) };
        if let What::Take { over } = self.step.what {
            return self.take(story, over).await;
        }
        let Some(view) = self.person.view(story).await else { return Ok(Done::Nothing) };
        self.write(&view).await.unwrap_or(Ok(Done::Nothing))
    }

    /// `None`: it is none of these.
    async fn write(&mut self, view: &StoryView) -> Option<Answer> {
        let (desk, story, counter) = (&self.person.desk().clone(), view.story, view.counter);
        let order = || PublishStory::soon(story, counter);
        let of = OfStory { story };
        Some(match self.step.what {
            What::Save => self.save(view).await,
            What::Cut => {
                done(call::cut_revision(desk, CutRevision { story, reason: RevisionReason::Asked }).await)
            }
            What::Restore => self.restore(story).await,
            What::File => done(call::file(desk, order()).await),
            What::Recall => done(call::recall_story(desk, of).await),
            What::Return => {
                let reason = REASON.to_owned();
                done(call::return_story(desk, ReturnStory { story, counter, reason }).await)
            }
            What::Approve => done(call::approve(desk, ApproveStory { story, counter }).await),
            What::Publish { over_fallen } => {
                let order = PublishStory { over_fallen, notice: self.notice(view), ..order() };
                done(call::publish(desk, order).await)
            }
            What::Schedule { minutes } => {
                let at = self.person.room.host.now() + TimeDelta::minutes(minutes);
                done(call::schedule(desk, ScheduleStory { story, counter, at, over_fallen: true }).await)
            }
            What::Withdraw => done(call::withdraw(desk, down(story, false)).await),
            What::Kill { glass } => done(call::kill(desk, down(story, glass)).await),
            What::Spike => done(call::spike(desk, of).await),
            What::Unspike => done(call::unspike(desk, of).await),
            What::Look => done(call::look_at_portal(desk, of).await),
            What::Note | What::Answer | What::Turn => self.say(story).await,
            What::TakeBack => self.take_back(view).await,
            What::AcceptTheirs | What::Merge | What::PublishOver => self.answer_theirs(view).await,
            What::Flag | What::Clear { .. } | What::Embargo { .. } | What::Lift | What::CallOff => {
                self.hold_back(story).await
            }
            _ => return None,
        })
    }

    /// Begins a story with its first words; there is none yet that could be meant.
    pub async fn begin(&mut self, title: &str) -> Result<StoryId, CommandError> {
        let story = call::new_story(self.person.desk(), Nothing {}).await?.story;
        let mut text = content(&format!("{title} {}", self.word));
        if matches!(self.step.what, What::Begin { photo: true }) {
            let attach = AttachPhoto { story, name: "ghat.jpg".to_owned() };
            let attached = self.person.desk().attach_photo(attach, other_jpeg()).await?;
            text.photos.push(said(attached.photo.id));
        }
        self.keep(story, 2, text).await?;
        Ok(story)
    }

    async fn keep(&mut self, story: StoryId, counter: u64, content: Content) -> Result<(), CommandError> {
        let save = SaveDraft { story, counter, content, undo: None };
        call::save_draft(self.person.desk(), save).await?;
        self.person.saved.entry(story).or_default().push(self.word.clone());
        Ok(())
    }

    /// Types on, in one field or another.
    async fn save(&mut self, view: &StoryView) -> Answer {
        let mut content = view.content.clone();
        let field = match self.dice.below(4) {
            0 => &mut content.headline,
            1 => &mut content.standfirst,
            _ => &mut content.body,
        };
        *field = format!("{field} {}", self.word);
        // Whoever holds the story, and wherever it stands: typing is never refused.
        let kept = self.keep(view.story, view.counter + 1, content).await;
        kept.map(|()| Done::Yes).map_err(|error| CommandError { code: ErrorCode::Internal, ..error })
    }

    async fn restore(&mut self, story: StoryId) -> Answer {
        let all = call::list_revisions(self.person.desk(), OfStory { story }).await?.revisions;
        if all.is_empty() {
            return Ok(Done::Nothing);
        }
        // A window saves and cuts before it brings something else.
        let desk = self.person.desk();
        call::cut_revision(desk, CutRevision { story, reason: RevisionReason::Left }).await?;
        let number = all[self.dice.below(all.len())].number;
        done(call::restore_revision(desk, OfRevision { story, number }).await)
    }

    async fn take(&mut self, story: StoryId, takeover: bool) -> Answer {
        match call::take_story(self.person.desk(), TakeStory { story, takeover }).await {
            Ok(taken) if taken.story.is_none() => Ok(Done::No),
            taken => done(taken),
        }
    }

    async fn say(&mut self, story: StoryId) -> Answer {
        let notes = self.person.notes(story).await;
        let heads: Vec<_> = notes.iter().filter(|note| note.parent.is_none()).collect();
        let desk = self.person.desk();
        let text = format!("এটা দেখুন {}", self.word);
        if matches!(self.step.what, What::Note) {
            return done(call::write_note(desk, WriteNote { story, parent: None, anchor: None, text }).await);
        }
        if heads.is_empty() {
            return Ok(Done::Nothing);
        }
        let head = heads[self.dice.below(heads.len())];
        let note = head.note;
        if matches!(self.step.what, What::Answer) {
            let answer = WriteNote { story, parent: Some(note), anchor: None, text };
            return done(call::write_note(desk, answer).await);
        }
        let turn = if head.open { NoteTurn::Resolved } else { NoteTurn::Reopened };
        done(call::turn_note(desk, TurnNote { story, note, turn }).await)
    }

    /// Readers are told of half of the changes to what they have.
    fn notice(&mut self, view: &StoryView) -> Option<Notice> {
        let told = view.axes.public == PublicState::Live && self.dice.chance(50);
        let kinds =
            [ChangeKind::Update, ChangeKind::Clarification, ChangeKind::Correction, ChangeKind::Reply];
        told.then(|| Notice {
            kind: self.dice.pick(&kinds), note: "আগে ভুল ছিল।".to_owned()
        })
    }
}

/// The answer itself says nothing more than that the command was carried out.
pub fn done<T>(answer: Result<T, CommandError>) -> Answer {
    answer.map(|_| Done::Yes)
}

fn down(story: StoryId, breaks_glass: bool) -> TakeDownStory {
    TakeDownStory { story, reason: REASON.to_owned(), breaks_glass }
}

fn said(id: story::Sha256Hex) -> StoryPhoto {
    StoryPhoto {
        id,
        caption: "ঘাটের ধারে".to_owned(),
        credit: "নিজস্ব".to_owned(),
        alt: "ঘাট".to_owned(),
        decorative: false,
        lead: true,
        focal: None,
    }
}

/// Whether a window has a sentence for it that a person expects to read now and then.
pub fn is_a_no(code: ErrorCode) -> bool {
    !matches!(
        code,
        ErrorCode::Internal
            | ErrorCode::BadArguments
            | ErrorCode::StoreReadOnly
            | ErrorCode::StoreFull
            | ErrorCode::StoreLocked
            | ErrorCode::StoreDamaged
            | ErrorCode::StoreNewer
            | ErrorCode::StoreBroken
            | ErrorCode::TextTooLong
            | ErrorCode::NoPortal
            | ErrorCode::NoDesk
            | ErrorCode::NoKeychain
    )
}
