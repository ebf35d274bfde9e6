//! What waits for review, as a desk's queue. WordPress tells of no changes, so a short list of all that waits is asked for
//! each time, and what of it is new or changed is read whole: a story's key and source stand in its text alone. The
//! cursor is what was seen of each post.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use story::{DeskState, Guards, Sha256Hex, StoryId};

use super::{
    account, envelope, handing, html,
    post::{FIELDS, Post},
    read_out::read_out,
    remote::{hash, is_untouched, payload, state},
    sections::Tree,
    site::{Query, Site},
    store::Found,
};
use crate::{
    desk::{DeskItem, DeskPage},
    failure::Failure,
};

/// Posts that are read whole in one request; a long report with its source is some twenty kilobytes.
const BATCH: usize = 25;
/// All that waits and that this account may edit. Of what others write WordPress would give empty pages to who may not.
const WAITING: Query<'static> =
    &[("status", handing::PENDING), ("context", "edit"), ("orderby", "id"), ("order", "asc")];
const SHORT: (&str, &str) = ("_fields", "id,modified_gmt");
/// WordPress counts whole seconds: a second change within one looks like none.
const SETTLED_AFTER: TimeDelta = TimeDelta::seconds(3);

/// What was seen of everything that waits, by the post's number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Seen(BTreeMap<u64, Waiting>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Waiting {
    /// When it was last changed, as WordPress says it; `None` where it may change in that very second yet.
    changed: Option<String>,
    /// `None`: it was written in WordPress itself.
    story: Option<StoryId>,
    /// Since when it waits, where only the post's last change tells: a later change is none of that.
    since: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Short {
    id: u64,
    #[serde(default)]
    modified_gmt: Option<String>,
}

/// What is new, changed or gone since `since`: one request, and one more for each [`BATCH`] of new or changed posts.
pub(super) async fn changes(site: &Site, since: Option<&str>) -> Result<DeskPage, Failure> {
    let before: Option<Seen> = since.and_then(|since| serde_json::from_str(since).ok());
    let anew = before.is_none();
    let before = before.unwrap_or_default();
    let own = account::own(site).await?;
    let author = own.id.to_string();
    let mine = [("author", author.as_str())];
    let waiting = [WAITING, if own.edits_others { &[] } else { &mine }].concat();
    let listed: Vec<Short> = site.read_all("wp/v2/posts", &[&waiting[..], &[SHORT]].concat()).await?;
    let fresh: Vec<u64> =
        listed.iter().filter(|short| before.is_other(short)).map(|short| short.id).collect();
    let mut reading =
        Reading { waiting: &waiting, seen: before.still(&listed), items: Vec::new(), tree: None };
    let mut more = false;
    for (index, batch) in fresh.chunks(BATCH).enumerate() {
        match reading.read(site, batch).await {
            Ok(()) => {}
            Err(failure) if index == 0 => return Err(failure),
            // What came before is worth keeping; the next question meets the same trouble and says so.
            Err(_) => {
                more = true;
                break;
            }
        }
    }
    let Reading { seen, mut items, .. } = reading;
    items.extend(before.stories().difference(&seen.stories()).map(|story| DeskItem::gone(*story)));
    let elsewhere = seen.0.values().filter(|waiting| waiting.story.is_none()).count();
    let elsewhere = u32::try_from(elsewhere).unwrap_or(u32::MAX);
    Ok(DeskPage { items, next: seen.cursor(), more, anew, elsewhere })
}

impl Seen {
    fn is_other(&self, short: &Short) -> bool {
        let known = self.0.get(&short.id).and_then(|waiting| waiting.changed.as_ref());
        known.is_none() || known != short.modified_gmt.as_ref()
    }

    /// Without what waits no more.
    fn still(&self, listed: &[Short]) -> Self {
        let there: BTreeSet<u64> = listed.iter().map(|short| short.id).collect();
        Self(self.0.iter().filter(|(id, _)| there.contains(id)).map(|(id, one)| (*id, one.clone())).collect())
    }

    fn stories(&self) -> BTreeSet<StoryId> {
        self.0.values().filter_map(|waiting| waiting.story).collect()
    }

    fn cursor(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// One round of questions.
struct Reading<'a> {
    waiting: Query<'a>,
    seen: Seen,
    items: Vec<DeskItem>,
    /// Asked for at most once, and only for what somebody changed by hand.
    tree: Option<Tree>,
}

impl Reading<'_> {
    async fn read(&mut self, site: &Site, batch: &[u64]) -> Result<(), Failure> {
        let ids = batch.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        let whole = [("include", ids.as_str()), ("per_page", "100"), FIELDS];
        let request =
            site.request(reqwest::Method::GET, "wp/v2/posts", &[self.waiting, &whole].concat()).await?;
        let answer = site.send(request, crate::http::Effect::Reads).await?;
        for post in site.wire().read::<Vec<Post>>(&answer)? {
            self.note(site, post, answer.clock()).await?;
        }
        Ok(())
    }

