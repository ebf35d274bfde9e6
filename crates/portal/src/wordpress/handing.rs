//! What goes between author and desk. WordPress has one word for it, that a post waits for review; who brought it there,
//! and why it went back, stands in the envelope and is gone from it before readers get the post. With it stand the keys
//! of what was done, so that a command whose answer was lost is not given twice.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use story::{Cause, DeskState, IntentId};

use super::{
    account,
    bring::{change, changed, marked},
    remote::{hash, payload, state},
    site::Site,
    store::Found,
};
use crate::{
    desk::DeskWord,
    failure::Failure,
    portal::{Act, RemoteState, Transition},
};

/// Commands that are remembered; what was given before them is long settled.
const MOST_KEYS: usize = 8;
pub(super) const PENDING: &str = "pending";
const DRAFT: &str = "draft";

/// Which way the story went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Way {
    Filed,
    Returned,
    Recalled,
}

/// What author and desk last said to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Word {
    way: Way,
    /// The name of who said it.
    by: String,
    /// By the portal's clock.
    at: Option<DateTime<Utc>>,
    /// Why it went back; empty else.
    note: String,
    /// Commands that were carried out, the newest last.
    keys: Vec<IntentId>,
}

/// The word that stands in the post.
pub(super) fn word(found: &Found) -> Option<&Word> {
    found.opened.as_ref()?.envelope.as_ref()?.head.word.as_ref()
}

/// Where the story stands between author and desk. A draft that was filed and that nobody has returned or recalled was
/// set back in WordPress itself, which asks for no reason. `None`: neither has said anything of it.
pub(super) fn desk(found: &Found) -> Option<DeskState> {
    match found.post.status.as_str() {
        PENDING => Some(DeskState::Filed),
        "publish" | "future" => Some(DeskState::Approved),
        DRAFT if state(found) != RemoteState::Withdrawn => word(found).map(|word| match word.way {
            Way::Filed | Way::Returned => DeskState::Returned,
            Way::Recalled => DeskState::Draft,
        }),
        _ => None,
    }
}

/// How it came there. The word counts only where the post still stands where it says.
pub(super) fn way(found: &Found) -> DeskWord {
    let spoken = word(found);
    let stands = |word: &&Word| match word.way {
        Way::Filed => found.post.status == PENDING,
        Way::Returned | Way::Recalled => found.post.status == DRAFT,
    };
    let standing = spoken.filter(stands);
    let author = standing.filter(|word| word.way == Way::Filed).map(|word| word.by.clone());
    let byline = || payload(found).map(|payload| payload.byline).unwrap_or_default();
    DeskWord {
        author_name: author.unwrap_or_else(byline),
        desk_at: standing.and_then(|word| word.at),
        desk_by: standing.map(|word| word.by.clone()),
        desk_note: standing.map(|word| word.note.clone()).unwrap_or_default(),
        done: spoken.map(|word| word.keys.clone()).unwrap_or_default(),
    }
}

/// Files, returns or recalls: the status and the word on it in one request. What was done before is not done again,
/// wherever the story went since.
pub(super) async fn hand_over(site: &Site, asked: &Transition, found: &Found) -> Result<Found, Failure> {
    if word(found).is_some_and(|word| word.keys.contains(&asked.key)) {
        return Ok(found.clone());
    }
    may_go(asked, found)?;
    let word = spoken(site, asked, found).await?;
    let content = marked(asked.story, found, |head| head.word = Some(word));
    let content = content.ok_or_else(|| changed("the story's source is gone from the post"))?;
    let status = if asked.act == Act::File { PENDING } else { DRAFT };
    change(site, asked.story, found, None, json!({ "status": status, "content": content })).await
}

fn may_go(asked: &Transition, found: &Found) -> Result<(), Failure> {
    let files = asked.act == Act::File;
    match found.post.status.as_str() {
        "trash" => return Err(changed("the story was taken down at the portal")),
        "publish" | "future" if files => return Err(changed("readers have the story already")),
        PENDING => {}
        _ if files => {}
        _ => return Err(Failure::harmless(Cause::Conflict, "the desk does not have the story")),
    }
    if hash(found) == asked.hash {
        return Ok(());
    }
    Err(changed("the portal's version is another than the one this is about"))
}

async fn spoken(site: &Site, asked: &Transition, found: &Found) -> Result<Word, Failure> {
    let way = match asked.act {
        Act::Return => Way::Returned,
        Act::Recall => Way::Recalled,
        _ => Way::Filed,
    };
    let mut keys = word(found).map(|word| word.keys.clone()).unwrap_or_default();
    keys.push(asked.key);
    keys.drain(..keys.len().saturating_sub(MOST_KEYS));
    let note = if way == Way::Returned { asked.note.clone() } else { String::new() };
    Ok(Word { way, by: account::own(site).await?.name.clone(), at: found.now, note, keys })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use story::Sha256Hex;

    use super::*;
    use crate::wordpress::{
        envelope::{Envelope, Head, Opened},
        post::Post,
    };

    fn found(status: &str, way: Option<Way>) -> Found {
        let word = way.map(|way| {
            let keys = vec!["0193a000-0000-7000-8000-0000000000aa".parse().unwrap()];
            Word {
                way, by: "শিরিন আক্তার".into(), at: None, note: "সূত্র কে?".into(), keys
            }
        });
        let head = Head {
            words: Sha256Hex::of(b"words"),
            categories: Vec::new(),
            tags: Vec::new(),
            lead: 0,
            photos: BTreeMap::new(),
            withdrawn: false,
            walls: 0,
            word,
        };
        let envelope = Some(Envelope { head, payload: b"{}".to_vec() });
        let mut post = Post::default();
        (post.id, post.status) = (7, status.into());
        let story = "0193a000-0000-7000-8000-000000000001".parse().unwrap();
        let mut found = Found::listed(post, story, None);
        found.opened = Some(Opened { envelope, content: String::new() });
        found
    }

    #[test]
    fn a_status_and_the_word_on_it_say_where_a_story_stands() {
        use DeskState::{Approved, Draft, Filed, Returned};
        for (status, said, due) in [
            ("pending", None, Some(Filed)),
            ("pending", Some(Way::Filed), Some(Filed)),
            ("draft", Some(Way::Returned), Some(Returned)),
            ("draft", Some(Way::Recalled), Some(Draft)),
            ("draft", None, None),
            ("publish", None, Some(Approved)),
            ("future", None, Some(Approved)),
            ("trash", Some(Way::Returned), None),
            ("private", None, None),
        ] {
            assert_eq!(desk(&found(status, said)), due, "{status} {said:?}");
        }
    }

    #[test]
    fn what_was_set_back_by_hand_is_returned_without_a_name_or_a_reason() {
        let by_hand = found("draft", Some(Way::Filed));
        assert_eq!(desk(&by_hand), Some(DeskState::Returned));
        let way = way(&by_hand);
        assert_eq!((way.desk_by, way.desk_note.as_str(), way.done.len()), (None, "", 1));
    }

    #[test]
    fn what_was_handed_in_again_by_hand_has_no_reason_of_its_own() {
        let again = found("pending", Some(Way::Returned));
        assert_eq!(desk(&again), Some(DeskState::Filed));
        assert_eq!((way(&again).desk_by, way(&again).desk_note.as_str()), (None, ""));
    }
}
