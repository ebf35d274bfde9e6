//! The conformance run against the reference portal, truthful and not: what fails is named, the rest is tried all the
//! same, and the test story is gone afterwards.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use chrono::Utc;
use khosra_portal::{
    Address, Conditions, Credentials, Kind, ListName, Portal, RemoteState, Report, Secret, Verdict, connect,
    sign_in, try_guarantees,
};
use newsite::Running;
use story::{Cause, Guarantee, Role, Untold};
use tempfile::TempDir;
use testkit::{Asked, Fault, Part, Proxy, RetryAfter, When};
use uuid::Uuid;

/// A UUIDv7 that no other test draws.
pub fn fresh_id() -> Uuid {
    let random: Uuid =
        std::fs::read_to_string("/proc/sys/kernel/random/uuid").unwrap().trim().parse().unwrap();
    let random: &[u8; 10] = random.as_bytes()[..10].try_into().unwrap();
    let millis = u64::try_from(now().timestamp_millis()).unwrap();
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

#[expect(clippy::disallowed_methods, reason = "the real portal runs by the real clock")]
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}

pub async fn run(portal: &dyn Portal, publishing: bool) -> Report {
    let conditions =
        Conditions { new_id: &fresh_id, now: &now, publishing, stopped: &|| false, tell: &|_| () };
    try_guarantees(portal, &conditions).await
}

/// Everything but what is named holds.
pub fn all_but(report: &Report, exceptions: &[(Guarantee, Untold)]) {
    for tried in &report.tried {
        let exception = exceptions.iter().find(|(guarantee, _)| *guarantee == tried.guarantee);
        let due = exception.map_or(Verdict::Holds, |(_, why)| Verdict::Untold(*why));
        assert_eq!(tried.verdict, due, "{:?}", tried.guarantee);
    }
    let all: Vec<_> = report.tried.iter().map(|tried| tried.guarantee).collect();
    assert_eq!(all, Guarantee::ALL, "each is there once, in its order");
}

/// What fails, with its cause.
fn failing(report: &Report) -> Vec<(Guarantee, Option<Cause>)> {
    let failing = report.tried.iter().filter_map(|tried| match &tried.verdict {
        Verdict::Fails(failing) => Some((tried.guarantee, failing.cause)),
        _ => None,
    });
    failing.collect()
}

fn untold(report: &Report) -> Vec<Guarantee> {
    let untold = report.tried.iter().filter(|tried| matches!(tried.verdict, Verdict::Untold(_)));
    untold.map(|tried| tried.guarantee).collect()
}

/// A reference portal, and a line to it on which things can go wrong.
struct Room {
    site: Running,
    line: Proxy,
    _folder: TempDir,
}

impl Room {
    async fn with(faults: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = testkit::portal(folder.path(), 0, faults).await;
        let line = Proxy::to(&site.url()).await;
        Self { site, line, _folder: folder }
    }

    async fn at(&self, url: &str, role: Role) -> Box<dyn Portal> {
        let account = testkit::account(&self.site, role);
        let password = Secret::new(account.password.as_str());
        let address = Address::parse(Kind::Native, url).unwrap();
        let credentials = Credentials { user: &account.user, password: &password, device: "test" };
        let session = sign_in(&address, &credentials).await.unwrap();
        connect(&address, session.token).unwrap()
    }

    async fn as_a(&self, role: Role) -> Box<dyn Portal> {
        self.at(&self.site.url(), role).await
    }

    /// A run over the line, on which `judge` is told each request and how many like it there were before.
    async fn bent(&self, mut judge: impl FnMut(&Asked, usize) -> Option<Fault> + Send + 'static) -> Report {
        let portal = self.at(&self.line.url(), Role::Editor).await;
        let mut before: std::collections::BTreeMap<&'static str, usize> = Default::default();
        self.line.bend(move |asked| {
            let count = before.entry(sort(asked)).or_default();
            *count += 1;
            judge(asked, *count)
        });
        run(&*portal, true).await
    }

