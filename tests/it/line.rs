//! A bad line between the program and a portal that is well: what the person is told, in both languages, and
//! that there is one article in the end. The rows are those of `tests/exactly_once/README.md`.

use std::{process::Command, time::Duration};

use newsite::Running;
use testkit::{Asked, Fault, Part, Proxy, RetryAfter, Twice, When};

use crate::cli::{Place, arg, articles, page, ran};

const HEADLINE: &str = "শেষ খেয়ার মাঝি";

struct Given {
    place: Place,
    site: Running,
    proxy: Proxy,
    story: String,
}

async fn given() -> Given {
    let place = Place::new();
    let site = place.portal().await;
    let proxy = Proxy::to(&site.url()).await;
    place.sign_in_at(&proxy.url(), &site);
    let story = place.story(HEADLINE);
    Given { place, site, proxy, story }
}

impl Given {
    /// Publishes on a line that goes wrong so for ever; both sentences must be said, the story must be safe, and
    /// it arrives once when the line is good again.
    async fn told(
        &self,
        judge: impl FnMut(&Asked) -> Option<Fault> + Send + 'static,
        code: i32,
        said: (&str, &str),
    ) -> (String, String) {
        self.proxy.bend(judge);
        let english = self.place.run(&["publish", &self.story, "--wait", "2", "--lang", "en"]).stopped(code);
        assert!(english.contains(said.0) && english.contains("safe"), "{english}");
        let bengali = self.place.run(&["outbox", "run", "--wait", "2"]);
        assert!(bengali.err.contains(said.1) && bengali.err.contains("নিরাপদে"), "{}", bengali.err);
        self.proxy.calm();
        (english, bengali.err)
    }

    async fn arrives_once(&self) {
        for _ in 0..5 {
            let intents = self.place.run(&["outbox", "--json"]).json();
            if intents["intents"][0]["state"] == "confirmed" {
                break;
            }
            self.place.run(&["outbox", "run", "--wait", "20"]);
        }
        let shown = self.place.run(&["story", "show", &self.story, "--json"]).json();
        assert_eq!(
            (&shown["axes"]["public"], shown["deliveries"].as_array().unwrap().len()),
            (&"live".into(), 1)
        );
        assert_eq!(articles(&self.site, HEADLINE).await, 1);
    }
}

/// The keys of all commands to publish that arrived so far, in their order.
fn commands(proxy: &Proxy) -> Vec<Option<String>> {
    let asked = proxy.seen().into_iter().map(|seen| seen.asked);
    asked
        .filter(|asked| asked.method == "POST" && asked.path.contains("/stories/"))
        .map(|asked| asked.key)
        .collect()
}

