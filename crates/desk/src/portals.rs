//! Accounts on portals: sign in, choose, forget, check, and what was last heard from each.

use std::sync::Arc;

use portal::{Address, Credentials, Failure, Portal, Secret};
use serde::{Deserialize, Serialize};
use store::CachedList;
use story::{Cause, PortalId, Role};

use crate::{
    Desk, HostError,
    notes::Notes,
    samples, settings, view,
    wire::{AddPortal, CommandError, DeskEvent, ErrorCode, PortalCheck, PortalKind, PortalsView, StartView},
};

/// Longest name of an account, its address and its user, in bytes.
const MAX_FIELD: usize = 500;
const BUILT_IN_NAME: &str = "দৈনিক";

/// What a portal last said of itself and of us.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Facts {
    pub(crate) about: Option<portal::About>,
    pub(crate) me: Option<portal::Me>,
}

impl Facts {
    /// What we may do there; before the portal has told, no more than writing.
    pub(crate) fn role(&self) -> Role {
        self.me.as_ref().map_or(Role::Correspondent, |me| me.role)
    }

    /// What the portal can do; nothing before it has told.
    fn capabilities(&self) -> portal::Capabilities {
        self.about.as_ref().map(|about| about.capabilities).unwrap_or_default()
    }

    /// The account may not send photos.
    pub(crate) fn is_text_only(&self) -> bool {
        self.capabilities().text_only
    }

    /// The portal's pages tell readers what was changed.
    pub(crate) fn tells_changes(&self) -> bool {
        self.capabilities().notices
    }

    /// Filed stories wait there to be taken and returned.
    pub(crate) fn has_desk(&self) -> bool {
        self.capabilities().desk
    }

    /// Whoever takes a story there keeps others from it.
    pub(crate) fn has_leases(&self) -> bool {
        self.has_desk() && !self.capabilities().without_leases
    }

    /// It tells by itself when something happens at its desk.
    pub(crate) fn waits(&self) -> bool {
        self.has_desk() && self.capabilities().waits
    }

    /// What desk and author say to each other goes through it.
    pub(crate) fn keeps_notes(&self) -> bool {
        self.capabilities().notes
    }

    /// Its desk has a use for the originals of photos.
    pub(crate) fn keeps_originals(&self) -> bool {
        self.capabilities().originals
    }

    /// An approval is an act of its own there.
    pub(crate) fn has_approvals(&self) -> bool {
        self.capabilities().approvals
    }

    /// It holds a story back for everybody.
    pub(crate) fn holds_back(&self) -> bool {
        self.capabilities().guards
    }

    /// It tells of what was done alone, or in spite of something.
    pub(crate) fn tells_sheet(&self) -> bool {
        self.capabilities().sheet
    }

    /// By the portal's word its newsroom has one person, who approves what nobody else has written.
    pub(crate) fn is_newsroom_of_one(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.one_person)
    }

    /// The masthead's name, and the name in English.
    pub(crate) fn site_names(&self) -> (String, String) {
        let Some(about) = &self.about else { return (BUILT_IN_NAME.to_owned(), BUILT_IN_NAME.to_owned()) };
        (about.name.clone(), about.name_en.clone().unwrap_or_else(|| about.name.clone()))
    }
}

/// Everything that a portal tells at sign-in, asked at once.
struct Heard {
    facts: Facts,
    sections: Vec<story::Section>,
}

pub(crate) fn facts(portal: &store::Portal) -> Facts {
    serde_json::from_value(portal.facts.clone()).unwrap_or_default()
}

/// Who gives the command: the account on the current portal, else the byline of the settings.
pub(crate) fn actor(desk: &Desk) -> Result<String, CommandError> {
    let me = desk.store().current_portal()?.and_then(|portal| facts(&portal).me);
    let Some(me) = me else { return Ok(settings::settings(desk)?.byline) };
    Ok(if me.name.is_empty() { me.user } else { me.name })
}

pub(crate) fn role(desk: &Desk) -> Result<Role, CommandError> {
    Ok(desk.store().current_portal()?.map_or(Role::Correspondent, |portal| facts(&portal).role()))
}

pub(crate) fn list(desk: &Desk) -> Result<PortalsView, CommandError> {
    let portals = desk.store().portals()?;
    Ok(PortalsView { portals: portals.into_iter().map(view::portal).collect() })
}

