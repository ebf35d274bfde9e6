//! Which command may be given to a story, by whom, and what readers get then: one table. What is not in it is
//! refused with a sentence that names the alternative. The portal judges by itself, whatever a client believes.

use serde::Deserialize;
use story::{PublicState, Role};

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
    /// Readers get the version named at a set time.
    Schedule,
    /// Readers get the story no more; a scheduled one is not published.
    Withdraw,
    /// Readers never get the story again.
    Kill,
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

const TABLE: &[Row] = &[
    Row { verb: Verb::Publish, from: &[Never, Scheduled, Withdrawn], to: Some(Live), roles: EDITORS },
    Row { verb: Verb::Correct, from: &[Live], to: Some(Live), roles: EDITORS },
    Row { verb: Verb::Schedule, from: &[Never, Scheduled], to: Some(Scheduled), roles: EDITORS },
    Row { verb: Verb::Withdraw, from: &[Live, Withdrawn], to: Some(Withdrawn), roles: EDITORS },
    // Readers may be about to get it: what is still on its way finds another entity tag.
    Row { verb: Verb::Withdraw, from: &[Never, Scheduled], to: Some(Never), roles: EDITORS },
    Row { verb: Verb::Kill, from: &[Never, Live, Scheduled, Withdrawn], to: Some(Killed), roles: EDITORS },
    Row {
        verb: Verb::File,
        from: &[Never, Scheduled, Live, Withdrawn],
        to: None,
        roles: &[Correspondent, SubEditor, Editor],
    },
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
            Self::Schedule => "schedule",
            Self::Withdraw => "withdraw",
            Self::Kill => "kill",
        }
    }
}

/// What readers get once `role` has given the command to a story that stands at `state`.
pub(crate) fn decide(verb: Verb, state: PublicState, role: Role) -> Result<PublicState, Refused> {
    let mut rows = TABLE.iter().filter(|row| row.verb == verb && row.roles.contains(&role)).peekable();
    if rows.peek().is_none() {
        return Err(Refused::Role("this role may not give this command; an editor may"));
    }
    let row = rows.find(|row| row.from.contains(&state));
    row.map(|row| row.to.unwrap_or(state)).ok_or(Refused::State(instead(verb, state)))
}

fn instead(verb: Verb, state: PublicState) -> &'static str {
    match (verb, state) {
        (_, Killed) => "the story was killed: readers never get it again; begin a new one",
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
        let table: [(Verb, [Option<PublicState>; 5]); 6] = [
            (Verb::Publish, [Some(Live), Some(Live), None, Some(Live), None]),
            (Verb::Correct, [None, None, Some(Live), None, None]),
            (Verb::File, [Some(Never), Some(Scheduled), Some(Live), Some(Withdrawn), None]),
            (Verb::Schedule, [Some(Scheduled), Some(Scheduled), None, None, None]),
            (Verb::Withdraw, [Some(Never), Some(Never), Some(Withdrawn), Some(Withdrawn), None]),
            (Verb::Kill, [Some(Killed), Some(Killed), Some(Killed), Some(Killed), None]),
        ];
        for (verb, row) in table {
            for (state, wanted) in STATES.into_iter().zip(row) {
                assert_eq!(decide(verb, state, Editor).ok(), wanted, "{verb:?} from {state:?}");
            }
        }
    }

    #[test]
    fn who_is_no_editor_may_file_and_nothing_else() {
        for role in [Correspondent, SubEditor, Role::Admin] {
            for state in STATES {
                for verb in [Verb::Publish, Verb::Correct, Verb::Schedule, Verb::Withdraw, Verb::Kill] {
                    let refused = decide(verb, state, role);
                    assert!(matches!(refused, Err(Refused::Role(_))), "{verb:?}, {state:?}, {role:?}");
                }
            }
            assert_eq!(decide(Verb::File, Never, role).is_ok(), role != Role::Admin);
        }
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
