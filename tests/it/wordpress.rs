//! The command line against a real WordPress: the same interface as for any other portal, and one post whatever
//! happens in between.

use std::{path::Path, process::Command, time::Duration};

use serde_json::{Value, json};

use crate::cli::{Place, arg, ran, story_file};

#[path = "../portals/started.rs"]
mod started;

/// The WordPress of this test run; `None` where there can be none.
fn wordpress() -> Option<Value> {
    let described = started::started(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    Some(serde_json::from_slice(&described).unwrap())
}

fn sign_in(place: &Place, site: &Value, url: &str, user: &str) {
    let arguments =
        ["portal", "add", "desk", "--kind", "wordpress", "--url", text(&site[url]), "--user", user];
    let mut command = place.command(&arguments);
    command.env("KHOSRA_PASSWORD", text(&site["users"][user]["password"]));
    ran(command.output().unwrap()).done();
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Posts that carry the story's key, in every state, as an editor of the site finds them.
fn posts(site: &Value, story: &str) -> usize {
    let states = "publish,future,draft,pending,private,trash";
    let url = format!(
        "{}wp-json/wp/v2/posts?search=khosra-{story}&status={states}&per_page=100&_fields=id",
        text(&site["url"])
    );
    let user = format!("admin:{}", text(&site["users"]["admin"]["password"]));
    let answer = Command::new("curl").args(["--silent", "--fail", "--user", &user, &url]).output().unwrap();
    assert!(answer.status.success());
    serde_json::from_slice::<Vec<Value>>(&answer.stdout).unwrap().len()
}

#[test]
fn a_story_is_published_on_wordpress_and_taken_down_again() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    sign_in(&place, &site, "url", "editor");
    let check = place.run(&["portal", "check", "desk", "--json"]).json();
    assert!(check["sections"].as_array().unwrap().len() > 3);
    let id = place.story_in("politics", "মন্ত্রিসভায় নতুন তিন মুখ");
    let url = place.run(&["publish", &id, "--portal", "desk", "--wait", "60"]).done();
    let page = Command::new("curl").args(["--silent", "--fail", &url]).output().unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    // How a featured photo's caption is shown is for the theme to say; the adapter's own tests look at it.
    for words in ["মন্ত্রিসভায় নতুন তিন মুখ", "কৃষ্ণচূড়ার ছায়ায়"]
    {
        assert!(page.contains(words), "{words}");
    }
    place.run(&["withdraw", &id, "--reason", "তথ্য যাচাই হয়নি", "--wait", "60"]).done();
    let gone = Command::new("curl").args(["--silent", "--fail", &url]).status().unwrap();
    assert!(!gone.success());
    assert_eq!(place.run(&["story", "show", &id, "--json"]).json()["axes"]["public"], "withdrawn");
}

#[test]
fn a_publication_killed_at_any_moment_ends_in_one_post() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    sign_in(&place, &site, "url", "editor");
    for turn in 0_u64..10 {
        let id = place.story_in("politics", &format!("মন্ত্রিসভায় নতুন মুখ, পর্ব {turn}"));
        let mut child = place.spawn(&["publish", &id, "--wait", "60"]);
        std::thread::sleep(Duration::from_millis(60 + turn * 220));
        child.kill().unwrap();
        child.wait().unwrap();
        place.run(&["outbox", "run", "--wait", "60"]).done();
        // Killed before the command was on disk, nothing was asked for yet.
        if place.run(&["story", "show", &id, "--json"]).json()["axes"]["delivery"].is_null() {
            assert_eq!(posts(&site, &id), 0, "{turn}");
            place.run(&["publish", &id, "--wait", "60"]).done();
        }
        assert_eq!(place.run(&["story", "show", &id, "--json"]).json()["axes"]["public"], "live", "{turn}");
        assert_eq!(posts(&site, &id), 1, "{turn}");
    }
}

#[test]
fn what_was_filed_is_recalled_and_what_was_not_sent_never_is() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    sign_in(&place, &site, "url", "editor");
    let id = place.story_in("politics", "সংসদে নতুন বিল");
    place.run(&["outbox", "pause"]).done();
    place.run(&["file", &id, "--wait", "0"]);
    place.run(&["recall", &id]).done();
    place.run(&["outbox", "resume"]).done();
    assert_eq!(posts(&site, &id), 0);
    place.run(&["file", &id, "--wait", "60"]).done();
    assert_eq!(post(&site, &id)["status"], "pending");
    place.run(&["recall", &id, "--wait", "60"]).done();
    assert_eq!(post(&site, &id)["status"], "draft");
    let early = place.run(&["return", &id, "--reason", "সূত্র?", "--lang", "en"]).stopped(4);
    assert_eq!(early.trim(), "The desk does not have the story.");
}

