//! Between author and desk: taken, returned, recalled, and never a reader's.

use serde_json::{Value, json};

use crate::{
    desk::{Desk, NOW, payload, refusal},
    people::{Person, because, id, rewritten},
};

async fn filed<'a>(desk: &'a Desk, headline: &str) -> (Person<'a>, Value) {
    let (nasrin, story) = (Person::named(desk, "nasrin").await, payload(headline));
    nasrin.write(&story).await;
    nasrin.done(&story, "file", json!({})).await;
    (nasrin, story)
}

#[tokio::test]
async fn a_story_goes_to_the_desk_and_back_and_to_the_desk_again() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "হাত থেকে হাতে").await;
    let kept = desk.look_up(id(&story)).await;
    assert_eq!((&kept["filed_at"], &kept["desk_at"]), (&json!(NOW), &json!(NOW)));
    assert_eq!((&kept["author_name"], &kept["desk_by"]), (&json!("নাসরিন সুলতানা"), &json!("নাসরিন সুলতানা")));

    desk.set_clock("2026-11-24T09:40:00Z");
    let farida = Person::named(&desk, "farida").await;
    let taken = farida.done(&story, "take", json!({})).await;
    assert_eq!((&taken["desk"], &taken["state"]), (&json!("in_edit"), &json!("never")));
    let edited = rewritten(&story, "সম্পাদনার পর");
    farida.write(&edited).await;
    desk.set_clock("2026-11-24T09:50:00Z");
    assert_eq!(farida.done(&edited, "return", because()).await["desk"], "returned");
    let kept = desk.look_up(id(&story)).await;
    assert_eq!((&kept["desk_by"], &kept["desk_note"]), (&json!("ফরিদা ইয়াসমিন"), &because()["note"]));
    assert_eq!((&kept["desk_at"], &kept["filed_at"]), (&json!("2026-11-24T09:50:00Z"), &json!(NOW)));
    assert_eq!(kept["payload"], edited);

    desk.set_clock("2026-11-24T10:00:00Z");
    let mended = rewritten(&story, "দুই সূত্রে নিশ্চিত");
    nasrin.write(&mended).await;
    assert_eq!(nasrin.done(&mended, "file", json!({})).await["desk"], "filed");
    let kept = desk.look_up(id(&story)).await;
    assert_eq!((&kept["desk_note"], &kept["filed_at"]), (&json!(""), &json!("2026-11-24T10:00:00Z")));
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.done(&mended, "take", json!({})).await;
    assert_eq!(mahbub.done(&mended, "publish", json!({})).await["desk"], "approved");
    assert_eq!(desk.look_up(id(&story)).await["desk_by"], "মাহবুব আলম চৌধুরী");
}

#[tokio::test]
async fn readers_get_neither_the_story_nor_the_reason_of_its_return() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "ফেরত যাওয়া").await;
    let farida = Person::named(&desk, "farida").await;
    farida.done(&story, "return", because()).await;
    let reason = because()["note"].as_str().unwrap().to_owned();
    for address in ["/", "/feed.xml", "/sitemap.xml", "/s/bangladesh-districts"] {
        let page = desk.page(address).await.1;
        assert!(!page.contains("ফেরত যাওয়া") && !page.contains(&reason), "{address}");
    }
    nasrin.done(&story, "file", json!({})).await;
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.done(&story, "take", json!({})).await;
    mahbub.done(&story, "return", because()).await;
    let receipt = mahbub.done(&story, "publish", json!({})).await;
    let (status, page) = desk.page(&desk.path_of(&receipt["public_url"])).await;
    assert!(status == 200 && !page.contains(&reason));
    // What was the reason is none any more.
    assert_eq!(desk.look_up(id(&story)).await["desk_note"], "");
}

