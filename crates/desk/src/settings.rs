//! How the person likes the window, and what the window needs to begin.

use crate::{
    Desk, alone, portals, view,
    wire::{Appearance, CommandError, Nothing, Settings, SitDown, StartView},
};

const WINDOW: &str = "window";
const CHOSE_PORTAL: &str = "chose_portal";
/// Longest layout and byline kept, in bytes.
const MAX_LAYOUT: usize = 64 * 1024;

/// From the store alone: this stands between the person and the first key, so no portal is asked.
pub(crate) fn start(desk: &Desk) -> Result<StartView, CommandError> {
    let accounts = desk.store().portals()?;
    let current = accounts.iter().find(|portal| portal.current);
    let sections = match current {
        Some(portal) => desk.store().sections(portal.id)?,
        None => Vec::new(),
    };
    let facts = current.map(portals::facts).unwrap_or_default();
    Ok(StartView {
        settings: settings(desk)?,
        first_start: accounts.is_empty() && desk.store().setting(CHOSE_PORTAL)?.is_none(),
        role: facts.role(),
        portals: accounts.into_iter().map(view::portal).collect(),
        sections,
        store: desk.condition(),
        chair: desk.host().chair(),
        one_person: alone::view(desk, &facts)?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The window begins anew after it, over that chair's store.
pub(crate) fn sit_down(desk: &Desk, SitDown { chair }: SitDown) -> Result<Nothing, CommandError> {
    desk.host().sit_down(chair)?;
    Ok(Nothing {})
}

impl Desk {
    /// The colours that the person chose, for whoever draws the window before its page is there.
    pub fn appearance(&self) -> Appearance {
        settings(self).map(|settings| settings.appearance).unwrap_or_default()
    }
}

pub(crate) fn settings(desk: &Desk) -> Result<Settings, CommandError> {
    let stored = desk.store().setting(WINDOW)?;
    // Settings of another version that cannot be read are no reason not to start.
    Ok(stored.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

pub(crate) fn save_settings(desk: &Desk, mut settings: Settings) -> Result<Nothing, CommandError> {
    if settings.layout.len() > MAX_LAYOUT || settings.byline.len() > MAX_LAYOUT {
        return Err(CommandError::new(crate::wire::ErrorCode::BadArguments).detailed("longer than 64 KiB"));
    }
    settings.text_size = settings.text_size.clamp(80, 200);
    let value = serde_json::to_value(settings).map_err(CommandError::internal)?;
    desk.store().set_setting(WINDOW, value)?;
    Ok(Nothing {})
}

/// From now on the first-start screen is not shown, also when every account is removed.
pub(crate) fn note_portal_chosen(desk: &Desk) -> Result<(), CommandError> {
    Ok(desk.store().set_setting(CHOSE_PORTAL, true.into())?)
}
