//! What may be typed. A stable interface: newsrooms write scripts against it.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::{Args, Parser, Subcommand, ValueEnum};
use desk::wire::PortalKind;
use story::{DeskList, IntentId, Language, StoryId};

mod holding;
mod packages;
mod queue;
mod sending;
mod values;

pub use holding::{Embargo, FlagVerb, Kill, Sheet};
pub use packages::{PackageVerb, Reader};
pub use queue::Take;
pub use sending::{Approve, File, Publish, Recall, Return, Schedule, TakeDown};
use values::limit;
pub use values::{Change, Limit, OnOff, Originals};

/// Khosra on the command line: import, preview, publish, exactly once.
#[derive(Debug, Parser)]
#[command(name = "khosra-cli", version)]
pub struct Arguments {
    /// The store's folder. Without it: KHOSRA_STORE, else where the application keeps its own.
    #[arg(long, global = true, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// One JSON value on standard output instead of text.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of the sentences.
    #[arg(long, global = true, value_enum, default_value_t = Lang::Bn)]
    pub lang: Lang,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Language of the sentences.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// বাংলা
    Bn,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Bn => Self::Bn,
            Lang::En => Self::En,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Stories: bring in, take out, look at.
    #[command(subcommand)]
    Story(StoryVerb),
    /// Photos of a story.
    #[command(subcommand)]
    Photo(PhotoVerb),
    /// Writes a story's page as one file.
    Preview(Preview),
    /// Accounts on portals.
    #[command(subcommand)]
    Portal(PortalVerb),
    /// Approves a story and brings it to the readers.
    Publish(Publish),
    /// Finds a story fit for readers, as an act of its own.
    Approve(Approve),
    /// Whether you may approve what nobody else has written: until midnight in Dhaka, on this machine.
    OnePerson {
        /// Without it, how it stands.
        #[arg(value_enum)]
        turn: Option<OnOff>,
    },
    /// Hands a story to the portal's desk.
    File(File),
    /// Gives a story back from the desk to its author, with a reason.
    Return(Return),
    /// Takes a filed story back, while nobody at the desk has it.
    Recall(Recall),
    /// What waits at the portal's desk.
    Queue,
    /// Takes a story from the portal's desk onto this machine.
    Take(Take),
    /// Approves a story and has the portal publish it at a set time.
    Schedule(Schedule),
    /// Takes a story from the readers, ahead of everything else on its way.
    Withdraw(TakeDown),
    /// Takes a story from the readers for ever, first of all. In a newsroom of several, another editor makes it final by
    /// the same command.
    Kill(Kill),
    /// Holds a story back for legal reasons, or lets it go.
    #[command(subcommand)]
    Flag(FlagVerb),
    /// Keeps a story from readers until a time.
    Embargo(Embargo),
    /// The morning sheet: who approved own writing, broke the glass, cleared a legal flag, killed, sent over a warning.
    Sheet(Sheet),
    /// What is on its way.
    Outbox(Outbox),
    /// Stories in a file, for the way without a network.
    #[command(subcommand)]
    Package(PackageVerb),
    /// Writes everything into one file.
    Backup {
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Puts a backup in the store's place; the present store is kept aside.
    Restore {
        /// A file that `backup` wrote.
        file: PathBuf,
    },
}

/// Stories: bring in, take out, look at.
#[derive(Debug, Subcommand)]
pub enum StoryVerb {
    /// Brings a story in from a file with YAML front matter and prints its id.
    Import {
        /// The file; its photos are looked for beside it.
        file: PathBuf,
        /// The story's id. If there is such a story, the file becomes its newest revision.
        #[arg(long)]
        id: Option<StoryId>,
    },
    /// Writes a story and its photos into a folder.
    Export {
        /// Which story.
        id: StoryId,
        /// The folder; made when it is not there.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// The stories of the desk.
    List {
        /// Only this list.
        #[arg(long, value_enum)]
        list: Option<List>,
        /// At most so many of each list.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// Stories that hold these words.
    Search {
        /// Plain words; never a query language.
        text: String,
        /// At most so many.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
        limit: u32,
    },
    /// A story and where it stands.
    Show {
        /// Which story.
        id: StoryId,
        /// What this version of its history says, instead of the present text.
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
    },
    /// Looks whether somebody changed the story at the portal, and brings that into its history.
    Look {
        /// Which story.
        id: StoryId,
    },
    /// Reads, as any reader would, where a story shows. Exits with 3 while an old wording, or a story that was taken
    /// down, still shows somewhere.
    Places {
        /// Which story.
        id: StoryId,
    },
    /// What has happened to a story.
    Log {
        /// Which story.
        id: StoryId,
    },
}

/// The lists of the desk.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum List {
    /// Being written.
    Drafts,
    /// With the desk.
    Sent,
    /// Back from the desk, with a reason.
    Returned,
    /// Readers get it at a set time.
    Scheduled,
    /// Readers have it.
    Published,
    /// On its way.
    Outbox,
    /// Set aside.
    Trash,
}

impl From<List> for DeskList {
    fn from(list: List) -> Self {
        match list {
            List::Drafts => Self::Drafts,
            List::Sent => Self::Sent,
            List::Returned => Self::Returned,
            List::Scheduled => Self::Scheduled,
            List::Published => Self::Published,
            List::Outbox => Self::Outbox,
            List::Trash => Self::Trash,
        }
    }
}

/// Photos of a story.
#[derive(Debug, Subcommand)]
pub enum PhotoVerb {
    /// Adds a photo, behind those that are there. The same file again changes only the words that are given.
    Add {
        /// Which story.
        story: StoryId,
        /// JPEG, PNG or WebP.
        file: PathBuf,
        /// What the reader sees under it; without it, what the file says.
        #[arg(long)]
        caption: Option<String>,
        /// Photographer or source; without it, what the file says.
        #[arg(long)]
        credit: Option<String>,
        /// Alternative text.
        #[arg(long)]
        alt: Option<String>,
    },
}

/// Writes a story's page as one file.
#[derive(Debug, Args)]
pub struct Preview {
    /// Which story.
    pub id: StoryId,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The moment of viewing, such as 2025-11-05T12:00:00+06:00; without it, now.
    #[arg(long, value_name = "TIME")]
    pub now: Option<DateTime<FixedOffset>>,
    /// Width of the page's column in CSS pixels.
    #[arg(long, value_parser = clap::value_parser!(u32).range(200..=4000))]
    pub width: Option<u32>,
}

/// Accounts on portals.
#[derive(Debug, Subcommand)]
pub enum PortalVerb {
    /// Signs in and makes the portal the current one. The password comes from KHOSRA_PASSWORD, else from the
    /// first line of standard input.
    Add {
        /// What to call it.
        name: String,
        /// What kind of portal.
        #[arg(long, value_enum)]
        kind: Kind,
        /// Its address.
        #[arg(long)]
        url: String,
        /// Account name.
        #[arg(long)]
        user: String,
    },
    /// The accounts of this machine.
    List,
    /// Tries what a portal keeps to, with a test story that it takes away again. READERS COULD SEE THE TEST STORY FOR
    /// SOME SECONDS, unless --without-publishing is given. Prints which guarantees hold and which cannot be told, and
    /// ends with 4 when one that is offered does not hold.
    Check {
        /// An account of this machine, by its name or its address. With --kind and --user any portal's address: the
        /// password comes as for `add`, and nothing is kept.
        #[arg(value_name = "NAME|URL")]
        portal: String,
        /// What kind of portal.
        #[arg(long, value_enum, requires = "user")]
        kind: Option<Kind>,
        /// Account name.
        #[arg(long, requires = "kind")]
        user: Option<String>,
        /// Only what readers see nothing of.
        #[arg(long)]
        without_publishing: bool,
    },
}

/// Kinds of portal.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// Speaks the native contract.
    Native,
    /// WordPress 6.1 or newer.
    Wordpress,
}

impl From<Kind> for PortalKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Native => Self::Native,
            Kind::Wordpress => Self::Wordpress,
        }
    }
}

