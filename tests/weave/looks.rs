//! What a reader finds who looks between two steps, while a story is held back.

use std::collections::BTreeMap;

use khosra_testkit::fetch_as;
use newsite::Clock as _;
use story::{Guards, StoryId};

use crate::{book, figures::Figures, newsroom::House};

/// What was found so far.
#[derive(Default)]
pub struct Looks {
    /// By story under a legal flag: the flag, and how the feed told of the story when it was first seen under it.
    seen: BTreeMap<StoryId, (Guards, Option<String>)>,
    pub broken: Vec<String>,
}

impl Looks {
    /// Looks, if anything is held back. The portal is asked before and after, for stories move meanwhile: what held one
    /// back at both times did so all along.
    pub async fn look(&mut self, house: &House, stories: &[(StoryId, String)], figures: &mut Figures) {
        let ids: Vec<_> = stories.iter().map(|(story, _)| *story).collect();
        let before = book::held_back(&house.book(), &ids);
        self.seen.retain(|story, (flag, _)| before.get(story).map(flag_alone) == Some(flag.clone()));
        if before.is_empty() {
            return;
        }
        let (_, feed) = fetch_as(&format!("{}/feed.xml", house.site.url()), None).await;
        let feed = String::from_utf8_lossy(&feed);
        let after = book::held_back(&house.book(), &ids);
        let now = house.clock.now();
        for (story, title) in stories {
            let Some(guards) = before.get(story).filter(|guards| after.get(story) == Some(*guards)) else {
                continue;
            };
            let item = feed.split("<item>").skip(1).find(|item| item.contains(title.as_str()));
            if guards.embargo.as_ref().is_some_and(|embargo| now < embargo.until) {
                figures.judged("readers get nothing that is held back: looking for an embargoed story", 1);
                let found = item.map(|item| format!("{story}: readers have {item} under {guards:?}"));
                self.broken.extend(found);
            }
            if guards.legal.is_some() {
                figures.judged("readers get nothing that is held back: looking for a flagged story", 1);
                self.under_flag(*story, guards, item);
            }
        }
    }

    /// What readers had before the flag they may keep, until it is taken from them.
    fn under_flag(&mut self, story: StoryId, guards: &Guards, item: Option<&str>) {
        let first = || (flag_alone(guards), item.map(str::to_owned));
        let (_, had) = self.seen.entry(story).or_insert_with(first);
        if let Some(item) = item
            && had.as_deref() != Some(item)
        {
            self.broken.push(format!("{story}: readers had {had:?}, and have {item} under {guards:?}"));
        }
        *had = item.map(str::to_owned);
    }
}

/// Who raised it when; that somebody wants it cleared lifts nothing.
fn flag_alone(guards: &Guards) -> Guards {
    let legal = guards.legal.clone().map(|flag| Box::new(story::LegalFlag { clearing: None, ..*flag }));
    Guards { legal, ..Guards::default() }
}
