//! Compares what the editor believes with what the portal's books say. Every broken law is a sentence.

use std::collections::{BTreeMap, BTreeSet};

use desk::wire::DeskEvent;
use khosra_testkit::{Seen, fetch_as};
use story::{DeliveryState, Sha256Hex};

use crate::{
    client::{self, Intent, Written},
    elsewhere,
    figures::Figures,
    lane::Lane,
    run::Left,
    subject::{Record, Subject},
};

/// Everything that is not as it should be.
pub async fn check<S: Subject>(lane: &Lane<S>, left: &Left, figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    for written in client::read(&left.store) {
        figures.attempts += written.intents.iter().map(|intent| intent.attempts).sum::<u64>();
        figures.confirmed += written.confirmed().count() as u64;
        let record = lane.subject.record(written.story).await;
        let laws = [settled(&written), believed(&written, record.as_ref()), once(&written, record.as_ref())];
        broken.extend(laws.concat());
        broken.extend(read(lane, &written, record.as_ref()).await);
    }
    broken.extend(taken_back(left));
    broken.extend(told(&left.told));
    broken.extend(wire::<S>(&left.seen));
    broken.extend(elsewhere::heard().into_iter().map(|said| format!("another origin was told: {said}")));
    broken
}

/// Nothing is left half way.
fn settled(written: &Written) -> Vec<String> {
    let is_open = |state: &&String| !["confirmed", "cancelled"].contains(&state.as_str());
    let open = written.intents.iter().map(|intent| &intent.state).filter(is_open);
    // A photo that was under way when its story was taken back is cut off by the end of the program: the next
    // start tries it once more, or lets it go.
    let photos = written.photos.iter().filter(is_open).filter(|state| *state != "sending");
    open.chain(photos).map(|state| format!("{}: an intent ended as {state}", written.story)).collect()
}

/// Confirmed here and live there are the same, and the last confirmed text is the one that is live.
fn believed(written: &Written, record: Option<&Record>) -> Vec<String> {
    let story = written.story;
    let mut broken = Vec::new();
    let last = written.confirmed().next_back();
    let live = record.and_then(|record| record.live.as_ref()).map(Sha256Hex::as_str);
    if last.map(|intent| intent.hash.as_str()) != live {
        broken.push(format!("{story}: last confirmed {last:?}, and readers have {live:?}"));
    }
    if (written.public == "live") != last.is_some() {
        broken.push(format!("{story}: the desk calls it {} with {last:?}", written.public));
    }
    for intent in written.confirmed() {
        let receipt = intent.receipt.as_ref().and_then(|receipt| receipt["hash"].as_str());
        if receipt != Some(&intent.hash) {
            broken.push(format!("{story}: receipt {:?} for {}", intent.receipt, intent.hash));
        }
    }
    broken
}

/// The portal's book of acts is the list of what was confirmed: each once, in the order of the commands, and
/// nothing of what was taken back.
fn once(written: &Written, record: Option<&Record>) -> Vec<String> {
    let story = written.story;
    let mut broken = Vec::new();
    let confirmed: Vec<_> =
        written.confirmed().map(|intent| (intent.id.clone(), intent.hash.clone())).collect();
    let acts = record.map_or(Some(Vec::new()), |record| record.acts.clone());
    if acts.as_ref().is_some_and(|acts| *acts != confirmed) {
        broken.push(format!("{story}: confirmed here {confirmed:?}, done there {acts:?}"));
    }
    let sent = written.intents.iter().filter(|intent| intent.attempts > 0);
    let sent: BTreeSet<_> = sent.map(|intent| &intent.hash).collect();
    let revisions = record.map_or(0, |record| record.revisions);
    if revisions > sent.len() as u64 {
        broken.push(format!("{story}: {} versions were sent, the portal took {revisions}", sent.len()));
    }
    broken
}

/// What readers find: one article under the last headline, none under another, its page, its photos.
async fn read<S: Subject>(lane: &Lane<S>, written: &Written, record: Option<&Record>) -> Vec<String> {
    let mut broken = Vec::new();
    let last = written.confirmed().next_back();
    for intent in &written.intents {
        let headline = intent.payload["headline"].as_str().unwrap();
        let (wanted, found) = (
            usize::from(last.is_some_and(|last| last.id == intent.id)),
            lane.subject.articles(headline).await,
        );
        if wanted != found {
            broken.push(format!("{}: {found} articles and not {wanted}: {headline}", written.story));
        }
    }
    if let (Some(last), Some(url)) = (last, record.and_then(|record| record.url.as_deref())) {
        broken.extend(page(lane, last, url).await);
    }
    broken
}

async fn page<S: Subject>(lane: &Lane<S>, last: &Intent, url: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let (status, page) = fetch_as(url, None).await;
    let page = String::from_utf8_lossy(&page);
    if status != 200 || !page.contains(last.payload["headline"].as_str().unwrap()) {
        broken.push(format!("{url}: {status}, without its headline"));
    }
    for photo in last.payload["photos"].as_array().unwrap() {
        let digest: Sha256Hex = photo["sha256"].as_str().unwrap().parse().unwrap();
        let bytes = lane.subject.photo(url, &digest).await;
        if bytes.map(|bytes| Sha256Hex::of(&bytes)) != Some(digest) {
            broken.push(format!("{url}: the photo is not the one that was sent: {photo}"));
        }
    }
    broken
}

/// What the desk said it took back stayed with it.
fn taken_back(left: &Left) -> Vec<String> {
    let keys: BTreeSet<String> = left.taken_back.iter().map(ToString::to_string).collect();
    let states: BTreeMap<_, _> = client::read(&left.store)
        .into_iter()
        .flat_map(|written| written.intents)
        .map(|intent| (intent.id, intent.state))
        .collect();
    let others = keys.iter().filter(|key| states.get(*key).is_none_or(|state| state != "cancelled"));
    others.map(|key| format!("{key} was taken back and is now {:?}", states.get(key))).collect()
}

/// What windows were told of an intent never goes back: settled is the last word.
fn told(events: &[DeskEvent]) -> Vec<String> {
    let mut settled: BTreeMap<String, DeliveryState> = BTreeMap::new();
    let mut broken = Vec::new();
    for event in events {
        let DeskEvent::IntentMoved { intent } = event else { continue };
        let before = settled.get(&intent.intent.to_string());
        if before.is_some_and(|before| *before != intent.state) {
            broken.push(format!("windows were told {:?} after {before:?}", intent.state));
        }
        if intent.state.is_settled() {
            settled.insert(intent.intent.to_string(), intent.state);
        }
    }
    broken
}

/// Readers' requests carry no token, and a key always comes with the same bytes.
fn wire<S: Subject>(seen: &[Seen]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut bodies: BTreeMap<&str, &Sha256Hex> = BTreeMap::new();
    for Seen { asked, .. } in seen {
        if asked.signed && !S::is_private(&asked.path) {
            broken.push(format!("a token went with {} {}", asked.method, asked.path));
        }
        let Some(key) = &asked.key else { continue };
        if *bodies.entry(key).or_insert(&asked.body) != &asked.body {
            broken.push(format!("the key {key} came with two bodies"));
        }
    }
    broken
}
