//! What travels with a post so that it can be found again and compared: the story's id and the very bytes that were
//! sent, deflated, as an attribute of the first block. WordPress stores and searches it, its filters for untrusted
//! authors let it pass (it is plain ASCII without `--`), and no page shows it. The id stands on the block's element
//! too: block editors before 6.5 forget attributes that they do not know.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use story::{Sha256Hex, StoryId};

use super::handing::Word;

const KEY: &str = "khosra-";
const OPENING: &str = "<!-- wp:";
/// Bytes of an unpacked envelope.
const MAX: usize = 16 << 20;
/// Of miniz's ten: the best that takes no time one notices.
const LEVEL: u8 = 8;

/// What is to be found in a post whose first block is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    /// Missing when somebody's editor has dropped it.
    pub(super) envelope: Option<Envelope>,
    /// The content without the envelope.
    pub(super) content: String,
}

/// The bytes that were sent, and what WordPress was to keep of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) head: Head,
    pub(super) payload: Vec<u8>,
}

/// What the post must look like while nobody has changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// Digest of title, content and excerpt; see [`words`].
    pub(super) words: Sha256Hex,
    /// Empty: WordPress takes its own.
    pub(super) categories: Vec<u64>,
    pub(super) tags: Vec<u64>,
    /// 0: none.
    pub(super) lead: u64,
    pub(super) photos: BTreeMap<Sha256Hex, u64>,
    /// It was live and we took it down.
    #[serde(default)]
    pub(super) withdrawn: bool,
    /// How often it was to be taken down while readers did not have it. Nobody reads it: it makes the post another
    /// one, so that what was sent before and comes late is refused where `If-Match` is honoured.
    #[serde(default)]
    pub(super) walls: u32,
    /// What author and desk last said to each other; never in what readers have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) word: Option<Word>,
}

/// The story's name in a post; it is what WordPress is asked to search for.
pub(super) fn key(story: StoryId) -> String {
    format!("{KEY}{story}")
}

/// A block's opening comment, written as the block editor writes it: nothing in it can end the comment.
pub(super) fn comment(name: &str, attributes: &Map<String, Value>) -> String {
    if attributes.is_empty() {
        return format!("{OPENING}{name} -->");
    }
    let json = json!(attributes).to_string();
    let pairs =
        [("--", r"\u002d\u002d"), ("<", r"\u003c"), (">", r"\u003e"), ("&", r"\u0026"), (r#"\""#, r"\u0022")];
    let json = pairs.iter().fold(json, |json, (letters, written)| json.replace(letters, written));
    format!("{OPENING}{name} {json} -->")
}

/// Digest of the words, whatever the filters for untrusted authors do to the spelling of HTML.
pub(super) fn words(title: &str, content: &str, excerpt: &str) -> Sha256Hex {
    let plain = |text: &str| text.replace("\r\n", "\n").replace(" />", "/>").trim().to_owned();
    let all = [title, content, excerpt].map(plain).join("\u{0}");
    Sha256Hex::of(all.as_bytes())
}

/// `content` with the envelope in its first block.
pub(super) fn seal(content: &str, story: StoryId, envelope: &Envelope) -> String {
    let Some(mut first) = First::read(content) else { return content.to_owned() };
    let source = STANDARD.encode(compress_to_vec(&envelope.bytes(), LEVEL));
    let mut attributes = Map::new();
    attributes.insert("metadata".into(), json!({ "khosra": { "key": key(story), "source": source } }));
    attributes.append(&mut first.attributes);
    format!("{}{}", comment(first.name, &attributes), first.rest)
}

/// What is in the post, if its first block is the story's.
pub(super) fn open(content: &str, story: StoryId) -> Option<Opened> {
    let mut first = First::read(content)?;
    let ours = take_ours(&mut first.attributes);
    let key = key(story);
    let named = ours.as_ref().and_then(|ours| ours.get("key")).and_then(Value::as_str) == Some(&key);
    if !named && first.anchor() != Some(&key) {
        return None;
    }
    let source = ours.as_ref().and_then(|ours| ours.get("source")).and_then(Value::as_str);
    let content = format!("{}{}", comment(first.name, &first.attributes), first.rest);
    Some(Opened { envelope: source.and_then(Envelope::read), content })
}

/// Whose post it is, if its first block is a story's.
pub(super) fn story_of(content: &str) -> Option<StoryId> {
    let mut first = First::read(content)?;
    let ours = take_ours(&mut first.attributes);
    let named = ours.as_ref().and_then(|ours| ours.get("key")).and_then(Value::as_str);
    named.or(first.anchor())?.strip_prefix(KEY)?.parse().ok()
}

/// Takes our part out of the block's metadata and leaves what others keep there.
fn take_ours(attributes: &mut Map<String, Value>) -> Option<Value> {
    let metadata = attributes.get_mut("metadata")?.as_object_mut()?;
    let ours = metadata.shift_remove("khosra");
    if metadata.is_empty() {
        attributes.shift_remove("metadata");
    }
    ours
}

impl Envelope {
    fn bytes(&self) -> Vec<u8> {
        let head = json!(self.head).to_string();
        [head.as_bytes(), b"\n", &self.payload].concat()
    }

    fn read(source: &str) -> Option<Self> {
        let bytes = decompress_to_vec_with_limit(&STANDARD.decode(source).ok()?, MAX).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, payload) = bytes.split_at_checked(end)?;
        let head = serde_json::from_slice(head).ok()?;
        Some(Self { head, payload: payload.get(1..)?.to_vec() })
    }
}

/// The opening comment of the first block, and all that follows.
struct First<'a> {
    name: &'a str,
    attributes: Map<String, Value>,
    rest: &'a str,
}

