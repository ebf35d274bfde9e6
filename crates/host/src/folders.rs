//! Where things lie on this machine.

use std::{
    env,
    path::{Path, PathBuf},
};

use desk::wire::Chair;
use directories::{ProjectDirs, UserDirs};

/// The store's folder, and the one for texts that the store could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The store, its photos and backups, and the built-in portal's data.
    pub store: PathBuf,
    /// Outside the store, where a person finds it.
    pub rescue: PathBuf,
    /// Where packages go that a person saves.
    pub packages: PathBuf,
}

/// The system names no home for the person who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this system names no home folder; say with KHOSRA_STORE where the store shall be")]
pub struct NoFolder;

impl Folders {
    /// As the platform wants it, unless `KHOSRA_STORE` names the store's folder.
    ///
    /// # Errors
    /// [`NoFolder`].
    pub fn of_this_machine() -> Result<Self, NoFolder> {
        if let Some(store) = env::var_os("KHOSRA_STORE").filter(|folder| !folder.is_empty()) {
            return Ok(Self::at(Path::new(&store)));
        }
        let folders = ProjectDirs::from("", "", "khosra").ok_or(NoFolder)?;
        Ok(Self::at(folders.data_dir()))
    }

    /// The same for a chair of the built-in portal's newsroom: a store of its own inside the usual one's folder.
    #[must_use]
    pub fn of_chair(&self, chair: Chair) -> Self {
        let name = match chair {
            Chair::Own => return self.clone(),
            Chair::Correspondent => "correspondent",
            Chair::SubEditor => "sub-editor",
            Chair::Editor => "editor",
        };
        Self { store: self.store.join("chairs").join(name), ..self.clone() }
    }

    /// With the store in `store`.
    pub fn at(store: &Path) -> Self {
        let documents = documents(store);
        Self {
            store: store.to_owned(),
            rescue: documents.join("khosra-rescue"),
            packages: documents.join("khosra-packages"),
        }
    }
}

/// Among the documents, else in the home folder, else beside the store.
fn documents(store: &Path) -> PathBuf {
    let user = UserDirs::new();
    let home = user.as_ref().map(|user| user.document_dir().unwrap_or(user.home_dir()).to_owned());
    let beside = || store.parent().unwrap_or(store).to_owned();
    home.unwrap_or_else(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rescued_texts_do_not_lie_in_the_store() {
        let folders = Folders::at(Path::new("/somewhere/khosra"));
        assert_eq!(folders.store, Path::new("/somewhere/khosra"));
        assert!(!folders.rescue.starts_with(&folders.store), "{}", folders.rescue.display());
    }
}
