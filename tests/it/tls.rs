//! Whom the program believes to be the portal (row 28): only who has a certificate of today, for that very host, by
//! an authority that this machine's system trusts. The test's own authority stands in the system's place
//! (`SSL_CERT_FILE`) for one child process; nothing in the program knows of it.

use newsite::Running;
use testkit::{Authority, Door, Flaw, Identity};

use crate::cli::{Place, Ran, articles, editor, ran};

const HEADLINE: &str = "শেষ খেয়ার মাঝি";
const ENGLISH: &str = "The portal's identity could not be verified; nothing was sent.";
const BENGALI: &str = "পোর্টালের পরিচয় নিশ্চিত করা যায়নি; কিছু পাঠানো হয়নি।";

/// A machine that trusts one authority, and a portal behind TLS.
struct Given {
    place: Place,
    site: Running,
    authority: Authority,
    door: Door,
}

async fn given() -> Given {
    let place = Place::new();
    let site = place.portal().await;
    let authority = Authority::new();
    place.file("roots.pem", authority.pem());
    let door = Door::before(&site.url(), authority.signs(Flaw::None)).await;
    Given { place, site, authority, door }
}

impl Given {
    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.place.command(arguments);
        command.env("SSL_CERT_FILE", self.place.path("roots.pem")).env_remove("SSL_CERT_DIR");
        command.env("KHOSRA_PASSWORD", &editor(&self.site).password);
        ran(command.output().unwrap())
    }

    fn sign_in(&self, language: &str) -> Ran {
        let url = self.door.url();
        let user = &editor(&self.site).user;
        self.run(&[
            "portal", "add", "ঘর", "--kind", "native", "--url", &url, "--user", user, "--lang", language,
        ])
    }

    /// Shown this, the program goes after a look or two (for the story, and for what is new at the portal), without
    /// a word.
    fn goes_away(&self, identity: &Identity, why: &str, act: impl Fn(&Self) -> Ran, sentence: &str) {
        self.door.shows(identity.clone());
        self.door.knocks();
        self.door.heard();
        let told = act(self).stopped(4);
        assert!(told.contains(sentence), "{why}: {told}");
        assert_eq!((self.door.heard(), self.door.plain()), (0, 0), "{why}");
        assert!(self.door.knocks() <= 2, "{why}");
    }

    /// Certificates that are not to be believed, and the reason in the words of the TLS library.
    fn false_ones(&self) -> Vec<(Identity, &'static str)> {
        vec![
            (self.authority.signs(Flaw::Expired), "expired"),
            (self.authority.signs(Flaw::NotYetValid), "not valid yet"),
            (self.authority.signs(Flaw::OtherHost), "not valid for name"),
            (Identity::self_signed(), "UnknownIssuer"),
            // What a network that reads along would show: everything in order, but for who signed it.
            (Authority::new().signs(Flaw::None), "BadSignature"),
        ]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_28_over_tls_that_the_system_trusts_a_story_is_published() {
    let given = given().await;
    given.sign_in("en").done();
    let story = given.place.story(HEADLINE);
    let url = given.run(&["publish", &story, "--wait", "60"]).done();
    assert!(url.starts_with(&given.door.url()), "{url}");
    assert!(given.door.heard() > 0 && given.door.plain() == 0);
    assert_eq!(articles(&given.site, HEADLINE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn row_28_no_password_goes_to_a_portal_that_cannot_prove_who_it_is() {
    let given = given().await;
    for (identity, why) in given.false_ones() {
        given.goes_away(&identity, why, |given| given.sign_in("en"), ENGLISH);
        given.goes_away(&identity, why, |given| given.sign_in("bn"), BENGALI);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_28_a_portal_that_cannot_prove_who_it_is_any_more_gets_nothing_until_it_can() {
    let given = given().await;
    for (number, (identity, why)) in given.false_ones().into_iter().enumerate() {
        let headline = format!("{HEADLINE} {number}");
        given.door.shows(given.authority.signs(Flaw::None));
        given.sign_in("en").done();
        let story = given.place.story(&headline);
        let publish = |given: &Given| given.run(&["publish", &story, "--wait", "4", "--lang", "en"]);
        given.goes_away(&identity, why, publish, ENGLISH);
        let again = |given: &Given| given.run(&["outbox", "run", "--wait", "4"]);
        given.goes_away(&identity, why, again, BENGALI);
        let outbox = given.run(&["outbox", "--json"]).json();
        let detail = outbox["intents"][0]["detail"].as_str().unwrap();
        assert!(detail.contains(why), "{why}: {detail}");
        assert_eq!(articles(&given.site, &headline).await, 0);

        given.door.shows(given.authority.signs(Flaw::None));
        // Somebody has to say that it may go on: nothing here mends by itself.
        let intent = outbox["intents"][0]["intent"].as_str().unwrap();
        given.run(&["outbox", "send", intent]).done();
        given.run(&["outbox", "run", "--wait", "60"]).done();
        assert_eq!(articles(&given.site, &headline).await, 1, "{why}");
    }
}

/// Without the test's authority the same good certificate counts for nothing: the program has no roots of its own.
#[tokio::test(flavor = "multi_thread")]
async fn row_28_only_the_systems_roots_count() {
    let given = given().await;
    let good = given.authority.signs(Flaw::None);
    let elsewhere = Authority::new();
    given.place.file("roots.pem", elsewhere.pem());
    given.goes_away(&good, "another root", |given| given.sign_in("en"), ENGLISH);
    given.place.file("roots.pem", "");
    given.goes_away(&good, "no root at all", |given| given.sign_in("bn"), BENGALI);
}
