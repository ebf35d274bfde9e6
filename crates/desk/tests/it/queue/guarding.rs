//! What holds a story back, between machines: put on without a network, heard by everybody, taken off by two.

use std::time::Duration;

use chrono::TimeDelta;
use khosra_desk::{
    Host,
    commands::call,
    wire::{
        ClearFlag, CommandError, ErrorCode, FlagStory, Nothing, OfPortal, OfStory, PublishStory,
        ScheduleStory, SetEmbargo, SheetQuery, SheetSource, SheetView, StoryView, TakeDownStory,
    },
};
use newsite::{Clock, SystemClock};
use story::{Command, PublicState, Role, StoryId};
use tempfile::TempDir;
use testkit::{Fault, Proxy, content, two_editors};

use super::{Desk, FILED};

const WHY: &str = "মানহানির মামলা চলছে";

/// A newsroom where a second person reads everything: a correspondent and two editors, each at a machine of their own.
struct Safe {
    author: Desk,
    editor: Desk,
    second: Desk,
    site: newsite::Running,
    _folder: TempDir,
}

async fn safe() -> Safe {
    let folder = tempfile::tempdir().unwrap();
    let site = two_editors(&folder.path().join("site")).await;
    let author = Desk::sign_in(&site, Role::Correspondent, 0).await;
    let editor = Desk::sign_in(&site, Role::Editor, 1_000_000).await;
    let second = Desk::sign_in(&site, Role::SubEditor, 2_000_000).await;
    Safe { author, editor, second, site, _folder: folder }
}

impl Desk {
    async fn flags(&self, story: StoryId) -> StoryView {
        call::flag_story(&self.room.desk, FlagStory { story, reason: WHY.to_owned() }).await.unwrap()
    }

    async fn clears(&self, story: StoryId, breaks_glass: bool) -> Result<StoryView, CommandError> {
        let order = ClearFlag { story, reason: WHY.to_owned(), breaks_glass };
        call::clear_flag(&self.room.desk, order).await
    }

    async fn kills(&self, story: StoryId, breaks_glass: bool) -> Result<StoryView, CommandError> {
        let order = TakeDownStory { story, reason: WHY.to_owned(), breaks_glass };
        call::kill(&self.room.desk, order).await
    }

    async fn taken_over(&self, story: StoryId) -> StoryView {
        self.take(story, true).await.unwrap().story.expect("it is given up")
    }

    async fn publishes(&self, story: StoryId) -> Result<StoryView, CommandError> {
        let counter = self.view(story).await.counter;
        call::publish(&self.room.desk, PublishStory::soon(story, counter)).await
    }

    async fn published(&self, story: StoryId) -> String {
        self.publishes(story).await.unwrap();
        self.delivered(story).await.public_url.unwrap()
    }

    async fn sheet(&self) -> SheetView {
        call::morning_sheet(&self.room.desk, SheetQuery { since: None, until: None }).await.unwrap()
    }

    async fn commands(&self, story: StoryId) -> Vec<Command> {
        let log = call::story_log(&self.room.desk, OfStory { story }).await.unwrap();
        log.into_iter().filter(|line| line.refused.is_none()).map(|line| line.command).collect()
    }
}

fn code<T>(answer: Result<T, CommandError>) -> Option<ErrorCode> {
    answer.err().map(|error| error.code)
}

async fn reads(url: &str) -> bool {
    String::from_utf8(testkit::fetch(url).await).is_ok_and(|page| page.contains(FILED))
}

#[tokio::test]
async fn drill_10_a_correspondents_flag_stops_publication_two_clear_it_and_broken_glass_is_on_the_sheet() {
    let safe = safe().await;
    let story = safe.author.filed(content(FILED)).await;
    safe.editor.queue().await;
    safe.editor.taken(story).await;
    safe.author.flags(story).await;
    safe.author.queue().await;
    safe.editor.queue().await;
    let flag = safe.editor.view(story).await.axes.guards.legal.expect("the portal told of it");
    assert_eq!((flag.raised.by.as_str(), flag.raised.reason.as_str()), (&*safe.author.name, WHY));
    let row = &safe.second.queue().await.rows[0];
    assert!(row.guards.legal.is_some(), "it is seen without opening the story: {row:?}");
    assert_eq!(code(safe.editor.publishes(story).await), Some(ErrorCode::RefusedFlagged));
    assert_eq!(code(safe.author.clears(story, false).await), Some(ErrorCode::RefusedRole));

    let asked = safe.editor.clears(story, false).await.unwrap().axes.guards;
    assert_eq!(asked.legal.unwrap().clearing.unwrap().by, safe.editor.name);
    assert_eq!(code(safe.editor.clears(story, false).await), Some(ErrorCode::RefusedSecondPerson));
    safe.second.queue().await;
    safe.second.taken_over(story).await;
    assert!(safe.second.clears(story, false).await.unwrap().axes.guards.is_free());
    safe.editor.queue().await;
    assert!(safe.editor.view(story).await.axes.guards.is_free(), "the other machine hears of it");

    safe.second.flags(story).await;
    safe.second.queue().await;
    assert!(safe.second.clears(story, true).await.unwrap().axes.guards.is_free());
    assert!(reads(&safe.second.published(story).await).await);
    let sheet = safe.editor.sheet().await;
    assert_eq!(sheet.source, SheetSource::Portal);
    let told: Vec<_> = sheet.lines.iter().map(|line| (line.command.unwrap(), line.by.as_str())).collect();
    let name = safe.second.name.as_str();
    assert_eq!(told, [(Command::ClearAlone, name), (Command::ClearFlag, name)]);
}

