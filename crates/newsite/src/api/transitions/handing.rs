//! Between author and desk: a story is filed, taken, returned, recalled. Readers get nothing of any of it.

use sqlx::AnyConnection;
use story::{DeskState, PublicState, Role};

use super::{Given, Kind, Problem, SignedIn, StoryRow, Verb, Version, effect::head_named, millis};
use crate::{
    api::leases::leased,
    db::{
        leases::{self, LeaseRow},
        stories::Turn,
    },
    rules::{self, TAKEN},
};

/// The story in other hands, and the version that the command was about.
pub(super) async fn on(
    connection: &mut AnyConnection,
    who: &SignedIn,
    story: StoryRow,
    given: &Given,
) -> Result<(StoryRow, Version), Problem> {
    let (verb, now) = (given.order.command, millis(given.now));
    is_theirs(verb, who, &story)?;
    let meant = head_named(&story, &given.order.hash)?;
    let lease = leases::find(connection, story.id, now).await?;
    let others = lease.filter(|lease| lease.user != who.user);
    let desk = next_hands(verb, who, &story, others.as_ref())?;
    if matches!(verb, Verb::Return | Verb::Recall | Verb::Approve) {
        leases::drop_of(connection, story.id, &who.user).await?;
    }
    let turn = Turn::of(&who.user, now, given.order.note.trim());
    // An approval is of what the desk has had before it; only an approval brings a new one.
    let approved = story.approved.filter(|_| verb == Verb::Approve);
    let story = StoryRow { desk, turn, approved, ..story };
    if verb != Verb::File {
        return Ok((story, meant));
    }
    let filed_hash = Some(meant.hash.to_string());
    Ok((StoryRow { filed_hash, filed_at: Some(now), ..story }, meant))
}

/// A story is its author's to file and to recall; the desk may file it too.
fn is_theirs(verb: Verb, who: &SignedIn, story: &StoryRow) -> Result<(), Problem> {
    let is_author = story.author == who.user;
    let forbidden = |why| Err(Problem::new(Kind::Forbidden, why));
    match verb {
        Verb::Recall if !is_author => forbidden("only its author recalls a story"),
        Verb::File if !is_author && who.role == Role::Correspondent => {
            forbidden("a correspondent files only their own stories")
        }
        _ => Ok(()),
    }
}

fn next_hands(
    verb: Verb,
    who: &SignedIn,
    story: &StoryRow,
    others: Option<&LeaseRow>,
) -> Result<DeskState, Problem> {
    if verb == Verb::File && may_file_again(who, story, others) {
        return Ok(DeskState::Filed);
    }
    let desk = rules::hand_on(verb, story.desk, story.state, who.role)?;
    match (verb, others) {
        (Verb::Take | Verb::Approve, Some(lease)) => Err(leased(lease)),
        (Verb::Recall, Some(_)) => Err(Problem::new(Kind::OutOfTurn, TAKEN)),
        _ => Ok(desk),
    }
}

/// An author may file a newer text of what the desk has and nobody has taken, and a correction of what readers have
/// while nobody is at it.
fn may_file_again(who: &SignedIn, story: &StoryRow, others: Option<&LeaseRow>) -> bool {
    match story.desk {
        DeskState::Filed => story.author == who.user,
        DeskState::InEdit | DeskState::Approved => story.state == PublicState::Live && others.is_none(),
        _ => false,
    }
}
