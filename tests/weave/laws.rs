//! What must hold once everything has healed. Every broken law is a sentence.

use std::collections::{BTreeMap, BTreeSet};

use desk::{
    commands::call,
    wire::{CutRevision, ListQuery, Nothing, OfRevision, OfStory, StoryView},
};
use serde_json::Value;
use story::{Content, DeskList, DeskState, PublicState, Revision, RevisionReason, StoryId};

use crate::{
    book::{self, Act, Kept},
    client::{self, Written},
    figures::Figures,
    held,
    person::Person,
    readers, replay,
    run::Run,
};

/// One story on one machine, and what the portal has of it.
struct Copy<'a, 'b> {
    person: &'a Person<'b>,
    view: StoryView,
    revisions: Vec<(Revision, Content)>,
    there: Option<&'a Kept>,
}

/// Everything that is not as it should be.
pub async fn broken(run: &Run<'_>, figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    let kept = book::read(&run.house.book(), &run.ids());
    let kept: BTreeMap<StoryId, Kept> = kept.into_iter().map(|kept| (kept.story, kept)).collect();
    let mut written = Vec::new();
    for person in &run.people {
        let of = |story: &StoryId| kept.get(story);
        for story in run.ids() {
            let Some(copy) = Copy::of(person, story, of(&story)).await else { continue };
            broken.extend(copy.broken(figures).await);
        }
        broken.extend(lists(person, figures).await);
        broken.extend(queue(person, &kept, figures).await);
        written.push((person, client::read(&person.room.file())));
    }
    for kept in kept.values() {
        kept.acts.iter().for_each(|act| *figures.accepted.entry(act.command.clone()).or_default() += 1);
        figures.judged("the portal accepted nothing that the table forbids", kept.acts.len());
        broken.extend(replay::forbidden(kept, &run.house.roles));
        broken.extend(held::got_through(kept, figures));
        broken.extend(held::asked_for(kept, &run.people, figures));
        let all = written.iter().flat_map(|(_, written)| written).filter(|one| one.story == kept.story);
        broken.extend(asked_for(kept, &all.collect::<Vec<_>>(), figures));
    }
    for (person, written) in &written {
        for one in written {
            broken.extend(settled(person, one, kept.get(&one.story), figures));
        }
    }
    broken.extend(readers::broken(run, &kept, figures).await);
    broken.extend(run.looks.broken.iter().cloned());
    broken
}

impl<'a, 'b> Copy<'a, 'b> {
    /// `None` where it is not on this machine. What is in the window is a version first, as when it is closed.
    async fn of(person: &'a Person<'b>, story: StoryId, there: Option<&'a Kept>) -> Option<Self> {
        let desk = person.desk();
        let cut = CutRevision { story, reason: RevisionReason::Left };
        let all = call::cut_revision(desk, cut).await.ok()?.revisions;
        let mut revisions = Vec::with_capacity(all.len());
        for revision in all {
            let which = OfRevision { story, number: revision.number };
            let content = call::read_revision(desk, which).await.expect("a revision can be read");
            revisions.push((revision, content));
        }
        Some(Self { person, view: person.view(story).await?, revisions, there })
    }

    async fn broken(&self, figures: &mut Figures) -> Vec<String> {
        let (seat, story) = (self.person.seat, self.view.story);
        let mut broken = self.lost(figures);
        broken.extend(self.log(figures).await);
        if let Some(kept) = self.there {
            broken.extend(self.sent(kept, figures));
            broken.extend(self.public(kept, figures));
            broken.extend(self.at_desk(kept, figures));
            broken.extend(held::unknown_here(&self.view.axes.guards, kept, figures));
            broken.extend(self.notes(kept, figures).await);
        } else if self.view.axes.public != PublicState::Never {
            broken.push(format!("it is {:?} here, and the portal has no such story", self.view.axes.public));
        }
        if !broken.is_empty() {
            broken.push(self.came_here().await);
        }
        broken.into_iter().map(|why| format!("{seat:?}, {story}: {why}")).collect()
    }

    /// How it came to where it stands, for whoever reads of a broken law.
    async fn came_here(&self) -> String {
        let log =
            call::story_log(self.person.desk(), OfStory { story: self.view.story }).await.expect("a log");
        let here =
            log.iter().rev().map(|line| format!("{:?} by {} to {:?}", line.command, line.actor, line.desk));
        let there = self.there.into_iter().flat_map(|kept| &kept.acts).map(|act| act.command.clone());
        let [here, there] = [here.collect::<Vec<_>>(), there.collect()].map(|lines| lines.join(", "));
        format!("here: {here}; at the portal: {there}")
    }

