//! Every sentence that the command line says, in both languages, in one place. `{name}` stands for a value.

mod approval;
mod causes;
mod errors;
mod guarantees;
mod guards;
mod originals;
mod packages;
mod places;
mod queue;
mod stuck;

use std::{io::ErrorKind, path::Path};

use desk::{
    ImportError,
    wire::{
        BudgetView, CommandError, ErrorCode, GuaranteeVerdict, GuaranteeView, IntentAct, IntentView,
        LeftOverView, TrialView,
    },
};
use serde_json::Value;
use story::{Cause, DeliveryState, Language};

/// A sentence in both languages, its values filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    code: &'static str,
    bn: String,
    en: String,
}

/// Bengali and English.
type Pair = (&'static str, &'static str);

impl Sentence {
    fn new(code: &'static str, (bn, en): Pair) -> Self {
        Self { code, bn: bn.to_owned(), en: en.to_owned() }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        let mark = format!("{{{name}}}");
        // A value is data, whatever is in it: one line, without what a terminal would obey.
        let value = one_line(value);
        self.bn = self.bn.replace(&mark, &value);
        self.en = self.en.replace(&mark, &value);
        self
    }

    /// The sentence's name, for scripts.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence itself.
    pub fn in_language(&self, language: Language) -> String {
        match language {
            Language::Bn => self.bn.clone(),
            Language::En => self.en.clone(),
        }
    }

    /// There is no account of this name.
    pub fn no_such_portal(name: &str) -> Self {
        let pair =
            ("“{name}” নামে কোনো পোর্টাল এই যন্ত্রে নেই।", "There is no portal called “{name}” on this machine.");
        Self::new("no_such_portal", pair).with("name", name)
    }

    /// No password came.
    pub fn no_password() -> Self {
        Self::new(
            "no_password",
            (
                "পাসওয়ার্ড পাওয়া যায়নি। KHOSRA_PASSWORD-এ রাখুন, নয়তো স্ট্যান্ডার্ড ইনপুটে এক লাইনে দিন।",
                "No password was given. Put it in KHOSRA_PASSWORD or on the first line of standard input.",
            ),
        )
    }

    /// No home folder.
    pub fn no_folder() -> Self {
        Self::new(
            "no_folder",
            (
                "লেখা কোথায় থাকবে, তা জানা যায়নি। --store দিয়ে একটি ফোল্ডার বলে দিন।",
                "This system does not say where stories should be kept. Name a folder with --store.",
            ),
        )
    }

    /// A file could not be written.
    pub fn not_written(file: &Path, kind: ErrorKind) -> Self {
        let pair = ("{file} ফাইলটি লেখা যায়নি ({why})।", "The file {file} could not be written ({why}).");
        let path = file.display().to_string();
        Self::new("not_written", pair).with("file", &path).with("why", &kind.to_string())
    }

    /// The store cannot be written.
    pub fn read_only() -> Self {
        Self::new(
            "store_read_only",
            (
                "লেখার ভান্ডারটি শুধু পড়া যাচ্ছে; কোনো পরিবর্তন রাখা যাবে না।",
                "The store can only be read; no change will be kept.",
            ),
        )
    }

    /// The store was damaged.
    pub fn moved_aside(to: &str) -> Self {
        let pair = (
            "লেখার ভান্ডারটি ক্ষতিগ্রস্ত ছিল। ফাইলটি অক্ষত অবস্থায় {to}-এ সরিয়ে রাখা হয়েছে, নতুন ভান্ডার শুরু হয়েছে। ব্যাকআপ ফেরাতে restore ব্যবহার করুন।",
            "The store was damaged. It was moved, untouched, to {to}, and an empty one begun. Use restore to bring a backup back.",
        );
        Self::new("store_moved_aside", pair).with("to", to)
    }

