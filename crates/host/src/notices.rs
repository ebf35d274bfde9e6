//! Notices on the person's desktop, for when the window is behind others. The session's notification service shows them
//! and says which was clicked (Desktop Notifications Specification 1.2). Elsewhere than on Linux there are none yet.

use desk::wire::DesktopNotice;

/// What a click on a notice does.
pub(crate) type OnClick = Box<dyn FnOnce() + Send>;

#[cfg(target_os = "linux")]
pub(crate) use freedesktop::Notices;

/// Shows nothing.
#[cfg(not(target_os = "linux"))]
#[derive(Default)]
pub(crate) struct Notices;

#[cfg(not(target_os = "linux"))]
impl Notices {
    pub(crate) fn show(&self, _notice: DesktopNotice, _on_click: OnClick) {}
}

#[cfg(target_os = "linux")]
mod freedesktop {
    use std::{
        collections::{BTreeMap, HashMap},
        sync::{
            Arc, Mutex, MutexGuard, PoisonError,
            mpsc::{Receiver, Sender, channel},
        },
        thread,
        time::Duration,
    };

    use story::StoryId;
    use zbus::{
        MatchRule, Message,
        blocking::{Connection, MessageIterator, connection::Builder},
        message::Type,
        zvariant::Value,
    };

    use super::{DesktopNotice, OnClick};

    const SERVICE: &str = "org.freedesktop.Notifications";
    const PLACE: &str = "/org/freedesktop/Notifications";
    /// A service that hangs must not keep what comes after.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// The action that a click on the notice itself stands for.
    const ON_CLICK: &str = "default";
    /// As long as the desktop thinks right, in the specification's words.
    const ITS_OWN_TIME: i32 = -1;

    type Wanted = (DesktopNotice, OnClick);
    type Bus = Box<dyn Fn() -> zbus::Result<Builder<'static>> + Send>;

    /// Where notices are handed in; whoever shows them runs from the first one on.
    #[derive(Default)]
    pub(crate) struct Notices(Mutex<Option<Sender<Wanted>>>);

    impl Notices {
        /// Returns at once. Where nothing shows notices the log says so: the window has the same in its lists.
        pub(crate) fn show(&self, notice: DesktopNotice, on_click: OnClick) {
            self.show_on(notice, on_click, || Box::new(Builder::session));
        }

        fn show_on(&self, notice: DesktopNotice, on_click: OnClick, bus: impl FnOnce() -> Bus) {
            let mut hand_in = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if hand_in.is_none() {
                let (sender, wanted) = channel();
                let bus = bus();
                let shower = thread::Builder::new().name("notices".to_owned());
                if let Err(error) = shower.spawn(move || show_all(&bus, wanted)) {
                    tracing::warn!(%error, "notices cannot be shown");
                    return;
                }
                *hand_in = Some(sender);
            }
            // It ends with us, so somebody listens.
            let _ = hand_in.as_ref().map(|sender| sender.send((notice, on_click)));
        }
    }

    fn show_all(bus: &Bus, wanted: Receiver<Wanted>) {
        let mut service = None;
        for (notice, on_click) in wanted {
            let reached = match service.take() {
                Some(reached) => Ok(reached),
                None => Service::reach(bus),
            };
            let shown =
                reached.and_then(|service: Arc<Service>| service.show(notice, on_click).map(|()| service));
            // One that did not answer is looked for anew with the next notice.
            service = shown.inspect_err(|error| tracing::info!(%error, "the desktop shows no notice")).ok();
        }
    }

    /// The session's notification service.
    struct Service {
        bus: Connection,
        /// It takes a body for HTML.
        reads_markup: bool,
        shown: Mutex<Shown>,
    }

    #[derive(Default)]
    struct Shown {
        /// The service's number for the last notice of a story: the next one stands in its place.
        last: BTreeMap<StoryId, u32>,
        on_click: BTreeMap<u32, OnClick>,
    }