#[tokio::test]
async fn a_flag_that_is_put_on_without_a_network_takes_back_what_waits_and_travels_later() {
    let safe = safe().await;
    let story = safe.author.filed(content(FILED)).await;
    safe.editor.queue().await;
    safe.editor.taken(story).await;
    safe.editor.publishes(story).await.unwrap();
    let view = safe.editor.flags(story).await;
    assert!(
        view.deliveries[0].state.is_settled(),
        "what had not been sent does not go: {:?}",
        view.deliveries[0]
    );
    assert_eq!(view.axes.public, PublicState::Never);
    assert_eq!(code(safe.editor.publishes(story).await), Some(ErrorCode::RefusedFlagged));
    safe.second.queue().await;
    safe.editor.queue().await;
    let row = &safe.second.queue().await.rows[0];
    assert_eq!(row.guards.legal.as_ref().map(|flag| flag.raised.by.as_str()), Some(&*safe.editor.name));
}

#[tokio::test]
async fn a_flag_that_was_put_on_and_taken_off_while_nobody_heard_the_portal_is_off() {
    let safe = safe().await;
    let story = safe.author.filed(content(FILED)).await;
    let line = Proxy::to(&safe.site.url()).await;
    let editor = Desk::sign_in_over(&safe.site, &line.url(), (Role::Editor, 3_000_000)).await;
    editor.taken(story).await;
    editor.published(story).await;
    editor.queue().await;
    line.bend(|_| Some(Fault::CutAnswer(None)));
    editor.flags(story).await;
    assert!(call::refresh_queue(&editor.room.desk, Nothing {}).await.is_err());
    assert!(editor.clears(story, true).await.is_err());
    assert!(editor.view(story).await.axes.guards.legal.is_some(), "nobody knows better here");
    line.calm();
    editor.queue().await;
    assert!(editor.view(story).await.axes.guards.is_free());
}

#[tokio::test]
async fn an_embargo_on_a_draft_is_known_to_the_desk_before_it_has_the_story() {
    let safe = safe().await;
    let view = safe.author.room.write(content(FILED)).await;
    let until = SystemClock.now() + TimeDelta::days(2);
    let desk = &safe.author.room.desk;
    call::set_embargo(desk, SetEmbargo { story: view.story, until }).await.unwrap();
    safe.author.file(view.story).await;
    safe.author.delivered(view.story).await;
    safe.author.queue().await;
    safe.editor.queue().await;
    let taken = safe.editor.taken(view.story).await;
    for view in [taken, safe.author.view(view.story).await] {
        let embargo = view.axes.guards.embargo.expect("it stands");
        assert_eq!((embargo.until.timestamp(), &embargo.set.by), (until.timestamp(), &safe.author.name));
    }
    assert_eq!(code(safe.editor.publishes(view.story).await), Some(ErrorCode::RefusedEmbargoed));
    let refused = call::story_log(desk, OfStory { story: view.story }).await.unwrap();
    assert!(refused.iter().all(|line| line.refused.is_none()), "{refused:?}");
}

#[tokio::test]
async fn a_story_that_nobody_else_can_see_is_cleared_by_broken_glass_alone() {
    let safe = safe().await;
    let view = safe.editor.room.write(content(FILED)).await;
    safe.editor.flags(view.story).await;
    assert_eq!(code(safe.editor.clears(view.story, false).await), Some(ErrorCode::RefusedSecondPerson));
    assert!(safe.editor.clears(view.story, true).await.unwrap().axes.guards.is_free());
    assert!(safe.editor.commands(view.story).await.contains(&Command::ClearAlone));
}

