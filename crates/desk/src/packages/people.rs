//! Who signed packages that came here, and was said to be who they say they are.

use package::{Address, Signer};
use serde::{Deserialize, Serialize};
use story::StoryId;

use crate::{
    Desk,
    wire::{CommandError, ErrorCode, PackagePerson},
};

const PEOPLE: &str = "package_people";
/// Before a story's id: who brought it here last.
const FROM: &str = "package_from:";

/// Somebody whose packages are taken in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) signer: Signer,
    pub(super) name: String,
    /// An [`Address`].
    pub(super) address: String,
}

/// In the order of their names.
pub(super) fn all(desk: &Desk) -> Result<Vec<Person>, CommandError> {
    let Some(value) = desk.store().setting(PEOPLE)? else { return Ok(Vec::new()) };
    // To take unreadable names for nobody would make strangers of friends, and one of them could slip in.
    serde_json::from_value(value).map_err(CommandError::internal)
}

/// Who signed; `by` and `address` are what the package says of them.
///
/// # Errors
/// `PackageStranger` when nobody here has said who that is, and `trust` does not either.
pub(super) fn known(
    desk: &Desk,
    signer: Signer,
    (by, address): (&str, &Address),
    trust: Option<&str>,
) -> Result<Person, CommandError> {
    let found = all(desk)?.into_iter().find(|person| person.signer == signer);
    let name = found.map(|person| person.name);
    let fingerprint = signer.fingerprint();
    let trusted = trust.is_some_and(|trust| trust.trim().eq_ignore_ascii_case(&fingerprint));
    if name.is_none() && !trusted {
        let stranger = CommandError::new(ErrorCode::PackageStranger);
        return Err(stranger.with("name", by).with("fingerprint", fingerprint));
    }
    // Another name in a later package is not whom a person here has said yes to.
    let name = name.unwrap_or_else(|| bangla::normalise(by));
    Ok(Person { signer, name, address: address.to_string() })
}

/// Remembers somebody, and where they are written to now.
pub(super) fn remember(desk: &Desk, person: Person, story: StoryId) -> Result<(), CommandError> {
    let from = serde_json::to_value(person.signer).map_err(CommandError::internal)?;
    desk.store().set_setting(&format!("{FROM}{story}"), from)?;
    let mut people = all(desk)?;
    let is_new = !people.iter().any(|known| known.signer == person.signer && known.address == person.address);
    if is_new {
        people.retain(|known| known.signer != person.signer);
        people.push(person);
        people.sort_by(|one, other| one.name.cmp(&other.name));
        let value = serde_json::to_value(people).map_err(CommandError::internal)?;
        desk.store().set_setting(PEOPLE, value)?;
    }
    Ok(())
}

/// Where whoever brought the story is written to; `None` where nobody did.
pub(super) fn address_of_sender(desk: &Desk, story: StoryId) -> Result<Option<String>, CommandError> {
    let Some(from) = desk.store().setting(&format!("{FROM}{story}"))? else { return Ok(None) };
    let from: Signer = serde_json::from_value(from).map_err(CommandError::internal)?;
    let sender = all(desk)?.into_iter().find(|person| person.signer == from);
    Ok(sender.map(|person| person.address))
}

pub(super) fn view(person: &Person) -> PackagePerson {
    PackagePerson {
        name: person.name.clone(),
        fingerprint: person.signer.fingerprint(),
        address: person.address.clone(),
    }
}
