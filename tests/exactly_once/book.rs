//! The laws over the portal's own book of acts.

use std::collections::BTreeMap;

use crate::{
    client::{Intent, Written},
    run::Down,
    subject::Act,
};

/// The book is the list of what was confirmed, in the order of the commands, each once; and of what a taking down
/// overtook, at most. What a person took back is not in it.
pub fn once(written: &Written, book: &[Act]) -> Vec<String> {
    let story = written.story;
    let mut broken = Vec::new();
    let asked: BTreeMap<&str, usize> =
        written.intents.iter().enumerate().map(|(place, intent)| (intent.id.as_str(), place)).collect();
    let mut places = Vec::new();
    for act in book.iter().filter(|act| !act.by_clock) {
        match asked.get(act.key.as_str()).filter(|place| is_about(act, &written.intents[**place])) {
            Some(place) => places.push(*place),
            None => broken.push(format!("{story}: nobody asked for {act:?}")),
        }
    }
    if !places.is_sorted_by(|one, next| one < next) {
        broken.push(format!("{story}: done there out of the order of the commands: {places:?} in {book:?}"));
    }
    for (place, intent) in written.intents.iter().enumerate() {
        let is_there = places.contains(&place);
        let overtaken =
            || written.intents[place..].iter().any(|later| later.takes_down() && later.is_confirmed());
        if intent.is_confirmed() && !intent.takes_down() && !is_there {
            broken.push(format!("{story}: confirmed here and not done there: {intent:?}"));
        }
        if !intent.is_confirmed() && is_there && !overtaken() {
            broken.push(format!("{story}: done there and not confirmed here: {intent:?}"));
        }
    }
    broken
}

fn is_about(act: &Act, intent: &Intent) -> bool {
    act.command == intent.kind && (intent.takes_down() || act.hash == intent.hash)
}

/// What readers have by the book: the digest of the last thing that was published to them and not taken from them.
/// The portal's clock publishes only what waits for it.
pub fn live(book: &[Act]) -> Result<Option<&str>, String> {
    let (mut live, mut waiting) = (None, None);
    for act in book {
        match act.command.as_str() {
            "publish" if act.by_clock && waiting != Some(act.hash.as_str()) => {
                return Err(format!("the clock published what did not wait for it: {act:?} in {book:?}"));
            }
            "publish" | "correct" => (live, waiting) = (Some(act.hash.as_str()), None),
            "schedule" => waiting = Some(act.hash.as_str()),
            "withdraw" | "kill" => (live, waiting) = (None, None),
            other => return Err(format!("an act of another kind: {other}")),
        }
    }
    Ok(live)
}

/// Nothing is published after its withdrawal began: neither after the portal took it down, nor after the desk called
/// it down, does anything come that was asked for before. After a kill nothing comes at all.
pub fn withdrawn(written: &Written, downs: &[Down], book: &[Act]) -> Vec<String> {
    let mut broken = Vec::new();
    for down in downs.iter().filter(|down| down.story == written.story) {
        let key = down.intent.to_string();
        let Some(place) = written.intents.iter().position(|intent| intent.id == key) else {
            broken.push(format!("{}: the taking down {key} is not on record", written.story));
            continue;
        };
        let (before, after) = written.intents.split_at(place);
        let is_kill = after.first().is_some_and(|intent| intent.kind == "kill");
        let told = book.iter().position(|act| act.key == key);
        let since = [told, down.lines].into_iter().flatten().min().unwrap_or(book.len());
        for late in
            book.iter().skip(since).filter(|act| !["withdraw", "kill"].contains(&act.command.as_str()))
        {
            let is_older = before.iter().any(|intent| intent.id == late.key || intent.hash == late.hash);
            if is_older || is_kill {
                broken.push(format!("{}: {late:?} after {key} took it down: {book:?}", written.story));
            }
        }
    }
    broken
}