const REASON: &str = "তৃতীয় অনুচ্ছেদের সূত্র কে?";

/// A contributor's story: WordPress takes no photos from one.
fn text_only(headline: &str) -> String {
    let file = story_file(headline).replace("section: bangladesh", "section: politics");
    let (front, rest) = file.split_once("photos:").unwrap();
    format!("{front}---{}", rest.rsplit_once("---").unwrap().1)
}

fn rewritten(place: &Place, id: &str, headline: &str) {
    let file = place.file("story.md", text_only(headline));
    place.run(&["story", "import", arg(&file), "--id", id]).done();
}

fn axis(place: &Place, id: &str, axis: &str) -> String {
    let shown = place.run(&["story", "show", id, "--json"]).json();
    shown["axes"][axis].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_story_goes_between_a_contributor_and_the_desk_until_readers_have_it_once() {
    let Some(site) = wordpress() else { return };
    let (author, desk) = (Place::new(), Place::new());
    sign_in(&author, &site, "url", "contributor");
    sign_in(&desk, &site, "url", "editor");
    let file = author.file("story.md", text_only("চরে নতুন ঘাট"));
    let id = author.run(&["story", "import", arg(&file)]).done();
    author.run(&["file", &id, "--wait", "60"]).done();
    assert_eq!(axis(&author, &id, "desk"), "filed");

    let queue = desk.run(&["queue", "--json"]).json();
    let row = queue["rows"].as_array().unwrap().iter().find(|row| row["story"] == id.as_str()).unwrap();
    assert_eq!((&row["headline"], &row["author"]), (&"চরে নতুন ঘাট".into(), &"রেহানা পারভীন".into()));
    assert_eq!(queue["lacks"], json!(["leases", "approvals", "guards", "notes"]));
    let said = desk.run(&["queue", "--lang", "en"]);
    assert!(said.err.contains("several people may work on the same one"), "{}", said.err);
    assert_eq!(desk.run(&["take", &id]).done(), id);
    let mine = desk.run(&["queue"]).done();
    assert!(mine.lines().any(|line| line.starts_with(&id) && line.ends_with('*')), "{mine}");
    rewritten(&desk, &id, "চরের মানুষের নতুন ঘাট");
    desk.run(&["return", &id, "--reason", REASON, "--wait", "60"]).done();

    let looked = author.run(&["story", "look", &id, "--lang", "en"]);
    assert!(looked.err.contains(&format!("শিরিন আক্তার returned the story: {REASON}")), "{}", looked.err);
    let back = author.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(
        (&back["axes"]["desk"], &back["content"]["headline"]),
        (&json!("returned"), &json!("চরের মানুষের নতুন ঘাট"))
    );
    rewritten(&author, &id, "চরের মানুষের ঘাট");
    author.run(&["file", &id, "--wait", "60"]).done();

    desk.run(&["take", &id]).done();
    assert_eq!(desk.run(&["story", "show", &id, "--json"]).json()["content"]["headline"], "চরের মানুষের ঘাট");
    let url = desk.run(&["publish", &id, "--wait", "60"]).done();
    assert_eq!((posts(&site, &id), &post(&site, &id)["status"]), (1, &json!("publish")));
    let page = Command::new("curl").args(["--silent", "--fail", &url]).output().unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.contains("চরের মানুষের ঘাট") && page.contains("নাসরিন সুলতানা") && !page.contains(REASON));
    author.run(&["story", "look", &id]).done();
    assert_eq!(
        (axis(&author, &id, "public").as_str(), axis(&author, &id, "desk").as_str()),
        ("live", "approved")
    );
    let left = desk.run(&["queue", "--json"]).json();
    assert!(left["rows"].as_array().unwrap().iter().all(|row| row["story"] != id.as_str()));
}

#[test]
fn two_who_took_the_same_story_keep_their_texts_and_its_author_may_take_it_back() {
    let Some(site) = wordpress() else { return };
    let (author, one, other) = (Place::new(), Place::new(), Place::new());
    for (place, user) in [(&author, "contributor"), (&one, "editor"), (&other, "admin")] {
        sign_in(place, &site, "url", user);
    }
    let file = author.file("story.md", text_only("হাটে দরপতন"));
    let id = author.run(&["story", "import", arg(&file)]).done();
    author.run(&["file", &id, "--wait", "60"]).done();
    for desk in [&one, &other] {
        desk.run(&["take", &id]).done();
    }
    rewritten(&one, &id, "হাটে ধানের দরপতন");
    rewritten(&other, &id, "ধানের দাম নেই");
    one.run(&["return", &id, "--reason", REASON, "--wait", "60"]).done();
    other.run(&["queue"]);
    let kept = other.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(
        (&kept["axes"]["desk"], &kept["content"]["headline"]),
        (&json!("returned"), &json!("ধানের দাম নেই"))
    );
    assert_eq!(post(&site, &id)["title"]["raw"], "হাটে ধানের দরপতন");

    author.run(&["story", "look", &id]).done();
    author.run(&["file", &id, "--wait", "60"]).done();
    one.run(&["take", &id]).done();
    author.run(&["recall", &id, "--wait", "60"]).done();
    one.run(&["queue"]);
    assert_eq!(axis(&one, &id, "desk"), "draft", "nothing kept it in their hands");
    let told = one.run(&["take", &id, "--lang", "en"]).stopped(4);
    assert_eq!(told.trim(), "The desk does not have the story.");
    let told = one.run(&["take", &id, "--lang", "bn"]).stopped(4);
    assert!(told.contains("ডেস্কে"), "{told}");
}

