//! What holds a story back from readers, and the morning sheet.

use chrono::{DateTime, FixedOffset};
use clap::{Args, Subcommand};
use story::StoryId;

/// Takes a story from the readers for ever.
#[derive(Debug, Args)]
pub struct Kill {
    /// Which story.
    pub id: StoryId,
    /// Why; it stands in the story's log.
    #[arg(long, required_unless_present = "call_off")]
    pub reason: Option<String>,
    /// Without the second editor who has to agree; it stands on the morning sheet.
    #[arg(long)]
    pub break_glass: bool,
    /// Takes back a kill that waits for a second editor; the story stays withdrawn.
    #[arg(long, conflicts_with_all = ["break_glass", "reason"])]
    pub call_off: bool,
    /// How many seconds to wait for the portal's word.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u32,
}

/// A legal flag: nothing of a story goes to readers while it is there.
#[derive(Debug, Subcommand)]
pub enum FlagVerb {
    /// Puts it on.
    Set {
        /// Which story.
        id: StoryId,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Clears it: the first editor asks, another one agrees by the same command.
    Clear {
        /// Which story.
        id: StoryId,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Without the second editor; it stands on the morning sheet.
        #[arg(long)]
        break_glass: bool,
    },
}

/// An embargo: readers do not get a story before its time.
#[derive(Debug, Args)]
pub struct Embargo {
    /// Which story.
    pub id: StoryId,
    /// Until when, such as 2025-11-05T18:00:00+06:00; by the portal's clock.
    #[arg(long, value_name = "TIME", required_unless_present = "lift", conflicts_with = "lift")]
    pub until: Option<DateTime<FixedOffset>>,
    /// Takes it off.
    #[arg(long)]
    pub lift: bool,
}

/// What was done alone or in spite of something.
#[derive(Debug, Args)]
pub struct Sheet {
    /// From when on, such as 2025-11-05T06:00:00+06:00; without it, the last day.
    #[arg(long, value_name = "TIME")]
    pub since: Option<DateTime<FixedOffset>>,
    /// Until before when; without it, a day after `--since`.
    #[arg(long, value_name = "TIME", requires = "since")]
    pub until: Option<DateTime<FixedOffset>>,
}