    /// Each word that was ever saved here stands in a version that is here.
    fn lost(&self, figures: &mut Figures) -> Vec<String> {
        let saved = self.person.saved.get(&self.view.story).into_iter().flatten();
        let says = |content: &Content, word: &str| {
            [&content.headline, &content.standfirst, &content.body].iter().any(|text| text.contains(word))
        };
        let is_lost = |word: &&String| !self.revisions.iter().any(|(_, content)| says(content, word));
        let saved: Vec<_> = saved.collect();
        figures.judged("no text is lost: each word that was saved is in a version", saved.len());
        saved.into_iter().filter(is_lost).map(|word| format!("{word} was saved and is lost")).collect()
    }

    async fn log(&self, figures: &mut Figures) -> Option<String> {
        let story = self.view.story;
        let log = call::story_log(self.person.desk(), OfStory { story }).await.expect("a log");
        figures.judged("each line of each log is the one behind the last", log.len());
        story::log::broken_link(&log).map(|line| format!("the log is broken at line {line}"))
    }

    /// Each text at the portal is a version of whoever sent it.
    fn sent(&self, kept: &Kept, figures: &mut Figures) -> Vec<String> {
        let ours = kept.revisions.iter().filter(|version| version.by == self.person.user());
        let hashes: BTreeSet<&str> =
            self.revisions.iter().map(|(revision, _)| revision.hash.as_str()).collect();
        let mut broken = Vec::new();
        for version in ours {
            figures.judged("each text at the portal is a version of whoever sent it", 1);
            if !version.payload["version"].as_str().is_some_and(|hash| hashes.contains(hash)) {
                broken.push(format!("{} is at the portal and no version here", version.hash));
            }
        }
        broken
    }

    /// What the desk believes that readers have.
    fn public(&self, kept: &Kept, figures: &mut Figures) -> Vec<String> {
        figures.judged("what readers have is known on every machine", 1);
        let mut broken = Vec::new();
        let public = self.view.axes.public;
        if public != kept.public {
            broken.push(format!("readers' side is {public:?} here and {:?} there", kept.public));
        }
        let live = kept.live_version().map(|version| says(&version.payload));
        if public == PublicState::Live
            && !self.view.differs_from_live
            && live.as_ref() != Some(&text(&self.view.content))
        {
            broken.push(format!("it is said to be what readers have, and they have {live:?}"));
        }
        if (public == PublicState::Live) != self.view.public_url.is_some() {
            broken.push(format!("it is {public:?} at {:?}", self.view.public_url));
        }
        broken
    }

    /// A text that is the portal's newest stands where it stands there.
    fn at_desk(&self, kept: &Kept, figures: &mut Figures) -> Option<String> {
        if text(&self.view.content) != says(&kept.head().payload) {
            figures.forks += 1;
            return None;
        }
        let here = self.view.axes.desk;
        if self.is_this_machines_business(kept) {
            return None;
        }
        figures.judged("what nobody has changed here stands where it stands at the portal", 1);
        (here != kept.desk).then(|| format!("it is {here:?} here and {:?} there", kept.desk))
    }

    /// To set a story aside, and to bring it back, is; and so is an editor's word that the portal has not heard: it holds
    /// until they take it back or send it.
    fn is_this_machines_business(&self, kept: &Kept) -> bool {
        match self.view.axes.desk {
            DeskState::Spiked | DeskState::Draft => true,
            // What readers have, written on and brought back to what it was.
            DeskState::InEdit => kept.public == PublicState::Live && kept.desk == DeskState::Approved,
            DeskState::Approved => {
                let by_us =
                    self.view.axes.approval.as_ref().is_some_and(|word| word.by == self.person.name());
                let is = |act: &Act, commands: &[&str]| commands.contains(&act.command.as_str());
                // Of the same text, but it went on to somebody else since: that word is spent.
                let spent = |act: &Act| is(act, &["file", "take", "return", "recall"]);
                let told = kept.acts.iter().rev().take_while(|act| !spent(act)).any(|act| {
                    act.hash == kept.head().hash && is(act, &["approve", "publish", "correct", "schedule"])
                });
                by_us && !told
            }
            _ => false,
        }
    }

    /// What was said at it is heard on every machine.
    async fn notes(&self, kept: &Kept, figures: &mut Figures) -> Option<String> {
        let here = self.person.notes(self.view.story).await;
        let ids: BTreeSet<String> = here.iter().map(|note| note.note.to_string()).collect();
        let there: BTreeSet<String> = kept.notes.iter().cloned().collect();
        figures.judged("what was said is heard on every machine", there.len());
        (ids != there).then(|| format!("of the notes {there:?} these are here: {here:?}"))
    }
}

