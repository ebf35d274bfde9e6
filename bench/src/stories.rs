//! Generated Bengali stories: the same seed gives the same story on every machine.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use store::{NewEvent, NewStory, OpenOptions, Store};
use story::{Command, Content, DeskState, EventId, StoryId};
use uuid::Uuid;

use crate::measure::Outcome;

const STEMS: &[&str] = &[
    "সরকার",
    "বাংলাদেশ",
    "ঢাকা",
    "খুলনা",
    "চট্টগ্রাম",
    "রাজশাহী",
    "সিলেট",
    "বরিশাল",
    "রংপুর",
    "ময়মনসিংহ",
    "নির্বাচন",
    "কমিশন",
    "মন্ত্রী",
    "প্রধান",
    "উপদেষ্টা",
    "পুলিশ",
    "আদালত",
    "মামলা",
    "শিক্ষা",
    "শিক্ষক",
    "শিক্ষার্থী",
    "বিশ্ববিদ্যালয়",
    "হাসপাতাল",
    "চিকিৎসক",
    "রোগী",
    "কৃষক",
    "ধান",
    "বন্যা",
    "নদী",
    "সেতু",
    "সড়ক",
    "দুর্ঘটনা",
    "বৃষ্টি",
    "আবহাওয়া",
    "বাজার",
    "দাম",
    "পেঁয়াজ",
    "চাল",
    "রপ্তানি",
    "পোশাক",
    "শ্রমিক",
    "মালিক",
    "ব্যাংক",
    "টাকা",
    "বাজেট",
    "উন্নয়ন",
    "প্রকল্প",
    "গ্রাম",
    "শহর",
    "জেলা",
    "উপজেলা",
    "ইউনিয়ন",
    "সভা",
    "বৈঠক",
    "সংবাদ",
    "সম্মেলন",
    "সাংবাদিক",
    "পরিবার",
    "শিশু",
    "নারী",
    "তরুণ",
    "খেলা",
    "ক্রিকেট",
    "ফুটবল",
    "দল",
    "ম্যাচ",
    "রান",
    "উইকেট",
    "স্টেডিয়াম",
    "দর্শক",
    "বই",
    "মেলা",
    "লেখক",
    "গান",
    "নাটক",
    "চলচ্চিত্র",
    "ঐতিহ্য",
    "ভাষা",
    "ইতিহাস",
    "মুক্তিযুদ্ধ",
    "স্বাধীনতা",
    "বিদ্যুৎ",
    "গ্যাস",
    "জ্বালানি",
    "পরিবেশ",
    "বন",
    "বাঘ",
    "সুন্দরবন",
    "সমুদ্র",
    "জাহাজ",
    "বন্দর",
    "বিমান",
    "ট্রেন",
    "যাত্রী",
    "টিকিট",
    "ঈদ",
    "পূজা",
    "উৎসব",
    "মানুষ",
    "সময়",
];
const ENDINGS: &[&str] = &["", "", "", "ের", "কে", "টি", "রা", "গুলো", "ের জন্য", "েও"];
const VERBS: &[&str] =
    &["বলেছেন", "জানিয়েছেন", "করেছে", "হয়েছে", "শুরু হয়", "চলছে", "দেখা গেছে", "বাড়ছে", "কমেছে", "ঘোষণা করা হয়েছে"];
const LINKS: &[&str] =
    &["ও", "এবং", "আজ", "গতকাল", "নতুন", "এই", "প্রায়", "আরও", "থেকে", "পর্যন্ত", "মধ্যে", "নিয়ে", "সঙ্গে"];