    /// Nothing of the test is to be seen by anybody.
    async fn is_clean(&self, report: &Report) {
        let portal = self.as_a(Role::Editor).await;
        assert_eq!(report.left_over, None);
        let remote = portal.look_up(report.story).await.unwrap().unwrap();
        assert_eq!(remote.state, RemoteState::Killed);
        assert!(portal.list(ListName::Latest).await.unwrap().is_empty());
        for page in ["", "feed.xml", "sitemap.xml", "news-sitemap.xml"] {
            let page = testkit::fetch(&format!("{}/{page}", self.site.url())).await;
            let page = String::from_utf8_lossy(&page);
            assert!(!page.contains("Test story") && !page.contains("khosra-test"), "{page}");
        }
    }
}

const ORDERS: &str = "orders";
const STORY: &str = "story";
const PUTS: &str = "puts";
const PAGES: &str = "pages";

fn sort(asked: &Asked) -> &'static str {
    match asked.method.as_str() {
        "POST" if asked.path.ends_with("/transitions") => ORDERS,
        "GET" if asked.path.starts_with("/api/v1/stories/") => STORY,
        "PUT" => PUTS,
        "GET" if !asked.signed && !asked.path.starts_with("/api/") => PAGES,
        _ => "other",
    }
}

#[tokio::test]
async fn the_reference_portal_keeps_every_promise_and_nothing_stays() {
    let room = Room::with(&[]).await;
    let report = run(&*room.as_a(Role::Editor).await, true).await;
    all_but(&report, &[]);
    assert!(!report.fails() && report.skew.unwrap().abs() < chrono::TimeDelta::seconds(5));
    assert!(room.as_a(Role::Editor).await.has_photo(&report.photo.clone().unwrap()).await.unwrap());
    room.is_clean(&report).await;
}

#[tokio::test]
async fn without_publishing_readers_never_have_anything() {
    let room = Room::with(&[]).await;
    let portal = room.as_a(Role::Editor).await;
    let report = run(&*portal, false).await;
    let public = Guarantee::ALL.into_iter().filter(|guarantee| guarantee.is_public());
    all_but(&report, &public.map(|guarantee| (guarantee, Untold::LeftOut)).collect::<Vec<_>>());
    room.is_clean(&report).await;
    let remote = portal.look_up(report.story).await.unwrap().unwrap();
    assert_eq!((remote.published_at, remote.live_hash), (None, None));
}

#[tokio::test]
async fn what_an_account_may_not_is_not_told_and_what_it_leaves_is_named() {
    let room = Room::with(&[]).await;
    let not_allowed = [
        Guarantee::Returns,
        Guarantee::Schedules,
        Guarantee::Unschedules,
        Guarantee::Publishes,
        Guarantee::RepeatsNothing,
        Guarantee::Corrects,
        Guarantee::Withdraws,
        Guarantee::StaysDown,
        Guarantee::Kills,
    ];
    let portal = room.as_a(Role::Correspondent).await;
    let report = run(&*portal, true).await;
    all_but(&report, &not_allowed.map(|guarantee| (guarantee, Untold::NotAllowed)));
    let left = report.left_over.unwrap();
    assert_eq!((left.story, left.url, left.maybe_public), (report.story, None, false));
    assert_eq!((left.state, left.why.cause), (Some(RemoteState::NotPublic), Cause::Forbidden));
}

#[tokio::test]
async fn an_administrator_writes_nothing_and_leaves_nothing() {
    let room = Room::with(&[]).await;
    let report = run(&*room.as_a(Role::Admin).await, true).await;
    let told =
        [Guarantee::SaysWhoItIs, Guarantee::TellsTime, Guarantee::ListsSections, Guarantee::SaysItHasNone];
    let rest = Guarantee::ALL.into_iter().filter(|guarantee| !told.contains(guarantee));
    all_but(&report, &rest.map(|guarantee| (guarantee, Untold::NotAllowed)).collect::<Vec<_>>());
    assert_eq!((report.left_over, report.photo), (None, None));
}