    async fn note(&mut self, site: &Site, post: Post, now: Option<DateTime<Utc>>) -> Result<(), Failure> {
        let story = envelope::story_of(post.content.raw());
        let (id, modified) = (post.id, post.modified());
        let settled = modified.zip(now).is_some_and(|(modified, now)| now - modified > SETTLED_AFTER);
        let changed = post.modified_text().filter(|_| settled);
        let since = self.seen.0.get(&id).and_then(|waiting| waiting.since).or(modified);
        self.seen.0.insert(id, Waiting { changed, story, since });
        // Of two copies that a lost answer has left, the older one counts: the next look-up takes the other away.
        let Some(story) = story.filter(|story| !self.has_older(*story, id)) else { return Ok(()) };
        let found = Found::listed(post, story, now);
        let item = match payload(&found).filter(|_| is_untouched(&found)) {
            Some(sent) => Told {
                words: words([&sent.headline, &sent.standfirst, &page::plain_text(&sent.body)]),
                headline: sent.headline,
                section: sent.section,
                photos: sent.photos.len(),
                byline: sent.byline,
            },
            None => by_hand(&found, self.section(site, &found.post.categories).await?),
        };
        self.items.push(item.of(&found, story, since));
        Ok(())
    }

    fn has_older(&self, story: StoryId, id: u64) -> bool {
        self.seen.0.range(..id).any(|(_, waiting)| waiting.story == Some(story))
    }

    async fn section(&mut self, site: &Site, categories: &[u64]) -> Result<String, Failure> {
        if self.tree.is_none() {
            self.tree = Some(Tree::read(site).await?);
        }
        Ok(self.tree.as_ref().map(|tree| tree.innermost(categories)).unwrap_or_default())
    }
}

/// What a row of the queue says of a text.
struct Told {
    headline: String,
    section: String,
    words: u32,
    photos: usize,
    byline: String,
}

impl Told {
    fn of(self, found: &Found, story: StoryId, since: Option<DateTime<Utc>>) -> DeskItem {
        let way = handing::way(found);
        let named = !way.author_name.is_empty();
        DeskItem {
            matches: true,
            revision: found.post.revision(),
            etag: found.post.etag(),
            hash: hash(found),
            headline: self.headline,
            section: self.section,
            author: String::new(),
            author_name: if named { way.author_name } else { self.byline },
            words: self.words,
            photos: u32::try_from(self.photos).unwrap_or(u32::MAX),
            desk: DeskState::Filed,
            state: state(found),
            filed_at: way.desk_at.or(since),
            desk_at: way.desk_at.or(since),
            desk_by: way.desk_by,
            guards: Guards::default(),
            ..DeskItem::gone(story)
        }
    }
}

/// From the post as somebody has made it in WordPress.
fn by_hand(found: &Found, section: String) -> Told {
    let post = &found.post;
    let opened = found.opened.as_ref();
    let known = opened.and_then(|opened| opened.envelope.as_ref()).map(|envelope| &envelope.head.photos);
    let known = known.cloned().unwrap_or_default();
    let read = read_out(opened.map_or("", |opened| &opened.content), &known);
    let lead = known.iter().find(|(_, media)| **media == post.featured_media).map(|(photo, _)| photo);
    let photos: BTreeSet<&Sha256Hex> = read.pictures.keys().chain(lead).collect();
    let headline = html::plain_text(post.title.raw());
    let standfirst = html::plain_text(post.excerpt.raw());
    Told {
        words: words([&headline, &standfirst, &page::plain_text(&read.body)]),
        headline,
        section,
        photos: photos.len(),
        byline: read.byline.unwrap_or_default(),
    }
}

fn words(texts: [&str; 3]) -> u32 {
    u32::try_from(texts.iter().map(|text| bangla::words(text)).sum::<usize>()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(id: u64, modified: &str) -> Short {
        Short { id, modified_gmt: Some(modified.to_owned()) }
    }

    fn seen(all: &[(u64, Option<&str>)]) -> Seen {
        let one = |(id, changed): &(u64, Option<&str>)| {
            (*id, Waiting { changed: changed.map(str::to_owned), story: None, since: None })
        };
        Seen(all.iter().map(one).collect())
    }

    #[test]
    fn what_was_read_in_the_second_of_its_change_is_read_once_more() {
        let known = seen(&[(7, Some("2026-11-28T08:00:00")), (8, None)]);
        assert!(!known.is_other(&short(7, "2026-11-28T08:00:00")));
        assert!(known.is_other(&short(7, "2026-11-28T08:00:01")));
        assert!(known.is_other(&short(8, "2026-11-28T08:00:00")));
        assert!(known.is_other(&short(9, "2026-11-28T08:00:00")), "a new one");
        assert_eq!(known.still(&[short(7, "")]), seen(&[(7, Some("2026-11-28T08:00:00"))]));
    }

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let known = seen(&[(7, Some("2026-11-28T08:00:00")), (8, None)]);
        assert_eq!(serde_json::from_str::<Seen>(&known.cursor()).unwrap(), known);
    }
}
