//! Creating and changing a story's post, and what readers get of it.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use story::{Cause, Payload, Sha256Hex, StoryId};

use super::{
    Held,
    draft::{Draft, compose},
    envelope::{self, Head, key},
    handing,
    post::gmt,
    remote::{hash, payload, state},
    site::Site,
    store::{self, Found},
};
use crate::{
    failure::Failure,
    portal::{Act, RemoteState, StoryToSend, Transition, Transitioned, Unless, WorkingCopy},
};

/// Creates or replaces the working copy. What readers have stays as it is: see [`Held`].
pub(super) async fn send(site: &Site, held: &Held, sent: &StoryToSend<'_>) -> Result<WorkingCopy, Failure> {
    let payload: Payload =
        serde_json::from_slice(sent.bytes).map_err(|e| Failure::harmless(Cause::Invalid, e.to_string()))?;
    let hash = Sha256Hex::of(sent.bytes);
    let there = store::find(site, sent.story).await?;
    guard(sent.unless, there.as_ref())?;
    let word = there.as_ref().filter(|found| !found.post.is_public()).and_then(handing::word).cloned();
    let draft = compose(site, &payload, sent.bytes, word).await?;
    let kept = match there {
        None => create(site, sent.story, &draft).await?,
        Some(found) if found.post.is_public() => {
            held.keep(sent.story, hash.clone(), (self::hash(&found), draft));
            return Ok(copy(sent.story, hash, &found));
        }
        Some(found) => {
            let address = address(&found, &draft.slug);
            change(site, sent.story, &found, Some(&draft), address).await?
        }
    };
    Ok(copy(sent.story, hash, &kept))
}

fn guard(unless: &Unless, there: Option<&Found>) -> Result<(), Failure> {
    let why = match (unless, there) {
        (Unless::Exists, None) => return Ok(()),
        (Unless::Exists, Some(_)) => "the portal has the story already",
        (Unless::OtherThan(_), None) => "the portal no longer has the story",
        (Unless::OtherThan(_), Some(found)) if found.post.status == "trash" => {
            "the story is in the portal's trash"
        }
        (Unless::OtherThan(etag), Some(found)) if found.post.etag() == *etag => return Ok(()),
        (Unless::OtherThan(_), Some(_)) => "somebody changed the story at the portal",
    };
    Err(Failure::harmless(Cause::ChangedOnPortal, why))
}

fn copy(id: StoryId, hash: Sha256Hex, found: &Found) -> WorkingCopy {
    WorkingCopy { id, revision: found.post.revision(), etag: found.post.etag(), hash }
}

/// Never straight to the readers: should an answer be lost, a copy too many is a draft. The look-up afterwards
/// leaves one.
async fn create(site: &Site, story: StoryId, draft: &Draft) -> Result<Found, Failure> {
    let mut fields = draft.fields();
    extend(&mut fields, json!({ "status": "draft", "slug": draft.slug }));
    let request = site.request(Method::POST, "wp/v2/posts", &[]).await?;
    let request = request.header("idempotency-key", key(story));
    let created = Found::read(site, &site.write(request, &fields).await?, story)?;
    match store::find(site, story).await.map_err(Failure::after_sending)? {
        Some(found) => as_sent(story, draft, &found).map(|()| found),
        None => Err(not_findable(site, &created).await),
    }
}

/// Something stands between us and the site's search. Going on would make a copy at every attempt.
async fn not_findable(site: &Site, created: &Found) -> Failure {
    let undone = store::trash(site, created).await;
    let detail = "this site's search does not find the story's key; the companion plugin does without it";
    let failure = Failure::harmless(Cause::Invalid, detail);
    if undone.is_ok() { failure } else { failure.after_sending() }
}

/// The address, as long as nobody can have it yet: WordPress gives a correction that names its slug again another
/// address. A correspondent's wish is forgotten by WordPress and made good when the desk publishes.
fn address(found: &Found, slug: &str) -> Value {
    let free = state(found) == RemoteState::NotPublic;
    let before = payload(found).map(|payload| payload.slug);
    let wished = found.post.slug.is_empty() || before.is_some_and(|before| before != slug);
    if free && wished { json!({ "slug": slug }) } else { json!({}) }
}

/// One request that changes the post, or nothing of it.
pub(super) async fn change(
    site: &Site,
    story: StoryId,
    found: &Found,
    draft: Option<&Draft>,
    more: Value,
) -> Result<Found, Failure> {
    let mut fields = draft.map_or_else(|| json!({}), Draft::fields);
    extend(&mut fields, more);
    let request = found.change(site, Method::POST).await?;
    let answer = site.write(request, &fields).await?;
    let kept = Found::read(site, &answer, story)?;
    if kept.post.id != found.post.id {
        return Err(Failure::open(Cause::WrongEcho, "the answer names another post"));
    }
    if let Some(draft) = draft {
        as_sent(story, draft, &kept)?;
    }
    Ok(kept)
}

fn extend(fields: &mut Value, more: Value) {
    if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
        fields.extend(more);
    }
}

/// WordPress drops what it does not know without a word.
fn as_sent(story: StoryId, draft: &Draft, kept: &Found) -> Result<(), Failure> {
    let found = draft.differences(story, &kept.post);
    if found.is_empty() { Ok(()) } else { Err(Failure::differs(found)) }
}

