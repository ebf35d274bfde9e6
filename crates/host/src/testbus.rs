//! A bus for tests.
#![cfg(target_os = "linux")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use zbus::blocking::connection::Builder;

/// A bus of our own; it ends with this.
pub(crate) struct TestBus {
    daemon: Child,
    pub(crate) address: String,
}

impl TestBus {
    /// `None`, with a sentence, where there is no daemon.
    pub(crate) fn start() -> Option<Self> {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
        let Ok(mut daemon) = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
            println!("SKIPPED: dbus-daemon is not installed (on Debian: dbus)");
            return None;
        };
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Some(Self { daemon, address: address.trim().to_owned() })
    }

    /// A way onto it.
    pub(crate) fn builder(&self) -> zbus::Result<Builder<'static>> {
        Builder::address(self.address.as_str())
    }
}

impl Drop for TestBus {
    fn drop(&mut self) {
        self.daemon.kill().unwrap();
        self.daemon.wait().unwrap();
    }
}
