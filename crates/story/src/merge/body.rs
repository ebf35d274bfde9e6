//! The body of three versions: where each side changed the base, and where both did.

use std::ops::Range;

use super::{Part, Place, Side, fields::both};
use crate::{
    content::Content,
    difference::{Field, Hunk, hunks, part, parts},
};

/// The merged body; the places where the sides differ are added to `places`.
pub(super) fn merged(
    base: Option<&Content>,
    (ours, theirs): (&Content, &Content),
    places: &mut Vec<Place>,
) -> Vec<Part> {
    let mut writing = Writing { places, parts: Vec::new() };
    match base {
        Some(base) => writing.three(&base.body, &ours.body, &theirs.body),
        None => writing.two(&ours.body, &theirs.body),
    }
    writing.parts
}

/// The body with what was chosen for each place.
pub(super) fn whole(parts: &[Part], chosen: &[String]) -> String {
    let said = parts.iter().filter_map(|part| match part {
        Part::Text { text } => Some(text),
        Part::Place { place } => chosen.get(usize::try_from(*place).ok()?),
    });
    said.map(String::as_str).collect()
}

struct Writing<'a> {
    places: &'a mut Vec<Place>,
    parts: Vec<Part>,
}

impl Writing<'_> {
    fn three(&mut self, base: &str, ours: &str, theirs: &str) {
        let (mut our_hunks, mut their_hunks) = (Hunks::of(base, ours), Hunks::of(base, theirs));
        let mut at = 0;
        while let Some(start) = [our_hunks.start(), their_hunks.start()].into_iter().flatten().min() {
            self.text(part(base, &(at..start)));
            let stretch = stretch(base, start, &mut our_hunks, &mut their_hunks);
            let (we, they) = (our_hunks.take(&stretch), their_hunks.take(&stretch));
            self.differing(part(base, &stretch), we, they);
            at = stretch.end;
        }
        self.text(part(base, &(at..base.len())));
    }

    /// Nobody knows what stood there before.
    fn two(&mut self, ours: &str, theirs: &str) {
        let mut at = 0;
        for Hunk { old, new } in hunks(ours, theirs) {
            self.text(part(ours, &(at..old.start)));
            self.place("", part(ours, &old), part(theirs, &new), None);
            at = old.end;
        }
        self.text(part(ours, &(at..ours.len())));
    }

    fn differing(&mut self, base: &str, ours: Option<&str>, theirs: Option<&str>) {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours == theirs => self.text(ours),
            (Some(ours), Some(theirs)) => self.place(base, ours, theirs, None),
            (Some(ours), None) => self.place(base, ours, base, Some(Side::Ours)),
            (None, Some(theirs)) => self.place(base, base, theirs, Some(Side::Theirs)),
            (None, None) => self.text(base),
        }
    }

    fn text(&mut self, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Text { text: last }) => last.push_str(text),
            _ => self.parts.push(Part::Text { text: text.to_owned() }),
        }
    }

    fn place(&mut self, base: &str, ours: &str, theirs: &str, settled: Option<Side>) {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.parts.push(Part::Place { place: number });
        self.places.push(Place {
            field: Field::Body,
            photo: None,
            base: base.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            both: both(Field::Body, base, ours, theirs),
            settled,
        });
    }
}

/// What one side changed, from the front.
struct Hunks<'a> {
    text: &'a str,
    left: std::iter::Peekable<std::vec::IntoIter<Hunk>>,
    /// The hunks of the stretch under way.
    taken: Vec<Hunk>,
}

impl<'a> Hunks<'a> {
    fn of(base: &str, text: &'a str) -> Self {
        Self { text, left: hunks(base, text).into_iter().peekable(), taken: Vec::new() }
    }

    fn start(&mut self) -> Option<usize> {
        self.left.peek().map(|hunk| hunk.old.start)
    }

    /// Takes the next hunk when nothing that would keep two changes apart stands between `end` and it; gives its end.
    fn joins(&mut self, base: &str, end: usize) -> Option<usize> {
        let near = |hunk: &Hunk| hunk.old.start <= end || !parts(part(base, &(end..hunk.old.start)));
        let hunk = self.left.next_if(near)?;
        let its_end = hunk.old.end;
        self.taken.push(hunk);
        Some(its_end)
    }

    /// What this side says for a stretch of the base; `None` when it left it as it was.
    fn take(&mut self, stretch: &Range<usize>) -> Option<&'a str> {
        let taken = std::mem::take(&mut self.taken);
        let (first, last) = (taken.first()?, taken.last()?);
        let start = first.new.start.saturating_sub(first.old.start - stretch.start);
        let end = last.new.end + (stretch.end - last.old.end);
        Some(part(self.text, &(start..end)))
    }
}

/// The stretch of the base from `start` that the sides' next changes cover together.
fn stretch(base: &str, start: usize, ours: &mut Hunks, theirs: &mut Hunks) -> Range<usize> {
    let mut end = start;
    while let Some(further) = ours.joins(base, end).or_else(|| theirs.joins(base, end)) {
        end = end.max(further);
    }
    start..end
}
