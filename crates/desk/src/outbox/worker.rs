//! The worker: one task for each desk. It takes up whatever is due. Photos go a few at a time, in the order in
//! which they were asked for, so that the first story is whole first; stories go beside them, so that none waits
//! for another's photos. An original goes alone, when nothing else can. That a story waits for its own photos and its earlier acts, the store sees to.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use store::Intent;
use story::{Cause, DeliveryState, IntentId, IntentKind, PortalId, Sha256Hex, StoryId};
use tokio::{
    sync::oneshot,
    task::{self, JoinSet},
};

use super::{
    attempt::attempt,
    originals, shown,
    watch::{self, Watch},
};
use crate::{
    Desk, portals, queue,
    wire::{CommandError, DeskEvent},
};

/// Stories on their way at the same time, at most.
const STORIES_AT_ONCE: usize = 4;
/// Photos on their way at the same time, at most: enough to fill a line that loses packets, and few enough to
/// cost little when it is cut.
const PHOTOS_AT_ONCE: usize = 4;
/// How often to look whether the network is back while something waits for it.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// How long such a look may take; nothing new is taken up meanwhile.
const LOOK_PATIENCE: Duration = Duration::from_secs(5);
/// How often to look at all, in case the clock was changed or the machine slept.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// Not more often than this, whatever the clock says.
const SHORTEST: Duration = Duration::from_millis(50);

/// Work that goes on beside the window. It stops when this is dropped; what was under way then is looked up on the next
/// start.
#[must_use]
pub struct Worker {
    stop: Option<oneshot::Sender<()>>,
    task: tokio::task::JoinHandle<()>,
}

impl Worker {
    /// On the current runtime, in a task of its own: what goes wrong with it harms no other.
    fn of(work: impl Future<Output = ()> + Send + 'static) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            tokio::select! {
                () = work => {}
                _ = stopped => {}
            }
        });
        Self { stop: Some(stop), task }
    }

    /// Stops and waits until nothing is under way in this process.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Err(error) = (&mut self.task).await {
            tracing::warn!(%error, "work beside the window ended badly");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Dropped inside a runtime or after it: aborting is safe in both.
        if self.stop.take().is_some() {
            self.task.abort();
        }
    }
}

impl Desk {
    /// Starts the outbox worker. One is enough; two would only get in each other's way.
    pub fn start_worker(&self) -> Worker {
        Worker::of(Rounds::new(self.clone()).run())
    }

    /// Begins to follow the current portal's desk. Once is enough here too.
    pub fn follow_portal(&self) -> Worker {
        Worker::of(queue::follow(self.clone()))
    }

    /// Asks the current portal once for sections and lists, and makes the day's backup: what can wait until
    /// the window stands.
    ///
    /// # Errors
    /// What the disk says; an unreachable portal is no error.
    pub async fn catch_up(&self) -> Result<(), CommandError> {
        self.blocking(|desk| Ok(desk.store().backup_daily(desk.host().now()).map(drop)?)).await?;
        portals::refresh(self).await
    }
}

/// What an attempt under way keeps others from.
#[derive(Clone, PartialEq, Eq)]
struct Taken {
    intent: IntentId,
    /// Another one may not be sent while the story is taken down.
    story: StoryId,
    /// The same photo of two stories goes once: afterwards the portal has it.
    photo: Option<(PortalId, Sha256Hex)>,
    /// It makes way for everything else.
    is_original: bool,
    /// It takes the story from the readers.
    takes_down: bool,
}

impl Taken {
    fn by(intent: &Intent) -> Self {
        let photo = match &intent.kind {
            IntentKind::Photo { sha256 } => Some((intent.portal, sha256.clone())),
            _ => None,
        };
        let is_original = matches!(intent.kind, IntentKind::Original { .. });
        let takes_down = intent.kind.takes_down();
        Self { intent: intent.id, story: intent.story, photo, is_original, takes_down }
    }

    /// It brings the story itself towards the readers, or its originals to the desk.
    fn brings(&self, story: StoryId) -> bool {
        self.story == story && self.photo.is_none() && !self.takes_down
    }

