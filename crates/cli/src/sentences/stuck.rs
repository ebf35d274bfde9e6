//! What a person can do about a delivery that the portal's own version, or its own way of keeping things, stands in
//! the way of.

use desk::wire::{IntentView, TheirsView};
use story::{Difference, LostKind};

use super::Sentence;

/// What stands in the way and what can be done; nothing for every other delivery.
pub fn of_stuck(intent: &IntentView) -> Vec<Sentence> {
    let mut said = Vec::new();
    if let Some(theirs) = &intent.theirs {
        said.push(theirs_is(intent, theirs));
        said.extend(lost(theirs));
    }
    if intent.accepted.is_none() {
        said.extend(intent.differences.iter().map(otherwise));
    }
    if intent.acceptable {
        let pair = (
            "এভাবেই থাকলে চললে: outbox accept {intent}; আবার পাঠাতে: outbox send {intent}।",
            "If it may stay so: outbox accept {intent}; to send it again: outbox send {intent}.",
        );
        said.push(Sentence::new("acceptable", pair).with("intent", &intent.intent.to_string()));
    }
    said
}

fn theirs_is(intent: &IntentView, theirs: &TheirsView) -> Sentence {
    let pair = (
        "পোর্টালে কেউ এই লেখা বদলেছেন। পোর্টালের লেখাটি ইতিহাসে সংস্করণ {version} হয়ে আছে: story show {story} --version {version}। সেটি নিতে outbox accept-theirs {intent}; তার জায়গায় আপনারটি প্রকাশ করতে outbox publish-over {intent}।",
        "Somebody changed this story at the portal. The portal's version is version {version} in the history: story show {story} --version {version}. To take it over: outbox accept-theirs {intent}; to publish yours over it: outbox publish-over {intent}.",
    );
    Sentence::new("theirs", pair)
        .with("version", &theirs.revision.to_string())
        .with("story", &intent.story.to_string())
        .with("intent", &intent.intent.to_string())
}

/// One sentence for each kind of thing that has no place here.
fn lost(theirs: &TheirsView) -> Vec<Sentence> {
    let kinds = [
        (
            LostKind::Block,
            (
                "পোর্টালের লেখায় এমন অংশ আছে, যার গঠন এখানে রাখা যায় না (কথাগুলো থাকলে লেখায় আছে): {names}।",
                "The portal's version has parts whose form cannot be kept here (their words, if any, stand in the text): {names}.",
            ),
        ),
        (
            LostKind::Photo,
            (
                "পোর্টালের লেখায় এমন ছবি আছে, যা এই যন্ত্রে নেই (ক্যাপশন ও কৃতজ্ঞতা লেখায় আছে): {names}।",
                "The portal's version has photos that are not on this machine (caption and credit stand in the text): {names}.",
            ),
        ),
        (
            LostKind::Field,
            (
                "পোর্টালের লেখায় এমন তথ্য আছে, যা এখানে রাখা যায় না: {names}।",
                "The portal's version has fields that cannot be kept here: {names}.",
            ),
        ),
    ];
    let said = kinds.into_iter().filter_map(|(kind, pair)| {
        let names = theirs.lost.iter().filter(|lost| lost.kind == kind).map(|lost| lost.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| Sentence::new("lost", pair).with("names", &names))
    });
    said.collect()
}

fn otherwise(found: &Difference) -> Sentence {
    let pair = (
        "{at}: পাঠানো হয়েছিল “{sent}”, পোর্টালে আছে “{kept}”।",
        "{at}: “{sent}” was sent, the portal has “{kept}”.",
    );
    Sentence::new("otherwise", pair).with("at", &found.at).with("sent", &found.sent).with("kept", &found.kept)
}
