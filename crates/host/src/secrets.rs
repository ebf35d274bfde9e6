//! Tokens, and the keys of the store itself: in the system's keychain, else in a file that only its owner can read. See
//! `docs/adr/0006-secrets.md`. A password never
//! comes here.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use desk::{HostError, Secret};
use keyring::Entry;
use uuid::Uuid;

const SERVICE: &str = "khosra";

/// Where the secrets of this machine are.
pub(crate) struct Secrets {
    file: SecretFile,
    keychain: bool,
    told: Mutex<bool>,
}

impl Secrets {
    /// `KHOSRA_KEYCHAIN=off` keeps them in the file from the start: for machines without a session.
    pub(crate) fn beside(store: &Path) -> Self {
        let keychain = env::var_os("KHOSRA_KEYCHAIN").is_none_or(|word| word != "off");
        Self { file: SecretFile { path: store.join("secrets.json") }, keychain, told: Mutex::default() }
    }

    /// Whether a token was put into the file or taken from it in this run.
    pub(crate) fn in_file(&self) -> bool {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, id: Uuid) -> Result<Option<Secret>, HostError> {
        if let Some(text) = self.file.read()?.remove(&id) {
            self.note_file();
            return Ok(Some(Secret::new(text)));
        }
        if !self.keychain {
            return Ok(None);
        }
        match entry(id).and_then(|entry| entry.get_password()) {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(no_keychain(&error)),
        }
    }

    pub(crate) fn keep(&self, id: Uuid, secret: &Secret) -> Result<(), HostError> {
        let kept = self.keychain.then(|| entry(id).and_then(|entry| entry.set_password(secret.expose())));
        match kept {
            Some(Ok(())) => self.file.change(|secrets| secrets.remove(&id).is_some()),
            Some(Err(error)) => {
                tracing::warn!(%error, "no keychain; the token goes into a file");
                self.keep_in_file(id, secret)
            }
            None => self.keep_in_file(id, secret),
        }
    }

    pub(crate) fn forget(&self, id: Uuid) -> Result<(), HostError> {
        self.file.change(|secrets| secrets.remove(&id).is_some())?;
        if !self.keychain {
            return Ok(());
        }
        match entry(id).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            // A keychain that does not answer has kept nothing of ours in this run.
            Err(error) => {
                tracing::warn!(%error, "the keychain did not answer");
                Ok(())
            }
        }
    }

    fn keep_in_file(&self, id: Uuid, secret: &Secret) -> Result<(), HostError> {
        self.note_file();
        self.file.change(|secrets| {
            secrets.insert(id, secret.expose().to_owned());
            true
        })
    }

    fn note_file(&self) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }
}

fn entry(id: Uuid) -> keyring::Result<Entry> {
    Entry::new(SERVICE, &id.to_string())
}

fn no_keychain(error: &keyring::Error) -> HostError {
    HostError::NoKeychain(error.to_string())
}

/// The stand-in: JSON, one secret for each id, mode 0600, replaced whole.
struct SecretFile {
    path: PathBuf,
}

impl SecretFile {
    fn read(&self) -> Result<BTreeMap<Uuid, String>, HostError> {
        match fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| self.unusable("not of its form")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(self.unusable(error)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<Uuid, String>) -> bool) -> Result<(), HostError> {
        let mut secrets = self.read()?;
        if !change(&mut secrets) {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&secrets).map_err(|error| self.unusable(error))?;
        self.write(&bytes).map_err(|error| self.unusable(error))
    }

    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)
    }

    fn unusable(&self, why: impl std::fmt::Display) -> HostError {
        HostError::NoKeychain(format!("{}: {why}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_file(folder: &Path) -> Secrets {
        let file = SecretFile { path: folder.join("secrets.json") };
        Secrets { file, keychain: false, told: Mutex::default() }
    }

    fn portal(last: u8) -> Uuid {
        format!("0190a000-0000-7000-8000-0000000000{last:02x}").parse().unwrap()
    }

    #[test]
    fn a_token_is_kept_replaced_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = in_file(folder.path());
        assert_eq!(secrets.get(portal(1)).unwrap(), None);
        assert!(!secrets.in_file());
        secrets.keep(portal(1), &Secret::new("one")).unwrap();
        secrets.keep(portal(2), &Secret::new("two")).unwrap();
        secrets.keep(portal(1), &Secret::new("three")).unwrap();
        assert!(secrets.in_file());
        assert_eq!(in_file(folder.path()).get(portal(1)).unwrap(), Some(Secret::new("three")));
        secrets.forget(portal(1)).unwrap();
        secrets.forget(portal(1)).unwrap();
        assert_eq!(secrets.get(portal(1)).unwrap(), None);
        assert_eq!(secrets.get(portal(2)).unwrap(), Some(Secret::new("two")));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        in_file(folder.path()).keep(portal(1), &Secret::new("one")).unwrap();
        let mode = fs::metadata(folder.path().join("secrets.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_said_to_be_so_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.json");
        fs::write(&path, "{").unwrap();
        let secrets = in_file(folder.path());
        assert!(matches!(secrets.get(portal(1)), Err(HostError::NoKeychain(_))));
        assert!(secrets.keep(portal(1), &Secret::new("one")).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "{");
    }
}
