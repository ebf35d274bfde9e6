//! What a byte costs on the present line, by NetworkManager's word over the system's D-Bus. Elsewhere, and where nobody
//! answers, it is not known, and nobody guesses.

use story::Line;

/// What the line costs. Blocks, a few seconds at most.
pub(crate) fn price() -> Line {
    #[cfg(target_os = "linux")]
    return network_manager::price();
    #[cfg(not(target_os = "linux"))]
    Line::Unknown
}

#[cfg(target_os = "linux")]
mod network_manager {
    use std::{sync::mpsc, thread, time::Duration};

    use story::Line;
    use zbus::{
        blocking::{Connection, connection::Builder},
        zvariant::OwnedValue,
    };

    const SERVICE: &str = "org.freedesktop.NetworkManager";
    const PLACE: &str = "/org/freedesktop/NetworkManager";
    /// A bus that hangs must not hold the outbox.
    const PATIENCE: Duration = Duration::from_secs(3);

    pub(super) fn price() -> Line {
        within_patience(Builder::system)
    }

    /// Asks on a thread of its own, which is left behind when the bus says nothing.
    pub(super) fn within_patience<F>(bus: F) -> Line
    where
        F: FnOnce() -> zbus::Result<Builder<'static>> + Send + 'static,
    {
        let (tell, told) = mpsc::channel();
        let asker = thread::Builder::new().name("line".to_owned()).spawn(move || {
            let line = bus().and_then(Builder::build).and_then(|bus| ask(&bus));
            // Nobody listens any more when it took too long.
            let _ = tell.send(line);
        });
        if let Err(error) = asker {
            tracing::warn!(%error, "the line's price could not be asked for");
            return Line::Unknown;
        }
        match told.recv_timeout(PATIENCE) {
            Ok(Ok(line)) => line,
            Ok(Err(error)) => {
                tracing::debug!(%error, "nobody says what the line costs");
                Line::Unknown
            }
            Err(_) => Line::Unknown,
        }
    }

    fn ask(bus: &Connection) -> zbus::Result<Line> {
        let name = "org.freedesktop.DBus";
        let there =
            bus.call_method(Some(name), "/org/freedesktop/DBus", Some(name), "NameHasOwner", &SERVICE)?;
        // A question to a service that is not there could start it.
        if !there.body().deserialize::<bool>()? {
            return Ok(Line::Unknown);
        }
        let properties = Some("org.freedesktop.DBus.Properties");
        let metered = bus.call_method(Some(SERVICE), PLACE, properties, "Get", &(SERVICE, "Metered"))?;
        let metered: OwnedValue = metered.body().deserialize()?;
        Ok(read(u32::try_from(metered)?))
    }

    /// `NMMetered`: unknown, yes, no, and a guess at yes and at no.
    fn read(metered: u32) -> Line {
        match metered {
            1 | 3 => Line::Metered,
            2 | 4 => Line::Free,
            _ => Line::Unknown,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::testbus::TestBus;

        /// NetworkManager, as far as it is asked.
        struct Manager(u32);

        #[zbus::interface(name = "org.freedesktop.NetworkManager")]
        impl Manager {
            #[zbus(property)]
            fn metered(&self) -> u32 {
                self.0
            }
        }

        fn price_on(bus: &TestBus) -> Line {
            let address = bus.address.clone();
            within_patience(move || Builder::address(address.as_str()))
        }

        #[test]
        fn the_price_is_what_network_manager_says_and_unknown_where_nobody_does() {
            let Some(bus) = TestBus::start() else { return };
            assert_eq!(price_on(&bus), Line::Unknown, "nobody is there");
            let prices = [Line::Unknown, Line::Metered, Line::Free, Line::Metered, Line::Free, Line::Unknown];
            for (metered, price) in (0..).zip(prices) {
                let manager = bus.builder().unwrap();
                let manager = manager.name(SERVICE).unwrap().serve_at(PLACE, Manager(metered)).unwrap();
                let manager = manager.build().unwrap();
                assert_eq!(price_on(&bus), price, "{metered}");
                drop(manager);
            }
        }

        #[test]
        fn without_a_bus_it_is_unknown() {
            assert_eq!(within_patience(|| Builder::address("unix:path=/nonexistent/bus")), Line::Unknown);
        }
    }
}
