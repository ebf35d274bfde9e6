//! What the desk tells without being asked.

use serde::{Deserialize, Serialize};
use story::{Axes, PortalId, PublicState, StoryId};
use ts_rs::TS;

use super::{GuaranteeView, IntentView, OriginalView};

/// What the desk tells every window without being asked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeskEvent {
    /// Lists or counts changed.
    ListsChanged,
    /// An intent moved; this is where it stands.
    IntentMoved {
        /// The intent.
        intent: Box<IntentView>,
    },
    /// An original moved; this is where it stands.
    OriginalMoved {
        /// The original.
        original: Box<OriginalView>,
    },
    /// A story's axes changed outside a command of this window.
    StoryMoved {
        /// Which.
        story: StoryId,
        /// Where it stands now.
        axes: Axes,
        /// What readers get.
        public: PublicState,
    },
    /// A scheduled story's time has passed by the portal's clock, and readers do not have it.
    ScheduleMissed {
        /// Which.
        story: StoryId,
        /// Its headline.
        headline: String,
    },
    /// Something of the portal desk's queue is otherwise than before.
    QueueChanged {
        /// How many stories wait to be taken.
        waiting: u32,
    },
    /// Something was said at a story, or the portal has what was said here.
    NotesChanged {
        /// Which.
        story: StoryId,
    },
    /// A story of ours came back from the portal's desk.
    Returned {
        /// Which.
        story: StoryId,
        /// Its headline.
        headline: String,
        /// Who returned it.
        by: String,
        /// Why.
        reason: String,
    },
    /// A story of ours was approved at the portal's desk.
    Approved {
        /// Which.
        story: StoryId,
        /// Its headline.
        headline: String,
        /// Who approved it.
        by: String,
    },
    /// Readers have a story that they did not have, by nothing that was sent from here just now.
    WentLive {
        /// Which.
        story: StoryId,
        /// Its headline.
        headline: String,
    },
    /// The person clicked a notice that spoke of a story.
    NoticeChosen {
        /// Which.
        story: StoryId,
    },
    /// The desk knows now of a story that was taken while it could not be asked.
    TakenLate {
        /// Which.
        story: StoryId,
        /// Its headline.
        headline: String,
        /// The revision that holds the portal's text, where that had changed and stands beside the one written here.
        theirs: Option<u32>,
    },
    /// Somebody stopped the outbox, or let it go on.
    OutboxPaused {
        /// Nothing is sent.
        paused: bool,
    },
    /// The package that is being opened came so far; it can be left until all is done.
    PackageStep {
        /// Photos that were looked at.
        done: usize,
        /// All of them.
        of: usize,
    },
    /// One guarantee of a portal that is being tried has been.
    GuaranteeTried {
        /// Whose.
        portal: PortalId,
        /// What was found.
        tried: GuaranteeView,
    },
    /// The portal became reachable or stopped being so.
    Reachable {
        /// Whether it answers.
        reachable: bool,
    },
}

/// A notice on the person's desktop, for when the window is behind others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DesktopNotice {
    /// The story that it speaks of: a click opens it, and the next notice of the same story stands in this one's place.
    pub story: Option<StoryId>,
    /// What happened, in a few words.
    pub title: String,
    /// The story's headline, or the whole sentence. Plain text.
    pub body: String,
}
