//! A portal that runs are made against, and what its own books say afterwards. The native one is in `native`;
//! another kind needs this trait and nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use desk::{Timeouts, wire::PortalKind};
use story::{Sha256Hex, StoryId};

/// Somebody who may publish there.
#[derive(Debug, Clone)]
pub struct Account {
    pub user: String,
    pub password: String,
}

/// What a kind of portal can promise, whatever the line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// It knows the keys of commands: each has one effect, and none that was overtaken has any.
    Keys,
    /// It knows none. Copies that came to be are put away by the next look, and a command that nobody is sure of may
    /// yet be carried out after a taking down.
    Convergence,
}

/// A portal under test.
pub trait Subject: Send + Sync + Sized + 'static {
    /// As which kind of portal it is added.
    const KIND: PortalKind;

    /// How long the editor waits for it: short enough that silence costs little, long enough for a machine with much
    /// else to do.
    const PATIENCE: Timeouts;

    /// A section that it has.
    const SECTION: &str;

    /// Runs at the same time: they mostly wait for each other's threads.
    const LANES: u64;

    /// What the laws may ask of it.
    const PROMISE: Promise;

    /// What is costly to make and is shared by all that are started.
    type Kit: Send + Sync + 'static;

    /// Starts one whose books are empty.
    fn start(kit: &Self::Kit) -> impl Future<Output = Self> + Send;

    /// Its own address, past every line; without a slash at the end.
    fn url(&self) -> String;

    /// The account that publishes.
    fn account(&self) -> Account;

    /// Whether a request to this path is one that carries a token: all others are a reader's.
    fn is_private(path: &str) -> bool;

    /// The portal's own clock.
    fn now(&self) -> DateTime<Utc>;

    /// Moves that clock, and says whether it can be moved at all.
    fn pass(&self, time: TimeDelta) -> bool;

    /// What the portal has of a story; `None` when it never heard of it.
    fn record(&self, story: StoryId) -> impl Future<Output = Option<Record>> + Send;

    /// Everything done to a story that readers could see, in the order in which it was done. `None` when the
    /// portal keeps no such book.
    fn acts(&self, story: StoryId) -> Option<Vec<Act>>;

    /// The articles that readers find under this headline.
    fn articles(&self, headline: &str) -> impl Future<Output = usize> + Send;

    /// The bytes that readers get as this photo of the article at `url`.
    fn photo(&self, url: &str, photo: &Sha256Hex) -> impl Future<Output = Option<Vec<u8>>> + Send;

    /// Whether it has an original of this photo; `None` when it keeps none at all.
    fn has_original(&self, photo: &Sha256Hex) -> impl Future<Output = Option<bool>> + Send;

    /// Stops it and forgets everything.
    fn stop(self) -> impl Future<Output = ()> + Send;
}

/// What a portal's books say of one story.
#[derive(Debug, Clone)]
pub struct Record {
    /// What readers get, in the words of the desk's public axis.
    pub state: String,
    /// Digest of the payload that readers get; `None` when they get nothing.
    pub live: Option<Sha256Hex>,
    /// Where readers get it.
    pub url: Option<String>,
    /// Versions of the working copy that the portal took; 0 where it does not count them.
    pub revisions: u64,
    /// Articles that the portal has of the story, readers' or not, without what lies in a bin.
    pub copies: usize,
}

/// One line of a portal's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// It came with this key; one that the portal's clock brought about has a key that nobody knows.
    pub key: String,
    pub command: String,
    /// Digest of the payload that it was about.
    pub hash: String,
    pub by_clock: bool,
}
