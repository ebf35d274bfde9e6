//! Every command as a typed call: one call of a use case. Where a command is refused or fails, the error says
//! why; see [`ErrorCode`].

use story::{Command, Content, Event};

use crate::{
    Desk, alone, approving, backups, guarding, lists, outbox, packages, places, portals, preview as pages,
    publishing, queue, reading, rescue, returning, review, settings, sheet, taking_down, trials, versions,
    wire::{
        AddPortal, ApproveStory, AttachPhoto, AttachedView, BackupsView, ClearFlag, CommandError,
        CompareVersions, ComparisonView, CutRevision, DataBudget, DesktopNotice, ErrorCode, FileView,
        FlagStory, ListQuery, ListView, LookedView, MarkRead, MergeVersions, MergeView, NameVersion,
        NotesView, Nothing, OfBackup, OfIntent, OfPortal, OfRevision, OfStory, OfTheirs, OnePersonMode,
        OnePersonView, OpenPackage, OpenPlace, OutboxView, PackageKeyView, PackageSaved, PackageView,
        PauseOutbox, PlaceNotes, PlacesView, PortalCheck, PortalsView, PreviewQuery, PreviewView,
        PublishStory, QueueView, RescueText, ReturnStory, RevisionsView, SaveDraft, SavePackage, SavedView,
        ScheduleStory, SearchHit, SearchQuery, SetEmbargo, Settings, SheetQuery, SheetView, SinceReadView,
        SitDown, StartView, StoryView, SuggestChange, TakeDownStory, TakeStory, TakeView, TrialView,
        TryPortal, TurnNote, WriteNote,
    },
    writing,
};

/// What a command answers.
pub type Answer<T> = Result<T, CommandError>;

/// What the window needs before it can draw anything.
pub async fn start(desk: &Desk, _: Nothing) -> Answer<StartView> {
    desk.blocking(settings::start).await
}

/// Keeps how the person likes the window.
pub async fn save_settings(desk: &Desk, args: Settings) -> Answer<Nothing> {
    desk.blocking(|desk| settings::save_settings(desk, args)).await
}

/// Lets this person approve what nobody else has written, until the day ends, or no more.
pub async fn set_one_person(desk: &Desk, args: OnePersonMode) -> Answer<OnePersonView> {
    desk.blocking(move |desk| alone::set(desk, args)).await
}

/// One page of a desk list, with the counts of all lists.
pub async fn list_stories(desk: &Desk, args: ListQuery) -> Answer<ListView> {
    desk.blocking(|desk| lists::list(desk, args)).await
}

/// Finds words in everything ever written on this machine.
pub async fn search(desk: &Desk, args: SearchQuery) -> Answer<Vec<SearchHit>> {
    desk.blocking(move |desk| lists::search(desk, &args)).await
}

/// Begins a story; it is on disk when this answers.
pub async fn new_story(desk: &Desk, _: Nothing) -> Answer<StoryView> {
    desk.blocking(writing::new_story).await
}

/// A story with everything the window shows of it.
pub async fn open_story(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    desk.blocking(move |desk| writing::open(desk, args.story)).await
}

/// Keeps the draft; the answer means that it is on disk.
pub async fn save_draft(desk: &Desk, args: SaveDraft) -> Answer<SavedView> {
    desk.blocking(|desk| writing::save(desk, args)).await
}

/// Makes a revision of what is saved, unless the newest one equals it.
pub async fn cut_revision(desk: &Desk, args: CutRevision) -> Answer<RevisionsView> {
    desk.blocking(move |desk| writing::cut_revision(desk, args)).await
}

/// All revisions of a story.
pub async fn list_revisions(desk: &Desk, args: OfStory) -> Answer<RevisionsView> {
    desk.blocking(move |desk| writing::revisions(desk, args.story)).await
}

/// Gives a version a name, or takes it away.
pub async fn name_version(desk: &Desk, args: NameVersion) -> Answer<RevisionsView> {
    desk.blocking(|desk| versions::name(desk, args)).await
}

/// What a revision says.
pub async fn read_revision(desk: &Desk, args: OfRevision) -> Answer<Content> {
    desk.blocking(move |desk| writing::read_revision(desk, args)).await
}

/// What differs between a revision and the text in the window, or the revision it was made from.
pub async fn compare_versions(desk: &Desk, args: CompareVersions) -> Answer<ComparisonView> {
    desk.blocking(move |desk| versions::compare(desk, args)).await
}

/// How much is new in a story since the person read it here; not found where nothing is.
pub async fn since_read(desk: &Desk, args: OfStory) -> Answer<SinceReadView> {
    desk.blocking(move |desk| reading::since(desk, args.story)).await
}

