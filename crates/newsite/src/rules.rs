//! Which command may be given to a story, by whom, and what readers get then: one table. What is not in it is
//! refused with a sentence that names the alternative. The portal judges by itself, whatever a client believes.
//! In whose hands the working copy is then, the desk's own table tells.

use serde::Deserialize;
use story::{Axes, Command, DeskState, PublicState, Refusal, Role, commands::RefusalCode};

/// A command that carries a key and changes where a story stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verb {
    /// Readers get the version named, now.
    Publish,
    /// Readers get the version named in place of the one they have.
    Correct,
    /// The version named is handed to the desk; readers get nothing of it.
    File,
    /// Somebody at the desk takes the story into their hands.
    Take,
    /// The desk gives the story back to its author, with a reason.
    Return,
    /// Its author takes back what nobody at the desk has taken yet.
    Recall,
    /// An editor finds the version named fit for readers; they get nothing of it yet.
    Approve,
    /// Readers get the version named at a set time.
    Schedule,
    /// Readers get the story no more; a scheduled one is not published.
    Withdraw,
    /// Readers never get the story again. Where a second person has to agree, they lose it at once and it waits.
    Kill,
    /// The story is held back: somebody doubts that it may be published at all.
    Flag,
    /// That doubt is to go; where there are two editors, both have to say so.
    ClearFlag,
    /// Readers do not get the story before a time.
    SetEmbargo,
    /// They may get it at any time again.
    LiftEmbargo,
    /// A kill that waits for a second person is not wanted any more.
    CallOffKill,
}

struct Row {
    verb: Verb,
    from: &'static [PublicState],
    /// `None`: as before.
    to: Option<PublicState>,
    roles: &'static [Role],
}

use PublicState::{Killed, Live, Never, Scheduled, Withdrawn};
use Role::{Correspondent, Editor, SubEditor};

const EDITORS: &[Role] = &[Editor];
const DESK: &[Role] = &[SubEditor, Editor];
const WRITERS: &[Role] = &[Correspondent, SubEditor, Editor];
const ALL_BUT_KILLED: &[PublicState] = &[Never, Scheduled, Live, Withdrawn];
const ALL: &[PublicState] = &[Never, Scheduled, Live, Withdrawn, Killed];

pub(crate) const KILLED: &str = "the story was killed: readers never get it again; begin a new one";
/// Why an author cannot have it back.
pub(crate) const TAKEN: &str = "somebody at the desk has the story; ask them to return it";

const TABLE: &[Row] = &[
    Row { verb: Verb::Publish, from: &[Never, Scheduled, Withdrawn], to: Some(Live), roles: EDITORS },
    Row { verb: Verb::Correct, from: &[Live], to: Some(Live), roles: EDITORS },
    Row { verb: Verb::Schedule, from: &[Never, Scheduled], to: Some(Scheduled), roles: EDITORS },
    Row { verb: Verb::Withdraw, from: &[Live, Withdrawn], to: Some(Withdrawn), roles: EDITORS },
    // Readers may be about to get it: what is still on its way finds another entity tag.
    Row { verb: Verb::Withdraw, from: &[Never, Scheduled], to: Some(Never), roles: EDITORS },
    Row { verb: Verb::Kill, from: ALL_BUT_KILLED, to: Some(Killed), roles: EDITORS },
    Row { verb: Verb::File, from: ALL_BUT_KILLED, to: None, roles: WRITERS },
    Row { verb: Verb::Take, from: ALL_BUT_KILLED, to: None, roles: DESK },
    Row { verb: Verb::Return, from: ALL_BUT_KILLED, to: None, roles: DESK },
    Row { verb: Verb::Recall, from: ALL_BUT_KILLED, to: None, roles: WRITERS },
    Row { verb: Verb::Approve, from: ALL_BUT_KILLED, to: None, roles: EDITORS },
    Row { verb: Verb::Flag, from: ALL, to: None, roles: WRITERS },
    Row { verb: Verb::ClearFlag, from: ALL, to: None, roles: EDITORS },
    Row { verb: Verb::SetEmbargo, from: ALL_BUT_KILLED, to: None, roles: WRITERS },
    Row { verb: Verb::LiftEmbargo, from: ALL, to: None, roles: WRITERS },
    Row { verb: Verb::CallOffKill, from: ALL, to: None, roles: EDITORS },
];

