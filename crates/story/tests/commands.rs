//! Every desk state × command × role cell, and the guards of the other axes.

use chrono::DateTime;
use khosra_story::{
    Approval, Axes, Command, DeliveryState, DeskState, PublicState, Role, Sha256Hex, commands::RefusalCode,
    decide,
};

const STATES: [DeskState; 6] = [
    DeskState::Draft,
    DeskState::Filed,
    DeskState::InEdit,
    DeskState::Returned,
    DeskState::Approved,
    DeskState::Spiked,
];
const ROLES: [Role; 4] = [Role::Correspondent, Role::SubEditor, Role::Editor, Role::Admin];
const COMMANDS: [Command; 30] = [
    Command::Create,
    Command::Approve,
    Command::ApproveAlone,
    Command::Unapprove,
    Command::Publish,
    Command::Correct,
    Command::File,
    Command::Take,
    Command::Return,
    Command::Recall,
    Command::Schedule,
    Command::Withdraw,
    Command::Kill,
    Command::Spike,
    Command::Unspike,
    Command::ChangeAtPortal,
    Command::AcceptTheirs,
    Command::Merge,
    Command::PublishOver,
    Command::AcceptDifferences,
    Command::Flag,
    Command::AskClear,
    Command::ClearFlag,
    Command::ClearAlone,
    Command::SetEmbargo,
    Command::LiftEmbargo,
    Command::AskKill,
    Command::KillAlone,
    Command::CallOffKill,
    Command::OverrideWarning,
];

fn axes(desk: DeskState, public: PublicState) -> Axes {
    let approval = (desk == DeskState::Approved).then(|| Approval {
        version: Sha256Hex::of(b"version"),
        by: "রুমানা".to_owned(),
        at: DateTime::UNIX_EPOCH,
        alone: false,
        sent: false,
    });
    Axes { desk, approval, public, ..Axes::new_draft() }
}

/// The table of the workflow, written a second time and by hand: what an allowed cell leads to.
fn allowed(command: Command, desk: DeskState, role: Role) -> Option<DeskState> {
    use DeskState::*;
    let writer = role != Role::Admin;
    let editor = role == Role::Editor;
    let at_the_desk = editor || role == Role::SubEditor;
    match (command, desk) {
        (Command::Create, _) => Some(Draft),
        (Command::Approve | Command::ApproveAlone, Draft | Filed | InEdit | Returned | Approved)
            if editor =>
        {
            Some(Approved)
        }
        (Command::Unapprove, Approved) if editor => Some(InEdit),
        (Command::Publish | Command::Schedule, Approved) if editor => Some(Approved),
        (Command::File, Draft | Returned) if writer => Some(Filed),
        (Command::Take, Filed | InEdit | Approved) if at_the_desk => Some(InEdit),
        (Command::Return, Filed | InEdit) if at_the_desk => Some(Returned),
        (Command::Recall, Filed) if writer => Some(Draft),
        (Command::Spike, Draft | Filed | InEdit | Returned) if writer => Some(Spiked),
        (Command::Unspike, Spiked) if writer => Some(Draft),
        // Whoever may send it may say how it goes on; what happened at the portal has happened.
        (Command::ChangeAtPortal, _) => Some(desk),
        (
            Command::AcceptTheirs | Command::Merge | Command::PublishOver | Command::AcceptDifferences,
            Spiked,
        ) => None,
        (Command::AcceptTheirs | Command::Merge | Command::PublishOver | Command::AcceptDifferences, _)
            if writer =>
        {
            Some(desk)
        }
        (Command::OverrideWarning, _) => Some(desk),
        (Command::Flag, _) if writer => Some(desk),
        (Command::SetEmbargo | Command::LiftEmbargo, Draft | Returned) if writer => Some(desk),
        (Command::SetEmbargo | Command::LiftEmbargo, Filed | InEdit | Approved) if at_the_desk => Some(desk),
        // Withdraw and kill: readers never had it. Clear and call off: there is nothing of the kind.
        _ => None,
    }
}

#[test]
fn every_cell_is_allowed_or_refused_as_the_workflow_says() {
    for command in COMMANDS {
        for desk in STATES {
            for role in ROLES {
                let answer = decide(command, &axes(desk, PublicState::Never), role);
                assert_eq!(
                    answer.ok(),
                    allowed(command, desk, role),
                    "{command:?} from {desk:?} by {role:?}"
                );
            }
        }
    }
}

#[test]
fn a_role_that_may_not_is_told_so_whatever_the_state() {
    for desk in STATES {
        let refusal = decide(Command::Publish, &axes(desk, PublicState::Never), Role::Correspondent);
        assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::Role), "{desk:?}");
    }
}

#[test]
fn an_unapproved_story_is_not_published_and_approval_is_named_instead() {
    let refusal = decide(Command::Publish, &axes(DeskState::Draft, PublicState::Never), Role::Editor);
    let refusal = refusal.expect_err("a draft has no approval");
    assert_eq!((refusal.code, refusal.instead), (RefusalCode::NotApproved, Some(Command::Approve)));
}