#[test]
fn what_cannot_be_kept_whole_here_is_not_taken() {
    let Some(site) = wordpress() else { return };
    let (author, desk) = (Place::new(), Place::new());
    sign_in(&author, &site, "url", "contributor");
    sign_in(&desk, &site, "url", "editor");
    let file = author.file("story.md", text_only("খালে কচুরিপানা"));
    let id = author.run(&["story", "import", arg(&file)]).done();
    author.run(&["file", &id, "--wait", "60"]).done();
    let there = post(&site, &id);
    let content = format!("{}\n\n<!-- wp:latest-posts /-->", text(&there["content"]["raw"]));
    by_hand(&site, &format!("posts/{}", there["id"]), &json!({ "content": content }));
    let told = desk.run(&["take", &id, "--lang", "en"]).stopped(4);
    assert!(told.contains("latest-posts") && told.contains("Edit it at the portal."), "{told}");
    let told = desk.run(&["take", &id, "--lang", "bn"]).stopped(4);
    assert!(told.contains("পোর্টালেই সম্পাদনা করুন"), "{told}");
    // Nor does it go quietly over its author's text when it is set back.
    by_hand(&site, &format!("posts/{}", there["id"]), &json!({ "status": "draft" }));
    author.run(&["story", "look", &id]).done();
    assert_eq!(axis(&author, &id, "desk"), "returned");
    let met = author.run(&["file", &id, "--wait", "60", "--lang", "en"]).stopped(4);
    assert!(
        met.contains("Somebody changed this story at the portal.") && met.contains("latest-posts"),
        "{met}"
    );
}

#[test]
fn what_was_written_in_wordpress_is_counted_and_what_was_filed_from_here_is_taken() {
    let Some(site) = wordpress() else { return };
    let (author, desk) = (Place::new(), Place::new());
    sign_in(&author, &site, "url", "contributor");
    sign_in(&desk, &site, "url", "editor");
    let file = author.file("story.md", text_only("ডাকঘরে ভিড়"));
    let id = author.run(&["story", "import", arg(&file)]).done();
    author.run(&["file", &id, "--wait", "60"]).done();
    let by_hand_post = json!({ "title": "ওয়ার্ডপ্রেসে লেখা", "content": "বিষয়", "status": "pending" });
    let number = by_hand(&site, "posts", &by_hand_post)["id"].clone();
    let queue = desk.run(&["queue", "--json"]).json();
    assert!(queue["elsewhere"].as_u64().unwrap() >= 1, "{queue}");
    let said = desk.run(&["queue", "--lang", "bn"]);
    assert!(said.err.contains("পোর্টালেই লেখা আরও"), "{}", said.err);
    by_hand(&site, &format!("posts/{number}"), &json!({ "status": "draft" }));
    assert_eq!(desk.run(&["take", &id]).done(), id);
}

#[test]
fn a_wrong_password_is_a_sentence() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    let arguments = ["portal", "add", "desk", "--kind", "wordpress", "--url", text(&site["url"])];
    let mut command = place.command(&[&arguments[..], &["--user", "editor", "--lang", "en"]].concat());
    command.env("KHOSRA_PASSWORD", "abcd efgh ijkl mnop qrst uvwx");
    assert_eq!(ran(command.output().unwrap()).stopped(4).trim(), "Name or password are wrong.");
}

/// The story's post as an editor of the site sees it.
fn post(site: &Value, story: &str) -> Value {
    let path = format!("posts?search=khosra-{story}&status=publish,future,draft,pending&context=edit");
    by_hand(site, &path, &Value::Null)[0].clone()
}