#[tokio::test]
async fn a_portal_that_drops_credits_is_found_out() {
    let room = Room::with(&["drop-credit"]).await;
    let report = run(&*room.as_a(Role::Editor).await, true).await;
    let first = failing(&report)[0];
    assert_eq!(first, (Guarantee::ReadsBackTheSame, None));
    let Verdict::Fails(found) = &report.tried[8].verdict else { panic!("{:?}", report.tried[8]) };
    assert!(found.detail.starts_with("/photos/0/credit: "), "{}", found.detail);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn a_portal_that_lets_a_late_command_through_is_found_out() {
    let room = Room::with(&["drop-header=if-match@/transitions"]).await;
    let report = run(&*room.as_a(Role::Editor).await, true).await;
    assert_eq!(failing(&report), [(Guarantee::StaysDown, None)]);
    assert_eq!(untold(&report), []);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn a_portal_that_forgets_originals_or_keeps_them_after_a_kill_is_found_out() {
    let room = Room::with(&[]).await;
    let is_asked = |asked: &Asked| asked.method == "HEAD" && asked.path.ends_with("/original");
    let unknown = Fault::Status(404, When::Unheard, RetryAfter::None);
    let report = room.bent(move |asked, _| is_asked(asked).then_some(unknown)).await;
    assert_eq!(failing(&report), [(Guarantee::KeepsOriginals, None)]);
    // It is asked for before, afterwards, and once the story is killed.
    let mut times = 0;
    let report = room.bent(move |asked, _| {
        times += usize::from(is_asked(asked));
        (is_asked(asked) && times > 1).then_some(Fault::Cached)
    });
    let report = report.await;
    assert_eq!(failing(&report), [(Guarantee::Kills, None)]);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn a_page_that_is_missing_is_named_and_the_rest_is_tried() {
    let room = Room::with(&["public-404"]).await;
    let report = run(&*room.as_a(Role::Editor).await, true).await;
    let due = Some(Cause::NotFound);
    assert_eq!(failing(&report), [(Guarantee::Publishes, due), (Guarantee::Corrects, due)]);
    assert_eq!(untold(&report), []);
    assert_eq!(report.left_over, None);
    let remote = room.as_a(Role::Editor).await.look_up(report.story).await.unwrap().unwrap();
    assert_eq!(remote.state, RemoteState::Killed);
}

#[tokio::test]
async fn a_database_error_with_200_in_the_place_of_one_answer_fails_one_guarantee() {
    let room = Room::with(&[]).await;
    // The first look finds no story, the second reads it back.
    let sql =
        |asked: &Asked, count| (sort(asked) == STORY && count == 2).then_some(Fault::SqlPage(When::Unheard));
    let report = room.bent(sql).await;
    assert_eq!(failing(&report), [(Guarantee::ReadsBackTheSame, Some(Cause::PortalErrorPage))]);
    assert_eq!(untold(&report), []);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn lost_answers_are_failures_and_what_was_done_is_found_out() {
    // The orders are: another version, file, return, schedule, withdraw, publish, publish again, correct, withdraw,
    // late publish, kill.
    for (sorted, nth, due) in [
        (PUTS, 1, Guarantee::KeepsAWorkingCopy),
        (ORDERS, 3, Guarantee::Returns),
        (ORDERS, 4, Guarantee::Schedules),
        (ORDERS, 6, Guarantee::Publishes),
        (ORDERS, 9, Guarantee::Withdraws),
        (ORDERS, 10, Guarantee::StaysDown),
        (ORDERS, 11, Guarantee::Kills),
    ] {
        let room = Room::with(&[]).await;
        let lost = move |asked: &Asked, count| {
            (sort(asked) == sorted && count == nth).then_some(Fault::CutAnswer(Some(Part::Head)))
        };
        let report = room.bent(lost).await;
        assert_eq!(failing(&report), [(due, Some(Cause::CutOff))]);
        assert_eq!(untold(&report), [], "{due:?}");
        room.is_clean(&report).await;
    }
}

#[tokio::test]
async fn a_withdrawal_that_a_gateway_swallows_is_named_and_the_story_goes_all_the_same() {
    let room = Room::with(&[]).await;
    let swallowed = |asked: &Asked, count| {
        let status = Fault::Status(502, When::Unheard, RetryAfter::None);
        (sort(asked) == ORDERS && (9..11).contains(&count)).then_some(status)
    };
    let report = room.bent(swallowed).await;
    let due = Some(Cause::PortalBroken);
    assert_eq!(failing(&report), [(Guarantee::Withdraws, due), (Guarantee::Kills, due)]);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn a_correction_that_never_comes_to_be_accuses_neither_withdrawal_nor_killing() {
    let room = Room::with(&[]).await;
    let swallowed = |asked: &Asked, count| {
        let status = Fault::Status(502, When::Unheard, RetryAfter::None);
        (sort(asked) == ORDERS && count == 8).then_some(status)
    };
    let report = room.bent(swallowed).await;
    assert_eq!(failing(&report), [(Guarantee::Corrects, Some(Cause::PortalBroken))]);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn a_login_page_before_readers_is_not_the_story() {
    let room = Room::with(&[]).await;
    let page = |asked: &Asked, _| (sort(asked) == PAGES).then_some(Fault::LoginPage(When::Unheard));
    let report = room.bent(page).await;
    let guarantees: Vec<_> = failing(&report).into_iter().map(|(guarantee, _)| guarantee).collect();
    assert_eq!(guarantees, [Guarantee::Publishes, Guarantee::Corrects]);
    room.is_clean(&report).await;
}

#[tokio::test]
async fn when_the_line_dies_while_readers_have_it_the_left_over_is_named_with_its_address() {
    let room = Room::with(&[]).await;
    let dead = AtomicBool::new(false);
    let die = move |asked: &Asked, count| {
        if sort(asked) == ORDERS && count == 7 {
            dead.store(true, Ordering::SeqCst);
        }
        dead.load(Ordering::SeqCst).then_some(Fault::CutBefore)
    };
    let report = room.bent(die).await;
    let due = Some(Cause::CutOff);
    let lost = [Guarantee::RepeatsNothing, Guarantee::Corrects, Guarantee::Withdraws, Guarantee::Kills];
    assert_eq!(failing(&report), lost.map(|guarantee| (guarantee, due)));
    let left = report.left_over.unwrap();
    assert_eq!((left.story, left.state, left.maybe_public), (report.story, None, true));
    // Past the dead line, readers have it.
    let url = left.url.unwrap().replace(&room.line.url(), &room.site.url());
    let page = testkit::fetch(&url).await;
    assert!(String::from_utf8(page).unwrap().contains("Test story, to be removed at once"));
}

#[tokio::test]
async fn a_run_that_is_stopped_in_the_middle_takes_the_story_away() {
    let room = Room::with(&[]).await;
    let portal = room.as_a(Role::Editor).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let counted = AtomicUsize::new(0);
    let conditions = Conditions {
        new_id: &fresh_id,
        now: &now,
        publishing: true,
        stopped: &|| counted.load(Ordering::SeqCst) > 15,
        tell: &|tried| {
            counted.fetch_add(1, Ordering::SeqCst);
            told.lock().unwrap().push(tried.clone());
        },
    };
    let report = try_guarantees(&*portal, &conditions).await;
    let stopped = Guarantee::ALL.into_iter().skip(16).map(|guarantee| (guarantee, Untold::Stopped));
    all_but(&report, &stopped.collect::<Vec<_>>());
    assert_eq!(*told.lock().unwrap(), report.tried);
    room.is_clean(&report).await;
}