/// Why a command is refused, in a sentence for whoever gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Another role may give it.
    Role(&'static str),
    /// Nobody may, as the story stands.
    State(&'static str),
}

impl Verb {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::File => "file",
            Self::Take => "take",
            Self::Return => "return",
            Self::Recall => "recall",
            Self::Approve => "approve",
            Self::Schedule => "schedule",
            Self::Withdraw => "withdraw",
            Self::Kill => "kill",
            Self::Flag => "flag",
            Self::ClearFlag => "clear_flag",
            Self::SetEmbargo => "set_embargo",
            Self::LiftEmbargo => "lift_embargo",
            Self::CallOffKill => "call_off_kill",
        }
    }

    /// It says, or takes for granted, that a version may go to readers.
    pub(crate) fn judges(self) -> bool {
        matches!(self, Self::Approve | Self::Publish | Self::Correct | Self::Schedule)
    }

    /// The same in the desk's table, where it only changes in whose hands the working copy is.
    fn between_author_and_desk(self) -> Option<Command> {
        match self {
            Self::File => Some(Command::File),
            Self::Take => Some(Command::Take),
            Self::Return => Some(Command::Return),
            Self::Recall => Some(Command::Recall),
            Self::Approve => Some(Command::Approve),
            _ => None,
        }
    }
}

/// What readers get once `role` has given the command to a story that stands at `state`.
pub(crate) fn decide(verb: Verb, state: PublicState, role: Role) -> Result<PublicState, Refused> {
    let mut rows = TABLE.iter().filter(|row| row.verb == verb && row.roles.contains(&role)).peekable();
    if rows.peek().is_none() {
        return Err(Refused::Role(who_may(verb)));
    }
    let row = rows.find(|row| row.from.contains(&state));
    row.map(|row| row.to.unwrap_or(state)).ok_or(Refused::State(instead(verb, state)))
}

/// Where the working copy stands once `role` has given the command, by the same table as the editor's own. What
/// only changes what readers get leaves it where it is.
pub(crate) fn hand_on(
    verb: Verb,
    desk: DeskState,
    public: PublicState,
    role: Role,
) -> Result<DeskState, Refused> {
    let Some(command) = verb.between_author_and_desk() else { return Ok(desk) };
    let axes = Axes { desk, public, ..Axes::new_draft() };
    story::decide(command, &axes, role).map_err(|refusal| told(verb, refusal))
}

fn told(verb: Verb, refusal: Refusal) -> Refused {
    Refused::State(match refusal.code {
        RefusalCode::Role => return Refused::Role(who_may(verb)),
        RefusalCode::Killed => KILLED,
        RefusalCode::Spiked => "the story was set aside",
        RefusalCode::AlreadyFiled => "the desk has the story already; its author may ask for its return",
        RefusalCode::NotFiled if refusal.instead == Some(Command::Take) => "take the story first",
        RefusalCode::NotFiled => "the desk does not have the story; its author may file it",
        RefusalCode::Taken => TAKEN,
        _ => "the story does not stand so that this can be done",
    })
}

fn who_may(verb: Verb) -> &'static str {
    match verb {
        Verb::Take | Verb::Return => "only the desk takes stories and returns them",
        Verb::File | Verb::Recall => "only who writes stories files them and takes them back",
        _ => "this role may not give this command; an editor may",
    }
}

