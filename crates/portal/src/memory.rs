//! What an adapter wants to know again after the program was closed or killed.

use async_trait::async_trait;
use serde_json::Value;

/// Keeps small notes about one account on one portal over a restart. Never a secret: notes are kept as they are.
/// A note that was lost costs time and never correctness, so neither way has an error to report.
#[async_trait]
pub trait Memory: Send + Sync {
    /// The note of this name as it was put last; `None` when there is none or it cannot be read.
    async fn get(&self, name: &str) -> Option<Value>;

    /// Keeps a note in the place of the earlier one; durable on return, if the disk takes it at all.
    async fn put(&self, name: &str, note: Value);
}

/// Remembers nothing: for a portal that is asked and forgotten.
pub(crate) struct Forgetful;

#[async_trait]
impl Memory for Forgetful {
    async fn get(&self, _name: &str) -> Option<Value> {
        None
    }

    async fn put(&self, _name: &str, _note: Value) {}
}
