//! The newsroom's domain, as pure data and pure functions.
//!
//! A [`Content`] is what a story says; a [`Revision`] is one immutable, hashed version of it; the four
//! axes in [`axes`] say where the story stands; [`commands`] is the one table of who may do what when;
//! [`delivery`] says what the outbox does with the answer of a portal.
//!
//! This crate does no I/O, reads no clock and draws no random number: times and ids are handed in.

pub mod axes;
pub mod checks;
pub mod commands;
pub mod content;
pub mod delivery;
pub mod difference;
pub mod guarantees;
pub mod guards;
pub mod hash;
pub mod ids;
pub mod judging;
pub mod lists;
pub mod log;
mod long_text;
pub mod merge;
pub mod notes;
pub mod notice;
pub mod payload;
pub mod places;
pub mod section;
mod suggesting;
pub mod theirs;

pub use axes::{Approval, Axes, DeskState, PublicState, Role};
pub use checks::{Finding, FindingCode, Severity, check};
pub use commands::{Command, Refusal, decide};
pub use content::{Content, FocalPoint, Language, StoryPhoto};
pub use delivery::{Cause, Consent, DeliveryState, Difference, IntentKind, Line, Originals, Outcome};
pub use difference::{Field, FieldChange, Run, RunKind, Stretch, changed_paragraphs, difference, stretches};
pub use guarantees::{Guarantee, Untold};
pub use guards::{Alone, Embargo, FURTHEST, Guards, LegalFlag, Said};
pub use hash::Sha256Hex;
pub use ids::{EventId, IntentId, NoteId, PortalId, StoryId};
pub use judging::{Judging, OnePerson};
pub use lists::DeskList;
pub use log::{Event, Revision, RevisionReason};
pub use merge::{Choice, Merge, Part, Place, Side, merge};
pub use notes::{Anchor, Emphasis, NoteTurn, NotedField, Suggestion, mentioned};
pub use notice::{ChangeKind, Notice, NoticeFault};
pub use payload::{Payload, PayloadPhoto};
pub use places::{PlaceKind, PlaceState, Wording, Wordings};
pub use section::Section;
pub use suggesting::suggested;
pub use theirs::{Lost, LostKind, version_of};