/// After any sequence of commands every story stands in exactly one list of each desk.
async fn lists(person: &Person<'_>, figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    let mut places: BTreeMap<StoryId, Vec<DeskList>> = BTreeMap::new();
    let all = client::read(&person.room.file());
    all.iter().for_each(|written| drop(places.insert(written.story, Vec::new())));
    for list in DeskList::ALL {
        let query = ListQuery { list, section: None, limit: 200, after: None };
        let rows = call::list_stories(person.desk(), query).await.expect("a list").rows;
        rows.iter().for_each(|row| places.entry(row.story).or_default().push(list));
    }
    figures.judged("every story stands in exactly one list of each desk", places.len());
    for (story, lists) in places.iter().filter(|(_, lists)| lists.len() != 1) {
        broken.push(format!("{:?}, {story}: it stands in {lists:?}", person.seat));
    }
    broken
}

/// What the desk's queue shows is what the portal's desk has open, each once.
async fn queue(person: &Person<'_>, kept: &BTreeMap<StoryId, Kept>, figures: &mut Figures) -> Option<String> {
    let queue = call::list_queue(person.desk(), Nothing {}).await.expect("a queue");
    let ours = queue.rows.iter().filter(|row| kept.contains_key(&row.story));
    let mut shown: Vec<_> = ours.map(|row| (row.story, row.desk, row.public)).collect();
    shown.sort_by_key(|(story, ..)| *story);
    let open = kept.values().filter(|kept| queue.at_desk && kept.is_open());
    let open: Vec<_> = open.map(|kept| (kept.story, kept.desk, kept.public)).collect();
    figures.judged("the queue is what the portal's desk has open, each story once", open.len());
    let seat = person.seat;
    (shown != open).then(|| format!("{seat:?}: the queue is {shown:?}, and the portal has {open:?}"))
}

/// Whatever the portal carried out, somebody asked for, and only once.
fn asked_for(kept: &Kept, written: &[&Written], figures: &mut Figures) -> Vec<String> {
    let keys: BTreeSet<&str> =
        written.iter().flat_map(|one| &one.intents).map(|intent| intent.id.as_str()).collect();
    let strange = kept.acts.iter().filter(|act| {
        // The key of a taking is in nobody's outbox: it has no text and no second attempt. What holds a story back has a
        // law of its own.
        let is_intent = act.by != "clock" && act.command != "take" && held::mark(act).is_none();
        is_intent && !keys.contains(act.key.as_str())
    });
    figures.judged("nothing is done that nobody asked for", kept.acts.len());
    strange.map(|act| format!("{}: nobody asked for {act:?}", kept.story)).collect()
}

/// What the desk calls done is done, once; what it took back never was.
fn settled(
    person: &Person<'_>,
    written: &Written,
    kept: Option<&Kept>,
    figures: &mut Figures,
) -> Vec<String> {
    let (seat, story) = (person.seat, written.story);
    let mut broken = Vec::new();
    let acts = kept.map(|kept| kept.acts.as_slice()).unwrap_or_default();
    let texts = kept.map(|kept| kept.revisions.as_slice()).unwrap_or_default();
    for intent in written.confirmed() {
        figures.judged("what is called done is done at the portal, once", 1);
        // What readers have by then is corrected.
        let is_kind =
            |act: &&Act| act.command == intent.kind || (act.command == "correct" && intent.kind == "publish");
        let times = acts.iter().filter(|act| act.key == intent.id).filter(is_kind).count();
        let was_there = intent.receipt.as_ref().is_some_and(|receipt| receipt["was_there"] == true);
        if times != 1 && !was_there && !intent.takes_down() {
            broken.push(format!("{seat:?}, {story}: confirmed and done {times} times: {intent:?}"));
        }
        let has_text = intent.payload.get("headline").is_some();
        if has_text && !texts.iter().any(|version| version.hash == intent.hash) {
            broken.push(format!("{seat:?}, {story}: its text is not at the portal: {intent:?}"));
        }
    }
    for key in person.taken_back.iter().map(ToString::to_string) {
        figures.judged("what was taken back never went out", 1);
        broken.extend(
            acts.iter()
                .filter(|act| act.key == key)
                .map(|act| format!("{seat:?}, {story}: taken back, and done: {act:?}")),
        );
    }
    broken
}

/// The words of a text. Photos have other names on other machines.
fn text(content: &Content) -> [&str; 3] {
    [&content.headline, &content.standfirst, &content.body]
}

fn says(payload: &Value) -> [&str; 3] {
    ["headline", "standfirst", "body"].map(|field| payload[field].as_str().unwrap_or_default())
}