    /// Of two that take a story down, one waits for the other: were each to stop the other, neither would ever go.
    fn rules_out(&self, other: &Self) -> bool {
        self.intent == other.intent
            || (self.photo.is_some() && self.photo == other.photo)
            || (self.takes_down && other.takes_down && self.story == other.story)
    }
}

struct Rounds {
    desk: Desk,
    under_way: JoinSet<()>,
    taken: HashMap<task::Id, (Taken, task::AbortHandle)>,
    /// Whether each portal answered the last small question that it was asked.
    answered: HashMap<PortalId, bool>,
    watch: Watch,
}

impl Rounds {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            under_way: JoinSet::new(),
            taken: HashMap::new(),
            answered: HashMap::new(),
            watch: Watch::default(),
        }
    }

    async fn run(mut self) {
        loop {
            let pause = match self.take_up().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read");
                    LOOK_AGAIN
                }
            };
            tokio::select! {
                Some(done) = self.under_way.join_next_with_id() => self.ended(done),
                () = self.desk.woken() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    fn ended(&mut self, done: Result<(task::Id, ()), task::JoinError>) {
        let id = match done {
            Ok((id, ())) => id,
            Err(error) => {
                if !error.is_cancelled() {
                    tracing::error!(%error, "an attempt ended badly");
                }
                error.id()
            }
        };
        self.taken.remove(&id);
    }

    /// Whoever takes a story down finds what there is of it: what brings it to the readers at this moment is stopped
    /// first, and stays in doubt. Says whether there was any such thing; the end of it starts the next round.
    fn stop_bringing(&self, story: StoryId) -> bool {
        let brings = self.taken.values().filter(|(taken, _)| taken.brings(story));
        brings.map(|(_, attempt)| attempt.abort()).count() > 0
    }

    /// Starts what is due; says how long nothing else will be.
    async fn take_up(&mut self) -> Result<Duration, CommandError> {
        if self.under_way.is_empty() {
            // An attempt that was stopped, or that the disk did not let end, is nobody's now.
            self.desk.blocking(|desk| Ok(desk.store().doubt_interrupted()?)).await?;
        }
        let (due, pause) = self.desk.blocking(due).await?;
        for intent in due {
            let wanted = Taken::by(&intent);
            if self.has_room_for(&wanted) && !(intent.kind.takes_down() && self.stop_bringing(intent.story)) {
                self.begin(intent, wanted);
            }
        }
        if self.under_way.is_empty() {
            self.look_for_network().await?;
        }
        let again = self.watch.look(&self.desk).await?;
        Ok(again.map_or(pause, |again| pause.min(again.max(SHORTEST))))
    }

    /// While something waits for the network, asks the portal a small question. When it answers again after a silence,
    /// or for the first time since the start, everything goes on. A portal that answers all the while is no such news:
    /// a line that lets small questions through and breaks every photo would be asked twenty times a second.
    async fn look_for_network(&mut self) -> Result<(), CommandError> {
        let open = self.desk.blocking(|desk| Ok(desk.store().open_intents()?)).await?;
        let waiting: Vec<Intent> = open.into_iter().filter(waits_for_network).collect();
        for id in portals_of(&waiting) {
            let Ok(portal) = portals::connected(&self.desk, id).await else { continue };
            let answer = tokio::time::timeout(LOOK_PATIENCE, portal.about()).await;
            let answers = matches!(answer, Ok(Ok(_)));
            let answered = self.answered.insert(id, answers);
            if !answers || answered == Some(true) {
                continue;
            }
            self.desk.set_reachable(true);
            let ids: Vec<IntentId> = waiting.iter().filter(|w| w.portal == id).map(|w| w.id).collect();
            self.desk.blocking(move |desk| release(desk, &ids)).await?;
            self.desk.wake();
        }
        Ok(())
    }

    /// An original that is under way is stopped, and goes on later where it stopped: what a story needs has the whole
    /// line.
    fn make_way(&self) {
        let originals = self.taken.values().filter(|(taken, _)| taken.is_original);
        originals.for_each(|(_, attempt)| attempt.abort());
    }

    fn has_room_for(&self, wanted: &Taken) -> bool {
        if wanted.is_original && !self.taken.is_empty() {
            return false;
        }
        let taken = || self.taken.values().map(|(taken, _)| taken);
        if taken().any(|taken| taken.rules_out(wanted)) {
            return false;
        }
        let is_photo = wanted.photo.is_some();
        let others = taken().filter(|taken| !taken.is_original);
        let alike = others.filter(|taken| taken.photo.is_some() == is_photo).count();
        alike < if is_photo { PHOTOS_AT_ONCE } else { STORIES_AT_ONCE }
    }

    fn begin(&mut self, intent: Intent, taken: Taken) {
        if !taken.is_original {
            self.make_way();
        }
        let desk = self.desk.clone();
        let task = self.under_way.spawn(async move {
            let (id, story) = (intent.id, intent.story);
            if let Err(error) = attempt(&desk, intent).await {
                tracing::warn!(intent = %id, %story, %error, "an attempt could not be made or written down");
                // The disk or the like: not again at once.
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        });
        self.taken.insert(task.id(), (taken, task));
    }
}

/// What may be sent now, and how long to sleep when nothing else happens.
fn due(desk: &Desk) -> Result<(Vec<Intent>, Duration), CommandError> {
    let now = desk.host().now();
    let mut due = Vec::new();
    let mut pause = watch::pause(desk, now)?.unwrap_or(HEARTBEAT).min(HEARTBEAT);
    if super::is_paused(desk)? {
        return Ok((due, pause.max(SHORTEST)));
    }
    let open = desk.store().open_intents()?;
    for portal in portals_of(&open) {
        if open.iter().any(|intent| intent.portal == portal && waits_for_sign_in(intent)) {
            continue;
        }
        due.extend(desk.store().due_intents(portal, now)?);
        if let Some(next) = desk.store().next_due_at(portal)? {
            pause = pause.min((next - now).to_std().unwrap_or(SHORTEST));
        }
    }
    if open.iter().any(waits_for_network) {
        pause = pause.min(LOOK_AGAIN);
    }
    Ok((due, pause.max(SHORTEST)))
}

fn portals_of(open: &[Intent]) -> BTreeSet<PortalId> {
    open.iter().map(|intent| intent.portal).collect()
}

/// One refused sign-in stops the portal's whole queue: a person is asked once, no other attempt is wasted. That of an
/// original stops nothing.
fn waits_for_sign_in(intent: &Intent) -> bool {
    let is_locked = matches!(intent.cause, Some(Cause::SignedOut | Cause::NoSecret));
    intent.state == DeliveryState::Blocked && is_locked && !matches!(intent.kind, IntentKind::Original { .. })
}

fn waits_for_network(intent: &Intent) -> bool {
    intent.state.is_waiting() && intent.next_at.is_some() && intent.cause.is_some_and(portals::is_network)
}

pub(super) fn release(desk: &Desk, intents: &[IntentId]) -> Result<(), CommandError> {
    for intent in intents {
        match desk.store().release(*intent) {
            Ok(_) | Err(store::StoreError::WrongState(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Tells everybody where an intent stands now: for a photo, where its story does.
pub(super) fn tell_moved(desk: &Desk, id: IntentId) {
    let desk = desk.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = tell_state(&desk, id) {
            tracing::warn!(intent = %id, %error, "where an intent stands could not be told");
        }
        desk.intent_moved();
    });
}

fn tell_state(desk: &Desk, id: IntentId) -> Result<(), CommandError> {
    let _alone = desk.telling();
    let intent = desk.store().intent(id)?;
    if let Some(original) = originals::view(&intent) {
        desk.tell(DeskEvent::OriginalMoved { original: Box::new(original) });
        return Ok(());
    }
    let all = desk.store().intents_of(intent.story)?;
    let story = all.iter().find(|other| other.id == id || other.parents.contains(&id));
    if let Some(intent) = story.and_then(|story| shown(desk, story)) {
        desk.tell(DeskEvent::IntentMoved { intent: Box::new(intent) });
    }
    if matches!(intent.state, DeliveryState::Sending) {
        return Ok(());
    }
    let row = desk.store().row(intent.story)?;
    let public = row.axes.public;
    desk.tell(DeskEvent::StoryMoved { story: row.story, axes: row.axes, public });
    Ok(())
}