    /// No keychain.
    pub fn secrets_in_file() -> Self {
        Self::new(
            "secrets_in_file",
            (
                "এই যন্ত্রে কোনো কিচেইন সাড়া দিচ্ছে না; পোর্টালের টোকেন শুধু আপনার পড়ার উপযোগী একটি ফাইলে (secrets.json) রাখা আছে।",
                "No keychain answers on this machine; the portal's token is in a file that only you can read (secrets.json).",
            ),
        )
    }

    /// Nothing is sent.
    pub fn paused() -> Self {
        let pair = (
            "পাঠানো থামিয়ে রাখা আছে; outbox resume দিলে আবার চলবে।",
            "Sending is paused; outbox resume lets it go on.",
        );
        Self::new("outbox_paused", pair)
    }

    /// Nobody changed it.
    pub fn nothing_changed() -> Self {
        let pair = ("পোর্টালে এই লেখায় কেউ হাত দেননি।", "Nobody has changed this story at the portal.");
        Self::new("nothing_changed", pair)
    }

    /// Somebody did.
    pub fn changed_there(version: u32) -> Self {
        let pair = (
            "পোর্টালে কেউ এই লেখা বদলেছেন; পোর্টালের লেখাটি ইতিহাসে সংস্করণ {version}।",
            "Somebody changed this story at the portal; the portal's version is version {version} in the history.",
        );
        Self::new("changed_there", pair).with("version", &version.to_string())
    }

    /// The test story of a trial is not gone.
    pub fn left_over(left: &LeftOverView) -> Self {
        let pair = if left.maybe_public {
            (
                "পরীক্ষার লেখাটি সরানো যায়নি, পাঠক দেখতে পারেন। পোর্টালে গিয়ে সরিয়ে দিন: {id} {url}",
                "The test story could not be taken away, and readers may see it. Remove it at the portal: {id} {url}",
            )
        } else {
            (
                "পরীক্ষার লেখাটি সরানো যায়নি; পাঠক তা দেখতে পান না। পোর্টালের ডেস্কে আছে: {id}",
                "The test story could not be taken away; readers do not see it. The portal's desk has it: {id}",
            )
        };
        let url = left.url.as_deref().unwrap_or_default();
        Self::new("test_story_left", pair).with("id", &left.story.to_string()).with("url", url)
    }

    /// A trial's photo cannot be taken away.
    pub fn photo_stays(photo: &str) -> Self {
        let pair = (
            "পরীক্ষার ছোট ছবিটি পোর্টালে থেকে যায়, কোনো পাতায় নয়: {photo}",
            "The small test photo stays at the portal, on no page: {photo}",
        );
        Self::new("test_photo_left", pair).with("photo", photo)
    }

    /// Readers have this text.
    pub fn already_public() -> Self {
        let pair = (
            "এই লেখা ঠিক এভাবেই প্রকাশিত আছে; নতুন করে কিছু পাঠানো হয়নি।",
            "Readers already have exactly this text; nothing was sent.",
        );
        Self::new("already_public", pair)
    }
}

pub use guards::{in_spite_of, of_guards};
pub use originals::{of_original, of_policy};
pub use stuck::of_stuck;

/// Why the desk did not do what was asked.
pub fn of_error(error: &CommandError) -> Sentence {
    let cause = error.params.get("cause").and_then(|cause| cause_named(cause));
    let sentence = match (error.code, cause) {
        (ErrorCode::PortalFailed, Some(cause)) => Sentence::new("portal_failed", causes::of(cause)),
        (code, _) => Sentence::new("refused", errors::of(code)),
    };
    error.params.iter().fold(sentence, |sentence, (name, value)| match (error.code, name.as_str()) {
        (ErrorCode::FindingsBlock, "findings") => Sentence {
            bn: errors::findings(&sentence.bn, value, Language::Bn),
            en: errors::findings(&sentence.en, value, Language::En),
            ..sentence
        },
        _ => sentence.with(name, value),
    })
}