#[test]
fn a_live_story_is_corrected_and_never_published_twice() {
    let live = axes(DeskState::Approved, PublicState::Live);
    let refusal = decide(Command::Publish, &live, Role::Editor).expect_err("readers have it");
    assert_eq!((refusal.code, refusal.instead), (RefusalCode::AlreadyPublic, Some(Command::Correct)));
    assert_eq!(decide(Command::Correct, &live, Role::Editor), Ok(DeskState::Approved));
}

#[test]
fn a_story_that_readers_never_had_is_published_and_not_corrected() {
    for public in [PublicState::Never, PublicState::Withdrawn, PublicState::Scheduled] {
        let refusal = decide(Command::Correct, &axes(DeskState::Approved, public), Role::Editor);
        let refusal = refusal.expect_err("readers do not have it");
        assert_eq!((refusal.code, refusal.instead), (RefusalCode::NotPublic, Some(Command::Publish)));
    }
}

#[test]
fn what_readers_have_or_will_have_is_withdrawn_and_killed_by_an_editor_alone() {
    for public in [PublicState::Live, PublicState::Scheduled] {
        for desk in [DeskState::Draft, DeskState::InEdit, DeskState::Approved] {
            for command in [Command::Withdraw, Command::Kill] {
                assert_eq!(
                    decide(command, &axes(desk, public), Role::Editor),
                    Ok(desk),
                    "{command:?} {public:?}"
                );
                let refusal = decide(command, &axes(desk, public), Role::SubEditor);
                assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::Role));
            }
        }
    }
}

#[test]
fn what_may_be_with_the_readers_by_now_is_taken_down_whatever_was_heard_last() {
    let mut axes = axes(DeskState::Approved, PublicState::Never);
    let refusal = decide(Command::Withdraw, &axes, Role::Editor);
    assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::NotPublic));
    for state in
        [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Unknown, DeliveryState::Blocked]
    {
        axes.delivery = Some(state);
        assert!(decide(Command::Withdraw, &axes, Role::Editor).is_ok(), "{state:?}");
        assert!(decide(Command::Kill, &axes, Role::Editor).is_ok(), "{state:?}");
    }
}

#[test]
fn a_withdrawn_story_may_be_published_again_or_killed() {
    let withdrawn = axes(DeskState::Approved, PublicState::Withdrawn);
    assert!(decide(Command::Publish, &withdrawn, Role::Editor).is_ok());
    assert!(decide(Command::Kill, &withdrawn, Role::Editor).is_ok());
    assert!(decide(Command::Withdraw, &withdrawn, Role::Editor).is_err());
}

#[test]
fn a_scheduled_story_may_be_published_now_and_scheduled_anew() {
    let scheduled = axes(DeskState::Approved, PublicState::Scheduled);
    assert!(decide(Command::Publish, &scheduled, Role::Editor).is_ok());
    assert!(decide(Command::Schedule, &scheduled, Role::Editor).is_ok());
    let live = axes(DeskState::Approved, PublicState::Live);
    assert!(decide(Command::Schedule, &live, Role::Editor).is_err());
}

#[test]
fn a_killed_story_never_comes_back() {
    let commands = [
        Command::Approve,
        Command::Publish,
        Command::Correct,
        Command::Schedule,
        Command::Withdraw,
        Command::Kill,
    ];
    for command in commands {
        let refusal = decide(command, &axes(DeskState::Approved, PublicState::Killed), Role::Editor);
        assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::Killed));
    }
}

#[test]
fn nothing_is_sent_while_an_earlier_delivery_is_open() {
    let open = [
        DeliveryState::Queued,
        DeliveryState::Sending,
        DeliveryState::Unknown,
        DeliveryState::Refused,
        DeliveryState::Blocked,
    ];
    for state in open {
        let mut axes = axes(DeskState::Approved, PublicState::Never);
        axes.delivery = Some(state);
        for command in [Command::Approve, Command::Publish] {
            let refusal = decide(command, &axes, Role::Editor);
            assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::DeliveryOpen), "{state:?}");
        }
    }
    for state in [DeliveryState::Confirmed, DeliveryState::Cancelled] {
        let mut axes = axes(DeskState::Approved, PublicState::Never);
        axes.delivery = Some(state);
        assert!(decide(Command::Publish, &axes, Role::Editor).is_ok(), "{state:?}");
    }
}

#[test]
fn a_live_story_is_not_spiked() {
    let refusal = decide(Command::Spike, &axes(DeskState::InEdit, PublicState::Live), Role::Editor);
    assert_eq!(refusal.map_err(|refusal| refusal.code), Err(RefusalCode::AlreadyPublic));
}

