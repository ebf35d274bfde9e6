//! The story that a portal is tried with: marked as a test in both languages, and with everything in it that portals
//! like to lose. It has no tag, because no portal takes back a tag that it had to make.

use story::{Language, Payload, PayloadPhoto, Sha256Hex, StoryId, content::photo_url};
use uuid::Uuid;

/// A picture with the word TEST, without metadata.
const PICTURE: &[u8] = include_bytes!("test-photo.jpg");
const WIDTH: u32 = 480;
const HEIGHT: u32 = 270;
/// JPEG's start of image, and its comment segment.
const START: [u8; 2] = [0xFF, 0xD8];
const COMMENT: [u8; 2] = [0xFF, 0xFE];

pub(super) const HEADLINE: &str = "পরীক্ষামূলক লেখা, এখনই সরানো হবে · Test story, to be removed at once";
pub(super) const CORRECTED: &str =
    "পরীক্ষামূলক লেখা (সংশোধিত), এখনই সরানো হবে · Test story (corrected), to be removed at once";
pub(super) const ALT: &str = "ধূসর জমিনে TEST শব্দটি · the word TEST on grey";

/// A photo that no portal has seen: the picture with an id in a comment.
pub(super) struct TestPhoto {
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: Sha256Hex,
}

impl TestPhoto {
    pub(super) fn of(id: Uuid) -> Self {
        let picture = PICTURE.strip_prefix(&START).unwrap_or(PICTURE);
        let words = format!("khosra test {id}");
        // The length counts its own two bytes.
        let length = u16::try_from(words.len() + 2).unwrap_or(2).to_be_bytes();
        let bytes = [&START[..], &COMMENT, &length, words.as_bytes(), picture].concat();
        Self { sha256: Sha256Hex::of(&bytes), bytes }
    }
}

/// What one version of the test story says.
pub(super) struct Version<'a> {
    pub(super) headline: &'a str,
    /// Tells one version from another where readers look last.
    pub(super) number: u32,
    pub(super) section: &'a str,
    /// `None` when the portal took none.
    pub(super) photo: Option<&'a Sha256Hex>,
}

pub(super) fn payload(story: StoryId, version: &Version<'_>) -> Payload {
    let body = body(version.photo);
    Payload {
        story,
        version: Sha256Hex::of(format!("{} {}\n{body}", version.headline, version.number).as_bytes()),
        headline: version.headline.to_owned(),
        standfirst: format!(
            "পোর্টাল ঠিকমতো কাজ করে কি না, তা দেখার লেখা, সংস্করণ {} · Written to try this portal",
            version.number
        ),
        byline: "খসড়া".to_owned(),
        dateline: "ঢাকা".to_owned(),
        source: "পরীক্ষা".to_owned(),
        section: version.section.to_owned(),
        tags: Vec::new(),
        slug: slug(story),
        language: Language::Bn,
        published_at: None,
        body,
        photos: version.photo.map(photo).into_iter().collect(),
    }
}

/// An address that no story of a person's has, and that says what it is.
fn slug(story: StoryId) -> String {
    let id = story.0.simple().to_string();
    format!("khosra-test-{}", id.get(20..).unwrap_or(&id))
}

fn photo(sha256: &Sha256Hex) -> PayloadPhoto {
    PayloadPhoto {
        sha256: sha256.clone(),
        media_type: "image/jpeg".to_owned(),
        width: WIDTH,
        height: HEIGHT,
        caption: "পরীক্ষার ছবি · A test picture".to_owned(),
        credit: "খসড়া / Khosra".to_owned(),
        alt: ALT.to_owned(),
        decorative: false,
        lead: false,
        focal: None,
    }
}

/// Conjuncts, both joiners, a table, a quotation, a list, a footnote, and the photo where the text places it.
fn body(photo: Option<&Sha256Hex>) -> String {
    let words = "এই লেখাটি খসড়া পোর্টাল পরীক্ষার জন্য পাঠিয়েছে এবং কয়েক সেকেন্ডের মধ্যে সরিয়ে নেবে।[^1] \
                 Khosra sent this story to try the portal and will remove it within seconds.\n\n\
                 ## যুক্তাক্ষর ও জোড়ক\n\n\
                 ক্ষ্ম, ঙ্ক্ষ, ন্ত্র্য, র\u{200d}্যাব, উদ্\u{200c}যাপন, আড়াই, গাঢ়, নয়; <চিহ্ন> & \"উদ্ধৃতি\"।\n\n\
                 > কথা রাখা সহজ, কথা রাখা কঠিন।\n\n\
                 - প্রথম\n- দ্বিতীয়\n\n\
                 | জেলা | সংখ্যা |\n| --- | --- |\n| খুলনা | ১২ |\n| রাজশাহী | ৩৪ |\n";
    let placed = photo.map(|sha256| format!("\n![]({})\n", photo_url(sha256))).unwrap_or_default();
    format!("{words}{placed}\n[^1]: পাদটীকা · a footnote\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_test_photos_are_the_same_picture_and_not_the_same_file() {
        let id = |last: &str| format!("0193a000-0000-7000-8000-00000000000{last}").parse().unwrap();
        let (one, other) = (TestPhoto::of(id("1")), TestPhoto::of(id("2")));
        assert_ne!(one.sha256, other.sha256);
        assert!(one.bytes.starts_with(&[0xFF, 0xD8, 0xFF, 0xFE]) && one.bytes.ends_with(&PICTURE[2..]));
    }

    #[test]
    fn nothing_keeps_the_test_story_from_publication() {
        let photo = TestPhoto::of(Uuid::nil()).sha256;
        let version = Version { headline: HEADLINE, number: 1, section: "x", photo: Some(&photo) };
        let content = payload(StoryId(Uuid::nil()), &version).to_content();
        assert_eq!(story::check(&content), []);
    }
}