pub(crate) fn choose(desk: &Desk, portal: PortalId) -> Result<StartView, CommandError> {
    desk.store().choose_portal(portal)?;
    desk.wake();
    desk.queue().look();
    settings::start(desk)
}

/// Forgets an account. Its token is given back to the portal, if the portal can be reached; it is gone from
/// this machine in any case.
pub(crate) async fn remove(desk: &Desk, id: PortalId) -> Result<StartView, CommandError> {
    if let Ok(portal) = connected(desk, id).await {
        // Best effort: an unreachable portal must not keep the account here.
        let _ = portal.sign_out().await;
    }
    desk.connected().remove(&id);
    desk.blocking(move |desk| {
        desk.store().remove_portal(id)?;
        desk.host().forget_secret(id.0)?;
        settings::start(desk)
    })
    .await
}

/// Signs in. The same account again is the same account with a fresh token: what waited for it goes on.
pub(crate) async fn add(desk: &Desk, add: AddPortal) -> Result<StartView, CommandError> {
    let address = address(&add)?.within(desk.host().patience());
    let password = Secret::new(add.password.as_str());
    let device = desk.host().device();
    let credentials = Credentials { user: &add.user, password: &password, device: &device };
    let session = portal::sign_in(&address, &credentials).await?;
    let portal = portal::connect(&address, session.token.clone())?;
    let heard = hear(portal.as_ref()).await?;
    desk.note_clock(heard.facts.about.as_ref().and_then(|about| about.now));
    let token = session.token.clone();
    let id = desk.blocking(move |desk| keep(desk, &add, &token, heard)).await?;
    // Anew, now that the account has an id to keep notes under.
    connect(desk, id, &address, session.token)?;
    refresh_lists(desk, id).await;
    desk.wake();
    desk.queue().look();
    desk.blocking(settings::start).await
}

pub(crate) fn address(add: &AddPortal) -> Result<Address, CommandError> {
    let fields = [&add.name, &add.url, &add.user, &add.password];
    if fields.iter().any(|field| field.len() > MAX_FIELD) || add.name.trim().is_empty() {
        return Err(CommandError::new(ErrorCode::BadArguments).detailed("name, address, user or password"));
    }
    let (kind, _) = foreign(add.kind)?;
    Address::parse(kind, &add.url).map_err(|why| CommandError::new(ErrorCode::BadUrl).detailed(why))
}

/// How a kind of portal is spoken to, and as what it is stored. The one inside the application is not added by hand.
fn foreign(kind: PortalKind) -> Result<(portal::Kind, store::PortalKind), CommandError> {
    match kind {
        PortalKind::Native => Ok((portal::Kind::Native, store::PortalKind::Native)),
        PortalKind::Wordpress => Ok((portal::Kind::Wordpress, store::PortalKind::Wordpress)),
        PortalKind::BuiltIn => Err(CommandError::new(ErrorCode::BadArguments).detailed("built_in")),
    }
}

/// The secret first: an account without one would be of no use.
fn keep(desk: &Desk, add: &AddPortal, token: &Secret, heard: Heard) -> Result<PortalId, CommandError> {
    let (_, kind) = foreign(add.kind)?;
    let (url, user) = (add.url.trim().to_owned(), add.user.clone());
    let known = desk.store().portals()?;
    let known = known.iter().find(|known| known.kind == kind && known.url == url && known.user == user);
    let id = known.map_or_else(|| PortalId(desk.host().new_id()), |known| known.id);
    desk.host().keep_secret(id.0, token)?;
    let name = add.name.trim().to_owned();
    register(
        desk,
        store::Portal { id, name, kind, url, user, current: true, facts: as_json(&heard.facts)? },
    )?;
    desk.store().replace_sections(id, heard.sections)?;
    desk.store().release_blocked(id, &[Cause::SignedOut, Cause::NoSecret])?;
    Ok(id)
}

fn register(desk: &Desk, portal: store::Portal) -> Result<(), CommandError> {
    desk.store().put_portal(portal)?;
    settings::note_portal_chosen(desk)
}

fn as_json(facts: &Facts) -> Result<serde_json::Value, CommandError> {
    serde_json::to_value(facts).map_err(CommandError::internal)
}

async fn hear(portal: &dyn Portal) -> Result<Heard, Failure> {
    let about = portal.about().await?;
    let me = portal.me().await?;
    let sections = portal.sections().await?;
    Ok(Heard { facts: Facts { about: Some(about), me: Some(me) }, sections })
}

