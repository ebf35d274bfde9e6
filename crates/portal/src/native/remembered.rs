//! A short list that is kept in the memory, the newest last.

use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use tokio::sync::Mutex;

use crate::memory::Memory;

/// Pairs of a key and what is known under it, as one note.
pub(super) struct Remembered<K, V> {
    memory: Arc<dyn Memory>,
    note: &'static str,
    /// Kept at most, the newest: what was given up for good must not gather for ever.
    most: usize,
    /// `None` until the memory was asked. Held while a note is put, so that notes arrive in order.
    pairs: Mutex<Option<Vec<(K, V)>>>,
}

impl<K, V> Remembered<K, V>
where
    K: PartialEq + Serialize + DeserializeOwned,
    V: Clone + Serialize + DeserializeOwned,
{
    pub(super) fn new(memory: Arc<dyn Memory>, note: &'static str, most: usize) -> Self {
        Self { memory, note, most, pairs: Mutex::default() }
    }

    pub(super) async fn find(&self, key: &K) -> Option<V> {
        let mut pairs = self.pairs.lock().await;
        under(self.known(&mut pairs).await, key)
    }

    /// What is known under the key, which from now on is `value` where nothing was.
    pub(super) async fn first(&self, key: K, value: V) -> V {
        let mut pairs = self.pairs.lock().await;
        let known = self.known(&mut pairs).await;
        if let Some(first) = under(known, &key) {
            return first;
        }
        known.push((key, value.clone()));
        self.keep(known).await;
        value
    }

    /// In the place of what was known under the key.
    pub(super) async fn put(&self, key: K, value: V) {
        let mut pairs = self.pairs.lock().await;
        let known = self.known(&mut pairs).await;
        known.retain(|(other, _)| *other != key);
        known.push((key, value));
        self.keep(known).await;
    }

    pub(super) async fn forget(&self, key: &K) {
        let mut pairs = self.pairs.lock().await;
        let known = self.known(&mut pairs).await;
        let before = known.len();
        known.retain(|(other, _)| other != key);
        if known.len() < before {
            self.keep(known).await;
        }
    }

    async fn known<'a>(&self, pairs: &'a mut Option<Vec<(K, V)>>) -> &'a mut Vec<(K, V)> {
        if pairs.is_none() {
            let note = self.memory.get(self.note).await;
            // A note of another version is as good as none.
            *pairs = note.and_then(|note| serde_json::from_value(note).ok());
        }
        pairs.get_or_insert_default()
    }

    async fn keep(&self, pairs: &mut Vec<(K, V)>) {
        pairs.drain(..pairs.len().saturating_sub(self.most));
        self.memory.put(self.note, json!(pairs)).await;
    }
}

fn under<K: PartialEq, V: Clone>(pairs: &[(K, V)], key: &K) -> Option<V> {
    pairs.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone())
}
