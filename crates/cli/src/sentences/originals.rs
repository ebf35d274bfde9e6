//! Originals of photos, which go behind their stories and are no part of them.

use desk::wire::OriginalView;
use story::{DeliveryState, Originals};

use super::{Sentence, causes};

/// On which lines they go.
pub fn of_policy(originals: Originals) -> Sentence {
    let pair = match originals {
        Originals::Never => ("ছবির মূল ফাইল কোনো পোর্টালে যায় না।", "Originals of photos go to no portal."),
        Originals::Unmetered => (
            "যে সংযোগে বাইটের দাম দিতে হয় না, ছবির মূল ফাইল শুধু সেখানেই যায়।",
            "Originals of photos go only on a line that costs nothing by the byte.",
        ),
        Originals::Always => ("ছবির মূল ফাইল সব সংযোগেই যায়।", "Originals of photos go on every line."),
    };
    Sentence::new("originals", pair)
}

/// Why one waits or is not sent; `None` when there is nothing to say.
pub fn of_original(original: &OriginalView) -> Option<Sentence> {
    if original.state == DeliveryState::Confirmed {
        return None;
    }
    let (bn, en) = causes::of(original.cause?);
    let pair =
        ("“{headline}”-এর একটি ছবির মূল ফাইল: {why_bn}", "“{headline}”, the original of a photo: {why_en}");
    let sentence = Sentence::new("original", pair).with("headline", &original.headline);
    Some(sentence.with("why_bn", bn).with("why_en", en))
}