/// What another person does in WordPress itself, as far as its REST API is concerned.
fn by_hand(site: &Value, path: &str, change: &Value) -> Value {
    let url = format!("{}wp-json/wp/v2/{path}", text(&site["url"]));
    let user = format!("admin:{}", text(&site["users"]["admin"]["password"]));
    let mut command = Command::new("curl");
    command.args(["--silent", "--fail", "--user", &user, "--globoff", &url]);
    if !change.is_null() {
        command.args(["--header", "content-type: application/json", "--data", &change.to_string()]);
    }
    let answer = command.output().unwrap();
    assert!(answer.status.success(), "{path}");
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// A story that readers have, then changed in WordPress: a paragraph, and a block that we have no form for.
fn changed_by_hand(place: &Place, site: &Value) -> String {
    sign_in(place, site, "url", "editor");
    let id = place.story_in("politics", "মন্ত্রিসভার বৈঠক");
    place.run(&["publish", &id, "--wait", "60"]).done();
    let post = post(site, &id);
    let content = text(&post["content"]["raw"]).replace("কৃষ্ণচূড়ার ছায়ায়", "বটের ছায়ায়");
    let content = format!("{content}\n\n<!-- wp:latest-posts {{\"postsToShow\":3}} /-->");
    by_hand(site, &format!("posts/{}", post["id"]), &json!({ "content": content }));
    id
}

/// Our own next version meets with it: the intent that is stuck, and the version that the portal's is.
fn meets(place: &Place, story: &str) -> (String, String) {
    let headline = "মন্ত্রিসভার বৈঠক আবার";
    let file = story_file(headline).replace("section: bangladesh", "section: politics");
    let file = place.file("story.md", file);
    place.run(&["story", "import", arg(&file), "--id", story]).done();
    let told = place.run(&["publish", story, "--wait", "60", "--lang", "en"]).stopped(4);
    assert!(
        told.contains("Somebody changed this story at the portal.") && told.contains("latest-posts"),
        "{told}"
    );
    let shown = place.run(&["story", "show", story]);
    assert!(shown.err.contains("পোর্টালে কেউ এই লেখা বদলেছেন") && shown.out.contains(headline), "{}", shown.err);
    let intents = place.run(&["outbox", "--json"]).json();
    let stuck = intents["intents"].as_array().unwrap().iter().find(|one| one["story"] == story).unwrap();
    (text(&stuck["intent"]).to_owned(), stuck["theirs"]["revision"].to_string())
}

#[test]
fn what_was_written_in_wordpress_is_a_version_and_ours_goes_over_it_when_a_person_says_so() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    let id = changed_by_hand(&place, &site);
    let (intent, version) = meets(&place, &id);
    let theirs = place.run(&["story", "show", &id, "--version", &version]).done();
    assert!(theirs.contains("বটের ছায়ায়") && theirs.contains("## নতুন ঘাট"), "{theirs}");
    assert!(text(&post(&site, &id)["content"]["raw"]).contains("বটের ছায়ায়"), "nothing was written over it");
    // Changed once more: what was decided on the version before is no decision on this one.
    let number = post(&site, &id)["id"].clone();
    by_hand(&site, &format!("posts/{number}"), &json!({ "title": "হাতে লেখা শিরোনাম" }));
    place.run(&["outbox", "publish-over", &intent]).done();
    place.run(&["outbox", "run", "--wait", "60"]).stopped(4);
    assert_eq!(post(&site, &id)["title"]["raw"], "হাতে লেখা শিরোনাম");
    place.run(&["outbox", "publish-over", &intent, "--version", &version]).stopped(4);
    place.run(&["outbox", "publish-over", &intent]).done();
    place.run(&["outbox", "run", "--wait", "60"]).done();
    let after = post(&site, &id);
    assert_eq!(after["title"]["raw"], "মন্ত্রিসভার বৈঠক আবার");
    assert!(text(&after["content"]["raw"]).contains("কৃষ্ণচূড়ার ছায়ায়"));
    assert_eq!(posts(&site, &id), 1);
}

#[test]
fn what_was_written_in_wordpress_is_taken_over_and_corrected_afterwards() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    let id = changed_by_hand(&place, &site);
    let (intent, _) = meets(&place, &id);
    place.run(&["outbox", "accept-theirs", &intent]).done();
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert!(text(&shown["content"]["body"]).contains("বটের ছায়ায়"));
    assert_eq!(
        (&shown["axes"]["delivery"], &shown["differs_from_live"]),
        (&"cancelled".into(), &false.into())
    );
    assert_eq!(shown["content"]["photos"][0]["credit"], "রফিকুল ইসলাম", "our photo is our photo");
    let log = place.run(&["story", "log", &id]).done();
    assert!(log.contains("change_at_portal") && log.contains("accept_theirs"), "{log}");
    let file = story_file("মন্ত্রিসভার তৃতীয় বৈঠক").replace("section: bangladesh", "section: politics");
    let file = place.file("story.md", file);
    place.run(&["story", "import", arg(&file), "--id", &id]).done();
    place.run(&["publish", &id, "--wait", "60"]).done();
    assert_eq!(post(&site, &id)["title"]["raw"], "মন্ত্রিসভার তৃতীয় বৈঠক");
}