fn on(method: &'static str, fault: Fault) -> impl FnMut(&Asked) -> Option<Fault> + Send + 'static {
    move |asked| (asked.method == method && asked.path.contains("/stories/")).then_some(fault)
}

/// Goes wrong from the first command that may have made something public, and for ever.
fn from_publishing_on(fault: Fault) -> impl FnMut(&Asked) -> Option<Fault> + Send + 'static {
    let mut begun = false;
    move |asked| {
        begun |= asked.method == "POST" && asked.path.contains("/stories/");
        begun.then_some(fault)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_19_without_a_connection_the_story_waits_and_says_so() {
    let Given { place, site, proxy, story } = given().await;
    let port = proxy.url().rsplit(':').next().unwrap().parse().unwrap();
    drop(proxy);
    let (english, bengali) = ("The portal cannot be reached.", "পোর্টালের সঙ্গে সংযোগ নেই।");
    let told = place.run(&["publish", &story, "--wait", "2", "--lang", "en"]).stopped(3);
    assert!(told.contains(english) && told.contains("safe"), "{told}");
    let told = place.run(&["outbox", "run", "--wait", "2"]).stopped(3);
    assert!(told.contains(bengali) && told.contains("নিরাপদে"), "{told}");
    assert_eq!(place.run(&["outbox", "--json"]).json()["intents"][0]["state"], "queued");
    let proxy = Proxy::at(port, &site.url()).await;
    Given { place, site, proxy, story }.arrives_once().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_19_a_portal_whose_name_nobody_knows_cannot_be_reached() {
    let place = Place::new();
    for (language, sentence) in [("en", "The portal cannot be reached."), ("bn", "পোর্টালের সঙ্গে সংযোগ নেই।")]
    {
        let arguments =
            ["portal", "add", "ঘর", "--kind", "native", "--url", "https://portal.invalid", "--user", "desk"];
        let mut command = place.command(&[&arguments[..], &["--lang", language]].concat());
        let told = ran(command.env("KHOSRA_PASSWORD", "sesame").output().unwrap()).stopped(4);
        assert!(told.contains(sentence), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_20_an_answer_lost_after_the_portal_acted_is_told_as_not_known() {
    for part in [None, Some(Part::Head), Some(Part::HalfBody), Some(Part::AllButOne)] {
        let given = given().await;
        let said = ("The connection broke", "সংযোগ কেটে গেছে");
        let told = given.told(from_publishing_on(Fault::CutAnswer(part)), 3, said).await;
        assert!(told.0.contains("whether it arrived is not known"), "{part:?}: {}", told.0);
        assert!(told.1.contains("পৌঁছেছে কি না জানা যায়নি"), "{part:?}: {}", told.1);
        assert_eq!(articles(&given.site, HEADLINE).await, 1, "the portal has acted");
        given.arrives_once().await;
        assert_eq!(commands(&given.proxy).len(), 1, "{part:?}: it was looked up, not sent again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_21_a_request_that_arrives_twice_is_one_article() {
    for which in [Twice::First, Twice::Second] {
        let given = given().await;
        given.proxy.bend(move |_| Some(Fault::Twice(which)));
        let language = if which == Twice::First { "en" } else { "bn" };
        let mut publish = given.place.command(&["publish", &given.story, "--wait", "60", "--lang", language]);
        let done = ran(publish.env("KHOSRA_LOG", "off").output().unwrap());
        assert!(!done.err.contains(HEADLINE), "nobody need hear of it: {}", done.err);
        assert!(done.done().contains("/"), "its address, and nothing else");
        given.proxy.calm();
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_22_cut_in_the_middle_of_a_photo_the_story_waits_and_says_so() {
    let given = given().await;
    let mut begun = false;
    let cut = move |asked: &Asked| {
        begun |= asked.path.contains("/uploads");
        begun.then_some(Fault::CutBefore)
    };
    given.told(cut, 3, ("The connection broke", "সংযোগ কেটে গেছে")).await;
    assert_eq!(articles(&given.site, HEADLINE).await, 0, "no story without its photo");
    given.arrives_once().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_22_an_upload_cut_at_any_part_goes_on_and_the_photo_is_whole() {
    for part in [Part::FirstLine, Part::Head, Part::HalfBody, Part::AllButOne, Part::Whole] {
        let given = given().await;
        let mut cut = false;
        given.proxy.bend(move |asked| {
            let hit = asked.method == "PATCH" && !cut;
            cut |= hit;
            hit.then_some(Fault::CutRequest(part))
        });
        let url = given.place.run(&["publish", &given.story, "--wait", "60"]).done();
        let html = page(&url.replace(&given.proxy.url(), &given.site.url())).await;
        let digest: String =
            html.split("/media/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
        let bytes = testkit::fetch(&format!("{}/media/{digest}", given.site.url())).await;
        assert_eq!(story::Sha256Hex::of(&bytes).as_str(), digest, "{part:?}");
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_23_a_portal_that_asks_to_wait_is_waited_for_an_hour_at_most() {
    for after in [RetryAfter::Seconds, RetryAfter::Date, RetryAfter::Absurd, RetryAfter::Negative] {
        let given = given().await;
        let said = ("asks to wait a little", "একটু অপেক্ষা");
        given.told(on("PUT", Fault::Status(429, When::Unheard, after)), 3, said).await;
        let outbox = given.place.run(&["outbox", "--json"]).json();
        let time = |text: &serde_json::Value| {
            text.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        };
        let intent = &outbox["intents"][0];
        let wait = time(&intent["next_at"]) - time(&intent["asked_at"]);
        assert!(wait <= chrono::TimeDelta::seconds(3_630), "{after:?}: {wait}");
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_24_a_refused_token_stops_the_queue_until_somebody_signs_in() {
    let given = given().await;
    let judge = on("GET", Fault::Refused(401));
    given.told(judge, 4, ("Sign in to the portal again.", "আবার সাইন ইন")).await;
    let other = given.place.story("দ্বিতীয় খবর");
    given.proxy.bend(on("GET", Fault::Refused(401)));
    given.place.run(&["publish", &other, "--wait", "2"]);
    let shown = given.place.run(&["story", "show", &other, "--json"]).json();
    assert_eq!(shown["deliveries"][0]["attempts"], 0, "no attempt was wasted");
    given.proxy.calm();
    given.place.sign_in_at(&given.proxy.url(), &given.site);
    given.arrives_once().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_25_and_32_each_refusal_stops_with_its_reason() {
    for (status, english, bengali) in [
        (403, "may not do that", "অনুমতি নেই"),
        (404, "knows no such thing", "এমন কিছু নেই"),
        (409, "Another act", "অন্য একটি কাজ"),
        (410, "knows no such thing", "এমন কিছু নেই"),
        (412, "nothing was written over it", "কিছু লেখা হয়নি"),
        (413, "larger than the portal takes", "এত বড় কিছু নেয় না"),
        (415, "does not accept", "গ্রহণ করেনি"),
        (422, "does not accept", "গ্রহণ করেনি"),
    ] {
        let given = given().await;
        let fault = Fault::Status(status, When::Unheard, RetryAfter::None);
        given.told(on("PUT", fault), 4, (english, bengali)).await;
        let intents = given.place.run(&["outbox", "--json"]).json();
        let intent = intents["intents"][0]["intent"].as_str().unwrap().to_owned();
        assert!(!intent.is_empty() && articles(&given.site, HEADLINE).await == 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_26_an_sql_error_with_status_200_is_a_fault_of_the_portals_and_no_success() {
    for when in [When::Done, When::Unheard] {
        let given = given().await;
        let said = ("the text of an error of its own", "তার নিজের ত্রুটির লেখা");
        given.told(from_publishing_on(Fault::SqlPage(when)), 3, said).await;
        let shown = given.place.run(&["story", "show", &given.story, "--json"]).json();
        assert_eq!(shown["axes"]["public"], "never", "{when:?}: nothing claims to be published");
        given.arrives_once().await;
        let commands = commands(&given.proxy);
        assert_eq!(commands.len(), if when == When::Done { 1 } else { 2 }, "{when:?}: looked up first");
        assert!(commands.iter().all(|key| *key == commands[0]), "{when:?}: one act, one key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_27_a_network_that_wants_a_log_in_is_named_and_is_no_success() {
    let network = ("sign in to this network", "ওয়াই-ফাইয়ে সাইন ইন");
    for fault in [
        Fault::LoginPage(When::Unheard),
        Fault::Redirect(302, "http://login.example/?from=portal"),
        Fault::Status(511, When::Unheard, RetryAfter::None),
    ] {
        // It stands in the way of everything, or comes up in the middle.
        for from_the_start in [true, false] {
            let given = given().await;
            let mut later = from_publishing_on(fault);
            let judge = move |asked: &Asked| if from_the_start { Some(fault) } else { later(asked) };
            given.told(judge, 3, network).await;
            assert_eq!(articles(&given.site, HEADLINE).await, 0, "{fault:?}");
            given.arrives_once().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_29_and_30_an_answer_that_is_half_a_bomb_or_endless_is_no_answer() {
    let strange = ("not what a portal would say", "নিয়মমতো নয়");
    let cut = ("The connection broke", "সংযোগ কেটে গেছে");
    for (fault, said) in [
        (Fault::HalfJson, cut),
        (Fault::GzipBomb, strange),
        (Fault::EndlessBody, strange),
        (Fault::EndlessHead, cut),
    ] {
        let given = given().await;
        given.told(move |_| Some(fault), 3, said).await;
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_30_a_portal_that_takes_the_story_and_says_nothing_is_given_up_and_told() {
    let silent = |language: &'static str, sentences: [&'static str; 3]| async move {
        let given = given().await;
        given.proxy.bend(from_publishing_on(Fault::Silence));
        let mut publish = given.place.command(&["publish", &given.story, "--wait", "50", "--lang", language]);
        let told = tokio::task::spawn_blocking(move || ran(publish.output().unwrap()));
        let told = told.await.unwrap().stopped(3);
        assert!(sentences.iter().all(|sentence| told.contains(sentence)), "{told}");
        given.proxy.calm();
        given.arrives_once().await;
    };
    // Both at a time: each waits for as long as a person would.
    tokio::join!(
        silent("en", ["did not answer in time", "whether it arrived is not known", "safe"]),
        silent("bn", ["সময়মতো সাড়া দেয়নি", "পৌঁছেছে কি না জানা যায়নি", "নিরাপদে"]),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn row_30_a_wait_that_ends_while_the_story_is_being_sent_claims_neither() {
    let given = given().await;
    let said = (
        "the wait was over before it was sent, and whether it arrived is not known",
        "পাঠানো শেষ হয়নি; পৌঁছেছে কি না জানা যায়নি",
    );
    given.told(from_publishing_on(Fault::Silence), 3, said).await;
    given.arrives_once().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_31_no_redirect_is_followed_wherever_it_leads() {
    for (status, place) in [
        (301, "http://portal.invalid/"),
        (302, "http://127.0.0.1:9/"),
        (307, "http://169.254.169.254/latest/meta-data"),
        (308, "file:///etc/passwd"),
    ] {
        let given = given().await;
        let said = ("nothing was sent there", "সেখানে কিছু পাঠানো হয়নি");
        given.told(on("PUT", Fault::Redirect(status, place)), 3, said).await;
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_44_asked_to_end_while_sending_the_program_leaves_a_story_that_arrives_once() {
    for milliseconds in [100, 300, 600, 1_000] {
        let given = given().await;
        given.proxy.bend(|_| Some(Fault::Delay(Duration::from_millis(120))));
        let mut child = given.place.spawn(&["publish", &given.story, "--wait", "60"]);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        let begun = std::time::Instant::now();
        child.wait().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(2), "{milliseconds}");
        given.proxy.calm();
        let shown = given.place.run(&["story", "show", &given.story, "--json"]).json();
        if shown["deliveries"].as_array().unwrap().is_empty() {
            given.place.run(&["publish", &given.story, "--wait", "60"]).done();
        }
        given.arrives_once().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_46_a_store_from_before_the_publication_finds_the_article_and_makes_no_second() {
    let given = given().await;
    let backup = given.place.path("before.db");
    given.place.run(&["backup", "--out", arg(&backup)]).done();
    let url = given.place.run(&["publish", &given.story, "--wait", "60"]).done();
    given.place.run(&["restore", arg(&backup)]).done();
    let shown = given.place.run(&["story", "show", &given.story, "--json"]).json();
    assert_eq!(shown["axes"]["public"], "never", "the backup is from before");
    assert_eq!(given.place.run(&["publish", &given.story, "--wait", "60"]).done(), url);
    given.arrives_once().await;
}