/// Starts the portal inside the application, and makes it the current one. An empty desk gets samples.
pub(crate) async fn use_built_in(desk: &Desk) -> Result<StartView, CommandError> {
    let known = desk.blocking(built_in_row).await?;
    let running = running_built_in(desk, known.as_ref()).await?;
    let id = known.map_or_else(|| PortalId(desk.host().new_id()), |known| known.id);
    let heard = hear(connect_built_in(desk, id, &running)?.as_ref()).await?;
    desk.blocking(move |desk| keep_built_in(desk, id, running.url, heard)).await?;
    refresh_lists(desk, id).await;
    desk.wake();
    desk.queue().look();
    desk.blocking(|desk| {
        samples::fill_empty_desk(desk)?;
        settings::start(desk)
    })
    .await
}

fn built_in_row(desk: &Desk) -> Result<Option<store::Portal>, CommandError> {
    let portals = desk.store().portals()?;
    Ok(portals.into_iter().find(|portal| portal.kind == store::PortalKind::BuiltIn))
}

fn keep_built_in(desk: &Desk, id: PortalId, url: String, heard: Heard) -> Result<(), CommandError> {
    let facts = as_json(&heard.facts)?;
    let user = heard.facts.me.map(|me| me.user).unwrap_or_default();
    let name = heard.facts.about.map_or_else(|| BUILT_IN_NAME.to_owned(), |about| about.name);
    let kind = store::PortalKind::BuiltIn;
    register(desk, store::Portal { id, name, kind, url, user, current: true, facts })?;
    Ok(desk.store().replace_sections(id, heard.sections)?)
}

async fn running_built_in(desk: &Desk, known: Option<&store::Portal>) -> Result<crate::BuiltIn, HostError> {
    let port = known.and_then(|known| url::Url::parse(&known.url).ok()?.port());
    let data = desk.host().site_folder(desk.folder());
    let start = || desk.host().start_built_in_portal(&data, port);
    desk.built_in().get_or_try_init(start).await.cloned()
}

fn connect_built_in(
    desk: &Desk,
    id: PortalId,
    running: &crate::BuiltIn,
) -> Result<Arc<dyn Portal>, CommandError> {
    let address = Address::parse(portal::Kind::Native, &running.url);
    connect(desk, id, &address.map_err(CommandError::internal)?, running.token.clone())
}

pub(crate) async fn check(desk: &Desk, id: PortalId) -> Result<PortalCheck, CommandError> {
    desk.blocking(move |desk| Ok(desk.store().portal(id)?)).await?;
    let heard = hear(connected(desk, id).await?.as_ref()).await;
    if let Err(failure) = &heard {
        desk.set_reachable(!is_network(failure.cause));
    }
    let heard = heard?;
    desk.set_reachable(true);
    let answer = answer(&heard)?;
    desk.blocking(move |desk| keep_heard(desk, id, heard)).await?;
    Ok(answer)
}

/// Who a portal is and who we are there; nothing is kept.
pub(crate) async fn ask(portal: &dyn Portal) -> Result<PortalCheck, CommandError> {
    answer(&hear(portal).await?)
}

fn answer(heard: &Heard) -> Result<PortalCheck, CommandError> {
    let (Some(about), Some(me)) = (&heard.facts.about, &heard.facts.me) else {
        return Err(CommandError::internal("a portal was heard and said nothing"));
    };
    Ok(PortalCheck {
        name: about.name.clone(),
        version: about.version.clone(),
        account: me.name.clone(),
        role: me.role,
        sections: heard.sections.clone(),
    })
}

fn keep_heard(desk: &Desk, id: PortalId, heard: Heard) -> Result<(), CommandError> {
    let portal = desk.store().portal(id)?;
    desk.note_clock(heard.facts.about.as_ref().and_then(|about| about.now));
    desk.store().put_portal(store::Portal { facts: as_json(&heard.facts)?, ..portal })?;
    Ok(desk.store().replace_sections(id, heard.sections)?)
}

/// Whether the cause lies between us and the portal, so that it may mend itself at any moment.
pub(crate) fn is_network(cause: Cause) -> bool {
    matches!(cause, Cause::Offline | Cause::Timeout | Cause::CutOff | Cause::LoginPage)
}

