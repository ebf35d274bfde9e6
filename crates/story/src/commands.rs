//! The desk's commands as one table: which is allowed from which desk state, to whom, and where it leads.
//! A cell that is not in the table is refused with a code and an alternative; nothing is refused in silence.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::axes::{Axes, DeskState, PublicState, Role};

/// A verb of the desk. Typing is never a command that can be refused; saving is not in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Begin a story.
    Create,
    /// Declare one version fit for readers.
    Approve,
    /// Declare fit what nobody else has written, while one-person mode is on for the day.
    ApproveAlone,
    /// Take an approval back before the portal has heard of it.
    Unapprove,
    /// Give the approved version to readers for the first time.
    Publish,
    /// Give readers the approved version in place of the one they have.
    Correct,
    /// Hand the story to the desk.
    File,
    /// By somebody at the desk: take the story into their hands.
    Take,
    /// Give the story back to its author, with a reason.
    Return,
    /// By its author: take back what nobody at the desk has taken yet.
    Recall,
    /// Have the portal give the approved version to readers at a set time.
    Schedule,
    /// Take the story from the readers, or its time from a scheduled one.
    Withdraw,
    /// Take the story from the readers for ever.
    Kill,
    /// Set aside a story that readers never had.
    Spike,
    /// Bring a spiked story back.
    Unspike,
    /// By somebody at the portal: a version of the story that did not come from here. Kept in the history.
    ChangeAtPortal,
    /// Take the portal's version over as the draft, and take back what was to be sent.
    AcceptTheirs,
    /// Make one draft of ours and of the portal's version, and take back what was to be sent.
    Merge,
    /// Send ours in place of the portal's version that was shown.
    PublishOver,
    /// Take it as delivered although the portal kept something otherwise.
    AcceptDifferences,
    /// Hold the story back: somebody doubts that it may be published at all.
    Flag,
    /// The first of two editors wants the legal flag cleared.
    AskClear,
    /// Clear the legal flag: by the second of two editors, or where there is nobody else to ask.
    ClearFlag,
    /// Clear the legal flag alone: the glass was broken.
    ClearAlone,
    /// Hold the story back until a time.
    SetEmbargo,
    /// Take that time away.
    LiftEmbargo,
    /// The first of two editors kills the story: readers lose it at once, and it waits for the second.
    AskKill,
    /// Kill the story alone: the glass was broken.
    KillAlone,
    /// Take back a kill that waits; the story stays withdrawn.
    CallOffKill,
    /// Send what was warned of all the same; the line names the warnings.
    OverrideWarning,
}

/// Why a command was refused. The interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// This role may not do it.
    Role,
    /// The story is spiked.
    Spiked,
    /// The story is not spiked.
    NotSpiked,
    /// No approval stands for the head version.
    NotApproved,
    /// Readers already have the story.
    AlreadyPublic,
    /// Readers do not have the story.
    NotPublic,
    /// The desk has it already.
    AlreadyFiled,
    /// The desk does not have it.
    NotFiled,
    /// Somebody at the desk has it.
    Taken,
    /// The story was killed.
    Killed,
    /// An earlier delivery of this story is not settled yet.
    DeliveryOpen,
    /// Nobody but the one who would approve it has written it, and one-person mode is off.
    OwnWriting,
    /// Another text was approved than this one.
    ApprovalFell,
    /// Somebody suggested a change that nobody has accepted or rejected.
    SuggestionsOpen,
    /// A legal flag holds it back.
    Flagged,
    /// No legal flag is there.
    NotFlagged,
    /// Its embargo is not over.
    Embargoed,
    /// A kill of it waits for a second person.
    KillWaits,
    /// No kill of it waits.
    NoKillWaits,
    /// Somebody else has to agree.
    SecondPerson,
}

/// A refusal: the reason, and what could be done instead, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The command that would be allowed, or would make this one allowed.
    pub instead: Option<Command>,
}

struct Row {
    command: Command,
    from: &'static [DeskState],
    to: Option<DeskState>,
    roles: &'static [Role],
}

use DeskState::{Approved, Draft, Filed, InEdit, Returned, Spiked};
use Role::{Correspondent, Editor, SubEditor};

const ALL_BUT_SPIKED: &[DeskState] = &[Draft, Filed, InEdit, Returned, Approved];
const ALL: &[DeskState] = &[Draft, Filed, InEdit, Returned, Approved, Spiked];
/// In its author's hands.
const AT_AUTHOR: &[DeskState] = &[Draft, Returned];
const WRITERS: &[Role] = &[Correspondent, SubEditor, Editor];
const DESK: &[Role] = &[SubEditor, Editor];

