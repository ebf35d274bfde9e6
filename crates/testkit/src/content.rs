//! Stories that could be published.

use story::Content;

/// A story that nothing blocks, with this headline.
pub fn content(headline: &str) -> Content {
    Content {
        headline: headline.to_owned(),
        standfirst: "দুই বছর পর ঘাট চালু হওয়ায় হাটে ফিরেছেন চরের মানুষ।".to_owned(),
        byline: "নিজস্ব প্রতিবেদক".to_owned(),
        dateline: "খুলনা".to_owned(),
        section: "bangladesh".to_owned(),
        body: "ভোরের আলো ফোটার আগেই ঘাটে ভিড় জমে।\n\n## নতুন ঘাট\n\nনৌকা ভিড়ছে **একটার পর একটা**।".to_owned(),
        ..Content::default()
    }
}