    impl Service {
        fn reach(bus: &Bus) -> zbus::Result<Arc<Self>> {
            let bus = bus()?.method_timeout(PATIENCE).build()?;
            let capabilities =
                bus.call_method(Some(SERVICE), PLACE, Some(SERVICE), "GetCapabilities", &())?;
            let capabilities: Vec<String> = capabilities.body().deserialize()?;
            let reads_markup = capabilities.iter().any(|each| each == "body-markup");
            let signals =
                MatchRule::builder().msg_type(Type::Signal).interface(SERVICE)?.path(PLACE)?.build();
            let signals = MessageIterator::for_match_rule(signals, &bus, None)?;
            let service = Arc::new(Self { bus, reads_markup, shown: Mutex::default() });
            let hearing = Arc::downgrade(&service);
            thread::Builder::new().name("clicks".to_owned()).spawn(move || {
                for signal in signals.flatten() {
                    let Some(service) = hearing.upgrade() else { return };
                    if let Err(error) = service.hear(&signal) {
                        tracing::debug!(%error, "the desktop said something that is not in its book");
                    }
                }
            })?;
            Ok(service)
        }

        fn show(
            &self,
            DesktopNotice { story, title, body }: DesktopNotice,
            on_click: OnClick,
        ) -> zbus::Result<()> {
            // Held until its number is known: the click may come at once.
            let mut shown = self.shown();
            let earlier = story.and_then(|story| shown.last.get(&story).copied()).unwrap_or_default();
            let body = if self.reads_markup { escaped(&body) } else { body };
            let hints: HashMap<&str, Value<'_>> = HashMap::from([("desktop-entry", Value::from("khosra"))]);
            let arguments =
                ("Khosra", earlier, "khosra", title, body, vec![ON_CLICK, ""], hints, ITS_OWN_TIME);
            let number = self.bus.call_method(Some(SERVICE), PLACE, Some(SERVICE), "Notify", &arguments)?;
            let number = number.body().deserialize()?;
            shown.on_click.insert(number, on_click);
            if let Some(story) = story {
                shown.last.insert(story, number);
            }
            Ok(())
        }

        fn hear(&self, signal: &Message) -> zbus::Result<()> {
            let body = signal.body();
            match signal.header().member().map(|member| member.as_str().to_owned()).as_deref() {
                Some("ActionInvoked") => {
                    let (number, action): (u32, String) = body.deserialize()?;
                    let on_click = self.shown().on_click.remove(&number);
                    if let Some(on_click) = on_click.filter(|_| action == ON_CLICK) {
                        on_click();
                    }
                }
                Some("NotificationClosed") => {
                    let (number, _reason): (u32, u32) = body.deserialize()?;
                    self.shown().on_click.remove(&number);
                }
                _ => {}
            }
            Ok(())
        }

        fn shown(&self) -> MutexGuard<'_, Shown> {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// A headline may have an ampersand, and nothing in it is markup.
    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};

        use zbus::object_server::SignalEmitter;

        use super::*;
        use crate::testbus::TestBus;

        const SOON: Duration = Duration::from_secs(20);

        /// What a desktop was asked to show: number in whose place, title, body, actions.
        type Asked = (u32, String, String, Vec<String>);

        /// A desktop that shows notices.
        struct Desktop {
            asked: SyncSender<Asked>,
            reads_markup: bool,
            next: u32,
        }

        #[zbus::interface(name = "org.freedesktop.Notifications")]
        impl Desktop {
            fn get_capabilities(&self) -> Vec<&str> {
                if self.reads_markup { vec!["body", "body-markup", "actions"] } else { vec!["body"] }
            }

            #[expect(clippy::too_many_arguments, reason = "the specification's")]
            fn notify(
                &mut self,
                _app: &str,
                replaces: u32,
                _icon: &str,
                title: String,
                body: String,
                actions: Vec<String>,
                _hints: HashMap<String, Value<'_>>,
                _time: i32,
            ) -> u32 {
                self.asked.send((replaces, title, body, actions)).unwrap();
                if replaces != 0 {
                    return replaces;
                }
                self.next += 1;
                self.next
            }