/// What is on its way.
#[derive(Debug, Args)]
pub struct Outbox {
    /// Only look, unless something is to be done.
    #[command(subcommand)]
    pub verb: Option<OutboxVerb>,
}

/// What to do with the outbox.
#[derive(Debug, Subcommand)]
pub enum OutboxVerb {
    /// Stops everything that would be sent, until `resume`.
    Pause,
    /// Lets everything go on.
    Resume,
    /// Lets one delivery go on at once; the present state is looked at first.
    Send {
        /// Which: the `intent` that `outbox --json` names.
        intent: IntentId,
    },
    /// Takes one delivery back, if nothing of it was sent.
    Cancel {
        /// Which.
        intent: IntentId,
    },
    /// Takes it as delivered although the portal kept something otherwise.
    Accept {
        /// Which.
        intent: IntentId,
    },
    /// Takes the version over that somebody wrote at the portal, and takes this delivery back.
    AcceptTheirs {
        /// Which.
        intent: IntentId,
        /// The version that you looked at; without it, the one that is known now.
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
    },
    /// Publishes yours in place of the version that somebody wrote at the portal.
    PublishOver {
        /// Which.
        intent: IntentId,
        /// The version that you looked at; without it, the one that is known now.
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
    },
    /// What may be sent in one day over mobile data, how much was, and on which lines originals go; only photos and
    /// originals ever wait for it.
    Budget {
        /// Whether this machine is on mobile data.
        #[arg(long, value_enum)]
        mobile: Option<OnOff>,
        /// Megabytes a day, or `none`.
        #[arg(long, value_name = "MB", value_parser = limit)]
        limit: Option<Limit>,
        /// When the originals of photos go to a portal that keeps them.
        #[arg(long, value_enum)]
        originals: Option<Originals>,
        /// Lets everything go that waits for tomorrow.
        #[arg(long)]
        send_anyway: bool,
    },
    /// Goes on with everything that waits.
    Run {
        /// How many seconds to wait for the portal's word.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        wait: u32,
    },
}