/// `to: None` keeps the desk state. A command with two rows is two roles' in different places.
const TABLE: &[Row] = &[
    Row { command: Command::Approve, from: ALL_BUT_SPIKED, to: Some(Approved), roles: &[Editor] },
    Row { command: Command::ApproveAlone, from: ALL_BUT_SPIKED, to: Some(Approved), roles: &[Editor] },
    Row { command: Command::Unapprove, from: &[Approved], to: Some(InEdit), roles: &[Editor] },
    Row { command: Command::Publish, from: &[Approved], to: None, roles: &[Editor] },
    Row { command: Command::Correct, from: &[Approved], to: None, roles: &[Editor] },
    Row { command: Command::File, from: &[Draft, Returned], to: Some(Filed), roles: WRITERS },
    Row { command: Command::Take, from: &[Filed, InEdit, Approved], to: Some(InEdit), roles: DESK },
    Row { command: Command::Return, from: &[Filed, InEdit], to: Some(Returned), roles: DESK },
    Row { command: Command::Recall, from: &[Filed], to: Some(Draft), roles: WRITERS },
    Row { command: Command::Schedule, from: &[Approved], to: None, roles: &[Editor] },
    Row { command: Command::Withdraw, from: ALL_BUT_SPIKED, to: None, roles: &[Editor] },
    Row { command: Command::Kill, from: ALL_BUT_SPIKED, to: None, roles: &[Editor] },
    Row {
        command: Command::Spike,
        from: &[Draft, Filed, InEdit, Returned],
        to: Some(Spiked),
        roles: WRITERS,
    },
    Row { command: Command::Unspike, from: &[Spiked], to: Some(Draft), roles: WRITERS },
    Row { command: Command::AcceptTheirs, from: ALL_BUT_SPIKED, to: None, roles: WRITERS },
    Row { command: Command::Merge, from: ALL_BUT_SPIKED, to: None, roles: WRITERS },
    Row { command: Command::PublishOver, from: ALL_BUT_SPIKED, to: None, roles: WRITERS },
    Row { command: Command::AcceptDifferences, from: ALL_BUT_SPIKED, to: None, roles: WRITERS },
    Row { command: Command::Flag, from: ALL, to: None, roles: WRITERS },
    Row { command: Command::AskClear, from: ALL, to: None, roles: &[Editor] },
    Row { command: Command::ClearFlag, from: ALL, to: None, roles: &[Editor] },
    Row { command: Command::ClearAlone, from: ALL, to: None, roles: &[Editor] },
    Row { command: Command::SetEmbargo, from: AT_AUTHOR, to: None, roles: &[Correspondent] },
    Row { command: Command::SetEmbargo, from: ALL_BUT_SPIKED, to: None, roles: DESK },
    Row { command: Command::LiftEmbargo, from: AT_AUTHOR, to: None, roles: &[Correspondent] },
    Row { command: Command::LiftEmbargo, from: ALL_BUT_SPIKED, to: None, roles: DESK },
    Row { command: Command::AskKill, from: ALL_BUT_SPIKED, to: None, roles: &[Editor] },
    Row { command: Command::KillAlone, from: ALL_BUT_SPIKED, to: None, roles: &[Editor] },
    Row { command: Command::CallOffKill, from: ALL, to: None, roles: &[Editor] },
];

/// Whether `role` may give `command` to a story that stands at `axes`, and the desk state it leads to.
///
/// # Errors
/// The [`Refusal`], with what could be done instead.
pub fn decide(command: Command, axes: &Axes, role: Role) -> Result<DeskState, Refusal> {
    if command == Command::Create {
        return Ok(Draft);
    }
    if matches!(command, Command::ChangeAtPortal | Command::OverrideWarning) {
        // Nobody is asked: it has happened, or goes with what somebody was asked about.
        return Ok(axes.desk);
    }
    let Some(row) = TABLE.iter().find(|row| row.command == command && row.roles.contains(&role)) else {
        return refuse(RefusalCode::Role, None);
    };
    if !row.from.contains(&axes.desk) && !is_for_correction(command, axes) {
        return Err(wrong_state(command, axes));
    }
    guard(command, axes)?;
    Ok(row.to.unwrap_or(axes.desk))
}

/// What readers have is the desk's, whoever wrote at it last.
fn is_for_correction(command: Command, axes: &Axes) -> bool {
    command == Command::Take && axes.public == PublicState::Live && axes.desk != Spiked
}

fn wrong_state(command: Command, axes: &Axes) -> Refusal {
    let (code, instead) = match (command, axes.desk) {
        (_, Spiked) => (RefusalCode::Spiked, Some(Command::Unspike)),
        (Command::Take | Command::Return | Command::Recall, _) if axes.public == PublicState::Killed => {
            (RefusalCode::Killed, None)
        }
        (Command::Take, _) => (RefusalCode::NotFiled, Some(Command::File)),
        (Command::Return, Approved) => (RefusalCode::NotFiled, Some(Command::Take)),
        (Command::Recall, InEdit | Approved) => (RefusalCode::Taken, None),
        (Command::Return | Command::Recall, _) => (RefusalCode::NotFiled, None),
        (Command::Unspike, _) => (RefusalCode::NotSpiked, None),
        (Command::Spike, _) => (RefusalCode::AlreadyPublic, None),
        (Command::File, _) => (RefusalCode::AlreadyFiled, None),
        // The desk has it: its embargo is the desk's, too.
        (Command::SetEmbargo | Command::LiftEmbargo, _) => (RefusalCode::AlreadyFiled, None),
        _ => (RefusalCode::NotApproved, Some(Command::Approve)),
    };
    Refusal { code, instead }
}

