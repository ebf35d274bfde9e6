//! Settings: a name and a JSON value each.

use serde_json::Value;

use crate::{Store, StoreError};

impl Store {
    /// A setting; `None` when it was never set.
    ///
    /// # Errors
    /// What the disk says.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        self.unwritten(name)
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// What the disk says.
    pub fn set_setting(&self, name: &str, value: Value) -> Result<(), StoreError> {
        self.unwritten((name, value))
    }
}
