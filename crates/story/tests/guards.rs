//! What holds a story back: every command that a legal flag, a waiting kill or an embargo keeps from it, from every place.

use chrono::DateTime;
use khosra_story::{
    Approval, Axes, Command, DeskState, Guards, PublicState, Role, Said, Sha256Hex, commands::RefusalCode,
    decide,
};

const JUDGING: [Command; 5] =
    [Command::Approve, Command::ApproveAlone, Command::Publish, Command::Correct, Command::Schedule];
const STATES: [DeskState; 5] =
    [DeskState::Draft, DeskState::Filed, DeskState::InEdit, DeskState::Returned, DeskState::Approved];
const PUBLIC: [PublicState; 4] =
    [PublicState::Never, PublicState::Scheduled, PublicState::Live, PublicState::Withdrawn];

fn said() -> Said {
    Said {
        by: "নাসরিন".to_owned(),
        account: String::new(),
        at: DateTime::UNIX_EPOCH,
        reason: "মামলা".to_owned(),
    }
}

fn axes(desk: DeskState, public: PublicState, guards: Guards) -> Axes {
    let approval = (desk == DeskState::Approved).then(|| Approval {
        version: Sha256Hex::of(b"version"),
        by: String::new(),
        at: DateTime::UNIX_EPOCH,
        alone: false,
        sent: false,
    });
    Axes { desk, approval, public, guards, ..Axes::new_draft() }
}

fn code(command: Command, axes: &Axes, role: Role) -> Option<RefusalCode> {
    decide(command, axes, role).err().map(|refusal| refusal.code)
}

#[test]
fn a_legal_flag_keeps_every_judging_from_every_place_and_names_who_may_clear_it() {
    let flagged = Guards::default().after(Command::Flag, said());
    for command in JUDGING {
        for desk in STATES {
            for public in PUBLIC {
                let axes = axes(desk, public, flagged.clone());
                let Err(refusal) = decide(command, &axes, Role::Editor) else {
                    panic!("{command:?} of a flagged story, {desk:?}, {public:?}");
                };
                let from_approved =
                    matches!(command, Command::Publish | Command::Correct | Command::Schedule);
                if from_approved && desk != DeskState::Approved {
                    assert_eq!(refusal.code, RefusalCode::NotApproved);
                } else {
                    assert_eq!(
                        (refusal.code, refusal.instead),
                        (RefusalCode::Flagged, Some(Command::AskClear))
                    );
                }
            }
        }
    }
}

#[test]
fn a_flagged_story_is_still_handed_on_and_taken_from_the_readers() {
    let flagged = Guards::default().after(Command::Flag, said());
    let draft = axes(DeskState::Draft, PublicState::Never, flagged.clone());
    assert_eq!(decide(Command::File, &draft, Role::Correspondent), Ok(DeskState::Filed));
    let filed = axes(DeskState::Filed, PublicState::Never, flagged.clone());
    assert_eq!(decide(Command::Take, &filed, Role::SubEditor), Ok(DeskState::InEdit));
    assert_eq!(decide(Command::Return, &filed, Role::SubEditor), Ok(DeskState::Returned));
    let live = axes(DeskState::Approved, PublicState::Live, flagged);
    for command in [Command::Withdraw, Command::Kill, Command::AskKill, Command::KillAlone] {
        assert!(decide(command, &live, Role::Editor).is_ok(), "{command:?}");
    }
}

#[test]
fn anybody_who_writes_flags_and_only_editors_clear() {
    let free = axes(DeskState::Filed, PublicState::Live, Guards::default());
    let flagged = axes(DeskState::Filed, PublicState::Live, Guards::default().after(Command::Flag, said()));
    for role in [Role::Correspondent, Role::SubEditor, Role::Editor] {
        assert_eq!(code(Command::Flag, &free, role), None);
        for command in [Command::AskClear, Command::ClearFlag, Command::ClearAlone] {
            let wanted = (role != Role::Editor).then_some(RefusalCode::Role);
            assert_eq!(code(command, &flagged, role), wanted, "{command:?} by {role:?}");
        }
    }
    assert_eq!(code(Command::Flag, &free, Role::Admin), Some(RefusalCode::Role));
    assert_eq!(code(Command::ClearFlag, &free, Role::Editor), Some(RefusalCode::NotFlagged));
}

#[test]
fn nothing_of_a_story_goes_out_while_its_kill_waits_and_the_kill_can_be_ended_both_ways() {
    let waiting = Guards::default().after(Command::AskKill, said());
    for public in [PublicState::Never, PublicState::Withdrawn] {
        let axes = axes(DeskState::Approved, public, waiting.clone());
        for command in JUDGING {
            assert_eq!(code(command, &axes, Role::Editor), Some(RefusalCode::KillWaits), "{command:?}");
        }
        for command in [Command::Kill, Command::KillAlone, Command::CallOffKill] {
            assert_eq!(code(command, &axes, Role::Editor), None, "{command:?} from {public:?}");
            assert_eq!(code(command, &axes, Role::SubEditor), Some(RefusalCode::Role));
        }
    }
    let none = axes(DeskState::Approved, PublicState::Withdrawn, Guards::default());
    assert_eq!(code(Command::CallOffKill, &none, Role::Editor), Some(RefusalCode::NoKillWaits));
}

#[test]
fn an_embargo_is_its_authors_until_the_desk_has_it_and_comes_too_late_for_what_readers_have() {
    for command in [Command::SetEmbargo, Command::LiftEmbargo] {
        let filed = axes(DeskState::Filed, PublicState::Never, Guards::default());
        assert_eq!(code(command, &filed, Role::Correspondent), Some(RefusalCode::AlreadyFiled));
        assert_eq!(code(command, &filed, Role::SubEditor), None);
    }
    let live = axes(DeskState::InEdit, PublicState::Live, Guards::default());
    assert_eq!(code(Command::SetEmbargo, &live, Role::Editor), Some(RefusalCode::AlreadyPublic));
    let killed = axes(DeskState::InEdit, PublicState::Killed, Guards::default());
    assert_eq!(code(Command::SetEmbargo, &killed, Role::Editor), Some(RefusalCode::Killed));
}