impl<'a> First<'a> {
    fn read(content: &'a str) -> Option<Self> {
        let (comment, rest) = content.trim_start().strip_prefix(OPENING)?.split_once("-->")?;
        let comment = comment.trim();
        let (name, json) = comment.split_once(' ').unwrap_or((comment, "{}"));
        Some(Self { name, attributes: serde_json::from_str(json).ok()?, rest })
    }

    /// The `id` of the block's outermost element.
    fn anchor(&self) -> Option<&'a str> {
        let tag = self.rest.trim_start().strip_prefix('<')?.split('>').next()?;
        let (_, from) = tag.split_once(" id=\"")?;
        from.split('"').next()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STORY: &str = "0193a000-0000-7000-8000-000000000001";

    fn envelope(payload: &[u8]) -> Envelope {
        let photos = BTreeMap::from([(Sha256Hex::of(b"photo"), 7)]);
        let words = Sha256Hex::of(b"words");
        let (categories, tags) = (vec![3], Vec::new());
        let head = Head { words, categories, tags, lead: 7, photos, withdrawn: false, walls: 0, word: None };
        Envelope { head, payload: payload.to_vec() }
    }

    #[test]
    fn what_was_sealed_comes_out_and_the_content_is_as_before() {
        let story: StoryId = STORY.parse().unwrap();
        let content = "<!-- wp:paragraph {\"className\":\"a\\u002d\\u002db\"} -->\n<p class=\"a--b\">ক</p>\n<!-- /wp:paragraph -->";
        let sealed = seal(content, story, &envelope("{\"headline\":\"ক -- খ\"}".as_bytes()));
        assert!(
            sealed.starts_with("<!-- wp:paragraph {\"metadata\":{\"khosra\":{\"key\":\"khosra-0193a000-")
        );
        let opened = open(&sealed, story).unwrap();
        assert_eq!(opened.content, content);
        assert_eq!(opened.envelope.unwrap(), envelope("{\"headline\":\"ক -- খ\"}".as_bytes()));
    }

    #[test]
    fn a_post_that_only_quotes_the_key_is_not_the_storys() {
        let story: StoryId = STORY.parse().unwrap();
        let block = |text: &str| format!("<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->");
        let sealed = seal(&block("ক"), story, &envelope(b"{}"));
        assert_eq!(open(&block(&key(story)), story), None);
        assert_eq!(open(&format!("{}\n\n{sealed}", block("আগে")), story), None);
        assert_eq!(open(&format!("<p>{}</p>", key(story)), story), None);
        assert_eq!(open(&sealed, "0193a000-0000-7000-8000-000000000002".parse().unwrap()), None);
        assert_eq!(open("", story), None);
        assert_eq!(story_of(&sealed), Some(story));
        for foreign in [block(&key(story)), String::new(), block("ক").replace("<p>", "<p id=\"khosra-x\">")]
        {
            assert_eq!(story_of(&foreign), None, "{foreign}");
        }
    }

    #[test]
    fn an_editor_that_forgets_the_attribute_leaves_the_name_on_the_element() {
        let story: StoryId = STORY.parse().unwrap();
        let content =
            format!("<!-- wp:paragraph -->\n<p id=\"{}\">ক</p>\n<!-- /wp:paragraph -->", key(story));
        let opened = open(&content, story).unwrap();
        assert_eq!((opened.envelope, &opened.content), (None, &content));
        assert_eq!(story_of(&content), Some(story));
    }

    #[test]
    fn metadata_of_others_stays() {
        let story: StoryId = STORY.parse().unwrap();
        let content = "<!-- wp:paragraph {\"metadata\":{\"name\":\"x\",\"khosra\":{\"key\":\"khosra-0193a000-0000-7000-8000-000000000001\"}}} -->\n<p>ক</p>";
        let opened = open(content, story).unwrap();
        assert!(opened.content.starts_with("<!-- wp:paragraph {\"metadata\":{\"name\":\"x\"}} -->"));
    }

    #[test]
    fn a_damaged_envelope_is_none_and_not_a_half_one() {
        for source in ["", "%%%", "AAAA", &STANDARD.encode(compress_to_vec(b"no head", 6))] {
            assert_eq!(Envelope::read(source), None, "{source}");
        }
    }

    proptest! {
        #[test]
        fn no_payload_can_end_the_comment_that_it_stands_in(payload in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let story: StoryId = STORY.parse().unwrap();
            let content = "<!-- wp:separator -->\n<hr/>\n<!-- /wp:separator -->";
            let sealed = seal(content, story, &envelope(&payload));
            let comment = sealed.split_once("-->").unwrap().0;
            prop_assert!(comment.is_ascii() && !comment.trim_start_matches("<!--").contains("--"));
            prop_assert_eq!(open(&sealed, story).unwrap().envelope.unwrap().payload, payload);
        }
    }
}