fn instead(verb: Verb, state: PublicState) -> &'static str {
    match (verb, state) {
        (_, Killed) => KILLED,
        (Verb::Correct, Scheduled) => "readers do not have the story yet; schedule the new version",
        (Verb::Correct, _) => "readers do not have the story; publish it",
        (Verb::Publish | Verb::Schedule, Live) => "readers have the story already; correct it",
        _ => "the story was withdrawn; publish it when its time has come",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [PublicState; 5] = [Never, Scheduled, Live, Withdrawn, Killed];

    #[test]
    fn every_cell_for_an_editor_is_as_the_contract_has_it() {
        // From never, scheduled, live, withdrawn, killed; `None` is a refusal.
        let everywhere = STATES.map(Some);
        let table: [(Verb, [Option<PublicState>; 5]); 15] = [
            (Verb::Publish, [Some(Live), Some(Live), None, Some(Live), None]),
            (Verb::Correct, [None, None, Some(Live), None, None]),
            (Verb::File, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Take, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Return, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Recall, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Approve, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Schedule, [Some(Scheduled), Some(Scheduled), None, None, None]),
            (Verb::Withdraw, [Some(Never), Some(Never), Some(Withdrawn), Some(Withdrawn), None]),
            (Verb::Kill, [Some(Killed), Some(Killed), Some(Killed), Some(Killed), None]),
            (Verb::Flag, everywhere),
            (Verb::ClearFlag, everywhere),
            (Verb::SetEmbargo, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::LiftEmbargo, everywhere),
            (Verb::CallOffKill, everywhere),
        ];
        for (verb, row) in table {
            for (state, wanted) in STATES.into_iter().zip(row) {
                assert_eq!(decide(verb, state, Editor).ok(), wanted, "{verb:?} from {state:?}");
            }
        }
    }

    #[test]
    fn who_is_no_editor_hands_stories_on_and_changes_nothing_for_readers() {
        for role in [Correspondent, SubEditor, Role::Admin] {
            for state in STATES {
                let editors = [
                    Verb::Approve,
                    Verb::Publish,
                    Verb::Correct,
                    Verb::Schedule,
                    Verb::Withdraw,
                    Verb::Kill,
                    Verb::ClearFlag,
                    Verb::CallOffKill,
                ];
                for verb in editors {
                    let refused = decide(verb, state, role);
                    assert!(matches!(refused, Err(Refused::Role(_))), "{verb:?}, {state:?}, {role:?}");
                }
            }
            for verb in [Verb::File, Verb::Recall, Verb::Flag, Verb::SetEmbargo, Verb::LiftEmbargo] {
                assert_eq!(decide(verb, Never, role).is_ok(), role != Role::Admin, "{verb:?}, {role:?}");
            }
            for verb in [Verb::Take, Verb::Return] {
                assert_eq!(decide(verb, Never, role).is_ok(), role == SubEditor, "{verb:?}, {role:?}");
            }
        }
    }

    #[test]
    fn the_working_copy_goes_between_author_and_desk_by_the_desks_own_table() {
        use DeskState::{Approved, Draft, Filed, InEdit, Returned};
        // From draft, filed, in edit, returned, approved; `None` is a refusal.
        let table: [(Verb, [Option<DeskState>; 5]); 6] = [
            (Verb::File, [Some(Filed), None, None, Some(Filed), None]),
            (Verb::Take, [None, Some(InEdit), Some(InEdit), None, Some(InEdit)]),
            (Verb::Return, [None, Some(Returned), Some(Returned), None, None]),
            (Verb::Recall, [None, Some(Draft), None, None, None]),
            (Verb::Approve, [Some(Approved); 5]),
            // Not its business.
            (Verb::Publish, [Some(Draft), Some(Filed), Some(InEdit), Some(Returned), Some(Approved)]),
        ];
        for (verb, row) in table {
            for (desk, wanted) in [Draft, Filed, InEdit, Returned, Approved].into_iter().zip(row) {
                assert_eq!(hand_on(verb, desk, Never, Editor).ok(), wanted, "{verb:?} from {desk:?}");
            }
        }
        assert_eq!(hand_on(Verb::Take, Draft, Live, SubEditor), Ok(InEdit));
    }

    #[test]
    fn a_refusal_between_author_and_desk_says_what_to_do() {
        use DeskState::{Approved, Draft, Filed, InEdit};
        let words = |verb, desk, public| match hand_on(verb, desk, public, Editor) {
            Err(Refused::State(words)) => words,
            other => panic!("{other:?}"),
        };
        assert!(words(Verb::Take, Draft, Never).contains("file it"));
        assert!(words(Verb::Return, Approved, Never).contains("take the story first"));
        assert!(words(Verb::Recall, InEdit, Never).contains("ask them to return it"));
        assert!(words(Verb::File, InEdit, Never).contains("its return"));
        assert!(words(Verb::Take, Filed, Killed).contains("killed"));
        let refused = hand_on(Verb::Return, Filed, Never, Correspondent);
        assert_eq!(refused, Err(Refused::Role("only the desk takes stories and returns them")));
    }

    #[test]
    fn a_refusal_names_the_command_that_would_do() {
        let words = |verb, state| match decide(verb, state, Editor) {
            Err(Refused::State(words)) => words,
            other => panic!("{other:?}"),
        };
        assert!(words(Verb::Publish, Live).contains("correct it"));
        assert!(words(Verb::Correct, Withdrawn).contains("publish it"));
        assert!(words(Verb::Correct, Scheduled).contains("schedule"));
        assert!(words(Verb::Publish, Killed).contains("killed"));
    }
}
