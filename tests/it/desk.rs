//! A correspondent's script and an editor's, and the portal's desk between them.

use story::Role;

use crate::cli::Place;

const HEADLINE: &str = "খেয়াঘাটে ফিরল ভিড়";

#[tokio::test(flavor = "multi_thread")]
async fn a_story_goes_from_script_to_script_and_back() {
    let (author, editor, other) = (Place::new(), Place::new(), Place::new());
    let site = author.portal().await;
    author.sign_in_as(Role::Correspondent, &site);
    editor.sign_in_as(Role::Editor, &site);
    other.sign_in_as(Role::SubEditor, &site);
    let id = author.story(HEADLINE);
    author.run(&["file", &id]).done();
    let queue = editor.run(&["queue"]).done();
    assert!(queue.contains(&id) && queue.contains("filed") && queue.contains(HEADLINE), "{queue}");
    assert_eq!(editor.run(&["take", &id]).done(), id);
    let shown = editor.run(&["story", "show", &id]).done();
    assert!(shown.contains(HEADLINE) && shown.contains("in_edit"), "{shown}");
    let told = other.run(&["take", &id, "--lang", "en"]).stopped(4);
    assert!(told.contains("has the story now") && told.contains("--take-over"), "{told}");
    assert!(editor.run(&["queue"]).done().ends_with('*'));
    editor.run(&["return", &id, "--reason", "সূত্র যোগ করুন"]).done();
    let looked = author.run(&["story", "look", &id, "--lang", "en"]);
    assert!(looked.err.contains("returned the story: সূত্র যোগ করুন"), "{}", looked.err);
    let view = author.run(&["story", "show", &id, "--json"]).json();
    assert_eq!((view["axes"]["desk"].as_str(), view["review"]["theirs"].is_null()), (Some("returned"), true));
    author.run(&["file", &id]).done();
    other.run(&["take", &id]).done();
    assert!(other.run(&["queue"]).done().ends_with('*'));
    author.run(&["queue", "--lang", "en"]).stopped(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taking_without_a_network_says_why_and_one_of_nothing_too() {
    let (author, editor) = (Place::new(), Place::new());
    let site = author.portal().await;
    author.sign_in_as(Role::Correspondent, &site);
    editor.sign_in_as(Role::Editor, &site);
    let id = author.story(HEADLINE);
    editor.run(&["take", &id]).stopped(2);
    author.run(&["file", &id]).done();
    author.run(&["take", &id]).stopped(4);
    site.stop().await;
    let told = editor.run(&["take", &id, "--json"]);
    assert_eq!((told.code, told.json()["error"]["params"]["cause"].as_str()), (Some(4), Some("offline")));
}
