//! A new site is not an empty one: its sections, and a dozen stories of the last days, so that every list has
//! something in it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use story::{Content, DeskState, Payload, PublicState, Section, Sha256Hex, StoryId};
use uuid::Builder;

use crate::{
    db::{
        Db,
        comments::CommentRow,
        millis,
        stories::{self, RevisionRow, StoryRow},
    },
    publishing, secrets,
};

const SECTIONS: &str = include_str!("../seed/sections.json");
const STORIES: &str = include_str!("../seed/stories.json");

/// Why a site could not be given its first matter.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SeedError {
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Photo(#[from] story::payload::MissingRendition),
    #[error("the story {0} was not kept")]
    Lost(StoryId),
}

#[derive(Deserialize)]
struct Sample {
    /// How long before the site's first start it was published.
    minutes_ago: i64,
    /// The account that wrote it.
    author: String,
    content: Content,
    /// What readers said under it.
    #[serde(default)]
    comments: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    reader: String,
    text: String,
    /// How long after the publication.
    minutes_later: i64,
}

/// The sections, where they are not there yet.
pub(crate) async fn sections(db: &Db) -> Result<(), SeedError> {
    // Parents stand before their children in the file.
    for section in serde_json::from_str::<Vec<Section>>(SECTIONS)? {
        db.add_section(&section).await?;
    }
    Ok(())
}

/// The sample stories, if the site has none at all.
pub(crate) async fn stories(db: &Db, now: DateTime<Utc>) -> Result<(), SeedError> {
    if !db.is_empty().await? {
        return Ok(());
    }
    for sample in serde_json::from_str::<Vec<Sample>>(STORIES)? {
        publish(db, sample, now).await?;
    }
    Ok(())
}

async fn publish(db: &Db, sample: Sample, now: DateTime<Utc>) -> Result<(), SeedError> {
    let at = now - TimeDelta::minutes(sample.minutes_ago);
    let unix = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    let id = StoryId(Builder::from_unix_timestamp_millis(unix, &secrets::ten_bytes()).into_uuid());
    let content = sample.content;
    let payload = Payload::freeze(id, content.hash()?, &content, content.slug.clone(), &[])?;
    let text = serde_json::to_string(&payload)?;
    let hash = Sha256Hex::of(text.as_bytes());
    let author = sample.author.as_str();
    let row =
        RevisionRow { story: id, revision: 1, hash: &hash, payload: &text, author, saved_at: millis(at) };
    let mut transaction = db.begin().await?;
    stories::create(&mut transaction, &row, &secrets::key()).await?;
    stories::describe(&mut transaction, id, &payload).await?;
    let story = stories::find(&mut transaction, id).await?.ok_or(SeedError::Lost(id))?;
    let live = publishing::live_now(&story, &story.head(), &payload, at);
    let story = StoryRow { state: PublicState::Live, desk: DeskState::Approved, live, ..story };
    stories::stand(&mut transaction, &story).await?;
    transaction.commit().await?;
    for said in sample.comments {
        let written_at = at + TimeDelta::minutes(said.minutes_later);
        let comment = CommentRow {
            id: secrets::new_id(written_at).to_string(),
            story: id.to_string(),
            reader: said.reader,
            text: said.text,
            written_at: millis(written_at),
            hidden: false,
        };
        db.add_comment(&comment).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_could_be_published_by_the_portals_own_rules() {
        let sections: Vec<Section> = serde_json::from_str(SECTIONS).unwrap();
        let samples: Vec<Sample> = serde_json::from_str(STORIES).unwrap();
        assert_eq!(samples.len(), 12);
        for sample in samples {
            let content = &sample.content;
            let slug = content.slug.clone();
            let id = StoryId(uuid::Uuid::nil());
            let payload = Payload::freeze(id, content.hash().unwrap(), content, slug, &[]).unwrap();
            let known = sections.iter().any(|section| section.slug == content.section);
            assert_eq!(publishing::faults_of_form(&payload, known), [], "{}", content.headline);
            assert_eq!(
                publishing::faults_for_readers(&payload, DateTime::UNIX_EPOCH),
                [],
                "{}",
                content.headline
            );
            let words = content.body.split_whitespace().count();
            assert!((80..=200).contains(&words), "{words}: {}", content.headline);
        }
    }

    #[test]
    fn a_parent_stands_before_its_children() {
        let sections: Vec<Section> = serde_json::from_str(SECTIONS).unwrap();
        for (index, section) in sections.iter().enumerate() {
            let Some(parent) = &section.parent else { continue };
            assert!(sections[..index].iter().any(|earlier| earlier.slug == *parent), "{}", section.slug);
        }
    }
}
