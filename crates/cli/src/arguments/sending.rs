//! What brings a story to the portal's readers or its desk, and away from them.

use chrono::{DateTime, FixedOffset};
use clap::Args;
use story::StoryId;

use super::Change;

/// Approves a story and brings it to the readers.
#[derive(Debug, Args)]
pub struct Publish {
    /// Which story.
    pub id: StoryId,
    /// To this portal instead of the current one.
    #[arg(long, value_name = "NAME")]
    pub portal: Option<String>,
    /// Not later than so many minutes from now without asking again.
    #[arg(long, value_name = "MINUTES")]
    pub within: Option<u32>,
    /// What kind of change it is, of a story that readers have; without it, a slip of the pen.
    #[arg(long, value_name = "KIND")]
    pub change: Option<Change>,
    /// What readers are told of the change.
    #[arg(long, value_name = "TEXT", requires = "change", default_value = "", hide_default_value = true)]
    pub note: String,
    /// Also when somebody had approved another text than this one.
    #[arg(long)]
    pub over_approval: bool,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Finds a story fit for readers, as an act of its own.
#[derive(Debug, Args)]
pub struct Approve {
    /// Which story.
    pub id: StoryId,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Hands a story to the portal's desk.
#[derive(Debug, Args)]
pub struct File {
    /// Which story.
    pub id: StoryId,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Gives a story back from the desk to its author, with a reason.
#[derive(Debug, Args)]
pub struct Return {
    /// Which story.
    pub id: StoryId,
    /// Why; its author reads it, and it stands in the story's log.
    #[arg(long)]
    pub reason: String,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Takes a filed story back, while nobody at the desk has it.
#[derive(Debug, Args)]
pub struct Recall {
    /// Which story.
    pub id: StoryId,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Approves a story and has the portal publish it at a set time.
#[derive(Debug, Args)]
pub struct Schedule {
    /// Which story.
    pub id: StoryId,
    /// When readers get it, such as 2025-11-05T18:00:00+06:00.
    #[arg(long, value_name = "TIME")]
    pub at: DateTime<FixedOffset>,
    /// Also when somebody had approved another text than this one.
    #[arg(long)]
    pub over_approval: bool,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// Takes a story from the readers.
#[derive(Debug, Args)]
pub struct TakeDown {
    /// Which story.
    pub id: StoryId,
    /// Why; it stands in the story's log.
    #[arg(long)]
    pub reason: String,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}
