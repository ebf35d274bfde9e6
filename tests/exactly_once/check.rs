//! Compares what the editor believes with what the portal's books say. Every broken law is a sentence.

use std::collections::{BTreeMap, BTreeSet};

use desk::wire::DeskEvent;
use khosra_testkit::{Seen, fetch_as};
use story::{DeliveryState, Sha256Hex};

use crate::{
    book,
    client::{self, Intent, Original, Written},
    elsewhere,
    figures::Figures,
    lane::Lane,
    run::Left,
    subject::{Act, Promise, Record, Subject},
};

/// Everything that is not as it should be.
pub async fn check<S: Subject>(lane: &Lane<S>, left: &Left, figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    for written in client::read(&left.store) {
        figures.attempts += written.intents.iter().map(|intent| intent.attempts).sum::<u64>();
        figures.confirmed += written.confirmed().count() as u64;
        let record = lane.subject.record(written.story).await;
        figures.copies += record.as_ref().map_or(0, |record| record.copies.saturating_sub(1)) as u64;
        if S::PROMISE == Promise::Convergence && is_open_end(&written) {
            figures.open_ends += 1;
            let is_down = written.last_word().is_some_and(Intent::takes_down);
            let is_live = record.as_ref().is_some_and(|record| record.live.is_some());
            figures.came_back += u64::from(is_down && is_live);
            broken.extend(open_end(lane, &written, record.as_ref()).await);
            continue;
        }
        let acts = lane.subject.acts(written.story);
        broken.extend([settled(&written), believed(&written, record.as_ref())].concat());
        broken.extend(sent(&written, record.as_ref()));
        broken.extend(acts.map(|acts| booked(&written, left, record.as_ref(), &acts)).into_iter().flatten());
        broken.extend(read(lane, &written, record.as_ref()).await);
        broken.extend(originals(lane, &written, (record.as_ref(), figures)).await);
    }
    broken.extend(taken_back(left));
    broken.extend(told(&left.told));
    broken.extend(wire::<S>(left));
    broken.extend(elsewhere::heard().into_iter().map(|said| format!("another origin was told: {said}")));
    broken
}

/// What also holds of such an end: nothing is left half way, readers find one article at most and none under two headlines,
/// what they find is a version that was sent, and what they do not find has no page.
async fn open_end<S: Subject>(lane: &Lane<S>, written: &Written, record: Option<&Record>) -> Vec<String> {
    let story = written.story;
    let mut broken = settled(written);
    let headlines: BTreeSet<&str> = written.intents.iter().filter_map(Intent::headline).collect();
    let mut found = 0;
    for headline in headlines {
        found += lane.subject.articles(headline).await;
    }
    let live = record.and_then(|record| record.live.as_ref()).map(Sha256Hex::as_str);
    if found != usize::from(live.is_some()) {
        broken.push(format!("{story}: {found} articles, and readers are said to have {live:?}"));
    }
    let was_sent =
        |hash: &str| written.intents.iter().any(|intent| intent.attempts > 0 && intent.hash == hash);
    if live.is_some_and(|live| !was_sent(live)) {
        broken.push(format!("{story}: readers have {live:?}, which was never sent"));
    }
    if live.is_none() {
        broken.extend(gone(lane, written).await);
    }
    broken
}

