//! The portal's book, played again through the desk's command table: it never accepted what the table forbids.
//!
//! Texts and commands stand in two tables that share no order. So every order that keeps both is tried, and one must do:
//! in it each command was allowed where the story stood, and at its end the story stands where the portal says.

use std::collections::{BTreeMap, HashSet};

use chrono::DateTime;
use story::{Approval, Axes, Command, Consent, DeskState, PublicState, Role, Sha256Hex, decide};

use crate::{
    book::{Act, Kept},
    held::Held,
};

/// Who stands in the book for what the portal's clock brought about.
const CLOCK: &str = "clock";

/// Where a story stands at the portal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    desk: DeskState,
    public: PublicState,
    approved: Option<String>,
    planned: Option<String>,
    live: Option<String>,
    held: Held,
}

/// One story's book, and who may do what.
struct Replay<'a> {
    kept: &'a Kept,
    roles: &'a BTreeMap<String, Role>,
}

/// What the table forbids and the portal accepted, if anything.
pub fn forbidden(kept: &Kept, roles: &BTreeMap<String, Role>) -> Option<String> {
    let replay = Replay { kept, roles };
    let (texts, acts) = (kept.revisions.len(), kept.acts.len());
    let begin = Place {
        desk: DeskState::Draft,
        public: PublicState::Never,
        approved: None,
        planned: None,
        live: None,
        held: Held::default(),
    };
    // By the number of texts and of commands that have come.
    let mut places = vec![vec![HashSet::new(); acts + 1]; texts + 1];
    places[0][0].insert(begin);
    let mut furthest = 0;
    for text in 0..=texts {
        for act in 0..=acts {
            for place in places[text][act].clone() {
                furthest = furthest.max(act);
                if let Some(next) = (text < texts).then(|| replay.text(&place, text)).flatten() {
                    places[text + 1][act].insert(next);
                }
                if act < acts {
                    places[text][act + 1].extend(replay.act(&place, text, &kept.acts[act]));
                }
            }
        }
    }
    let ends = &places[texts][acts];
    if ends.contains(&replay.end()) {
        return None;
    }
    let book = kept.acts.iter().map(|act| format!("{} by {}", act.command, act.by)).collect::<Vec<_>>();
    Some(match kept.acts.get(furthest) {
        Some(act) if ends.is_empty() => {
            format!("{}: the portal accepted {act:?}, which no table allows after {book:?}", kept.story)
        }
        _ => format!("{}: by the book {book:?} it stands at one of {ends:?} and not at {kept:?}", kept.story),
    })
}

