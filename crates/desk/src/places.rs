//! Where readers still meet what a story said before: asked from outside, place by place, once a correction or a taking
//! down has arrived or whenever a person wants to know. Nothing is kept of it but the addresses that may be opened.

use portal::{Place, Whereabouts};
use store::Row;
use story::{Content, PublicState, StoryId, Wording, Wordings};

use crate::{
    Desk, live, portals, publishing, taking_down,
    wire::{CommandError, ErrorCode, Nothing, OpenPlace, PlaceView, PlacesView},
};

/// Looks at every place that the portal has.
///
/// # Errors
/// `RefusedNotPublic` for a story that no reader ever had, and what the portal says when it cannot be reached.
pub(crate) async fn look(desk: &Desk, story: StoryId) -> Result<PlacesView, CommandError> {
    let Asked { address, portal, section, names, wordings } =
        desk.blocking(move |desk| Asked::of(desk, story)).await?;
    let connected = portals::connected(desk, portal.id).await?;
    let url = publishing::address_now(desk, &address, &portal).await?;
    let asked = Whereabouts {
        url: Some(url.as_str()),
        section: &section,
        section_names: &names,
        wordings: &wordings,
    };
    let found = connected.places(&asked).await;
    desk.set_reachable(!found.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    let places = found?;
    desk.note_places(story, places.iter().map(|place| place.url.clone()).collect());
    let down = wordings.now.is_none();
    Ok(PlacesView { story, at: desk.host().now(), down, places: places.into_iter().map(view).collect() })
}

/// Opens a place in the browser: one that was found at the last look, and nothing else that the window may name.
pub(crate) fn open(desk: &Desk, place: &OpenPlace) -> Result<Nothing, CommandError> {
    if !desk.has_place(place.story, &place.url) {
        return Err(CommandError::new(ErrorCode::NotFound));
    }
    desk.host().open_url(&place.url)?;
    Ok(Nothing {})
}

struct Asked {
    address: String,
    portal: store::Portal,
    section: String,
    names: Vec<String>,
    wordings: Wordings,
}

impl Asked {
    fn of(desk: &Desk, story: StoryId) -> Result<Self, CommandError> {
        let row = desk.store().row(story)?;
        let nowhere = || CommandError::new(ErrorCode::RefusedNotPublic);
        let address = live::address(desk, &row)?.ok_or_else(nowhere)?;
        let portal = desk.store().portal(taking_down::sent_to(desk, story)?)?;
        let (section, wordings) = told(desk, &row)?;
        let sections = desk.store().sections(portal.id)?;
        let names = sections.into_iter().filter(|other| other.slug == section);
        let names = names.flat_map(|section| [section.name_bn, section.name_en]).collect();
        Ok(Self { address, portal, section, names, wordings })
    }
}

/// The section that readers have it in, and how they were told of it. What they have now goes before what was sent: it
/// may be somebody else's.
fn told(desk: &Desk, row: &Row) -> Result<(String, Wordings), CommandError> {
    let sent = live::to_readers(desk, row.story)?;
    let mut versions = sent.iter().map(|sent| live::as_sent(desk, sent)).collect::<Result<Vec<_>, _>>()?;
    if row.axes.public != PublicState::Live {
        let section = versions.first().map(|last| last.section.clone()).unwrap_or_default();
        let former = versions.iter().map(wording).collect();
        return Ok((section, Wordings { now: None, former, notice: String::new() }));
    }
    let (now, notice) = match live::Live::of(desk, row.story) {
        Ok(live) => (live.content, live.correction.map(|told| told.note).unwrap_or_default()),
        Err(error) if error.code == ErrorCode::NotFound && !versions.is_empty() => {
            (versions.remove(0), String::new())
        }
        Err(error) => return Err(error),
    };
    let former = versions.iter().map(wording).collect();
    Ok((now.section.clone(), Wordings { now: Some(wording(&now)), former, notice }))
}

fn wording(content: &Content) -> Wording {
    Wording {
        headline: content.headline.clone(),
        standfirst: content.standfirst.clone(),
        teaser: page::teaser(&content.body),
    }
}

fn view(place: Place) -> PlaceView {
    let Place { kind, url, state, cause, detail } = place;
    PlaceView { kind, url, state, cause, detail }
}