/// Why a file is of no use.
pub fn of_file(error: &ImportError) -> Sentence {
    let shown = |file: &Path| file.display().to_string();
    match error {
        ImportError::Unreadable { file, kind } => {
            let pair = ("{file} ফাইলটি পড়া যায়নি ({why})।", "The file {file} cannot be read ({why}).");
            Sentence::new("file_unreadable", pair).with("file", &shown(file)).with("why", &kind.to_string())
        }
        ImportError::TooLong { file, limit } => {
            let pair = (
                "{file} ফাইলটি বেশি বড়; সর্বোচ্চ {limit} বাইট নেওয়া যায়।",
                "The file {file} is too large; at most {limit} bytes are taken.",
            );
            Sentence::new("file_too_long", pair).with("file", &shown(file)).with("limit", &limit.to_string())
        }
        ImportError::NotText(file) => {
            let pair = ("{file} ফাইলটি UTF-8 লেখা নয়।", "The file {file} is not UTF-8 text.");
            Sentence::new("file_not_text", pair).with("file", &shown(file))
        }
        ImportError::NoFrontMatter(file) => {
            let pair = (
                "{file} ফাইলের শুরুতে দুই “---” লাইনের মাঝে শিরোনাম ও অন্য তথ্য নেই।",
                "The file {file} does not begin with its fields between two “---” lines.",
            );
            Sentence::new("no_front_matter", pair).with("file", &shown(file))
        }
        ImportError::FrontMatter { file, line, why } => {
            let pair = ("{file}, লাইন {line}: {why}", "{file}, line {line}: {why}");
            let sentence = Sentence::new("bad_front_matter", pair).with("file", &shown(file));
            sentence.with("line", &line.to_string()).with("why", why)
        }
        ImportError::Desk(error) => of_error(error),
    }
}

/// What may be sent today, and how much was.
pub fn of_budget(budget: &BudgetView) -> Sentence {
    let pair = match (budget.mobile, budget.daily_mb, budget.waiting) {
        (false, ..) => {
            ("মোবাইল ডেটায় নেই; আজ {sent} MB পাঠানো হয়েছে।", "Not on mobile data; {sent} MB were sent today.")
        }
        (true, None, _) => (
            "মোবাইল ডেটায় আছে, দৈনিক সীমা নেই; আজ {sent} MB পাঠানো হয়েছে।",
            "On mobile data, without a limit; {sent} MB were sent today.",
        ),
        (true, Some(_), 0) => (
            "মোবাইল ডেটায় আছে; আজ {limit} MB-এর মধ্যে {sent} MB পাঠানো হয়েছে।",
            "On mobile data; {sent} MB of today's {limit} MB were sent.",
        ),
        (true, Some(_), _) => (
            "আজকের {limit} MB শেষ: {waiting}টি ছবি রাত বারোটা পর্যন্ত অপেক্ষা করছে। outbox budget --send-anyway দিলে এখনই যাবে।",
            "Today's budget of {limit} MB is used: {waiting} photos wait until midnight. outbox budget --send-anyway lets them go now.",
        ),
    };
    let tenths = budget.sent_today.div_ceil(100_000);
    Sentence::new("data_budget", pair)
        .with("limit", &budget.daily_mb.unwrap_or_default().to_string())
        .with("sent", &format!("{}.{}", tenths / 10, tenths % 10))
        .with("waiting", &budget.waiting.to_string())
}