impl Replay<'_> {
    /// Where the portal says that it stands.
    fn end(&self) -> Place {
        let Kept { desk, public, approved, planned, live, guards, .. } = self.kept.clone();
        Place { desk, public, approved, planned, live, held: Held::of(&guards) }
    }

    /// Once this text has come; `None` where its writer may not write it.
    fn text(&self, place: &Place, number: usize) -> Option<Place> {
        let by = &self.kept.revisions[number].by;
        if number == 0 {
            return Some(place.clone());
        }
        let is_author = *by == self.kept.author;
        if !self.may_write(by) {
            return None;
        }
        let is_taken = place.desk == DeskState::Approved || (place.desk == DeskState::Filed && !is_author);
        if is_taken {
            return Some(Place { desk: DeskState::InEdit, approved: None, ..place.clone() });
        }
        Some(place.clone())
    }

    /// Once this command was carried out behind so many texts; `None` where it is forbidden.
    fn act(&self, place: &Place, texts: usize, act: &Act) -> Option<Place> {
        let head = &self.kept.revisions.get(texts.checked_sub(1)?)?.hash;
        let (is_head, is_planned) = (act.hash == *head, place.planned.as_ref() == Some(&act.hash));
        if act.by == CLOCK {
            return Self::clock(place, act).filter(|_| is_planned);
        }
        let held = place.held.after(act)?;
        let desk = |command| decide(command, &place.axes(None), self.role(&act.by)).ok();
        match act.command.as_str() {
            "file" if is_head => {
                let again = || self.may_file_again(place, act).then_some(DeskState::Filed);
                desk(Command::File)
                    .or_else(again)
                    .filter(|_| self.may_write(&act.by))
                    .map(|desk| place.at(desk))
            }
            "take" if is_head => desk(Command::Take).map(|desk| place.at(desk)),
            "return" if is_head && !act.note.is_empty() => desk(Command::Return).map(|desk| place.at(desk)),
            "recall" if is_head && act.by == self.kept.author => {
                desk(Command::Recall).map(|desk| place.at(desk))
            }
            "approve" if is_head => self.judged(place, texts, act),
            "publish" if is_head || is_planned => self.goes_out(place, texts, act, Command::Publish),
            "correct" if is_head => self.goes_out(place, texts, act, Command::Correct),
            "schedule" if is_head && place.public != PublicState::Withdrawn => {
                let place = self.goes_out(place, texts, act, Command::Schedule)?;
                Some(Place { planned: Some(act.hash.clone()), ..place })
            }
            "withdraw" | "ask_kill" => self.taken_down(place, act, head).map(|place| {
                let was_live = matches!(place.public, PublicState::Live | PublicState::Withdrawn);
                let public = if was_live { PublicState::Withdrawn } else { PublicState::Never };
                Place { public, held, ..place }
            }),
            "kill" | "kill_alone" => self.taken_down(place, act, head).map(|place| Place {
                public: PublicState::Killed,
                held,
                ..place
            }),
            _ => self.may_hold_back(place, act).then(|| Place { held, ..place.clone() }),
        }
    }

    /// A time has come.
    fn clock(place: &Place, act: &Act) -> Option<Place> {
        match (act.command.as_str(), place.held.keeps_back(act.at)) {
            ("publish", false) => Some(goes_live(place, act)),
            ("hold_back", true) => Some(Place { public: PublicState::Never, planned: None, ..place.clone() }),
            _ => None,
        }
    }

    /// Something is put on or taken off, which moves the story nowhere. A correspondent's own story alone is theirs to hold
    /// until a time.
    fn may_hold_back(&self, place: &Place, act: &Act) -> bool {
        let command = match act.command.as_str() {
            "flag" => Command::Flag,
            "ask_clear" => Command::AskClear,
            "clear_flag" => Command::ClearFlag,
            "clear_alone" => Command::ClearAlone,
            "call_off_kill" => Command::CallOffKill,
            "set_embargo" if self.may_write(&act.by) => Command::SetEmbargo,
            "lift_embargo" if self.may_write(&act.by) => Command::LiftEmbargo,
            _ => return false,
        };
        decide(command, &place.axes(None), self.role(&act.by)).is_ok()
    }

    fn may_write(&self, user: &str) -> bool {
        user == self.kept.author || self.role(user) != Role::Correspondent
    }

    /// An author may file a newer text of what nobody has taken, and anybody a correction of what readers have.
    fn may_file_again(&self, place: &Place, act: &Act) -> bool {
        match place.desk {
            DeskState::Filed => act.by == self.kept.author,
            DeskState::InEdit | DeskState::Approved => place.public == PublicState::Live,
            _ => false,
        }
    }

    /// Where an editor says that this version may go to readers, and may say so.
    fn judged(&self, place: &Place, texts: usize, act: &Act) -> Option<Place> {
        let stands = place.approved.as_ref() == Some(&act.hash);
        let alone = self.kept.revisions[..texts].iter().all(|version| version.by == act.by);
        let may = match act.consent {
            Some(Consent::Before) => stands,
            Some(Consent::Alone) => true,
            // That is a word for a kill.
            Some(Consent::Glass) => false,
            None => stands || !alone,
        };
        let desk = decide(Command::Approve, &place.axes(None), self.role(&act.by)).ok().filter(|_| may)?;
        Some(Place { desk, approved: Some(act.hash.clone()), ..place.clone() })
    }

    /// Approval and publication in one.
    fn goes_out(&self, place: &Place, texts: usize, act: &Act, command: Command) -> Option<Place> {
        let judged = self.judged(place, texts, act)?;
        decide(command, &judged.axes(Some(&act.hash)), self.role(&act.by)).ok()?;
        if command == Command::Schedule {
            return Some(Place { public: PublicState::Scheduled, ..judged });
        }
        Some(goes_live(&judged, act))
    }

    /// It names what readers have or will get; where they get nothing, what may be on its way to them.
    fn taken_down(&self, place: &Place, act: &Act, head: &str) -> Option<Place> {
        let shown = place.planned.as_ref().or(place.live.as_ref());
        let gets_nothing = matches!(place.public, PublicState::Never | PublicState::Withdrawn);
        let named = shown == Some(&act.hash) || (gets_nothing && act.hash == head);
        let may = self.role(&act.by) == Role::Editor && place.public != PublicState::Killed;
        (named && may).then(|| Place { planned: None, ..place.clone() })
    }

    fn role(&self, user: &str) -> Role {
        self.roles.get(user).copied().unwrap_or(Role::Admin)
    }
}

impl Place {
    /// In other hands, where no approval holds.
    fn at(&self, desk: DeskState) -> Self {
        Self { desk, approved: None, ..self.clone() }
    }

    /// As the desk's table has it.
    fn axes(&self, approved: Option<&str>) -> Axes {
        let approval = approved.map(|hash| Approval {
            version: Sha256Hex::of(hash.as_bytes()),
            by: String::new(),
            at: DateTime::UNIX_EPOCH,
            alone: false,
            sent: false,
        });
        let guards = self.held.guards();
        Axes { desk: self.desk, public: self.public, approval, guards, ..Axes::new_draft() }
    }
}

fn goes_live(place: &Place, act: &Act) -> Place {
    let live = Some(act.hash.clone());
    Place { public: PublicState::Live, live, planned: None, ..place.clone() }
}
