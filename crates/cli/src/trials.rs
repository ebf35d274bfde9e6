//! `portal check`: what a portal keeps to, as a table for people and as JSON for machines. What stands in columns is
//! plain ASCII and comes first: no terminal knows how wide a Bengali word will be.

use desk::{
    Desk,
    commands::call,
    wire::{
        AddPortal, GuaranteeVerdict, GuaranteeView, Nothing, OfPortal, PortalCheck, TrialView, TryPortal,
    },
};
use serde_json::{Value, json};
use story::Language;

use crate::{
    answer::{Answer, REFUSED, Stopped},
    portals::named,
    sentences::{self, Sentence},
};

/// Tries an account that is kept here, by its name or its address.
pub async fn check_known(
    desk: &Desk,
    portal: &str,
    publishing: bool,
    language: Language,
) -> Result<Answer, Stopped> {
    let portal = named(desk, portal).await?.portal;
    let check = call::check_portal(desk, OfPortal { portal }).await?;
    let trial = to_its_end(desk, call::try_portal(desk, TryPortal { portal, publishing })).await?;
    Ok(answer(&check, &trial, language))
}

/// Tries a portal that is not kept here, and forgets it again.
pub async fn check_stranger(
    desk: &Desk,
    account: AddPortal,
    publishing: bool,
    language: Language,
) -> Result<Answer, Stopped> {
    let (check, trial) = to_its_end(desk, desk.try_portal_at(account, publishing)).await?;
    Ok(answer(&check, &trial, language))
}

/// Ctrl+C ends the trial and not the program: the test story still has to be taken away.
async fn to_its_end<T>(desk: &Desk, trial: impl Future<Output = T>) -> T {
    tokio::pin!(trial);
    loop {
        tokio::select! {
            ended = &mut trial => return ended,
            Ok(()) = tokio::signal::ctrl_c() => {
                let _ = call::stop_trial(desk, Nothing {}).await;
            }
        }
    }
}

fn answer(check: &PortalCheck, trial: &TrialView, language: Language) -> Answer {
    let fails = trial.guarantees.iter().any(|one| one.verdict == GuaranteeVerdict::Fails);
    let seen = trial.left_over.as_ref().is_some_and(|left| left.maybe_public);
    let exit = if fails || seen { REFUSED } else { 0 };
    let left = trial.left_over.as_ref().map(Sentence::left_over);
    let photo = trial.photo.as_ref().map(|photo| Sentence::photo_stays(photo.as_str()));
    let remarks = left.into_iter().chain(photo).collect();
    Answer { value: value(check, trial), text: text(check, trial, language), remarks, exit }
}

/// What the portal said of itself, and beside it what it keeps to.
fn value(check: &PortalCheck, trial: &TrialView) -> Value {
    let (mut value, trial) = (json!(check), json!(trial));
    if let (Some(value), Value::Object(trial)) = (value.as_object_mut(), trial) {
        value.extend(trial);
    }
    value
}

fn text(check: &PortalCheck, trial: &TrialView, language: Language) -> String {
    let role = sentences::name(&check.role);
    let head = format!("{} {}  {}  {role}", check.name, check.version, check.account);
    let rows = trial.guarantees.iter().map(|one| row(one, language));
    let summary = sentences::of_trial(trial).in_language(language);
    [head].into_iter().chain(rows).chain([summary]).collect::<Vec<_>>().join("\n")
}

fn row(one: &GuaranteeView, language: Language) -> String {
    let mark = match one.verdict {
        GuaranteeVerdict::Holds => "ok",
        GuaranteeVerdict::Fails => "FAILS",
        GuaranteeVerdict::Untold => "-",
    };
    let code = sentences::name(&one.guarantee);
    let words = sentences::of_guarantee(one).in_language(language);
    let time = match one.verdict {
        GuaranteeVerdict::Untold => String::new(),
        _ => format!("{} ms", one.millis),
    };
    let detail = one.detail.lines().filter(|line| !line.trim().is_empty());
    let detail: String = detail.map(|line| format!("\n        {}", sentences::one_line(line))).collect();
    format!("{mark:<5}  {code:<24}  {time:>9}  {words}{detail}")
}
