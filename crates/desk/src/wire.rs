//! What crosses between the desk and its window: plain data, no rule. TypeScript types are generated from
//! these (see [`crate::commands`]); a change here changes `ui/src/wire/generated.ts`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod errors;
mod events;
mod files;
mod guards;
mod lists;
mod notes;
mod outbox;
mod packages;
mod photos;
mod places;
mod portals;
mod preview;
mod queue;
mod start;
mod trials;
mod versions;
mod writing;

pub use errors::{CommandError, ErrorCode};
pub use events::{DeskEvent, DesktopNotice};
pub use files::{BackupView, BackupsView, FileView, OfBackup, RescueText};
pub use guards::{ClearFlag, FlagStory, SetEmbargo, SheetLineView, SheetQuery, SheetSource, SheetView};
pub use lists::{Counts, ListQuery, ListView, SearchHit, SearchQuery, StoryRow};
pub use notes::{NotePlace, NoteView, NotesView, NotesWay, PlaceNotes, SuggestChange, TurnNote, WriteNote};
pub use outbox::{
    AcceptedView, ApproveStory, BudgetView, DataBudget, IntentAct, IntentView, LookedView, OfIntent,
    OfTheirs, OriginalView, OutboxView, PauseOutbox, PublishStory, ReturnStory, ScheduleStory, TakeDownStory,
    TheirsView,
};
pub use packages::{
    OpenPackage, PackageKeyView, PackageKind, PackagePerson, PackageSaved, PackageText, PackageTo,
    PackageView, SavePackage,
};
pub use photos::{AttachPhoto, AttachedView, PhotoView};
pub use places::{OpenPlace, PlaceView, PlacesView};
pub use portals::{AddPortal, OfPortal, PortalCheck, PortalKind, PortalLack, PortalView, PortalsView};
pub use preview::{LiveView, PreviewPage, PreviewPiece, PreviewQuery, PreviewView};
pub use queue::{HeldView, QueueRow, QueueView, ReviewView, TakeStory, TakeView, TentativeView};
pub use start::{
    Appearance, Chair, OnePersonMode, OnePersonView, Settings, SitDown, StartView, StoreCondition,
};
pub use trials::{GuaranteeVerdict, GuaranteeView, LeftOverView, TrialView, TryPortal};
pub use versions::{
    CompareVersions, ComparisonView, MarkRead, MergeVersions, MergeView, SinceReadView, UnreadView,
};
pub use writing::{
    CutRevision, NameVersion, OfRevision, OfStory, RevisionsView, SaveDraft, SavedView, StoryView,
    TextCounts, VersionAct, VersionMark,
};

/// Arguments of a command that takes none, and the answer of one that has nothing to tell.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}