/// A taking down overtook a command that nobody was sure of: a portal without keys may carry it out yet.
fn is_open_end(written: &Written) -> bool {
    let given_up = |intent: &&Intent| intent.state == "cancelled" && intent.attempts > 0;
    written.intents.iter().filter(given_up).any(|intent| !intent.takes_down())
        && written.intents.iter().any(|intent| intent.takes_down() && intent.is_confirmed())
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

/// What the desk believes is what the portal says, and readers have what was last confirmed.
fn believed(written: &Written, record: Option<&Record>) -> Vec<String> {
    let story = written.story;
    let mut broken = Vec::new();
    let last = written.last_word();
    let state = record.map_or("never", |record| record.state.as_str());
    if written.public != state {
        broken.push(format!("{story}: the desk calls it {}, the portal {state}", written.public));
    }
    let live = record.and_then(|record| record.live.as_ref()).map(Sha256Hex::as_str);
    let due =
        last.filter(|intent| !intent.takes_down() && state != "scheduled").map(|intent| intent.hash.as_str());
    if due != live {
        broken.push(format!("{story}: last confirmed {last:?}, and readers have {live:?}"));
    }
    let is_down = last.is_some_and(Intent::takes_down);
    if is_down
        && (state == "scheduled"
            || (state != "killed" && last.is_some_and(|last| last.kind == "kill" && state != "never")))
    {
        broken.push(format!("{story}: it was taken down by {last:?}, and is {state}"));
    }
    for intent in written.confirmed().filter(|intent| !intent.takes_down()) {
        let receipt = intent.receipt.as_ref().and_then(|receipt| receipt["hash"].as_str());
        if receipt != Some(&intent.hash) {
            broken.push(format!("{story}: receipt {:?} for {}", intent.receipt, intent.hash));
        }
    }
    broken
}

/// The portal took no version that was not sent.
fn sent(written: &Written, record: Option<&Record>) -> Option<String> {
    let sent = written.intents.iter().filter(|intent| intent.attempts > 0);
    let sent: BTreeSet<_> = sent.map(|intent| &intent.hash).collect();
    let revisions = record.map_or(0, |record| record.revisions);
    let story = written.story;
    (revisions > sent.len() as u64)
        .then(|| format!("{story}: {} versions were sent, the portal took {revisions}", sent.len()))
}

/// The portal's book agrees with ours, and with what it gives to readers.
fn booked(written: &Written, left: &Left, record: Option<&Record>, acts: &[Act]) -> Vec<String> {
    let mut broken = [book::once(written, acts), book::withdrawn(written, &left.downs, acts)].concat();
    let live = record.and_then(|record| record.live.as_ref()).map(Sha256Hex::as_str);
    match book::live(acts) {
        Ok(by_book) if by_book == live => {}
        other => broken.push(format!("{}: {other:?} by the book, and readers have {live:?}", written.story)),
    }
    broken
}

/// What readers find: one article under the last headline, none under another, its page, its photos.
async fn read<S: Subject>(lane: &Lane<S>, written: &Written, record: Option<&Record>) -> Vec<String> {
    let mut broken = Vec::new();
    let is_live = record.is_some_and(|record| record.live.is_some());
    let last = written.last_word().filter(|intent| is_live && !intent.takes_down());
    for intent in &written.intents {
        let Some(headline) = intent.headline() else { continue };
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
    if !is_live {
        broken.extend(gone(lane, written).await);
    }
    broken
}

/// An original is there when the desk says so, and never after a kill; a taking down leaves none on its way, and a photo
/// has one. That none of them held a story up, the end of the run has shown.
async fn originals<S: Subject>(
    lane: &Lane<S>,
    written: &Written,
    (record, figures): (Option<&Record>, &mut Figures),
) -> Vec<String> {
    let story = written.story;
    let mut broken = Vec::new();
    let is_killed = record.is_some_and(|record| record.state == "killed");
    let is_down = written.last_word().is_some_and(Intent::takes_down);
    let mut wanted = BTreeSet::new();
    for Original { photo, state } in &written.originals {
        if state != "cancelled" && !wanted.insert(photo) {
            broken.push(format!("{story}: two originals of {photo}"));
        }
        let Some(there) = lane.subject.has_original(photo).await else {
            broken.push(format!("{story}: an original for a portal that keeps none"));
            continue;
        };
        figures.originals += u64::from(there);
        if there == is_killed && (is_killed || state == "confirmed") {
            broken.push(format!("{story}: its original is {state}, and at the portal: {there}"));
        }
        if is_down && !matches!(state.as_str(), "confirmed" | "cancelled") {
            broken.push(format!("{story}: it was taken down, and an original is {state}"));
        }
    }
    broken
}

/// What was live once and is not now has no page.
async fn gone<S: Subject>(lane: &Lane<S>, written: &Written) -> Vec<String> {
    let mut broken = Vec::new();
    let receipts = written.confirmed().filter_map(|intent| intent.receipt.as_ref());
    let urls: BTreeSet<&str> = receipts.filter_map(|receipt| receipt["public_url"].as_str()).collect();
    for url in urls.into_iter().filter(|url| !url.is_empty()) {
        let url = url.replace(&lane.proxy.url(), &lane.subject.url());
        let (status, _) = fetch_as(&url, None).await;
        if !matches!(status, 404 | 410) {
            broken.push(format!("{url}: {status}, and it was taken down"));
        }
    }
    broken
}

async fn page<S: Subject>(lane: &Lane<S>, last: &Intent, url: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let (status, page) = fetch_as(url, None).await;
    let page = String::from_utf8_lossy(&page);
    if status != 200 || !page.contains(last.headline().unwrap()) {
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

/// Readers' requests carry no token, and a key always comes with the same bytes; but for a taking down, which names what
/// it finds.
fn wire<S: Subject>(left: &Left) -> Vec<String> {
    let downs: BTreeSet<String> = left.downs.iter().map(|down| down.intent.to_string()).collect();
    let mut broken = Vec::new();
    let mut bodies: BTreeMap<&str, &Sha256Hex> = BTreeMap::new();
    for Seen { asked, .. } in &left.seen {
        if asked.signed && !S::is_private(&asked.path) {
            broken.push(format!("a token went with {} {}", asked.method, asked.path));
        }
        // WordPress has one for each thing that is created, not for each command.
        let Some(key) = asked.key.as_ref().filter(|_| S::PROMISE == Promise::Keys) else { continue };
        if !downs.contains(key) && *bodies.entry(key).or_insert(&asked.body) != &asked.body {
            broken.push(format!("the key {key} came with two bodies"));
        }
    }
    broken
}
