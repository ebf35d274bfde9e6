//! Why a command did not do what was asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a command answers when it does not do what was asked. The window has a sentence for each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommandError {
    /// What happened.
    pub code: ErrorCode,
    /// Values for the sentence, such as `limit` or `name`.
    pub params: std::collections::BTreeMap<String, String>,
    /// Technical details for "details"; never story text, never a secret.
    pub detail: String,
}

/// Why a command did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The arguments are not of the command's form.
    BadArguments,
    /// There is no such story, revision, intent, photo, portal or backup.
    NotFound,
    /// The store can be read and not written.
    StoreReadOnly,
    /// The disk is full.
    StoreFull,
    /// Another program holds the store.
    StoreLocked,
    /// The store is damaged.
    StoreDamaged,
    /// The store was written by a newer version of the application.
    StoreNewer,
    /// The disk gave an error.
    StoreBroken,
    /// `{limit}`: the text is longer than the store takes.
    TextTooLong,
    /// The text moved on since the person saw it.
    MovedOn,
    /// Findings block it; they are in the story's findings.
    FindingsBlock,
    /// The role may not.
    RefusedRole,
    /// The story is spiked.
    RefusedSpiked,
    /// The story is not spiked.
    RefusedNotSpiked,
    /// No approval stands.
    RefusedNotApproved,
    /// Readers already have it.
    RefusedAlreadyPublic,
    /// Readers do not have it.
    RefusedNotPublic,
    /// The desk has it already.
    RefusedAlreadyFiled,
    /// The desk does not have it.
    RefusedNotFiled,
    /// Somebody at the desk has it.
    RefusedTaken,
    /// It was killed.
    RefusedKilled,
    /// An earlier delivery is not settled.
    RefusedDeliveryOpen,
    /// Nobody else has written it, and one-person mode is off.
    RefusedOwnWriting,
    /// `{by}` had approved another text than this one.
    RefusedApprovalFell,
    /// Somebody suggested a change that nobody has accepted or rejected.
    RefusedSuggestionsOpen,
    /// It suggests nothing that could be taken over, or more than `{limit}` letters.
    SuggestionUnfit,
    /// A legal flag holds it back.
    RefusedFlagged,
    /// No legal flag is on it.
    RefusedNotFlagged,
    /// `{until}`: its embargo is not over.
    RefusedEmbargoed,
    /// A kill of it waits for a second person.
    RefusedKillWaits,
    /// No kill of it waits.
    RefusedNoKillWaits,
    /// Somebody else has to agree.
    RefusedSecondPerson,
    /// A reason has to be given.
    ReasonNeeded,
    /// Readers are to be told what was changed.
    NoticeNeeded,
    /// The time lies in the past.
    TimePassed,
    /// The time lies so far ahead that it is a slip of the hand.
    TimeFarOff,
    /// No portal was chosen.
    NoPortal,
    /// The portal has no desk to return to or take from.
    NoDesk,
    /// The portal cannot be reached, and the story's text was never fetched.
    TextNotHere,
    /// What was added to the story at the portal cannot be kept here: `{names}`.
    NotWholeHere,
    /// The system's keychain does not answer.
    NoKeychain,
    /// Name or password are wrong.
    SignInRefused,
    /// The portal did not answer as agreed; `{cause}` is a [`story::Cause`].
    PortalFailed,
    /// The address is not one of a portal.
    BadUrl,
    /// `{name}`: no JPEG, PNG, WebP, GIF or TIFF, whatever its name says.
    PhotoKind,
    /// `{name}`: HEIC or AVIF, which nothing here opens.
    PhotoNoDecoder,
    /// `{name}`: it took too long to open.
    PhotoTooSlow,
    /// `{name}`, `{limit}`: more bytes than taken.
    PhotoBytes,
    /// `{name}`, `{limit}`: more pixels than taken.
    PhotoPixels,
    /// `{name}`: the file is damaged.
    PhotoDamaged,
    /// The file is no story package.
    PackageForeign,
    /// `{limit}`: the package is longer than is taken or made.
    PackageTooLong,
    /// The package is sealed to another desk.
    PackageSealed,
    /// The package was made by a newer version of the application.
    PackageNewer,
    /// The package is not what was packed; nothing of it is kept.
    PackageDamaged,
    /// `{name}`, `{fingerprint}`: nobody here has said who signed the package.
    PackageStranger,
    /// What a package is to be sealed to is no address of a desk.
    PackageAddress,
    /// The package could not be put where the person wants it; see the detail.
    PackageNotWritten,
    /// A person left the package while it was read; nothing of it is kept.
    PackageLeft,
    /// It may be sent already; it cannot be taken back.
    TooLateToCancel,
    /// Nothing else fits; see the detail.
    Internal,
}
