//! Stories to send, and sending them.

use khosra_portal::{
    Act, Delivery, Failure, PhotoToSend, Portal, Receipt, StoryToSend, Transition, Transitioned, Unless,
    deliver_photo, deliver_story,
};
use story::{IntentId, Language, Payload, PayloadPhoto, Sha256Hex, StoryId};

use super::pictures::png;

pub const BODY: &str = "## পানি বাড়ছে\n\nপদ্মার পানি **বিপৎসীমার** ওপরে। [বিস্তারিত](https://example.com/?a=1&b=2)\n\n\
                        - চর ভেঙেছে\n- ঘাট সরেছে\n\n> নদী আমাদের ঘর নিয়েছে।";

/// The kernel's, for the data of earlier runs is still there.
fn uuid() -> uuid::Uuid {
    std::fs::read_to_string("/proc/sys/kernel/random/uuid").unwrap().trim().parse().unwrap()
}

/// A frozen story.
#[derive(Clone)]
pub struct Intent {
    pub key: IntentId,
    pub act: Act,
    pub payload: Payload,
    pub bytes: Vec<u8>,
    pub sent_before: Vec<Sha256Hex>,
}

impl Intent {
    pub fn publish(headline: &str) -> Self {
        Self::of(Payload {
            story: StoryId(uuid()),
            version: Sha256Hex::of(headline.as_bytes()),
            headline: headline.into(),
            standfirst: "উজানের ঢলে তিন উপজেলার চর ডুবেছে।".into(),
            byline: "নাসরিন সুলতানা".into(),
            dateline: "রাজবাড়ী".into(),
            source: String::new(),
            section: "politics".into(),
            tags: vec!["নদী".into(), "বন্যা".into()],
            slug: "padma-rises".into(),
            language: Language::Bn,
            published_at: None,
            body: BODY.into(),
            photos: Vec::new(),
        })
    }

    pub fn of(payload: Payload) -> Self {
        let bytes = serde_json::to_vec(&payload).unwrap();
        Self { key: IntentId(uuid()), act: Act::Publish, payload, bytes, sent_before: Vec::new() }
    }

    /// Another version of the same story.
    pub fn then(&self, act: Act, change: impl FnOnce(&mut Payload)) -> Self {
        let mut payload = self.payload.clone();
        change(&mut payload);
        Self { act, sent_before: vec![self.hash()], ..Self::of(payload) }
    }

    pub fn hash(&self) -> Sha256Hex {
        Sha256Hex::of(&self.bytes)
    }

    pub fn story(&self) -> StoryId {
        self.payload.story
    }

    pub async fn deliver(&self, portal: &dyn Portal, maybe_sent: bool) -> Result<Receipt, Failure> {
        let (payload, bytes, sent_before) = (&self.payload, &self.bytes, &self.sent_before);
        let delivery = Delivery {
            consent: None,
            key: self.key,
            act: self.act,
            payload,
            bytes,
            at: None,
            notice: None,
            reason: "",
            window_closed: false,
            maybe_sent,
            sent_before,
            over: None,
            guards: &[],
        };
        deliver_story(portal, &delivery).await
    }

    /// Only the working copy.
    pub async fn send(
        &self,
        portal: &dyn Portal,
        unless: Unless,
    ) -> Result<khosra_portal::WorkingCopy, Failure> {
        portal.send_story(&StoryToSend { story: self.story(), bytes: &self.bytes, unless: &unless }).await
    }

    pub async fn transition(&self, portal: &dyn Portal, act: Act) -> Result<Transitioned, Failure> {
        self.transition_at(portal, act, None).await
    }

    pub async fn transition_at(
        &self,
        portal: &dyn Portal,
        act: Act,
        at: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<Transitioned, Failure> {
        let (story, key, hash) = (self.story(), self.key, self.hash());
        let note = String::new();
        portal
            .transition(&Transition {
                consent: None,
                story,
                key,
                act,
                hash,
                at,
                etag: None,
                anew: false,
                note,
                change: None,
            })
            .await
    }
}

/// A picture that no earlier run has sent, and what the story says of it.
pub fn photo(caption: &str, lead: bool) -> (Vec<u8>, PayloadPhoto) {
    let [red, green, blue, ..] = *uuid().as_bytes();
    let bytes = png([red, green, blue]);
    let photo = PayloadPhoto {
        sha256: Sha256Hex::of(&bytes),
        media_type: "image/png".into(),
        width: 1200,
        height: 800,
        caption: caption.into(),
        credit: "রফিকুল ইসলাম".into(),
        alt: "নৌকায় মানুষ & মালপত্র".into(),
        decorative: false,
        lead,
        focal: None,
    };
    (bytes, photo)
}

pub async fn send_photo(portal: &dyn Portal, bytes: &[u8], photo: &PayloadPhoto) -> Result<(), Failure> {
    let to_send = PhotoToSend { sha256: &photo.sha256, media_type: &photo.media_type, bytes };
    deliver_photo(portal, &to_send, &|_| ()).await
}
