//! The handle that everything is asked of.

use crate::StoreError;

/// An open store. Cloning gives another handle to the same one; the last one dropped closes it.
#[derive(Debug, Clone)]
pub struct Store {}

impl Store {
    pub(crate) fn unwritten<A, T>(&self, _args: A) -> Result<T, StoreError> {
        Err(StoreError::Closed)
    }
}
