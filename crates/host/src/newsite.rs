//! The portal inside the application.

use std::path::Path;

use desk::{BuiltIn, HostError, Secret, wire::Chair};
use newsite::{Options, Running, StartError, start};
use story::Role;
use tokio::sync::Mutex;

/// Holds the running portal; it stops with this.
#[derive(Default)]
pub(crate) struct Embedded(Mutex<Option<Running>>);

impl Embedded {
    /// Starts it, on the port it had before when that is free.
    pub(crate) async fn start(
        &self,
        data: &Path,
        port: Option<u16>,
        chair: Chair,
    ) -> Result<BuiltIn, HostError> {
        let mut held = self.0.lock().await;
        if let Some(running) = held.as_ref() {
            return told(running, chair).await;
        }
        let options = Options { port: port.unwrap_or(0), ..Options::embedded(data.to_owned()) };
        let running = match start(options.clone()).await {
            Err(StartError::Port { .. }) if options.port != 0 => start(Options { port: 0, ..options }).await,
            other => other,
        };
        let running = running.map_err(|error| HostError::NoBuiltIn(error.to_string()))?;
        let answer = told(&running, chair).await;
        *held = Some(running);
        answer
    }

    /// Lets what is under way finish.
    pub(crate) async fn stop(&self) {
        if let Some(running) = self.0.lock().await.take() {
            running.stop().await;
        }
    }
}

async fn told(running: &Running, chair: Chair) -> Result<BuiltIn, HostError> {
    let role = match chair {
        Chair::Own => None,
        Chair::Correspondent => Some(Role::Correspondent),
        Chair::SubEditor => Some(Role::SubEditor),
        Chair::Editor => Some(Role::Editor),
    };
    let token = match role {
        None => Some(running.app_token().to_owned()),
        Some(role) => {
            running.token_of(role).await.map_err(|error| HostError::NoBuiltIn(error.to_string()))?
        }
    };
    let nobody = || HostError::NoBuiltIn("nobody of the newsroom has that chair".to_owned());
    Ok(BuiltIn { url: running.url(), token: Secret::new(token.ok_or_else(nobody)?) })
}