/// Notes that the person has had a story before them; stays on this machine.
pub async fn mark_read(desk: &Desk, args: MarkRead) -> Answer<Nothing> {
    desk.blocking(move |desk| reading::mark(desk, args)).await
}

/// The draft as saved and a revision brought together; writes nothing.
pub async fn merge_view(desk: &Desk, args: OfRevision) -> Answer<MergeView> {
    desk.blocking(move |desk| versions::merge_view(desk, args)).await
}

/// Makes the draft of what a person chose from both, and takes back what met with that revision.
pub async fn merge_versions(desk: &Desk, args: MergeVersions) -> Answer<StoryView> {
    desk.blocking(move |desk| versions::merge_in(desk, args)).await
}

/// Brings a revision back as a new one; nothing is lost.
pub async fn restore_revision(desk: &Desk, args: OfRevision) -> Answer<StoryView> {
    desk.blocking(move |desk| writing::restore_revision(desk, args)).await
}

/// The story's append-only log.
pub async fn story_log(desk: &Desk, args: OfStory) -> Answer<Vec<Event>> {
    desk.blocking(move |desk| lists::log(desk, args.story)).await
}

/// The page as readers would get it; writes nothing.
pub async fn preview(desk: &Desk, args: PreviewQuery) -> Answer<PreviewView> {
    desk.blocking(move |desk| pages::preview(desk, &args)).await
}

/// Sets a story aside.
pub async fn spike(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    desk.blocking(move |desk| writing::set_aside(desk, args.story, Command::Spike)).await
}

/// Brings a spiked story back.
pub async fn unspike(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    desk.blocking(move |desk| writing::set_aside(desk, args.story, Command::Unspike)).await
}

/// Approves what is saved and puts it into the outbox, in one transaction.
pub async fn publish(desk: &Desk, args: PublishStory) -> Answer<StoryView> {
    desk.publish_to(args, None).await
}

/// Approves what is saved, as an act of its own, and tells the portal through the outbox.
pub async fn approve(desk: &Desk, args: ApproveStory) -> Answer<StoryView> {
    desk.blocking(move |desk| approving::approve(desk, args)).await
}

/// Hands what is saved to the portal's desk, through the outbox.
pub async fn file(desk: &Desk, args: PublishStory) -> Answer<StoryView> {
    desk.blocking(move |desk| publishing::file(desk, args)).await
}

/// Gives what is saved back to its author with a reason, through the outbox.
pub async fn return_story(desk: &Desk, args: ReturnStory) -> Answer<StoryView> {
    desk.blocking(move |desk| returning::return_story(desk, args)).await
}

/// Takes back what nobody at the desk has taken yet: before it is sent, or through the outbox.
pub async fn recall_story(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    desk.blocking(move |desk| returning::recall_story(desk, args.story)).await
}

/// Approves what is saved and has the portal publish it at a set time, through the outbox.
pub async fn schedule(desk: &Desk, args: ScheduleStory) -> Answer<StoryView> {
    desk.blocking(move |desk| publishing::schedule(desk, args)).await
}

/// What the portal's desk has, as last heard.
pub async fn list_queue(desk: &Desk, _: Nothing) -> Answer<QueueView> {
    desk.blocking(queue::list).await
}

/// Asks the portal for its desk's queue now.
pub async fn refresh_queue(desk: &Desk, _: Nothing) -> Answer<QueueView> {
    queue::refresh(desk).await
}

/// Takes a story from the portal's desk into our hands, and onto this machine.
pub async fn take_story(desk: &Desk, args: TakeStory) -> Answer<TakeView> {
    queue::take(desk, args).await
}

/// Hands what was written at a story that somebody else has to them, as suggestions; it stays here as a version.
pub async fn hand_over(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    desk.blocking(move |desk| queue::hand_over(desk, args.story)).await
}

/// What desk and author said to each other at a story.
pub async fn list_notes(desk: &Desk, args: OfStory) -> Answer<NotesView> {
    desk.blocking(move |desk| review::list(desk, args.story)).await
}

/// Writes a note at words of a story, or an answer to one; it is on disk when this answers.
pub async fn write_note(desk: &Desk, args: WriteNote) -> Answer<NotesView> {
    desk.blocking(|desk| review::write(desk, args)).await
}

/// Suggests what words of a story should become, each change by itself.
pub async fn suggest_change(desk: &Desk, args: SuggestChange) -> Answer<NotesView> {
    desk.blocking(|desk| review::suggest(desk, args)).await
}

