//! On whose word a version goes to readers. The portal judges by itself: it knows which version was approved, and who has
//! written.

use sqlx::AnyConnection;
use story::Consent;

use super::{Given, Kind, Problem, SignedIn, StoryRow, stories};
use crate::db::notes;

/// Refuses what is said to be approved and is not, a word on a text with suggestions that wait, and an editor's word on
/// nobody's writing but their own: unless the newsroom has one person, or the client says that one-person mode is on, which
/// stands in the record.
pub(super) async fn given(
    connection: &mut AnyConnection,
    who: &SignedIn,
    story: &StoryRow,
    given: &Given,
) -> Result<(), Problem> {
    let order = &given.order;
    if story.approved.as_ref().is_some_and(|approved| approved.hash == order.hash.as_str()) {
        return Ok(());
    }
    if order.consent == Some(Consent::Before) {
        return Err(not_approved(story));
    }
    if notes::open_suggestions(connection, story.id).await? > 0 {
        return Err(Problem::new(
            Kind::SuggestionsOpen,
            "accept or reject what was suggested, and then approve it",
        ));
    }
    // Broken glass was refused before, as no word for what goes to readers.
    let may_be_alone = matches!(order.consent, Some(Consent::Alone | Consent::Glass)) || given.one_person;
    if !may_be_alone && stories::is_written_by(connection, story.id, &who.user).await? {
        return Err(Problem::new(
            Kind::SecondPerson,
            "nobody else has written it; let somebody else approve it, or turn one-person mode on",
        ));
    }
    Ok(())
}

fn not_approved(story: &StoryRow) -> Problem {
    let words = match &story.approved {
        Some(_) => "another version was approved than the one named; approve this one",
        None => "no approval stands: the text was changed since, or somebody has taken the story",
    };
    Problem::new(Kind::NotApproved, words)
}