fn guard(command: Command, axes: &Axes) -> Result<(), Refusal> {
    guard_held_back(command, axes)?;
    match command {
        Command::Publish | Command::Correct | Command::Schedule if axes.approval.is_none() => {
            refuse(RefusalCode::NotApproved, Some(Command::Approve))
        }
        Command::Approve
        | Command::ApproveAlone
        | Command::File
        | Command::Return
        | Command::Recall
        | Command::Publish
        | Command::Correct
        | Command::Schedule => guard_sending(command, axes),
        Command::Take if axes.public == PublicState::Killed => refuse(RefusalCode::Killed, None),
        Command::Withdraw | Command::Kill | Command::AskKill | Command::KillAlone => {
            guard_taking_down(command, axes)
        }
        Command::Spike if matches!(axes.public, PublicState::Live | PublicState::Scheduled) => {
            refuse(RefusalCode::AlreadyPublic, None)
        }
        // It would go on its way, and nobody could say what is to become of it.
        Command::Spike if is_on_its_way(axes) => refuse(RefusalCode::DeliveryOpen, None),
        _ => Ok(()),
    }
}

/// What holds a story back, and what takes that away.
fn guard_held_back(command: Command, axes: &Axes) -> Result<(), Refusal> {
    let guards = &axes.guards;
    match command {
        _ if judges(command) && axes.public == PublicState::Killed => Ok(()),
        _ if judges(command) && guards.kill.is_some() => {
            refuse(RefusalCode::KillWaits, Some(Command::CallOffKill))
        }
        _ if judges(command) && guards.legal.is_some() => {
            refuse(RefusalCode::Flagged, Some(Command::AskClear))
        }
        Command::AskClear | Command::ClearFlag | Command::ClearAlone if guards.legal.is_none() => {
            refuse(RefusalCode::NotFlagged, None)
        }
        Command::CallOffKill if guards.kill.is_none() => refuse(RefusalCode::NoKillWaits, None),
        Command::SetEmbargo if axes.public == PublicState::Killed => refuse(RefusalCode::Killed, None),
        Command::SetEmbargo if axes.public == PublicState::Live => {
            refuse(RefusalCode::AlreadyPublic, Some(Command::Withdraw))
        }
        _ => Ok(()),
    }
}

/// It says, or takes for granted, that a text may go to readers.
fn judges(command: Command) -> bool {
    matches!(
        command,
        Command::Approve | Command::ApproveAlone | Command::Publish | Command::Correct | Command::Schedule
    )
}

fn guard_sending(command: Command, axes: &Axes) -> Result<(), Refusal> {
    if is_on_its_way(axes) {
        return refuse(RefusalCode::DeliveryOpen, None);
    }
    match (command, axes.public) {
        (_, PublicState::Killed) => refuse(RefusalCode::Killed, None),
        (Command::Publish | Command::Schedule, PublicState::Live) => {
            refuse(RefusalCode::AlreadyPublic, Some(Command::Correct))
        }
        (Command::Correct, public) if public != PublicState::Live => {
            refuse(RefusalCode::NotPublic, Some(Command::Publish))
        }
        _ => Ok(()),
    }
}

/// What is on its way may be with the readers by now, whatever the portal said last: it can always be taken down.
fn guard_taking_down(command: Command, axes: &Axes) -> Result<(), Refusal> {
    match (command, axes.public) {
        (_, PublicState::Killed) => refuse(RefusalCode::Killed, None),
        (_, PublicState::Live | PublicState::Scheduled) => Ok(()),
        (Command::Kill | Command::AskKill | Command::KillAlone, PublicState::Withdrawn) => Ok(()),
        // Asked for while it was on its way or scheduled: readers have nothing, and it is to stay so.
        (Command::Kill | Command::KillAlone, _) if axes.guards.kill.is_some() => Ok(()),
        _ if is_on_its_way(axes) => Ok(()),
        _ => refuse(RefusalCode::NotPublic, None),
    }
}

fn is_on_its_way(axes: &Axes) -> bool {
    axes.delivery.is_some_and(|state| !state.is_settled())
}

fn refuse<T>(code: RefusalCode, instead: Option<Command>) -> Result<T, Refusal> {
    Err(Refusal { code, instead })
}