/// Where a delivery stands that is not settled.
pub fn of_delivery(intent: &IntentView) -> Sentence {
    let state = Sentence::new(
        "delivery",
        match intent.state {
            DeliveryState::Unknown => (
                "“{headline}”: পাঠানো হয়েছে, কিন্তু পৌঁছেছে কি না জানা যায়নি। লেখা নিরাপদে আছে; আবার পাঠানোর আগে পোর্টালে খোঁজ নেওয়া হবে।",
                "“{headline}”: it was sent, and whether it arrived is not known. The story is safe; the portal is asked before anything is sent again.",
            ),
            DeliveryState::Sending => (
                "“{headline}”: অপেক্ষার সময়ে পাঠানো শেষ হয়নি; পৌঁছেছে কি না জানা যায়নি। লেখা নিরাপদে আছে; আবার পাঠানোর আগে পোর্টালে খোঁজ নেওয়া হবে।",
                "“{headline}”: the wait was over before it was sent, and whether it arrived is not known. The story is safe; the portal is asked before anything is sent again.",
            ),
            DeliveryState::Refused => (
                "“{headline}”: পোর্টাল নেয়নি। লেখা নিরাপদে আছে।",
                "“{headline}”: the portal did not take it. The story is safe.",
            ),
            DeliveryState::Blocked => (
                "“{headline}”: আটকে আছে, আপনাকে কিছু করতে হবে। লেখা নিরাপদে আছে।",
                "“{headline}”: it is stuck until you do something. The story is safe.",
            ),
            _ => (
                "“{headline}”: পাঠানোর অপেক্ষায় আছে। লেখা নিরাপদে আছে; outbox run দিলে আবার চেষ্টা হবে।",
                "“{headline}”: it waits to be sent. The story is safe; outbox run goes on with it.",
            ),
        },
    );
    let state = state.with("headline", &intent.headline);
    let Some((bn, en)) = intent.cause.map(|cause| why(intent.act, cause)) else { return state };
    Sentence { code: state.code, bn: format!("{} {bn}", state.bn), en: format!("{} {en}", state.en) }
}

/// What stands in the way between an author and the desk is that the other one has the story.
fn why(act: IntentAct, cause: Cause) -> Pair {
    match (act, cause) {
        (IntentAct::Return, Cause::Conflict) => errors::of(ErrorCode::RefusedNotFiled),
        (IntentAct::Recall, Cause::Conflict) => errors::of(ErrorCode::RefusedTaken),
        (IntentAct::Approve, Cause::Conflict) => errors::of(ErrorCode::RefusedTaken),
        _ => causes::of(cause),
    }
}

/// One guarantee of a portal, and what is wrong with it.
pub fn of_guarantee(one: &GuaranteeView) -> Sentence {
    let (bn, en) = guarantees::of(one.guarantee);
    let why = one.untold.map(guarantees::untold).or(one.cause.map(causes::of));
    match why {
        None => Sentence::new("guarantee", (bn, en)),
        Some((why_bn, why_en)) => {
            Sentence { code: "guarantee", bn: format!("{bn}: {why_bn}"), en: format!("{en}: {why_en}") }
        }
    }
}

/// How many guarantees hold.
pub fn of_trial(trial: &TrialView) -> Sentence {
    let count = |verdict| trial.guarantees.iter().filter(|one| one.verdict == verdict).count().to_string();
    let pair = (
        "ঠিক আছে {holds}, ঠিক নেই {fails}, দেখা যায়নি {untold}; পোর্টালের ঘড়ির ব্যবধান {skew} সেকেন্ড।",
        "{holds} hold, {fails} fail, {untold} cannot be told; the portal's clock is off by {skew} s.",
    );
    let skew = trial.skew_seconds.map_or_else(|| "?".to_owned(), |skew| skew.to_string());
    Sentence::new("trial", pair)
        .with("holds", &count(GuaranteeVerdict::Holds))
        .with("fails", &count(GuaranteeVerdict::Fails))
        .with("untold", &count(GuaranteeVerdict::Untold))
        .with("skew", &skew)
}

/// A foreign text without what a terminal would obey.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The name of a unit variant on the wire.
pub fn name(code: &impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn cause_named(name: &str) -> Option<Cause> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_command_the_terminal() {
        let sentence = Sentence::no_such_portal("x\u{1b}[2J\ny");
        assert!(!sentence.in_language(Language::En).contains(['\u{1b}', '\n']));
    }

    #[test]
    fn a_failing_portal_is_explained_by_its_cause() {
        let error = CommandError::new(ErrorCode::PortalFailed).with("cause", "portal_error_page");
        assert_eq!(of_error(&error).in_language(Language::En), causes::of(Cause::PortalErrorPage).1);
    }
}