#[tokio::test]
async fn a_return_tells_its_author_why() {
    let desk = Desk::open().await;
    let (_, story) = filed(&desk, "কারণ বলা হয়নি").await;
    let farida = Person::named(&desk, "farida").await;
    for note in ["", " \n"] {
        let answer = farida.order(&story, "return", json!({ "note": note })).send().await.unwrap();
        assert_eq!(refusal(answer).await, (422, "invalid".to_owned(), vec!["/note".to_owned()]));
    }
    assert_eq!(desk.look_up(id(&story)).await["desk"], "filed");
}

#[tokio::test]
async fn the_desk_takes_and_returns_and_the_author_alone_recalls() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "কার কী কাজ").await;
    for user in ["nasrin", "tapan", "admin"] {
        let person = Person::named(&desk, user).await;
        for command in ["take", "return"] {
            assert_eq!(person.refused(&story, command, because()).await, "forbidden", "{user}, {command}");
        }
    }
    for user in ["tapan", "farida", "mahbub", "admin"] {
        let person = Person::named(&desk, user).await;
        assert_eq!(person.refused(&story, "recall", json!({})).await, "forbidden", "{user}");
    }
    let receipt = nasrin.done(&story, "recall", json!({ "note": "একটি নাম বদলাব" })).await;
    assert_eq!((&receipt["desk"], &receipt["state"]), (&json!("draft"), &json!("never")));
    assert_eq!(desk.look_up(id(&story)).await["desk_note"], "একটি নাম বদলাব");
    assert_eq!(nasrin.refused(&story, "recall", json!({})).await, "out-of-turn");
    nasrin.done(&story, "file", json!({})).await;
}

#[tokio::test]
async fn what_somebody_at_the_desk_has_is_not_recalled() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "ডেস্কের হাতে").await;
    let farida = Person::named(&desk, "farida").await;
    farida.hold(&story, "ল্যাপটপ").await;
    assert_eq!(nasrin.refused(&story, "recall", json!({})).await, "out-of-turn");
    // The lease runs out and nothing was taken.
    desk.set_clock("2026-11-24T09:36:00Z");
    nasrin.hold(&story, "ফোন").await;
    nasrin.done(&story, "recall", json!({})).await;
    assert_eq!(desk.look_up(id(&story)).await["lease"], Value::Null);
    nasrin.done(&story, "file", json!({})).await;
    farida.done(&story, "take", json!({})).await;
    assert_eq!(nasrin.refused(&story, "recall", json!({})).await, "out-of-turn");
    assert_eq!(nasrin.refused(&story, "file", json!({})).await, "out-of-turn");
}

#[tokio::test]
async fn a_story_that_another_holds_is_taken_only_after_a_takeover() {
    let desk = Desk::open().await;
    let (_, story) = filed(&desk, "দুজনের টান").await;
    let farida = Person::named(&desk, "farida").await;
    let mahbub = Person::named(&desk, "mahbub").await;
    farida.hold(&story, "ল্যাপটপ").await;
    assert_eq!(mahbub.refused(&story, "take", json!({})).await, "leased");
    assert_eq!(desk.look_up(id(&story)).await["desk"], "filed");
    farida.done(&story, "take", json!({})).await;
    assert_eq!(mahbub.refused(&story, "take", json!({})).await, "leased");
    let over = mahbub.ask_for_lease(&story, json!({ "device": "ডেস্ক", "takeover": true })).await;
    assert_eq!(over.json::<Value>().await.unwrap()["taken_from"]["name"], "ফরিদা ইয়াসমিন");
    mahbub.done(&story, "take", json!({})).await;
    assert_eq!(desk.look_up(id(&story)).await["desk_by"], "মাহবুব আলম চৌধুরী");
}

#[tokio::test]
async fn a_return_ends_the_givers_lease_and_nobody_elses() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "হাত খালি").await;
    let farida = Person::named(&desk, "farida").await;
    farida.hold(&story, "ল্যাপটপ").await;
    farida.done(&story, "take", json!({})).await;
    farida.done(&story, "return", because()).await;
    assert_eq!(desk.look_up(id(&story)).await["lease"], Value::Null);
    nasrin.done(&story, "file", json!({})).await;
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.hold(&story, "ডেস্ক").await;
    farida.done(&story, "return", because()).await;
    assert_eq!(desk.look_up(id(&story)).await["lease"]["holder"], "mahbub");
}