/// Syllables of names, so that the stories have as many different words as an archive has.
const SYLLABLES: &[&str] = &[
    "রহি",
    "মো",
    "হাস",
    "নূর",
    "শাহ",
    "জান",
    "ফার",
    "প্রী",
    "প্রণ",
    "সুল",
    "তান",
    "বেগ",
    "কাদি",
    "লতি",
    "মাহ",
    "বুব",
    "রাশে",
    "দুল",
    "ইস",
    "লাম",
    "চৌধু",
    "রী",
    "মজু",
    "দার",
    "ভৌমি",
    "আক",
    "তার",
    "সেলি",
    "নাস",
    "রিন",
    "গোপা",
    "হাজ",
    "রায়",
    "পাল",
    "দেব",
    "নাথ",
    "প্রদী",
    "প্রতি",
    "মান",
    "হোসে",
];
/// Sections of the generated desk.
pub const SECTIONS: &[&str] = &["bangladesh", "world", "economy", "sports", "culture"];

/// A small generator of numbers (xorshift64*): quick, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap_or(0) % end.max(1)
    }

    /// Small numbers more often than large ones, as with words in a language.
    fn leaning(&mut self, end: usize) -> usize {
        let widest = 1 + self.below(end);
        self.below(widest)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = self.leaning(words.len());
        words.get(at).copied().unwrap_or_default()
    }
}

/// One sentence of some ten words.
pub fn sentence(dice: &mut Dice) -> String {
    let mut words = Vec::new();
    for _ in 0..4 + dice.below(5) {
        words.push(format!("{}{}", dice.pick(STEMS), dice.pick(ENDINGS)));
        if dice.below(4) == 0 {
            words.push(name(dice));
        }
        if dice.below(3) == 0 {
            words.push(dice.pick(LINKS).to_owned());
        }
    }
    words.push(dice.pick(VERBS).to_owned());
    words.join(" ") + "।"
}

/// A name of two to four syllables with an ending: one of some millions, few of them often.
fn name(dice: &mut Dice) -> String {
    let syllables = 2 + dice.below(3);
    let name: String = (0..syllables).map(|_| dice.pick(SYLLABLES)).collect();
    name + dice.pick(ENDINGS)
}

/// A story of about `words` words.
pub fn story(seed: u64, words: usize) -> Content {
    let mut dice = Dice::new(seed);
    let mut body = String::new();
    let mut written = 0;
    while written < words {
        for _ in 0..3 + dice.below(3) {
            let sentence = sentence(&mut dice);
            written += bangla::words(&sentence);
            body.push_str(&sentence);
            body.push(' ');
        }
        body.push_str("\n\n");
    }
    Content {
        headline: format!("{} {} {}", dice.pick(STEMS), dice.pick(STEMS), dice.pick(VERBS)),
        byline: "নিজস্ব প্রতিবেদক".to_owned(),
        dateline: dice.pick(STEMS).to_owned(),
        section: SECTIONS.get(dice.below(SECTIONS.len())).copied().unwrap_or_default().to_owned(),
        body,
        ..Content::default()
    }
}

/// The id of the generated story with this number.
pub fn id(seed: u64) -> StoryId {
    StoryId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(seed)))
}

/// The moment of a save; benchmarks have a clock of their own.
pub fn at(seconds: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_700_000_000 + i64::try_from(seconds).unwrap_or(0))
}

/// A story ready for the store.
pub fn new_story(seed: u64, content: Content) -> NewStory {
    let event = NewEvent {
        id: EventId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 | u128::from(seed))),
        at: at(seed),
        actor: "প্রতিবেদক".to_owned(),
        command: Command::Create,
        version: None,
        desk: DeskState::Draft,
        refused: None,
        note: String::new(),
    };
    let words = u32::try_from(bangla::words(&content.body)).unwrap_or(u32::MAX);
    NewStory { story: id(seed), content, words, event }
}

/// Opens a store in a folder.
pub fn open(folder: &Path) -> Outcome<Store> {
    Ok(Store::open(OpenOptions { folder: folder.to_owned(), now: at(0) })?.store)
}

/// Fills a store with `count` stories of some 300 words; story numbers start at 1.
pub fn fill(store: &Store, count: u64) -> Outcome<()> {
    let mut seeds = (1..=count).peekable();
    while seeds.peek().is_some() {
        let some = seeds.by_ref().take(1_000).map(|seed| new_story(seed, story(seed, 280)));
        store.create_stories(some.collect())?;
    }
    Ok(())
}