/// Resolves a note, opens it again, or says what became of its suggestion.
pub async fn turn_note(desk: &Desk, args: TurnNote) -> Answer<NotesView> {
    desk.blocking(move |desk| review::turn(desk, args)).await
}

/// Keeps where the words of notes stand in the text as it is now.
pub async fn place_notes(desk: &Desk, args: PlaceNotes) -> Answer<Nothing> {
    desk.blocking(|desk| review::place(desk, args)).await
}

/// Takes the story from the readers, ahead of everything else on its way.
pub async fn withdraw(desk: &Desk, args: TakeDownStory) -> Answer<StoryView> {
    desk.blocking(move |desk| taking_down::take_down(desk, args, Command::Withdraw)).await
}

/// Takes the story from the readers for ever, first of all.
pub async fn kill(desk: &Desk, args: TakeDownStory) -> Answer<StoryView> {
    desk.blocking(move |desk| taking_down::take_down(desk, args, Command::Kill)).await
}

/// Puts a legal flag on a story: nothing of it goes to readers until it is cleared.
pub async fn flag_story(desk: &Desk, args: FlagStory) -> Answer<StoryView> {
    desk.blocking(move |desk| guarding::flag(desk, args)).await
}

/// Clears a legal flag, agrees to that, or asks for it: whichever this person's word comes to.
pub async fn clear_flag(desk: &Desk, args: ClearFlag) -> Answer<StoryView> {
    guarding::clear(desk, args).await
}

/// Keeps a story from readers until a time, by the portal's clock.
pub async fn set_embargo(desk: &Desk, args: SetEmbargo) -> Answer<StoryView> {
    desk.blocking(move |desk| guarding::set_embargo(desk, args)).await
}

/// Takes that time away.
pub async fn lift_embargo(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    guarding::lift_embargo(desk, args.story).await
}

/// Takes back a kill that waits for a second person; the story stays withdrawn.
pub async fn call_off_kill(desk: &Desk, args: OfStory) -> Answer<StoryView> {
    guarding::call_off_kill(desk, args.story).await
}

/// What was done alone or in spite of something, on one day.
pub async fn morning_sheet(desk: &Desk, args: SheetQuery) -> Answer<SheetView> {
    sheet::read(desk, args).await
}

/// Stops everything that would be sent, or lets it go on.
pub async fn pause_outbox(desk: &Desk, args: PauseOutbox) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::pause(desk, args.paused)).await
}

/// Keeps what may be sent in one day over mobile data.
pub async fn set_data_budget(desk: &Desk, args: DataBudget) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::budget::set(desk, args)).await
}

/// Lets everything go that waits for the next day.
pub async fn lift_data_budget(desk: &Desk, _: Nothing) -> Answer<OutboxView> {
    desk.blocking(outbox::budget::lift).await
}

/// Everything on its way, and what was settled lately.
pub async fn outbox(desk: &Desk, _: Nothing) -> Answer<OutboxView> {
    desk.blocking(outbox::list).await
}

/// Looks at the present state, then goes on with this intent at once.
pub async fn send_now(desk: &Desk, args: OfIntent) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::send_now(desk, args.intent)).await
}

/// Takes an intent back, if nothing of it was sent.
pub async fn cancel_intent(desk: &Desk, args: OfIntent) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::cancel(desk, args.intent)).await
}

/// Brings what somebody wrote at the portal into the history; the draft stays as it is.
pub async fn look_at_portal(desk: &Desk, args: OfStory) -> Answer<LookedView> {
    outbox::theirs::look(desk, args.story).await
}

/// Takes the portal's version over as the draft, and takes the intent back.
pub async fn accept_theirs(desk: &Desk, args: OfTheirs) -> Answer<StoryView> {
    desk.blocking(move |desk| outbox::theirs::accept(desk, args)).await
}

/// Lets the intent go on in place of the portal's version that was shown.
pub async fn publish_over(desk: &Desk, args: OfTheirs) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::theirs::publish_over(desk, args)).await
}

/// Takes it as delivered although the portal kept something otherwise.
pub async fn accept_differences(desk: &Desk, args: OfIntent) -> Answer<OutboxView> {
    desk.blocking(move |desk| outbox::theirs::accept_differences(desk, args)).await
}

/// All accounts on portals.
pub async fn list_portals(desk: &Desk, _: Nothing) -> Answer<PortalsView> {
    desk.blocking(portals::list).await
}

/// Starts the portal inside the application and makes it the current one, with sample stories when the desk is empty.
pub async fn use_built_in_portal(desk: &Desk, _: Nothing) -> Answer<StartView> {
    portals::use_built_in(desk).await
}

