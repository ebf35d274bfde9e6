//! What each command makes of a story.

use sqlx::AnyConnection;
use story::{ChangeKind, Command, Consent, DeskState, Payload, PublicState, Sha256Hex};

use super::{
    Done, Given, Kind, Problem, Reason, SignedIn, StoryRow, Verb, Version, consent, guarding, handing,
    millis, stories,
};
use crate::{
    db::{
        photos,
        stories::{Approved, Live, Planned, Turn},
    },
    publishing, rules,
};

/// What the command comes to.
pub(super) async fn of(
    connection: &mut AnyConnection,
    who: &SignedIn,
    story: StoryRow,
    given: &Given,
) -> Result<Done, Problem> {
    let verb = given.order.command;
    let state = rules::decide(verb, story.state, who.role)?;
    if verb.judges() {
        guarding::lets_pass(&story, given)?;
        consent::given(connection, who, &story, given).await?;
    }
    let plain = |(story, meant)| Done { story, meant, step: verb.name(), warnings: None };
    match verb {
        Verb::Flag | Verb::ClearFlag | Verb::SetEmbargo | Verb::LiftEmbargo | Verb::CallOffKill => {
            let meant = story.head();
            let (story, step) = guarding::on(who, story, given)?;
            Ok(Done { story, meant, step: step_name(step), warnings: None })
        }
        Verb::File | Verb::Take | Verb::Return | Verb::Recall => {
            handing::on(connection, who, story, given).await.map(plain)
        }
        Verb::Approve => {
            let meant = head_named(&story, &given.order.hash)?;
            fit_for_readers(connection, &story, &meant, Going { given, at: given.now }).await?;
            let (story, meant) = handing::on(connection, who, story, given).await?;
            Ok(plain((approved(story, who, given), meant)))
        }
        Verb::Withdraw => {
            let meant = taken_down(&story, &given.order.hash)?;
            let takings_down = story.takings_down + 1;
            Ok(plain((StoryRow { state, planned: None, takings_down, ..story }, meant)))
        }
        Verb::Kill => {
            let meant = taken_down(&story, &given.order.hash)?;
            let (step, guards) = guarding::step(who, &story, given)?;
            let state = guarding::killed(step, story.state);
            let takings_down = story.takings_down + 1;
            let story = StoryRow { state, planned: None, takings_down, guards, ..story };
            Ok(Done { story, meant, step: step_name(step), warnings: None })
        }
        Verb::Publish | Verb::Correct => {
            let meant = sent_out(&story, given)?;
            let (live, warnings) = go_live(connection, &story, &meant, given).await?;
            let story = StoryRow { state, live, planned: None, ..approved(story, who, given) };
            Ok(Done { warnings, ..plain((story, meant)) })
        }
        Verb::Schedule => {
            let meant = head_named(&story, &given.order.hash)?;
            let at = given.order.at.unwrap_or(given.now);
            let payload = fit_for_readers(connection, &story, &meant, Going { given, at }).await?;
            let warnings = publishing::warnings(&payload);
            let planned = Some(Planned { version: meant.clone(), at: millis(at) });
            let story = StoryRow { state, planned, ..approved(story, who, given) };
            Ok(Done { warnings, ..plain((story, meant)) })
        }
    }
}

/// How a step of two people's, or one's that broke the glass, stands in the record.
fn step_name(step: Command) -> &'static str {
    match step {
        Command::Flag => "flag",
        Command::AskClear => "ask_clear",
        Command::ClearFlag => "clear_flag",
        Command::ClearAlone => "clear_alone",
        Command::SetEmbargo => "set_embargo",
        Command::LiftEmbargo => "lift_embargo",
        Command::AskKill => "ask_kill",
        Command::KillAlone => "kill_alone",
        Command::CallOffKill => "call_off_kill",
        _ => "kill",
    }
}

/// When a version goes out, by which order.
struct Going<'a> {
    given: &'a Given,
    at: chrono::DateTime<chrono::Utc>,
}

