//! Every command, with own and others' writing, in each mode, with and without an approval that fell.

use chrono::DateTime;
use khosra_story::{
    Approval, Axes, Command, Judging, OnePerson, Sha256Hex,
    commands::RefusalCode::{self, ApprovalFell, OwnWriting, SuggestionsOpen},
};

const MODES: [OnePerson; 3] = [OnePerson::Off, OnePerson::ForNow, OnePerson::Newsroom];
const JUDGING: [Command; 4] = [Command::Approve, Command::Publish, Command::Correct, Command::Schedule];
const OTHERS: [Command; 8] = [
    Command::File,
    Command::Take,
    Command::Return,
    Command::Recall,
    Command::Withdraw,
    Command::Kill,
    Command::Spike,
    Command::AcceptTheirs,
];

fn fell() -> Axes {
    let by = "রুমানা".to_owned();
    let at = DateTime::UNIX_EPOCH;
    let fallen = Some(Approval { version: Sha256Hex::of(b"approved"), by, at, alone: false, sent: false });
    Axes { fallen, ..Axes::new_draft() }
}

fn refused(judging: Judging, command: Command, axes: &Axes) -> Option<RefusalCode> {
    judging.allow(command, axes).err().map(|refusal| refusal.code)
}

#[test]
fn own_writing_is_approved_only_where_one_person_may() {
    for one_person in MODES {
        for own_writing in [true, false] {
            let judging = Judging { own_writing, one_person, fell_unseen: true, ..Judging::default() };
            let kept = (own_writing && one_person == OnePerson::Off).then_some(OwnWriting);
            let axes = Axes::new_draft();
            assert_eq!(refused(judging, Command::Approve, &axes), kept, "{judging:?}");
            for command in JUDGING.into_iter().skip(1).chain(OTHERS) {
                assert_eq!(refused(judging, command, &axes), None, "{command:?} {judging:?}");
            }
            assert_eq!(judging.is_alone(), own_writing && one_person == OnePerson::ForNow);
        }
    }
}

#[test]
fn nothing_is_approved_while_a_suggestion_waits_and_nothing_else_is_held_up_by_one() {
    for one_person in MODES {
        let judging = Judging { open_suggestions: true, one_person, ..Judging::default() };
        for command in JUDGING.into_iter().chain(OTHERS) {
            let kept = (command == Command::Approve).then_some(SuggestionsOpen);
            assert_eq!(refused(judging, command, &Axes::new_draft()), kept, "{command:?} {judging:?}");
        }
    }
}

#[test]
fn what_was_approved_and_changed_since_goes_to_readers_only_when_somebody_says_so() {
    for fell_unseen in [true, false] {
        let judging = Judging { fell_unseen, ..Judging::default() };
        for command in JUDGING.into_iter().chain(OTHERS) {
            let asks = fell_unseen && JUDGING.contains(&command) && command != Command::Approve;
            assert_eq!(refused(judging, command, &fell()), asks.then_some(ApprovalFell), "{command:?}");
        }
    }
}
