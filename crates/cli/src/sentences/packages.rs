//! What is said of packages.

use desk::wire::{PackageKind, PackageText, PackageView};

use super::Sentence;

impl Sentence {
    /// A package is for somebody.
    pub fn reader_needed() -> Self {
        let pair = (
            "প্যাকেটটি কে খুলতে পারবেন, বলে দিন: --to দিয়ে ডেস্কের ঠিকানা, অথবা সবার জন্য খোলা রাখতে --plain।",
            "Say who may open the package: the desk's address by --to, or --plain for everybody.",
        );
        Self::new("package_reader_needed", pair)
    }

    /// It is not sealed.
    pub fn open_package() -> Self {
        let pair = (
            "সাবধান: প্যাকেটটি সিল করা নয়; ফাইলটি যার হাতে পড়বে, তিনিই পড়তে পারবেন।",
            "Take care: the package is not sealed; whoever comes by the file can read it.",
        );
        Self::new("package_open", pair)
    }

    /// It was not sealed on its way.
    pub fn came_open() -> Self {
        let pair = (
            "প্যাকেটটি সিল করা ছিল না; পথে অন্য কেউ পড়ে থাকতে পারেন।",
            "The package was not sealed; others may have read it on its way.",
        );
        Self::new("package_came_open", pair)
    }

    /// What a package came to.
    pub fn package_came(view: &PackageView) -> Self {
        let (code, pair) = match (view.what, view.text) {
            (PackageKind::Receipt, _) if view.settled > 0 => (
                "package_settled",
                (
                    "{by} জানিয়েছেন, লেখাটি ডেস্কে পৌঁছেছে; এটি আর পাঠানো হবে না।",
                    "{by} confirms that the desk has the story; it is not sent any more.",
                ),
            ),
            (PackageKind::Receipt, _) => (
                "package_nothing_waits",
                (
                    "{by}-এর প্রাপ্তিসংবাদ এসেছে; এই লেখার জমা হওয়ার মতো কিছু অপেক্ষায় নেই।",
                    "A receipt by {by} came; nothing of this story waits for one.",
                ),
            ),
            (PackageKind::Story, _) if view.is_new => {
                ("package_new", ("{by}-এর লেখাটি এসেছে।", "The story by {by} has come in."))
            }
            (PackageKind::Story, PackageText::Draft) => (
                "package_draft",
                (
                    "{by}-এর নতুন লেখাটি এখন খসড়া; আগেরটি ইতিহাসে আছে।",
                    "The newer text by {by} is the draft now; the earlier one is in the history.",
                ),
            ),
            (PackageKind::Story, PackageText::Beside) => (
                "package_beside",
                (
                    "এর মধ্যে এখানেও লেখা বদলেছে, তাই খসড়া যেমন ছিল তেমনই আছে; {by}-এর লেখা ইতিহাসে সংস্করণ {version}।",
                    "The text was changed here meanwhile, so the draft stays; that of {by} is version {version} in the history.",
                ),
            ),
            (PackageKind::Story, PackageText::Known) => {
                ("package_known", ("এই লেখাটি এখানে আগে থেকেই আছে।", "This text was here already."))
            }
        };
        let version = view.revision.map(|number| number.to_string()).unwrap_or_default();
        Self::new(code, pair).with("by", &view.by).with("version", &version)
    }
}
