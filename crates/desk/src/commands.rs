//! Every command that a window or the command line may give, named once. Dispatch, the list in the app
//! manifest, the TypeScript types and the TypeScript client all come from this table.

pub mod call;
mod dispatch;
#[cfg(test)]
mod typescript;

pub use dispatch::{MAX_ARGUMENT_BYTES, dispatch};

/// Calls `$each!` with the whole table: `name(Arguments) -> Answer = "what it does";`.
macro_rules! command_table {
    ($each:ident) => {
        $each! {
            start(Nothing) -> StartView = "What the window needs before it can draw anything.";
            save_settings(Settings) -> Nothing = "Keeps how the person likes the window.";
            set_one_person(OnePersonMode) -> OnePersonView = "Lets this person approve what nobody else has written, until the day ends, or no more.";
            list_stories(ListQuery) -> ListView = "One page of a desk list, with the counts of all lists.";
            search(SearchQuery) -> Vec<SearchHit> = "Finds words in everything ever written on this machine.";
            new_story(Nothing) -> StoryView = "Begins a story; it is on disk when this answers.";
            open_story(OfStory) -> StoryView = "A story with everything the window shows of it.";
            save_draft(SaveDraft) -> SavedView = "Keeps the draft; the answer means that it is on disk.";
            cut_revision(CutRevision) -> RevisionsView = "Makes a revision of what is saved, unless the newest one equals it.";
            list_revisions(OfStory) -> RevisionsView = "All revisions of a story.";
            name_version(NameVersion) -> RevisionsView = "Gives a version a name, or takes it away.";
            read_revision(OfRevision) -> Content = "What a revision says.";
            compare_versions(CompareVersions) -> ComparisonView = "What differs between a revision and the text in the window, or the revision it was made from.";
            since_read(OfStory) -> SinceReadView = "How much is new in a story since the person read it here; not found where nothing is.";
            mark_read(MarkRead) -> Nothing = "Notes that the person has had a story before them; stays on this machine.";
            merge_view(OfRevision) -> MergeView = "The draft as saved and a revision brought together; writes nothing.";
            merge_versions(MergeVersions) -> StoryView = "Makes the draft of what a person chose from both, and takes back what met with that revision.";
            restore_revision(OfRevision) -> StoryView = "Brings a revision back as a new one; nothing is lost.";
            story_log(OfStory) -> Vec<Event> = "The story's append-only log.";
            preview(PreviewQuery) -> PreviewView = "The page as readers would get it; writes nothing.";
            spike(OfStory) -> StoryView = "Sets a story aside.";
            unspike(OfStory) -> StoryView = "Brings a spiked story back.";
            publish(PublishStory) -> StoryView = "Approves what is saved and puts it into the outbox, in one transaction.";
            approve(ApproveStory) -> StoryView = "Approves what is saved, as an act of its own, and tells the portal through the outbox.";
            file(PublishStory) -> StoryView = "Hands what is saved to the portal's desk, through the outbox.";
            return_story(ReturnStory) -> StoryView = "Gives what is saved back to its author with a reason, through the outbox.";
            recall_story(OfStory) -> StoryView = "Takes back what nobody at the desk has taken yet: before it is sent, or through the outbox.";
            schedule(ScheduleStory) -> StoryView = "Approves what is saved and has the portal publish it at a set time, through the outbox.";
            list_queue(Nothing) -> QueueView = "What the portal's desk has, as last heard.";
            refresh_queue(Nothing) -> QueueView = "Asks the portal for its desk's queue now.";
            take_story(TakeStory) -> TakeView = "Takes a story from the portal's desk into our hands, and onto this machine.";
            hand_over(OfStory) -> StoryView = "Hands what was written at a story that somebody else has to them, as suggestions; it stays here as a version.";
            list_notes(OfStory) -> NotesView = "What desk and author said to each other at a story.";
            write_note(WriteNote) -> NotesView = "Writes a note at words of a story, or an answer to one; it is on disk when this answers.";
            suggest_change(SuggestChange) -> NotesView = "Suggests what words of a story should become, each change by itself.";
            turn_note(TurnNote) -> NotesView = "Resolves a note, opens it again, or says what became of its suggestion.";
            place_notes(PlaceNotes) -> Nothing = "Keeps where the words of notes stand in the text as it is now.";
            withdraw(TakeDownStory) -> StoryView = "Takes the story from the readers, ahead of everything else on its way.";
            kill(TakeDownStory) -> StoryView = "Takes the story from the readers for ever, first of all.";
            flag_story(FlagStory) -> StoryView = "Puts a legal flag on a story: nothing of it goes to readers until it is cleared.";
            clear_flag(ClearFlag) -> StoryView = "Clears a legal flag, agrees to that, or asks for it: whichever this person's word comes to.";
            set_embargo(SetEmbargo) -> StoryView = "Keeps a story from readers until a time, by the portal's clock.";
            lift_embargo(OfStory) -> StoryView = "Takes that time away.";
            call_off_kill(OfStory) -> StoryView = "Takes back a kill that waits for a second person; the story stays withdrawn.";
            morning_sheet(SheetQuery) -> SheetView = "What was done alone or in spite of something, on one day.";
            pause_outbox(PauseOutbox) -> OutboxView = "Stops everything that would be sent, or lets it go on.";
            set_data_budget(DataBudget) -> OutboxView = "Keeps what may be sent in one day over mobile data.";
            lift_data_budget(Nothing) -> OutboxView = "Lets everything go that waits for the next day.";
            outbox(Nothing) -> OutboxView = "Everything on its way, and what was settled lately.";
            send_now(OfIntent) -> OutboxView = "Looks at the present state, then goes on with this intent at once.";
            look_at_portal(OfStory) -> LookedView = "Brings what somebody wrote at the portal into the history; the draft stays as it is.";
            accept_theirs(OfTheirs) -> StoryView = "Takes the portal's version over as the draft, and takes the intent back.";
            publish_over(OfTheirs) -> OutboxView = "Lets the intent go on in place of the portal's version that was shown.";
            accept_differences(OfIntent) -> OutboxView = "Takes it as delivered although the portal kept something otherwise.";
            cancel_intent(OfIntent) -> OutboxView = "Takes an intent back, if nothing of it was sent.";
            list_portals(Nothing) -> PortalsView = "All accounts on portals.";
            use_built_in_portal(Nothing) -> StartView = "Starts the portal inside the application and makes it the current one, with sample stories when the desk is empty.";
            sit_down(SitDown) -> Nothing = "Changes to another chair of the built-in portal's newsroom; the window begins anew after it.";
            add_portal(AddPortal) -> StartView = "Signs in to a portal and makes it the current one.";
            choose_portal(OfPortal) -> StartView = "Makes this portal the current one.";
            remove_portal(OfPortal) -> StartView = "Forgets the account and its secret; no story is touched.";
            check_portal(OfPortal) -> PortalCheck = "Asks a portal who it is and who we are.";
            try_portal(TryPortal) -> TrialView = "Tries each guarantee of a portal with a test story, and takes it away again.";
            stop_trial(Nothing) -> Nothing = "Ends the trial that runs; its test story is taken away.";
            open_public_page(OfStory) -> Nothing = "Opens the confirmed public page in the browser.";
            show_notice(DesktopNotice) -> Nothing = "Shows a notice on the desktop, for when the window is behind others.";
            story_places(OfStory) -> PlacesView = "Reads the places where readers meet a story, and tells which still show an old wording.";
            open_place(OpenPlace) -> Nothing = "Opens a place that was found in the browser.";
            rescue_text(RescueText) -> FileView = "Writes text into a file outside the store, when the store cannot take it.";
            list_backups(Nothing) -> BackupsView = "All backups of the store.";
            backup_now(Nothing) -> FileView = "Makes a backup of the store.";
            restore_backup(OfBackup) -> StartView = "Puts a backup in the store's place; the present file is kept aside.";
            package_key(Nothing) -> PackageKeyView = "What packages for this desk are sealed to, and whose packages are taken in here.";
            save_package(SavePackage) -> PackageSaved = "Asks where a story, or word that it has arrived, goes as a file for the way without a network, and puts it there.";
            open_package(OpenPackage) -> PackageView = "Takes in the package whose bytes come with the call.";
            leave_package(Nothing) -> Nothing = "Leaves the package that is being read; nothing of it is kept.";
            attach_photo(AttachPhoto) -> AttachedView = "Takes the photo bytes that come with the call into the store.";
        }
    };
}
pub(crate) use command_table;

macro_rules! names {
    ($($name:ident($args:ty) -> $answer:ty = $doc:literal;)*) => {
        /// The names of all commands, in the order of the table.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
command_table!(names);
