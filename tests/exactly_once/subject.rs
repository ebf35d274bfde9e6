//! A portal that runs are made against, and what its own books say afterwards. The native one is in `native`;
//! another kind needs this trait and nothing else.

use desk::wire::PortalKind;
use story::{Sha256Hex, StoryId};

/// Somebody who may publish there.
#[derive(Debug, Clone)]
pub struct Account {
    pub user: String,
    pub password: String,
}

/// A portal under test.
pub trait Subject: Send + Sync + Sized + 'static {
    /// As which kind of portal it is added.
    const KIND: PortalKind;

    /// What is costly to make and can be shared by all that are started.
    type Kit: Send + Sync + 'static;

    /// Makes it.
    fn kit() -> impl Future<Output = Self::Kit> + Send;

    /// Starts one whose books are empty.
    fn start(kit: &Self::Kit) -> impl Future<Output = Self> + Send;

    /// Its own address, past every line; without a slash at the end.
    fn url(&self) -> String;

    /// The account that publishes.
    fn account(&self) -> Account;

    /// Whether a request to this path is one that carries a token: all others are a reader's.
    fn is_private(path: &str) -> bool;

    /// What the portal has of a story; `None` when it never heard of it.
    fn record(&self, story: StoryId) -> impl Future<Output = Option<Record>> + Send;

    /// The articles that readers find under this headline.
    fn articles(&self, headline: &str) -> impl Future<Output = usize> + Send;

    /// The bytes that readers get as this photo of the article at `url`.
    fn photo(&self, url: &str, photo: &Sha256Hex) -> impl Future<Output = Option<Vec<u8>>> + Send;

    /// Stops it and forgets everything.
    fn stop(self) -> impl Future<Output = ()> + Send;
}

/// What a portal's books say of one story.
#[derive(Debug, Clone)]
pub struct Record {
    /// Digest of the payload that readers get; `None` when they get nothing.
    pub live: Option<Sha256Hex>,
    /// Where readers get it.
    pub url: Option<String>,
    /// Versions of the working copy that the portal took.
    pub revisions: u64,
    /// Every change that readers saw, in the order in which it was made: the key it came with and the digest it
    /// was about. `None` when the portal keeps no such book.
    pub acts: Option<Vec<(String, String)>>,
}
