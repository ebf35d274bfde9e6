//! This desk's own keys, made when they are first needed. The store knows only under which name the keychain has them, so
//! that a backup that is carried around holds none.

use package::Keys;
use portal::Secret;
use uuid::Uuid;

use crate::{Desk, wire::CommandError};

const NAME: &str = "package_keys";

/// The keys, made now if there are none.
///
/// # Errors
/// `NoKeychain`, and what the disk says.
pub(super) fn own(desk: &Desk) -> Result<Keys, CommandError> {
    // Two who need them first at the same moment must not make two pairs.
    let _alone = desk.making_keys();
    let named: Option<Uuid> =
        desk.store().setting(NAME)?.and_then(|value| serde_json::from_value(value).ok());
    if let Some(id) = named
        && let Some(secret) = desk.host().secret(id)?
    {
        return Keys::from_secret(secret.expose()).map_err(CommandError::internal);
    }
    // A store that was carried to another machine has its keys left behind; it begins with new ones.
    let id = desk.host().new_id();
    let keys = Keys::generate().map_err(CommandError::internal)?;
    desk.host().keep_secret(id, &Secret::new(keys.to_secret()))?;
    desk.store().set_setting(NAME, serde_json::to_value(id).map_err(CommandError::internal)?)?;
    Ok(keys)
}