/// Changes to another chair of the built-in portal's newsroom; the window begins anew after it.
pub async fn sit_down(desk: &Desk, args: SitDown) -> Answer<Nothing> {
    desk.blocking(move |desk| settings::sit_down(desk, args)).await
}

/// Signs in to a portal and makes it the current one.
pub async fn add_portal(desk: &Desk, args: AddPortal) -> Answer<StartView> {
    portals::add(desk, args).await
}

/// Makes this portal the current one.
pub async fn choose_portal(desk: &Desk, args: OfPortal) -> Answer<StartView> {
    desk.blocking(move |desk| portals::choose(desk, args.portal)).await
}

/// Forgets the account and its secret; no story is touched.
pub async fn remove_portal(desk: &Desk, args: OfPortal) -> Answer<StartView> {
    portals::remove(desk, args.portal).await
}

/// Asks a portal who it is and who we are.
pub async fn check_portal(desk: &Desk, args: OfPortal) -> Answer<PortalCheck> {
    portals::check(desk, args.portal).await
}

/// Tries each guarantee of a portal with a test story, and takes it away again.
pub async fn try_portal(desk: &Desk, args: TryPortal) -> Answer<TrialView> {
    trials::try_known(desk, args).await
}

/// Ends the trial that runs; its test story is taken away.
pub async fn stop_trial(desk: &Desk, _: Nothing) -> Answer<Nothing> {
    desk.stop_trials();
    Ok(Nothing {})
}

/// Opens the confirmed public page in the browser.
pub async fn open_public_page(desk: &Desk, args: OfStory) -> Answer<Nothing> {
    publishing::open_public_page(desk, args).await
}

/// Shows a notice on the desktop, for when the window is behind others.
pub async fn show_notice(desk: &Desk, args: DesktopNotice) -> Answer<Nothing> {
    desk.host().show_notice(args);
    Ok(Nothing {})
}

/// Reads the places where readers meet a story, and tells which still show an old wording.
pub async fn story_places(desk: &Desk, args: OfStory) -> Answer<PlacesView> {
    places::look(desk, args.story).await
}

/// Opens a place that was found in the browser.
pub async fn open_place(desk: &Desk, args: OpenPlace) -> Answer<Nothing> {
    desk.blocking(move |desk| places::open(desk, &args)).await
}

/// Writes text into a file outside the store, when the store cannot take it.
pub async fn rescue_text(desk: &Desk, args: RescueText) -> Answer<FileView> {
    desk.blocking(move |desk| rescue::rescue(desk, &args)).await
}

/// All backups of the store.
pub async fn list_backups(desk: &Desk, _: Nothing) -> Answer<BackupsView> {
    desk.blocking(backups::list).await
}

/// Makes a backup of the store.
pub async fn backup_now(desk: &Desk, _: Nothing) -> Answer<FileView> {
    desk.blocking(backups::now).await
}

/// Puts a backup in the store's place; the present file is kept aside.
pub async fn restore_backup(desk: &Desk, args: OfBackup) -> Answer<StartView> {
    desk.blocking(move |desk| backups::restore_named(desk, &args.name)).await
}

/// What packages for this desk are sealed to, and whose packages are taken in here.
pub async fn package_key(desk: &Desk, _: Nothing) -> Answer<PackageKeyView> {
    desk.blocking(packages::key).await
}

/// Asks where a story, or word that it has arrived, goes as a file for the way without a network, and puts it there.
pub async fn save_package(desk: &Desk, args: SavePackage) -> Answer<PackageSaved> {
    packages::save(desk, args).await
}

/// Leaves the package that is being read; nothing of it is kept.
pub async fn leave_package(desk: &Desk, _: Nothing) -> Answer<Nothing> {
    desk.leave_package();
    Ok(Nothing {})
}

/// Takes in the package whose bytes come with the call.
///
/// The bytes cannot travel as JSON: [`Desk::open_package`] takes them, and this only says so.
pub async fn open_package(_: &Desk, _: OpenPackage) -> Answer<PackageView> {
    Err(CommandError::new(ErrorCode::BadArguments).detailed("a package does not come as JSON"))
}

/// Takes the photo bytes that come with the call into the store.
///
/// The bytes cannot travel as JSON: [`Desk::attach_photo`] takes them, and this only says so.
pub async fn attach_photo(_: &Desk, _: AttachPhoto) -> Answer<AttachedView> {
    Err(CommandError::new(ErrorCode::BadArguments).detailed("photo bytes do not come as JSON"))
}
