//! A post as WordPress tells of it, and what can be said about it from that alone.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use story::Sha256Hex;

use super::envelope::Head;
use crate::portal::RemoteState;

/// The fields of [`Post`], for a request's `_fields`.
pub(super) const FIELDS: (&str, &str) = (
    "_fields",
    "id,date_gmt,modified_gmt,slug,status,link,title,content.raw,content.rendered,excerpt.raw,excerpt.rendered,\
     featured_media,categories,tags,_links",
);

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Post {
    pub(super) id: u64,
    date_gmt: Option<String>,
    modified_gmt: Option<String>,
    pub(super) status: String,
    /// Empty until the post gets an address.
    pub(super) slug: String,
    pub(super) link: String,
    pub(super) title: Text,
    pub(super) content: Text,
    pub(super) excerpt: Text,
    pub(super) featured_media: u64,
    pub(super) categories: Vec<u64>,
    pub(super) tags: Vec<u64>,
    #[serde(rename = "_links")]
    links: Value,
}

/// A text for editors and for readers. Who may not edit gets no `raw`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Text {
    pub(super) raw: Option<String>,
    pub(super) rendered: String,
}

impl Text {
    pub(super) fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or_default()
    }
}

impl Post {
    /// Publication: past, coming, or the last change of a draft that has no time of its own.
    pub(super) fn date(&self) -> Option<DateTime<Utc>> {
        time(self.date_gmt.as_deref()?)
    }

    pub(super) fn modified(&self) -> Option<DateTime<Utc>> {
        time(self.modified_gmt.as_deref()?)
    }

    /// [`Self::modified`] as WordPress says it.
    pub(super) fn modified_text(&self) -> Option<String> {
        self.modified_gmt.clone()
    }

    /// The newest entry of WordPress's history, which only grows; 1 where it keeps none.
    pub(super) fn revision(&self) -> u64 {
        let newest = self.links.pointer("/predecessor-version/0/id");
        newest.and_then(Value::as_u64).unwrap_or(1)
    }

    pub(super) fn is_public(&self) -> bool {
        self.status == "publish" || self.status == "future"
    }

    /// Names this state of the post. WordPress has nothing of the kind, and its clock counts whole seconds, so
    /// everything that a person can change there is in it.
    pub(super) fn etag(&self) -> String {
        let Self { id, status, featured_media, .. } = self;
        let texts = [self.title.raw(), self.content.raw(), self.excerpt.raw(), &self.title.rendered];
        let state = json!([
            id,
            status,
            featured_media,
            sorted(&self.categories),
            sorted(&self.tags),
            self.modified_gmt,
            self.date_gmt,
            self.revision(),
            texts
        ]);
        format!("\"{}\"", Sha256Hex::of(state.to_string().as_bytes()))
    }

    /// What readers get.
    pub(super) fn state(&self, head: Option<&Head>, now: Option<DateTime<Utc>>) -> RemoteState {
        match self.status.as_str() {
            "publish" => RemoteState::Live,
            "future" => RemoteState::Scheduled,
            "trash" => RemoteState::Killed,
            _ if head.is_some_and(|head| head.withdrawn) || self.was_public(now) => RemoteState::Withdrawn,
            _ => RemoteState::NotPublic,
        }
    }

    /// A draft that was never public has no date of its own: WordPress shows that of its last change. Another date
    /// in the past is that of a publication, by us or by somebody there.
    fn was_public(&self, now: Option<DateTime<Utc>>) -> bool {
        let (Some(date), Some(modified)) = (self.date(), self.modified()) else { return false };
        let floats = (modified - date).abs() <= TimeDelta::seconds(2);
        !floats && now.is_some_and(|now| date <= now)
    }
}

pub(super) fn sorted(ids: &[u64]) -> Vec<u64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// WordPress's UTC times have no offset.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok()?;
    // The database's "no date" comes out as one before Christ.
    (time.year() > 0).then(|| time.and_utc())
}

/// A moment as WordPress wants it.
pub(super) fn gmt(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> Value {
        json!({
            "id": 7, "status": "draft", "date_gmt": "2025-11-05T06:00:00", "modified_gmt": "2025-11-05T06:00:00",
            "title": {"raw": "ক"}, "content": {"raw": "খ"}, "excerpt": {"raw": "গ"}, "featured_media": 3,
            "categories": [4, 5], "tags": [6], "_links": {"predecessor-version": [{"id": 8}]},
        })
    }

    fn read(value: Value) -> Post {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn whatever_a_person_changes_in_wordpress_changes_the_etag() {
        let before = read(post()).etag();
        for (at, value) in [
            ("/status", json!("publish")),
            ("/modified_gmt", json!("2025-11-05T06:00:01")),
            ("/title/raw", json!("কক")),
            ("/content/raw", json!("খখ")),
            ("/excerpt/raw", json!("গগ")),
            ("/featured_media", json!(0)),
            ("/categories", json!([4])),
            ("/tags", json!([6, 7])),
            ("/_links/predecessor-version/0/id", json!(9)),
        ] {
            let mut changed = post();
            *changed.pointer_mut(at).unwrap() = value;
            assert_ne!(read(changed).etag(), before, "{at}");
        }
        let mut turned = post();
        turned["categories"] = json!([5, 4]);
        assert_eq!(read(turned).etag(), before, "the order of categories means nothing");
    }

    #[test]
    fn a_draft_with_a_past_of_its_own_was_taken_down_and_a_floating_one_was_not() {
        let now = time("2025-11-05T12:00:00");
        assert_eq!(read(post()).state(None, now), RemoteState::NotPublic);
        let mut once_live = post();
        once_live["modified_gmt"] = json!("2025-11-05T07:00:00");
        assert_eq!(read(once_live).state(None, now), RemoteState::Withdrawn);
        let mut wished = post();
        wished["date_gmt"] = json!("2025-11-06T07:00:00");
        assert_eq!(read(wished).state(None, now), RemoteState::NotPublic);
    }

    #[test]
    fn an_odd_date_is_no_date() {
        let odd = read(json!({"id": 1, "date_gmt": null, "modified_gmt": "-0001-11-30T00:00:00"}));
        assert_eq!((odd.date(), odd.modified()), (None, None));
    }
}
