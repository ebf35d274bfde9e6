//! What readers find: each live story once, under the text that they are to have, and nothing of any other.

use std::collections::BTreeMap;

use khosra_testkit::fetch_as;
use story::{PublicState, StoryId};

use crate::{book::Kept, figures::Figures, run::Run};

pub async fn broken(run: &Run<'_>, kept: &BTreeMap<StoryId, Kept>, figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    let (_, feed) = fetch_as(&format!("{}/feed.xml", run.house.site.url()), None).await;
    let feed = String::from_utf8_lossy(&feed);
    let titles: Vec<&str> = feed
        .split("<title>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</title>").map(|(title, _)| title))
        .collect();
    for (story, title) in &run.stories {
        figures.judged("readers find each live story once, and no other", 1);
        let live = kept.get(story).and_then(Kept::live_version);
        let found: Vec<_> = titles.iter().filter(|found| found.contains(title.as_str())).collect();
        if found.len() != usize::from(live.is_some()) {
            broken.push(format!("{story}: {} articles, and it is {:?}", found.len(), live.map(|v| &v.hash)));
        }
        let headline = live.and_then(|version| version.payload["headline"].as_str());
        if let (Some(headline), [only]) = (headline, found.as_slice())
            && headline != **only
        {
            broken.push(format!("{story}: readers find {only}, and are to have {headline}"));
        }
    }
    broken.extend(pages(run, kept).await);
    broken
}

/// Nobody's page is left open once its story was taken down.
async fn pages(run: &Run<'_>, kept: &BTreeMap<StoryId, Kept>) -> Vec<String> {
    let mut broken = Vec::new();
    for person in &run.people {
        for kept in kept.values() {
            let Some(view) = person.view(kept.story).await else { continue };
            let urls = view.deliveries.into_iter().filter_map(|intent| intent.public_url);
            for url in urls {
                let line = person.chair.line.url();
                let (status, _) = fetch_as(&url.replace(&line, &run.house.site.url()), None).await;
                // A corrected story may have another address; the old one leads there.
                let is_open = matches!(status, 200 | 301);
                if is_open != (kept.public == PublicState::Live) {
                    broken.push(format!("{url} answers {status}, and the story is {:?}", kept.public));
                }
            }
        }
    }
    broken
}