/// Changes what readers get. WordPress knows no keys here, but each of these is the same done twice.
/// What goes between author and desk is told apart by its key: see [`handing`].
pub(super) async fn transition(
    site: &Site,
    held: &Held,
    asked: &Transition,
) -> Result<Transitioned, Failure> {
    let found = store::find(site, asked.story).await?;
    let found = found.ok_or_else(|| Failure::harmless(Cause::NotFound, "the portal has no such story"))?;
    let after = match asked.act {
        Act::Withdraw => withdraw(site, asked.story, &found).await?,
        Act::Kill => kill(site, asked.story, &found).await?,
        Act::File | Act::Return | Act::Recall => handing::hand_over(site, asked, &found).await?,
        Act::Approve => return Err(Failure::harmless(Cause::Invalid, "WordPress knows no approvals")),
        Act::Publish | Act::Correct | Act::Schedule => {
            let held = held.take(asked.story, &asked.hash);
            if held.as_ref().is_some_and(|(there, _)| *there != hash(&found)) {
                return Err(changed("somebody changed the story at the portal"));
            }
            bring(site, asked, &found, held.as_ref().map(|(_, draft)| draft)).await?
        }
    };
    let (post, state) = (&after.post, state(&after));
    let live = state == RemoteState::Live;
    Ok(Transitioned {
        id: asked.story,
        state,
        revision: post.revision(),
        hash: asked.hash.clone(),
        public_url: live.then(|| post.link.clone()),
        published_at: post.date().filter(|_| live),
        updated_at: post.modified().filter(|modified| live && Some(*modified) > post.date()),
    })
}

/// Towards the readers, with the text that was held back or the one that is there. What author and desk said to each
/// other is no business of theirs, and goes out of the post with the same request.
async fn bring(
    site: &Site,
    asked: &Transition,
    found: &Found,
    draft: Option<&Draft>,
) -> Result<Found, Failure> {
    if found.post.status == "trash" {
        return Err(changed("the story was taken down at the portal"));
    }
    if draft.is_none() && hash(found) != asked.hash {
        return Err(changed("the portal's version is another than the one this is about"));
    }
    let there = found.post.status.as_str();
    let sent = payload(found);
    let published_at =
        draft.map_or_else(|| sent.as_ref().and_then(|sent| sent.published_at), |draft| draft.published_at);
    let mut fields = match (asked.act, there) {
        (Act::Schedule, "publish") => return Err(changed("readers have the story already")),
        (Act::Schedule, _) => match asked.at {
            Some(at) => json!({ "status": "future", "date_gmt": gmt(at) }),
            None => return Err(Failure::harmless(Cause::Invalid, "a scheduled story needs its time")),
        },
        (_, "publish") => json!({ "status": "publish" }),
        _ => published(found, published_at),
    };
    let between_us = handing::word(found).filter(|_| draft.is_none());
    let stands = draft.is_none() && fields.get("status").is_some_and(|wanted| wanted == there);
    if stands && between_us.is_none() && there != "future" {
        return Ok(found.clone());
    }
    let silent = between_us.and_then(|_| marked(asked.story, found, |head| head.word = None));
    if let Some(content) = silent {
        extend(&mut fields, json!({ "content": content }));
    }
    if let Some(sent) = &sent {
        extend(&mut fields, address(found, &sent.slug));
    }
    change(site, asked.story, found, draft, fields).await
}

/// WordPress keeps a coming date when it is told to publish, and then does not publish.
fn published(found: &Found, published_at: Option<DateTime<Utc>>) -> Value {
    let earlier = published_at.filter(|date| found.now.is_some_and(|now| *date < now));
    let waits = found.post.status == "future" || found.post.date() > found.now;
    match (earlier, found.now) {
        (Some(date), _) => json!({ "status": "publish", "date_gmt": gmt(date) }),
        (None, Some(now)) if waits => json!({ "status": "publish", "date_gmt": gmt(now) }),
        _ => json!({ "status": "publish" }),
    }
}

/// Taken from the readers whatever it says by now: nothing of it is lost.
async fn withdraw(site: &Site, story: StoryId, found: &Found) -> Result<Found, Failure> {
    if !found.post.is_public() {
        return put_up_wall(site, story, found).await;
    }
    let mut fields = json!({ "status": "draft" });
    // WordPress does not tell a draft that was live from one that was not.
    let was_live = found.post.status == "publish";
    let marked = was_live.then(|| marked(story, found, |head| head.withdrawn = true)).flatten();
    if let Some(content) = marked {
        extend(&mut fields, json!({ "content": content }));
    }
    change(site, story, found, None, fields).await
}

/// Readers do not have it, but a publication may be on its way. The companion plugin refuses it when it finds another
/// post than the one that it was meant for; without the plugin nothing can.
async fn put_up_wall(site: &Site, story: StoryId, found: &Found) -> Result<Found, Failure> {
    if found.post.status == "trash" || !site.root().await?.companion {
        return Ok(found.clone());
    }
    let Some(content) = marked(story, found, |head| head.walls += 1) else { return Ok(found.clone()) };
    change(site, story, found, None, json!({ "content": content })).await
}

/// The content as it is, with another note on its envelope.
pub(super) fn marked(story: StoryId, found: &Found, note: impl FnOnce(&mut Head)) -> Option<String> {
    let opened = found.opened.as_ref()?;
    let mut envelope = opened.envelope.clone()?;
    note(&mut envelope.head);
    Some(envelope::seal(&opened.content, story, &envelope))
}

/// To the trash, from where only a person at the portal can bring it back.
async fn kill(site: &Site, story: StoryId, found: &Found) -> Result<Found, Failure> {
    if found.post.status == "trash" {
        return Ok(found.clone());
    }
    store::trash(site, found).await?;
    let after = store::find(site, story).await.map_err(Failure::after_sending)?;
    after.ok_or_else(|| Failure::open(Cause::WrongEcho, "the portal does not find what it took down"))
}

pub(super) fn changed(why: &str) -> Failure {
    Failure::harmless(Cause::ChangedOnPortal, why)
}
