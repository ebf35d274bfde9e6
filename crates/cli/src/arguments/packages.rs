//! Story packages.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use story::StoryId;

/// Stories in a file, for the way without a network.
#[derive(Debug, Subcommand)]
pub enum PackageVerb {
    /// Writes a story, as last saved, into one signed file.
    Export {
        /// Which story.
        id: StoryId,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Who may read it.
        #[command(flatten)]
        reader: Reader,
    },
    /// Takes a package in: a story or a receipt. The same one again changes nothing.
    Import {
        /// A file that `package` wrote.
        file: PathBuf,
        /// The fingerprint of a sender nobody here knows yet, once you have compared it with theirs.
        #[arg(long, value_name = "FINGERPRINT")]
        trust: Option<String>,
    },
    /// Writes word for its sender that a story has arrived: then what waits there to be filed is not sent again.
    Receipt {
        /// Which story.
        id: StoryId,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Who may read it; without it whoever brought the story.
        #[command(flatten)]
        reader: Reader,
    },
    /// What packages for this desk are sealed to, and the fingerprint of its signature.
    Key,
}

/// Who may read a package.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct Reader {
    /// The address of the desk it is for, as `package key` prints it there.
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<String>,
    /// Everybody who comes by it: signed, and not sealed.
    #[arg(long)]
    pub plain: bool,
}