#[tokio::test]
async fn drill_4_a_clock_that_is_a_day_wrong_breaks_no_embargo_and_keeps_none() {
    for wrong in [TimeDelta::days(-1), TimeDelta::days(1)] {
        let safe = safe().await;
        let story = safe.author.filed(content(FILED)).await;
        safe.editor.queue().await;
        safe.editor.taken(story).await;
        let desk = &safe.editor.room.desk;
        // The portal has the real time, and this machine another one.
        let ahead = SystemClock.now() + wrong - safe.editor.room.host.now();
        safe.editor.room.host.pass(ahead);
        let portal = call::list_portals(desk, Nothing {}).await.unwrap().portals[0].portal;
        call::check_portal(desk, OfPortal { portal }).await.unwrap();
        let until = SystemClock.now() + TimeDelta::seconds(8);
        call::set_embargo(desk, SetEmbargo { story, until }).await.unwrap();
        safe.editor.queue().await;
        assert_eq!(code(safe.editor.publishes(story).await), Some(ErrorCode::RefusedEmbargoed), "{wrong}");
        let counter = safe.editor.view(story).await.counter;
        let at = until - TimeDelta::seconds(1);
        let early = ScheduleStory { story, counter, at, over_fallen: true };
        let refused = code(call::schedule(desk, early).await);
        assert_eq!(refused, Some(ErrorCode::RefusedEmbargoed), "{wrong}");
        let pause = Duration::from_secs(10);
        tokio::time::sleep(pause).await;
        safe.editor.room.host.pass(TimeDelta::seconds(10));
        assert!(reads(&safe.editor.published(story).await).await, "{wrong}");
    }
}

#[tokio::test]
async fn a_kill_is_read_by_nobody_at_once_and_final_once_another_editor_agrees() {
    let safe = safe().await;
    let story = safe.author.filed(content(FILED)).await;
    safe.editor.queue().await;
    safe.editor.taken(story).await;
    let url = safe.editor.published(story).await;
    safe.editor.kills(story, false).await.unwrap();
    safe.editor.delivered(story).await;
    assert!(!reads(&url).await);
    let axes = safe.editor.view(story).await.axes;
    assert_eq!(
        (axes.public, axes.guards.kill.unwrap().by),
        (PublicState::Withdrawn, safe.editor.name.clone())
    );
    assert_eq!(code(safe.editor.kills(story, false).await), Some(ErrorCode::RefusedSecondPerson));
    assert_eq!(code(safe.editor.publishes(story).await), Some(ErrorCode::RefusedKillWaits));
    let row = &safe.second.queue().await.rows[0];
    assert!(row.story == story && row.guards.kill.is_some(), "{row:?}");
    safe.second.taken_over(story).await;
    safe.second.kills(story, false).await.unwrap();
    safe.second.delivered(story).await;
    let axes = safe.second.view(story).await.axes;
    assert_eq!((axes.public, axes.guards.is_free()), (PublicState::Killed, true));
    safe.editor.queue().await;
    assert_eq!(safe.editor.view(story).await.axes.public, PublicState::Killed);
    let kinds: Vec<_> = safe.second.sheet().await.lines.iter().filter_map(|line| line.command).collect();
    assert_eq!(kinds, [Command::Kill, Command::AskKill]);
}

#[tokio::test]
async fn a_kill_that_waits_is_called_off_or_made_final_by_broken_glass() {
    let safe = safe().await;
    let story = safe.author.filed(content(FILED)).await;
    safe.editor.queue().await;
    safe.editor.taken(story).await;
    safe.editor.published(story).await;
    safe.editor.kills(story, false).await.unwrap();
    safe.editor.delivered(story).await;
    let view = call::call_off_kill(&safe.editor.room.desk, OfStory { story }).await.unwrap();
    assert_eq!((view.axes.public, view.axes.guards.is_free()), (PublicState::Withdrawn, true));
    safe.editor.kills(story, true).await.unwrap();
    safe.editor.delivered(story).await;
    assert_eq!(safe.editor.view(story).await.axes.public, PublicState::Killed);
    assert!(safe.editor.commands(story).await.contains(&Command::KillAlone));
}

#[tokio::test]
async fn without_the_portal_the_sheet_is_this_machines_and_says_so() {
    let safe = safe().await;
    let view = safe.editor.room.write(content(FILED)).await;
    assert!(safe.editor.sheet().await.lines.is_empty());
    safe.editor.flags(view.story).await;
    safe.editor.clears(view.story, true).await.unwrap();
    safe.site.stop().await;
    let sheet = safe.editor.sheet().await;
    assert_eq!(sheet.source, SheetSource::Offline);
    assert_eq!((sheet.lines[0].command, sheet.lines[0].note.as_str()), (Some(Command::ClearAlone), WHY));
    let refused = call::morning_sheet(&safe.author.room.desk, SheetQuery { since: None, until: None }).await;
    assert_eq!(code(refused), Some(ErrorCode::RefusedRole));
}