            #[zbus(signal)]
            async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;

            #[zbus(signal)]
            async fn notification_closed(
                emitter: &SignalEmitter<'_>,
                id: u32,
                reason: u32,
            ) -> zbus::Result<()>;
        }

        fn desktop(bus: &TestBus, reads_markup: bool) -> (Connection, Receiver<Asked>) {
            let (asked, shown) = sync_channel(9);
            let desktop = Desktop { asked, reads_markup, next: 6 };
            let there = bus.builder().unwrap().name(SERVICE).unwrap();
            (there.serve_at(PLACE, desktop).unwrap().build().unwrap(), shown)
        }

        fn show(notices: &Notices, bus: &TestBus, notice: DesktopNotice) -> Receiver<()> {
            let (click, clicked) = sync_channel(1);
            let address = bus.address.clone();
            let on_bus = || -> Bus { Box::new(move || Builder::address(address.as_str())) };
            notices.show_on(notice, Box::new(move || click.send(()).unwrap()), on_bus);
            clicked
        }

        fn notice(story: Option<StoryId>, title: &str) -> DesktopNotice {
            DesktopNotice {
                story, title: title.to_owned(), body: "দাম <b>বাড়ল</b> & কমল".to_owned()
            }
        }

        fn story() -> StoryId {
            serde_json::from_str("\"019a0000-0000-7000-8000-000000000001\"").unwrap()
        }

        #[test]
        fn a_notice_is_shown_and_the_one_that_is_clicked_answers() {
            let Some(bus) = TestBus::start() else { return };
            let (there, shown) = desktop(&bus, true);
            let notices = Notices::default();
            let first = show(&notices, &bus, notice(Some(story()), "ফেরত এসেছে"));
            let (replaces, title, body, actions) = shown.recv_timeout(SOON).unwrap();
            assert_eq!((replaces, title.as_str()), (0, "ফেরত এসেছে"));
            assert_eq!(body, "দাম &lt;b&gt;বাড়ল&lt;/b&gt; &amp; কমল", "a headline is no markup");
            assert_eq!(actions.first().map(String::as_str), Some(ON_CLICK));
            let other = show(&notices, &bus, notice(None, "অন্য"));
            assert_eq!(shown.recv_timeout(SOON).unwrap().0, 0);
            there.emit_signal(None::<()>, PLACE, SERVICE, "ActionInvoked", &(7_u32, ON_CLICK)).unwrap();
            first.recv_timeout(SOON).unwrap();
            there.emit_signal(None::<()>, PLACE, SERVICE, "NotificationClosed", &(8_u32, 2_u32)).unwrap();
            assert_eq!(
                other.recv_timeout(SOON),
                Err(RecvTimeoutError::Disconnected),
                "put away, not clicked"
            );
        }

        #[test]
        fn the_next_notice_of_a_story_stands_in_the_place_of_its_last() {
            let Some(bus) = TestBus::start() else { return };
            let (_there, shown) = desktop(&bus, false);
            let notices = Notices::default();
            let _first = show(&notices, &bus, notice(Some(story()), "অনুমোদিত"));
            assert_eq!(
                shown.recv_timeout(SOON).unwrap().2,
                "দাম <b>বাড়ল</b> & কমল",
                "plain where it is read so"
            );
            let _second = show(&notices, &bus, notice(Some(story()), "প্রকাশিত"));
            assert_eq!(shown.recv_timeout(SOON).unwrap().0, 7);
        }

        #[test]
        fn where_nobody_shows_notices_the_next_desktop_is_found() {
            let Some(bus) = TestBus::start() else { return };
            let notices = Notices::default();
            let lost = show(&notices, &bus, notice(None, "কেউ নেই"));
            assert_eq!(lost.recv_timeout(SOON), Err(RecvTimeoutError::Disconnected));
            let (_there, shown) = desktop(&bus, true);
            let _kept = show(&notices, &bus, notice(None, "এবার আছে"));
            assert_eq!(shown.recv_timeout(SOON).unwrap().1, "এবার আছে");
        }
    }
}