#[tokio::test]
async fn a_command_names_the_text_that_was_read_and_is_done_once() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "পড়া লেখা").await;
    let tag = desk.look_up(id(&story)).await["etag"].as_str().unwrap().to_owned();
    let newer = rewritten(&story, "পরের লেখা");
    nasrin.write(&newer).await;
    let farida = Person::named(&desk, "farida").await;
    for (person, command) in [(&farida, "take"), (&farida, "return"), (&nasrin, "recall")] {
        assert_eq!(person.refused(&story, command, because()).await, "moved-on", "{command}");
        let late = person.order(&newer, command, because()).header("if-match", &tag).send().await.unwrap();
        assert_eq!(refusal(late).await.0, 412, "{command}");
    }
    let order = farida.order(&newer, "take", json!({}));
    let first = order.try_clone().unwrap().send().await.unwrap().text().await.unwrap();
    farida.done(&newer, "return", because()).await;
    // The answer of then, and no second taking.
    assert_eq!(order.send().await.unwrap().text().await.unwrap(), first);
    assert_eq!(desk.look_up(id(&story)).await["desk"], "returned");
}

#[tokio::test]
async fn what_readers_have_is_taken_for_correction_and_a_draft_is_nobodys() {
    let desk = Desk::open().await;
    let farida = Person::named(&desk, "farida").await;
    let (draft, live) = (payload("লেখা চলছে"), payload("পাঠকের হাতে"));
    desk.create(&draft).await;
    assert_eq!(farida.refused(&draft, "take", json!({})).await, "out-of-turn");
    assert_eq!(farida.refused(&draft, "return", because()).await, "out-of-turn");
    desk.publish(&live).await;
    let receipt = farida.done(&live, "take", json!({})).await;
    assert_eq!((&receipt["desk"], &receipt["state"]), (&json!("in_edit"), &json!("live")));
    farida.done(&live, "return", because()).await;
    assert_eq!(farida.done(&live, "take", json!({})).await["desk"], "in_edit");
}

#[tokio::test]
async fn an_author_files_a_newer_text_until_it_is_taken() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "প্রথম জমা").await;
    let newer = rewritten(&story, "দ্বিতীয় জমা");
    nasrin.write(&newer).await;
    assert_eq!(desk.look_up(id(&story)).await["desk"], "filed");
    nasrin.done(&newer, "file", json!({})).await;
    let farida = Person::named(&desk, "farida").await;
    assert_eq!(farida.refused(&newer, "file", json!({})).await, "out-of-turn");
    // Who writes at it without a word has taken it all the same.
    let edited = rewritten(&story, "ডেস্কের লেখা");
    farida.write(&edited).await;
    let kept = desk.look_up(id(&story)).await;
    assert_eq!((&kept["desk"], &kept["desk_by"]), (&json!("in_edit"), &json!("ফরিদা ইয়াসমিন")));
    assert_eq!(nasrin.refused(&edited, "file", json!({})).await, "out-of-turn");
}

#[tokio::test]
async fn a_correction_is_filed_while_nobody_else_is_at_it() {
    let desk = Desk::open().await;
    let (nasrin, story) = filed(&desk, "ছাপা হয়েছে").await;
    desk.done(&story, "publish", json!({})).await;
    let corrected = rewritten(&story, "সংশোধিত শিরোনাম");
    nasrin.write(&corrected).await;
    let farida = Person::named(&desk, "farida").await;
    farida.hold(&story, "ল্যাপটপ").await;
    assert_eq!(nasrin.refused(&corrected, "file", json!({})).await, "out-of-turn");
    desk.set_clock("2026-11-24T09:36:00Z");
    assert_eq!(nasrin.done(&corrected, "file", json!({})).await["desk"], "filed");
}