/// Its note is for readers or about them, and no word between author and desk.
fn approved(story: StoryRow, who: &SignedIn, given: &Given) -> StoryRow {
    let (at, hash) = (millis(given.now), given.order.hash.to_string());
    let stands = story.approved.clone().filter(|approved| approved.hash == hash);
    let alone = given.order.consent == Some(Consent::Alone);
    let fresh = || Approved { hash, by: who.user.clone(), name: None, at, alone };
    let approved = Some(stands.unwrap_or_else(fresh));
    StoryRow { desk: DeskState::Approved, approved, turn: Turn::of(&who.user, at, ""), ..story }
}

/// The working copy, when it is the one named.
pub(super) fn head_named(story: &StoryRow, hash: &Sha256Hex) -> Result<Version, Problem> {
    if *hash == story.hash {
        return Ok(story.head());
    }
    Err(Problem::new(Kind::MovedOn, "the working copy here has another digest than the one named"))
}

/// The version to publish: the working copy, or the one that waits for its time.
fn sent_out(story: &StoryRow, given: &Given) -> Result<Version, Problem> {
    let waiting = story.planned.as_ref().map(|planned| &planned.version);
    match waiting.filter(|version| version.hash == given.order.hash) {
        Some(version) => Ok(version.clone()),
        None => head_named(story, &given.order.hash),
    }
}

/// The version that readers have or would get. When they get nothing, the one that they had, or the working copy,
/// which may be on its way to them.
fn taken_down(story: &StoryRow, hash: &Sha256Hex) -> Result<Version, Problem> {
    let planned = story.planned.as_ref().map(|planned| planned.version.clone());
    let shown = planned.or_else(|| live_version(&story.live));
    let gets_nothing = matches!(story.state, PublicState::Never | PublicState::Withdrawn);
    let named = shown.into_iter().chain(gets_nothing.then(|| story.head()));
    let moved = || Problem::new(Kind::MovedOn, "readers have another version than the one named");
    named.into_iter().find(|version| version.hash == *hash).ok_or_else(moved)
}

fn live_version(live: &Live) -> Option<Version> {
    Some(Version { revision: live.revision?, hash: live.hash.as_ref()?.parse().ok()? })
}

/// Approval and publication are one step here: the version named is approved by the same word that sends it.
async fn go_live(
    connection: &mut AnyConnection,
    story: &StoryRow,
    version: &Version,
    given: &Given,
) -> Result<(Live, Option<String>), Problem> {
    let (order, now) = (&given.order, given.now);
    let payload = fit_for_readers(connection, story, version, Going { given, at: now }).await?;
    let mut live = publishing::live_now(story, version, &payload, now);
    let kind = order.change.unwrap_or(ChangeKind::Correction);
    if order.command == Verb::Correct && kind.is_told() && !order.note.trim().is_empty() {
        live.corrected_at = Some(millis(now));
        live.correction = Some(order.note.trim().to_owned());
        live.correction_kind = Some(kind);
    }
    Ok((live, publishing::warnings(&payload)))
}

/// The version's payload, when nothing keeps it from readers.
async fn fit_for_readers(
    connection: &mut AnyConnection,
    story: &StoryRow,
    version: &Version,
    going: Going<'_>,
) -> Result<Payload, Problem> {
    let payload = stories::payload(connection, story.id, version.revision).await?;
    let mut faults = publishing::faults_for_readers(&payload, going.at);
    // A portal that drops credits does not ask for them either.
    faults.retain(|(at, _)| !(going.given.forgets_credits && at.ends_with("/credit")));
    let mut reasons: Vec<Reason> = faults.into_iter().map(|(at, why)| Reason::new(at, why)).collect();
    for (index, photo) in payload.photos.iter().enumerate() {
        if photos::find(connection, &photo.sha256).await?.is_none() {
            reasons.push(Reason::new(format!("/photos/{index}/sha256"), "the photo has not been uploaded"));
        }
    }
    if reasons.is_empty() { Ok(payload) } else { Err(Problem::invalid(reasons)) }
}
