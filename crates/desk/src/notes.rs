//! What an account's adapter wants remembered, kept among the settings: such as where an upload stands that was
//! cut off when the program ended.

use async_trait::async_trait;
use portal::Memory;
use serde_json::Value;
use store::{Store, StoreError};
use story::PortalId;

use crate::Desk;

/// The notes of one account. Holds the store and not the desk, which holds the adapter and so this.
pub(crate) struct Notes {
    store: Store,
    account: PortalId,
}

impl Notes {
    pub(crate) fn of(desk: &Desk, account: PortalId) -> Self {
        Self { store: desk.store().clone(), account }
    }

    /// Runs `work` where it may block. Its failure is no more than a loss of time later.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let store = self.store.clone();
        let done = tokio::task::spawn_blocking(move || work(&store)).await.ok()?;
        done.inspect_err(|error| tracing::warn!(account = %self.account, %error, "a note was not kept")).ok()
    }

    fn setting(&self, name: &str) -> String {
        format!("portal {} {name}", self.account)
    }
}

#[async_trait]
impl Memory for Notes {
    async fn get(&self, name: &str) -> Option<Value> {
        let setting = self.setting(name);
        self.blocking(move |store| store.setting(&setting)).await.flatten()
    }

    async fn put(&self, name: &str, note: Value) {
        let setting = self.setting(name);
        self.blocking(move |store| store.set_setting(&setting, note)).await;
    }
}
