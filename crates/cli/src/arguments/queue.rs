//! What may be typed of the portal's desk.

use clap::Args;
use story::StoryId;

/// Takes a story from the portal's desk.
#[derive(Debug, Args)]
pub struct Take {
    /// Which: one that `queue` names.
    pub id: StoryId,
    /// Also from the hands of somebody else, who keeps what they have written.
    #[arg(long)]
    pub take_over: bool,
}
