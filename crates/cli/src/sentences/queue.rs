//! Sentences about the portal's desk.

use desk::wire::{HeldView, ReviewView};

use super::Sentence;

impl Sentence {
    /// The portal has no desk, or this account does not work at it.
    pub fn no_queue() -> Self {
        let pair = (
            "এই অ্যাকাউন্ট থেকে পোর্টালের ডেস্কের তালিকা দেখা যায় না।",
            "The queue of the portal's desk cannot be seen from this account.",
        );
        Self::new("no_queue", pair)
    }

    /// Some of what waits was written at the portal itself.
    pub fn waiting_elsewhere(count: u32) -> Self {
        let pair = (
            "পোর্টালেই লেখা আরও {count}টি লেখা সেখানে অপেক্ষায় আছে। সেগুলো এখানে খোলে না, পোর্টালেই সম্পাদনা করুন।",
            "{count} more wait that were written at the portal itself. They do not open here; edit them at the portal.",
        );
        Self::new("waiting_elsewhere", pair).with("count", &count.to_string())
    }

    /// The portal keeps nobody from working at the same story.
    pub fn no_leases() -> Self {
        let pair = (
            "এই পোর্টাল কারও হাতে থাকা লেখা অন্যের জন্য আটকায় না: একই লেখায় একাধিক জন কাজ করতে পারেন।",
            "This portal does not keep a story for whoever takes it: several people may work on the same one.",
        );
        Self::new("no_leases", pair)
    }

    /// Somebody else has the story.
    pub fn held(held: &HeldView) -> Self {
        let pair = (
            "লেখাটি এখন {name}-এর হাতে আছে ({device})। নিজের হাতে নিতে --take-over দিন; তাঁর লেখা তাঁর কাছেই থাকবে।",
            "{name} has the story now ({device}). Give --take-over to take it; what they wrote stays with them.",
        );
        Self::new("held", pair).with("name", &held.name).with("device", &held.device)
    }

    /// The story was taken without the desk's word.
    pub fn tentative() -> Self {
        let pair = (
            "পোর্টালে পৌঁছানো যাচ্ছে না: লেখাটি এখানে হাতে নেওয়া হয়েছে, ডেস্ক এখনো জানে না। সংযোগ ফিরলে জানানো হবে।",
            "The portal cannot be reached: the story is taken here, and the desk does not know yet. It will be asked when the connection is back.",
        );
        Self::new("tentative", pair)
    }

    /// The story came back from the desk.
    pub fn returned(review: &ReviewView) -> Self {
        let pair = match review.theirs {
            None => ("{name} লেখাটি ফেরত দিয়েছেন: {reason}", "{name} returned the story: {reason}"),
            Some(_) => (
                "{name} লেখাটি ফেরত দিয়েছেন: {reason} ডেস্কের লেখাটি ইতিহাসে সংস্করণ {version}; আপনার খসড়া যেমন ছিল তেমনই আছে।",
                "{name} returned the story: {reason} The desk's text is version {version} in the history; your draft is as you left it.",
            ),
        };
        let version = review.theirs.map(|number| number.to_string()).unwrap_or_default();
        let sentence = Self::new("returned", pair).with("name", &review.by);
        sentence.with("version", &version).with("reason", &review.reason)
    }
}