/// The portal behind an account, ready to be asked. Kept, because it remembers uploads that were cut off.
/// The built-in one is started when it is not running yet.
///
/// # Errors
/// `NoSecret` as a cause when the account's token is not to be had on this machine.
pub(crate) async fn connected(desk: &Desk, id: PortalId) -> Result<Arc<dyn Portal>, CommandError> {
    if let Some(portal) = desk.connected().get(&id) {
        return Ok(portal.clone());
    }
    let row = desk.blocking(move |desk| Ok(desk.store().portal(id)?)).await?;
    if row.kind == store::PortalKind::BuiltIn {
        return revive_built_in(desk, row).await;
    }
    let secret = desk.blocking(move |desk| Ok(desk.host().secret(id.0)?)).await?;
    let secret = secret.ok_or_else(no_secret)?;
    let (kind, _) = foreign(view::portal_kind(row.kind))?;
    let address = Address::parse(kind, &row.url);
    let address = address.map_err(|why| CommandError::new(ErrorCode::BadUrl).detailed(why))?;
    connect(desk, id, &address, secret)
}

/// Connects an account with what it wanted remembered, and keeps it at hand.
fn connect(
    desk: &Desk,
    id: PortalId,
    address: &Address,
    token: Secret,
) -> Result<Arc<dyn Portal>, CommandError> {
    let notes = Arc::new(Notes::of(desk, id));
    let address = address.clone().within(desk.host().patience());
    let portal: Arc<dyn Portal> = portal::connect_remembering(&address, token, notes)?.into();
    desk.connected().insert(id, portal.clone());
    Ok(portal)
}

fn no_secret() -> CommandError {
    CommandError::new(ErrorCode::SignInRefused).with("cause", crate::error::code_name(&Cause::NoSecret))
}

/// The built-in portal of an earlier run: its port may be another one now.
async fn revive_built_in(desk: &Desk, row: store::Portal) -> Result<Arc<dyn Portal>, CommandError> {
    let running = running_built_in(desk, Some(&row)).await?;
    let portal = connect_built_in(desk, row.id, &running)?;
    if running.url != row.url {
        let row = store::Portal { url: running.url, ..row };
        desk.blocking(move |desk| Ok(desk.store().put_portal(row)?)).await?;
    }
    Ok(portal)
}

/// Asks the current portal for what the window and the preview show of it. Failing is no news: what was
/// heard last stays.
pub(crate) async fn refresh(desk: &Desk) -> Result<(), CommandError> {
    let Some(row) = desk.blocking(|desk| Ok(desk.store().current_portal()?)).await? else { return Ok(()) };
    let portal = connected(desk, row.id).await?;
    match hear(portal.as_ref()).await {
        Ok(heard) => {
            desk.set_reachable(true);
            desk.blocking(move |desk| keep_heard(desk, row.id, heard)).await?;
            desk.tell(DeskEvent::ListsChanged);
            refresh_lists(desk, row.id).await;
        }
        Err(failure) => desk.set_reachable(!is_network(failure.cause)),
    }
    Ok(())
}

/// Fetches what readers see beside a story, for the preview.
pub(crate) async fn refresh_lists(desk: &Desk, id: PortalId) {
    let Some(portal) = desk.connected().get(&id).cloned() else { return };
    for (name, list) in [(LATEST, portal::ListName::Latest), (POPULAR, portal::ListName::Popular)] {
        let Ok(items) = portal.list(list).await else { continue };
        let kept = desk.blocking(move |desk| keep_list(desk, id, name, &items)).await;
        if let Err(error) = kept {
            tracing::warn!(portal = %id, list = name, %error, "a list could not be kept");
        }
    }
}

pub(crate) const LATEST: &str = "latest";
pub(crate) const POPULAR: &str = "popular";

fn keep_list(desk: &Desk, id: PortalId, name: &str, items: &[portal::ListItem]) -> Result<(), CommandError> {
    let content = serde_json::to_value(items).map_err(CommandError::internal)?;
    let list = CachedList { content, etag: None, fetched_at: desk.host().now() };
    Ok(desk.store().put_portal_list(id, name, list)?)
}

/// A list as last heard of; empty before the first time.
pub(crate) fn cached_list(
    desk: &Desk,
    id: PortalId,
    name: &str,
) -> Result<Vec<portal::ListItem>, CommandError> {
    let list = desk.store().portal_list(id, name)?;
    Ok(list.and_then(|list| serde_json::from_value(list.content).ok()).unwrap_or_default())
}
