//! Who may judge a text, and what is asked first. The command table knows roles and places; what it cannot know is who has
//! written, and what was approved before.

use crate::{
    axes::Axes,
    commands::{Command, Refusal, RefusalCode},
};

/// Whether whoever writes alone may also approve.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnePerson {
    /// A second person reads everything.
    #[default]
    Off,
    /// For the day: what is approved so is marked.
    ForNow,
    /// The newsroom has one person. There is nobody to ask, and nothing to mark.
    Newsroom,
}

/// What is known of a story beside where it stands, when somebody is about to judge it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judging {
    /// Nobody but whoever gives the command has written the story.
    pub own_writing: bool,
    /// See [`OnePerson`].
    pub one_person: OnePerson,
    /// Somebody suggested a change that nobody has accepted or rejected.
    pub open_suggestions: bool,
    /// An approval fell since, and the person has not said that it goes out all the same.
    pub fell_unseen: bool,
}

impl Judging {
    /// What keeps `command` from a story that stands at `axes`, if anything.
    ///
    /// # Errors
    /// [`RefusalCode::SuggestionsOpen`] for an approval while suggestions wait; [`RefusalCode::OwnWriting`] for an approval of one's own writing while one-person mode is off;
    /// [`RefusalCode::ApprovalFell`] for what goes to readers, when another text was approved than this one.
    pub fn allow(self, command: Command, axes: &Axes) -> Result<(), Refusal> {
        let goes_out = matches!(command, Command::Publish | Command::Correct | Command::Schedule);
        if goes_out && self.fell_unseen && axes.fallen.is_some() {
            return Err(Refusal { code: RefusalCode::ApprovalFell, instead: Some(Command::Approve) });
        }
        if command == Command::Approve && self.open_suggestions {
            return Err(Refusal { code: RefusalCode::SuggestionsOpen, instead: None });
        }
        if command == Command::Approve && self.own_writing && self.one_person == OnePerson::Off {
            return Err(Refusal { code: RefusalCode::OwnWriting, instead: None });
        }
        Ok(())
    }

    /// An approval is marked as one of the approver's own writing.
    pub fn is_alone(self) -> bool {
        self.own_writing && self.one_person == OnePerson::ForNow
    }
}
