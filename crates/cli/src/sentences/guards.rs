//! What holds a story back, and the morning sheet.

use desk::wire::{SheetLineView, SheetSource};
use story::{Command, Guards, Language, LegalFlag, Said};

use super::{Pair, Sentence, errors};

/// Everything that holds a story back, or that nothing does.
pub fn of_guards(guards: &Guards) -> Vec<Sentence> {
    let legal = guards.legal.as_deref().map(flagged);
    let embargo = guards.embargo.as_ref().map(|embargo| {
        let pair = ("{until} পর্যন্ত প্রকাশ নিষেধ।", "Under embargo until {until}.");
        Sentence::new("embargo", pair).with("until", &embargo.until.to_rfc3339())
    });
    let kill = guards.kill.as_deref().map(Sentence::kill_waits);
    let said: Vec<_> = legal.into_iter().chain(embargo).chain(kill).collect();
    if !said.is_empty() {
        return said;
    }
    let pair = ("লেখাটি কিছুতে আটকে নেই।", "Nothing holds the story back.");
    vec![Sentence::new("nothing_holds_back", pair)]
}

fn flagged(flag: &LegalFlag) -> Sentence {
    let pair = match flag.clearing {
        None => ("আইনি আপত্তি আছে, দিয়েছেন {by}: {reason}", "There is a legal flag, by {by}: {reason}"),
        Some(_) => (
            "আইনি আপত্তি আছে, দিয়েছেন {by}: {reason} {asked} তা তুলতে চেয়েছেন; আরেকজন সম্পাদককে সায় দিতে হবে।",
            "There is a legal flag, by {by}: {reason} {asked} wants it cleared; another editor has to agree.",
        ),
    };
    let asked = flag.clearing.as_ref().map(|said| said.by.as_str()).unwrap_or_default();
    let (by, reason) = (&flag.raised.by, &flag.raised.reason);
    Sentence::new("flagged", pair).with("asked", asked).with("by", by).with("reason", reason)
}

/// Why it was done, or in spite of which warnings.
pub fn in_spite_of(line: &SheetLineView, language: Language) -> String {
    if line.command != Some(Command::OverrideWarning) {
        return line.note.clone();
    }
    let fallen = match language {
        Language::Bn => "অন্য একটি পাঠ অনুমোদিত ছিল।",
        Language::En => "Another text had been approved.",
    };
    let opening = if line.note.contains("approval_fell") { fallen } else { "" };
    errors::findings(opening, &line.note, language).trim().to_owned()
}

impl Sentence {
    /// A kill waits for a second person.
    pub fn kill_waits(asked: &Said) -> Self {
        let pair = (
            "{by} স্থায়ীভাবে তুলে নিতে চেয়েছেন; পাঠক আর দেখছেন না। আরেকজন সম্পাদক সায় দিলে তা চূড়ান্ত হবে।",
            "{by} asked for a kill; readers have it no more. It is final once another editor agrees.",
        );
        Self::new("kill_waits", pair).with("by", &asked.by)
    }

    /// The times of a sheet are the wrong way round.
    pub fn ends_before_it_begins() -> Self {
        let pair = ("--until অবশ্যই --since-এর পরের সময় হবে।", "--until has to be later than --since.");
        Self::new("ends_before_it_begins", pair)
    }

    /// The empty sheet.
    pub fn nothing_unusual() -> Self {
        Self::new("nothing_unusual", ("নিয়মের বাইরে কিছু ঘটেনি।", "Nothing out of the ordinary."))
    }

    /// Whose word a sheet is.
    pub fn sheet_source(source: SheetSource) -> Self {
        let pair = match source {
            SheetSource::Portal => ("পোর্টালের হিসাব, পুরো বার্তাকক্ষের।", "By the portal, for the whole newsroom."),
            SheetSource::Offline => (
                "পোর্টালে পৌঁছানো যাচ্ছে না; এটি শুধু এই যন্ত্রের হিসাব।",
                "The portal cannot be reached; this is this machine's log alone.",
            ),
            SheetSource::Here => (
                "পোর্টাল এমন হিসাব রাখে না; এটি শুধু এই যন্ত্রের হিসাব।",
                "No portal keeps such a sheet; this is this machine's log alone.",
            ),
        };
        Self::new("sheet_source", pair)
    }

    /// What was done; `None`: one-person mode was turned on.
    pub fn sheet_line(command: Option<Command>) -> Self {
        Self::new("sheet_line", done(command))
    }
}

fn done(command: Option<Command>) -> Pair {
    match command {
        None => ("একা কাজ চালু করেছেন", "turned one-person mode on"),
        Some(Command::ApproveAlone) => ("নিজের লেখা নিজেই অনুমোদন করেছেন", "approved their own writing"),
        Some(Command::ClearFlag) => ("আইনি আপত্তি তুলেছেন", "cleared a legal flag"),
        Some(Command::ClearAlone) => ("একাই আইনি আপত্তি তুলেছেন", "cleared a legal flag alone"),
        Some(Command::AskKill) => ("স্থায়ীভাবে তুলে নিতে চেয়েছেন", "asked for a kill"),
        Some(Command::KillAlone) => ("একাই স্থায়ীভাবে তুলে নিয়েছেন", "killed alone"),
        Some(Command::OverrideWarning) => ("সতর্কতা থাকলেও পাঠিয়েছেন", "sent it over a warning"),
        Some(_) => ("স্থায়ীভাবে তুলে নিয়েছেন", "killed"),
    }
}
