//! Story packages: out of the store into one file, and back. What a package must be is `package`'s to say; whom to
//! believe is a person's.

mod keys;
mod pack;
mod people;
mod saving;
mod unpack;

use std::path::PathBuf;

use package::{Address, Fault, NotWritten};

use crate::{
    Desk, ImportError, import,
    wire::{
        CommandError, ErrorCode, OpenPackage, PackageKeyView, PackageKind, PackageTo, PackageView,
        SavePackage,
    },
};

pub(crate) use saving::save;

/// The address that a package was last sealed to.
const LAST_TO: &str = "package_last_to";

impl Desk {
    /// A package as the bytes of a file, see [`SavePackage`]. What the draft says becomes a revision first.
    ///
    /// # Errors
    /// `NotFound`, `PackageAddress`, `PackageTooLong`, `RefusedSpiked`, `NoKeychain`, and what the disk says.
    pub async fn pack(&self, order: SavePackage) -> Result<Vec<u8>, CommandError> {
        self.blocking(move |desk| pack(desk, &order)).await
    }

    /// Takes in a package: all of it or nothing. The same one again changes nothing.
    ///
    /// # Errors
    /// `PackageForeign`, `PackageTooLong`, `PackageSealed`, `PackageNewer` or `PackageDamaged` for a file that is not
    /// taken, `PackageStranger` when nobody here has said who signed it, `NotFound` for a receipt of a story that is
    /// not here, `NoKeychain`, `PackageLeft` when a person left it while it was read, and what the disk says. Then nothing
    /// of it was kept.
    pub async fn open_package(
        &self,
        order: OpenPackage,
        bytes: Vec<u8>,
    ) -> Result<PackageView, CommandError> {
        self.blocking(move |desk| unpack::take(desk, &order, &bytes)).await
    }

    /// The same from a file.
    ///
    /// # Errors
    /// As [`Desk::open_package`], and [`ImportError::Unreadable`] for the file.
    pub async fn open_package_file(
        &self,
        order: OpenPackage,
        file: PathBuf,
    ) -> Result<PackageView, ImportError> {
        // One byte more than is taken, for the desk to say so.
        let bytes = import::read_bytes(&file, package::MAX_BYTES as u64 + 1)?;
        Ok(self.open_package(order, bytes).await?)
    }
}

/// The desk's own keys and the people it knows.
pub(crate) fn key(desk: &Desk) -> Result<PackageKeyView, CommandError> {
    let keys = keys::own(desk)?;
    let last_to = desk.store().setting(LAST_TO)?.and_then(|value| serde_json::from_value(value).ok());
    Ok(PackageKeyView {
        address: keys.address().to_string(),
        fingerprint: keys.signer().fingerprint(),
        people: people::all(desk)?.iter().map(people::view).collect(),
        last_to,
    })
}

fn pack(desk: &Desk, order: &SavePackage) -> Result<Vec<u8>, CommandError> {
    let to = reader(desk, order)?;
    let keys = keys::own(desk)?;
    let package = match order.what {
        PackageKind::Story => pack::story(desk, order.story, &keys)?,
        PackageKind::Receipt => pack::receipt(desk, order.story, &keys)?,
    };
    let bytes = package::write(&package, &keys, to.as_ref()).map_err(not_written)?;
    if let (Some(to), PackageTo::Desk { .. }) = (to, &order.to) {
        desk.store().set_setting(LAST_TO, to.to_string().into())?;
    }
    Ok(bytes)
}

/// Whose key it is sealed to; `None` for nobody's.
fn reader(desk: &Desk, order: &SavePackage) -> Result<Option<Address>, CommandError> {
    let nowhere = || CommandError::new(ErrorCode::PackageAddress);
    let address = match &order.to {
        PackageTo::Anybody => return Ok(None),
        PackageTo::Desk { address } => address.clone(),
        PackageTo::Sender => people::address_of_sender(desk, order.story)?.ok_or_else(nowhere)?,
    };
    address.parse().map(Some).map_err(|_| nowhere())
}

fn not_written(error: NotWritten) -> CommandError {
    match error {
        NotWritten::TooLong => too_long(),
        NotWritten::Internal(detail) => CommandError::internal(detail),
    }
}

fn too_long() -> CommandError {
    CommandError::new(ErrorCode::PackageTooLong).with("limit", package::MAX_BYTES)
}

fn of_fault(fault: Fault) -> CommandError {
    match fault {
        Fault::Foreign => CommandError::new(ErrorCode::PackageForeign),
        Fault::TooLong => too_long(),
        Fault::NotForUs => CommandError::new(ErrorCode::PackageSealed),
        Fault::Newer(version) => CommandError::new(ErrorCode::PackageNewer).with("version", version),
        Fault::Flawed(flaw) => CommandError::new(ErrorCode::PackageDamaged).detailed(flaw),
    }
}
