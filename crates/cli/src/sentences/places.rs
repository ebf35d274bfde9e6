//! Sentences about the places where readers meet a story.

use desk::wire::PlacesView;
use story::PlaceState;

use super::Sentence;

impl Sentence {
    /// What a look at all places comes to.
    pub fn places(view: &PlacesView) -> Self {
        let count = |state| view.places.iter().filter(|place| place.state == state).count();
        let (old, unread) = (count(PlaceState::Old), count(PlaceState::Unread));
        let pair = match (old, unread, view.down) {
            (0, 0, false) => {
                ("পুরোনো লেখা আর কোথাও দেখা যাচ্ছে না।", "The old wording does not show anywhere any more.")
            }
            (0, 0, true) => ("খবরটি আর কোথাও দেখা যাচ্ছে না।", "The story does not show anywhere any more."),
            (0, _, _) => (
                "যেসব জায়গা পড়া গেছে, সেখানে পুরোনো কিছু নেই; {unread}টি জায়গা পড়া যায়নি।",
                "Nothing old shows where it could be read; {unread} place(s) could not be.",
            ),
            (_, 0, false) => {
                ("{old}টি জায়গায় এখনো পুরোনো লেখা দেখা যাচ্ছে।", "The old wording still shows at {old} place(s).")
            }
            (_, 0, true) => ("{old}টি জায়গায় খবরটি এখনো দেখা যাচ্ছে।", "The story still shows at {old} place(s)."),
            (_, _, false) => (
                "{old}টি জায়গায় এখনো পুরোনো লেখা দেখা যাচ্ছে; {unread}টি জায়গা পড়া যায়নি।",
                "The old wording still shows at {old} place(s); {unread} could not be read.",
            ),
            (_, _, true) => (
                "{old}টি জায়গায় খবরটি এখনো দেখা যাচ্ছে; {unread}টি জায়গা পড়া যায়নি।",
                "The story still shows at {old} place(s); {unread} could not be read.",
            ),
        };
        let sentence = Self::new(if old == 0 { "places_clear" } else { "places_old" }, pair);
        sentence.with("old", &old.to_string()).with("unread", &unread.to_string())
    }
}
