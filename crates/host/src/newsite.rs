//! The portal inside the application.

use std::path::Path;

use desk::{BuiltIn, HostError, Secret};
use newsite::{Options, Running, StartError, start};
use tokio::sync::Mutex;

/// Holds the running portal; it stops with this.
#[derive(Default)]
pub(crate) struct Embedded(Mutex<Option<Running>>);

impl Embedded {
    /// Starts it, on the port it had before when that is free.
    pub(crate) async fn start(&self, data: &Path, port: Option<u16>) -> Result<BuiltIn, HostError> {
        let mut held = self.0.lock().await;
        if let Some(running) = held.as_ref() {
            return Ok(told(running));
        }
        let options = Options { port: port.unwrap_or(0), ..Options::embedded(data.to_owned()) };
        let running = match start(options.clone()).await {
            Err(StartError::Port { .. }) if options.port != 0 => start(Options { port: 0, ..options }).await,
            other => other,
        };
        let running = running.map_err(|error| HostError::NoBuiltIn(error.to_string()))?;
        let answer = told(&running);
        *held = Some(running);
        Ok(answer)
    }

    /// Lets what is under way finish.
    pub(crate) async fn stop(&self) {
        if let Some(running) = self.0.lock().await.take() {
            running.stop().await;
        }
    }
}

fn told(running: &Running) -> BuiltIn {
    BuiltIn { url: running.url(), token: Secret::new(running.app_token()) }
}
