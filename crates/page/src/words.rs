//! The words that a page prints by itself, in the language of its story.

use serde::Serialize;
use story::{ChangeKind, Language};

/// Furniture words; each template uses them by name.
#[derive(Debug, Serialize)]
pub(crate) struct Words {
    pub(crate) skip: &'static str,
    pub(crate) sections: &'static str,
    pub(crate) home: &'static str,
    pub(crate) updated: &'static str,
    pub(crate) photo: &'static str,
    pub(crate) photo_missing: &'static str,
    pub(crate) read_also: &'static str,
    pub(crate) tags: &'static str,
    pub(crate) footnotes: &'static str,
    pub(crate) footnote_back: &'static str,
    pub(crate) comments: &'static str,
    pub(crate) latest: &'static str,
    pub(crate) popular: &'static str,
    pub(crate) nothing_yet: &'static str,
    pub(crate) more_from: &'static str,
    pub(crate) older: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) not_found_note: &'static str,
    pub(crate) to_front: &'static str,
    pub(crate) newest_first: &'static str,
}

static BENGALI: Words = Words {
    skip: "মূল লেখায় যান",
    sections: "বিভাগসমূহ",
    home: "প্রচ্ছদ",
    updated: "হালনাগাদ",
    photo: "ছবি",
    photo_missing: "এই ছবিটি প্রতিবেদনের ছবির তালিকায় নেই",
    read_also: "আরও পড়ুন",
    tags: "বিষয়",
    footnotes: "পাদটীকা",
    footnote_back: "লেখায় ফিরুন",
    comments: "মন্তব্য",
    latest: "সর্বশেষ",
    popular: "জনপ্রিয়",
    nothing_yet: "এখনো কিছু নেই।",
    more_from: "আরও",
    older: "আগের খবর",
    not_found: "পাতাটি পাওয়া গেল না",
    not_found_note: "ঠিকানাটি ভুল হতে পারে, অথবা প্রতিবেদনটি সরিয়ে নেওয়া হয়েছে।",
    to_front: "প্রচ্ছদে ফিরে যান",
    newest_first: "সর্বশেষ খবর",
};

static ENGLISH: Words = Words {
    skip: "Skip to the story",
    sections: "Sections",
    home: "Front page",
    updated: "Updated",
    photo: "Photo",
    photo_missing: "This photo is not in the story’s list of photos",
    read_also: "Read also",
    tags: "Topics",
    footnotes: "Notes",
    footnote_back: "Back to the text",
    comments: "Comments",
    latest: "Latest",
    popular: "Popular",
    nothing_yet: "Nothing here yet.",
    more_from: "More from",
    older: "Earlier stories",
    not_found: "There is no such page",
    not_found_note: "The address may be mistyped, or the story has been taken down.",
    to_front: "Back to the front page",
    newest_first: "Latest news",
};

/// The words of `language`.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Bn => &BENGALI,
        Language::En => &ENGLISH,
    }
}

/// A number in the digits of `language`.
pub(crate) fn number(language: Language, number: u64) -> String {
    match language {
        Language::Bn => bangla::bengali_number(number),
        Language::En => number.to_string(),
    }
}

/// What stands over a change that readers are told of.
pub(crate) fn change(kind: ChangeKind, language: Language) -> &'static str {
    let (bn, en) = match kind {
        ChangeKind::Typo => ("বানান সংশোধন", "Spelling"),
        ChangeKind::Update => ("হালনাগাদ", "Update"),
        ChangeKind::Clarification => ("ব্যাখ্যা", "Clarification"),
        ChangeKind::Correction => ("সংশোধনী", "Correction"),
        ChangeKind::Reply => ("সংশ্লিষ্টের বক্তব্য", "Right of reply"),
    };
    match language {
        Language::Bn => bn,
        Language::En => en,
    }
}
