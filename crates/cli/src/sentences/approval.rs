//! Whether one person may approve what nobody else has written.

use super::Sentence;

impl Sentence {
    /// The current portal's newsroom has one person.
    pub fn newsroom_of_one() -> Self {
        Self::new(
            "newsroom_of_one",
            (
                "এই পোর্টালের বার্তাকক্ষে একজনই: নিজের লেখা নিজেই অনুমোদন করেন।",
                "This portal's newsroom has one person, who approves what nobody else has written.",
            ),
        )
    }

    /// One-person mode is on.
    pub fn one_person_until(until: &str) -> Self {
        Self::new(
            "one_person",
            (
                "একা কাজ চালু, {until} পর্যন্ত। এভাবে অনুমোদন করা লেখায় চিহ্ন থাকবে।",
                "One-person mode is on until {until}. What is approved so is marked.",
            ),
        )
        .with("until", until)
    }

    /// One-person mode is off.
    pub fn second_person() -> Self {
        Self::new(
            "second_person",
            (
                "একা কাজ বন্ধ: নিজের লেখা আরেকজনকে দিয়ে অনুমোদন করাতে হবে।",
                "One-person mode is off: somebody else has to approve what you alone have written.",
            ),
        )
    }
}