#[test]
fn what_is_on_its_way_or_stuck_there_is_not_spiked() {
    for (state, refused) in [
        (DeliveryState::Queued, true),
        (DeliveryState::Unknown, true),
        (DeliveryState::Blocked, true),
        (DeliveryState::Confirmed, false),
        (DeliveryState::Cancelled, false),
    ] {
        let axes = Axes { delivery: Some(state), ..axes(DeskState::Filed, PublicState::Never) };
        let code = decide(Command::Spike, &axes, Role::Editor).err().map(|refusal| refusal.code);
        assert_eq!(code, refused.then_some(RefusalCode::DeliveryOpen), "{state:?}");
    }
}

const DESK_COMMANDS: [Command; 3] = [Command::Take, Command::Return, Command::Recall];

/// The code of the refusal, and what is named instead; `None` when it is allowed.
fn refused(command: Command, axes: &Axes, role: Role) -> Option<(RefusalCode, Option<Command>)> {
    decide(command, axes, role).err().map(|refusal| (refusal.code, refusal.instead))
}

#[test]
fn what_the_desk_does_not_have_is_not_taken_returned_or_recalled() {
    for desk in [DeskState::Draft, DeskState::Returned] {
        let axes = axes(desk, PublicState::Never);
        let file = Some(Command::File);
        assert_eq!(refused(Command::Take, &axes, Role::SubEditor), Some((RefusalCode::NotFiled, file)));
        assert_eq!(refused(Command::Return, &axes, Role::SubEditor), Some((RefusalCode::NotFiled, None)));
        assert_eq!(refused(Command::Recall, &axes, Role::Correspondent), Some((RefusalCode::NotFiled, None)));
    }
    for command in DESK_COMMANDS {
        let spiked = refused(command, &axes(DeskState::Spiked, PublicState::Live), Role::Editor);
        assert_eq!(spiked, Some((RefusalCode::Spiked, Some(Command::Unspike))), "{command:?}");
    }
}

#[test]
fn an_approved_story_is_taken_before_it_is_returned() {
    let approved = axes(DeskState::Approved, PublicState::Never);
    let taking = Some((RefusalCode::NotFiled, Some(Command::Take)));
    assert_eq!(refused(Command::Return, &approved, Role::Editor), taking);
    assert_eq!(decide(Command::Take, &approved, Role::Editor), Ok(DeskState::InEdit));
}

#[test]
fn an_author_does_not_recall_what_somebody_at_the_desk_has() {
    for desk in [DeskState::InEdit, DeskState::Approved] {
        let taken = refused(Command::Recall, &axes(desk, PublicState::Never), Role::Correspondent);
        assert_eq!(taken, Some((RefusalCode::Taken, None)), "{desk:?}");
    }
}

#[test]
fn what_readers_have_is_taken_for_correction_wherever_it_stands() {
    for desk in STATES.into_iter().filter(|desk| *desk != DeskState::Spiked) {
        let live = axes(desk, PublicState::Live);
        assert_eq!(decide(Command::Take, &live, Role::SubEditor), Ok(DeskState::InEdit), "{desk:?}");
        let role = refused(Command::Take, &live, Role::Correspondent);
        assert_eq!(role, Some((RefusalCode::Role, None)), "{desk:?}");
    }
    for public in [PublicState::Never, PublicState::Scheduled, PublicState::Withdrawn] {
        assert!(decide(Command::Take, &axes(DeskState::Draft, public), Role::Editor).is_err(), "{public:?}");
    }
}

#[test]
fn a_killed_story_goes_between_nobodys_hands() {
    for desk in STATES.into_iter().filter(|desk| *desk != DeskState::Spiked) {
        for command in DESK_COMMANDS {
            let killed = refused(command, &axes(desk, PublicState::Killed), Role::Editor);
            assert_eq!(killed, Some((RefusalCode::Killed, None)), "{command:?} from {desk:?}");
        }
    }
}

#[test]
fn a_story_on_its_way_is_taken_but_neither_returned_nor_recalled() {
    let mut axes = axes(DeskState::Filed, PublicState::Never);
    for state in [DeliveryState::Queued, DeliveryState::Unknown, DeliveryState::Blocked] {
        axes.delivery = Some(state);
        for command in [Command::Return, Command::Recall] {
            let open = refused(command, &axes, Role::Editor);
            assert_eq!(open, Some((RefusalCode::DeliveryOpen, None)), "{command:?} while {state:?}");
        }
        assert_eq!(decide(Command::Take, &axes, Role::Editor), Ok(DeskState::InEdit), "{state:?}");
    }
    axes.delivery = Some(DeliveryState::Confirmed);
    assert_eq!(decide(Command::Return, &axes, Role::Editor), Ok(DeskState::Returned));
    assert_eq!(decide(Command::Recall, &axes, Role::Correspondent), Ok(DeskState::Draft));
}

#[test]
fn a_refusal_names_a_way_on_that_is_itself_allowed() {
    for command in COMMANDS {
        for desk in STATES {
            let axes = axes(desk, PublicState::Never);
            let Err(refusal) = decide(command, &axes, Role::Editor) else { continue };
            let Some(instead) = refusal.instead else { continue };
            assert!(
                decide(instead, &axes, Role::Editor).is_ok(),
                "{command:?} from {desk:?} names {instead:?}"
            );
        }
    }
}
