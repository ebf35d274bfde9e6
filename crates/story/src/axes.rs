//! The four axes that say where a story stands. They are small, and never merged into one "status":
//! a live story can be in edit, a filed one can already be public in an older version.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{commands::Command, delivery::DeliveryState, guards::Guards, hash::Sha256Hex};

/// Where the working copy stands. The story's event log knows the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeskState {
    /// খসড়া: being written.
    Draft,
    /// জমা: handed to the desk.
    Filed,
    /// সম্পাদনায়: somebody at the desk has it, or a live story is being corrected.
    InEdit,
    /// ফেরত: back at its author, with a reason.
    Returned,
    /// অনুমোদিত: one version of it may be published.
    Approved,
    /// বাদ: set aside; it comes back by unspiking.
    Spiked,
}

/// The approval of one version. It holds only while that version is the head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Approval {
    /// The approved version.
    pub version: Sha256Hex,
    /// Who approved it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// It is the approver's own writing: one-person mode was on.
    #[serde(default)]
    pub alone: bool,
    /// That version was given to the outbox for readers: what is written afterwards is a new text, and nothing that was
    /// changed behind the approver's back.
    #[serde(default)]
    pub sent: bool,
}

/// What readers get. The portal knows the truth; this is its last word to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PublicState {
    /// Readers never had it.
    #[default]
    Never,
    /// It goes live at a set time.
    Scheduled,
    /// Readers have it.
    Live,
    /// It was live and is not now.
    Withdrawn,
    /// It was live and will never be again.
    Killed,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// প্রতিবেদক: writes and files.
    Correspondent,
    /// সহ-সম্পাদক: takes, edits, returns.
    SubEditor,
    /// সম্পাদক: approves and publishes.
    Editor,
    /// Accounts, devices, themes; no editorial act.
    Admin,
}

/// A story's place on all four axes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Axes {
    /// The working copy.
    pub desk: DeskState,
    /// The approval that stands, if any.
    pub approval: Option<Approval>,
    /// The approval that stood until a letter changed. It stands again once the text is that version again.
    #[serde(default)]
    pub fallen: Option<Approval>,
    /// The newest intent of the story that is not settled, else its last one; `None` when it was never sent.
    pub delivery: Option<DeliveryState>,
    /// What readers get, by the portal's last word.
    pub public: PublicState,
    /// What holds the story back, wherever it stands. No axis of its own: it moves none of the others.
    #[serde(default)]
    pub guards: Guards,
    /// Somebody else at the desk has the working copy: it was handed in here and taken there. No axis of its own either.
    #[serde(default)]
    pub elsewhere: bool,
}

impl Axes {
    /// Where every story begins.
    pub fn new_draft() -> Self {
        Self {
            desk: DeskState::Draft,
            approval: None,
            fallen: None,
            delivery: None,
            public: PublicState::Never,
            guards: Guards::default(),
            elsewhere: false,
        }
    }

    /// Where the story stands once its text is `version`: an approval falls when a letter changes, and the
    /// story is in edit again. It is a word on one text: once the text is that one again, to the byte, it stands
    /// again, here as at the portal.
    pub fn after_edit(&self, version: &Sha256Hex) -> Self {
        if let Some(approval) = self.approval.clone().filter(|approval| approval.version != *version) {
            let desk = if self.desk == DeskState::Approved { DeskState::InEdit } else { self.desk };
            let fallen = Some(approval).filter(|approval| !approval.sent);
            return Self { desk, approval: None, fallen, ..self.clone() };
        }
        let risen = self.fallen.clone().filter(|fallen| fallen.version == *version);
        if risen.is_some() && self.desk == DeskState::InEdit {
            return Self { desk: DeskState::Approved, approval: risen, fallen: None, ..self.clone() };
        }
        self.clone()
    }

    /// The same once the approved version was given to the outbox for readers.
    #[must_use]
    pub fn sent_out(self) -> Self {
        let approval = self.approval.map(|approval| Approval { sent: true, ..approval });
        Self { approval, ..self }
    }

    /// The same at another place of the desk, where no approval holds, nor the memory of one, and on this machine.
    #[must_use]
    pub fn unapproved(self, desk: DeskState) -> Self {
        Self { desk, approval: None, fallen: None, elsewhere: false, ..self }
    }

    /// The same once the desk has made `command` of it, which brought it to `desk`: whoever gave it was not here.
    #[must_use]
    pub fn handed_on(self, command: Command, desk: DeskState) -> Self {
        let given = self.elsewhere || matches!(self.desk, DeskState::Filed | DeskState::Returned);
        let elsewhere = match (command, desk) {
            (Command::Take, _) => true,
            (_, DeskState::InEdit | DeskState::Approved) => given,
            _ => false,
        };
        Self { elsewhere, ..self.unapproved(desk) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_holds_for_its_own_version_only() {
        let version = Sha256Hex::of(b"approved");
        let approval = Approval {
            version: version.clone(),
            by: String::new(),
            at: DateTime::UNIX_EPOCH,
            alone: false,
            sent: false,
        };
        let axes = Axes { desk: DeskState::Approved, approval: Some(approval), ..Axes::new_draft() };
        assert_eq!(axes.after_edit(&version), axes);
        let edited = axes.after_edit(&Sha256Hex::of(b"another letter"));
        assert_eq!((edited.desk, &edited.approval), (DeskState::InEdit, &None));
        assert_eq!(edited.fallen, axes.approval, "who had approved is not forgotten");
        let further = edited.after_edit(&Sha256Hex::of(b"two letters"));
        assert_eq!(further, edited);
        assert_eq!(further.after_edit(&version), axes, "the very text that was approved is approved");
        let next = axes.sent_out().after_edit(&Sha256Hex::of(b"a correction"));
        assert_eq!((next.desk, next.approval, next.fallen), (DeskState::InEdit, None, None));
    }

    #[test]
    fn what_was_handed_in_is_elsewhere_until_it_comes_back() {
        let filed = Axes { desk: DeskState::Filed, ..Axes::new_draft() };
        let taken = filed.clone().handed_on(Command::Take, DeskState::InEdit);
        assert!(taken.elsewhere);
        assert!(taken.clone().handed_on(Command::Approve, DeskState::Approved).elsewhere);
        assert!(filed.handed_on(Command::Approve, DeskState::Approved).elsewhere);
        assert!(!taken.clone().handed_on(Command::Return, DeskState::Returned).elsewhere);
        assert!(!taken.unapproved(DeskState::InEdit).elsewhere, "taken by this machine's own person");
        let ours = Axes { desk: DeskState::InEdit, ..Axes::new_draft() };
        assert!(!ours.handed_on(Command::Approve, DeskState::Approved).elsewhere, "approved in our hands");
    }

    #[test]
    fn a_draft_without_approval_stays_a_draft() {
        let draft = Axes::new_draft();
        assert_eq!(draft.after_edit(&Sha256Hex::of(b"x")), draft);
    }
}
