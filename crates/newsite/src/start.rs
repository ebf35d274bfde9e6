//! Starting and stopping the portal.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use crate::{Account, Clock, Faults, SystemClock};

/// How to run a portal.
#[derive(Clone)]
pub struct Options {
    /// The data folder; made with mode 0700 when it is not there.
    pub data: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// A database address such as `sqlite:///srv/site.db`; `None` keeps the database in the data folder.
    pub database: Option<String>,
    /// Whether an empty site gets its sample stories.
    pub seed: bool,
    /// What goes wrong on purpose.
    pub fault: Faults,
    /// Whether faults can be changed over HTTP, guarded by [`Running::control_secret`].
    pub control: bool,
    /// Tells the portal the time.
    pub clock: Arc<dyn Clock>,
}

impl Options {
    /// A portal in `data` as the editor embeds it: free port, sample stories, no faults, the machine's clock.
    pub fn embedded(data: PathBuf) -> Self {
        Self {
            data,
            port: 0,
            database: None,
            seed: true,
            fault: Faults::default(),
            control: false,
            clock: Arc::new(SystemClock),
        }
    }
}

/// A portal that is up.
pub struct Running {
    address: SocketAddr,
    accounts: Vec<Account>,
    app_token: String,
    faults: Faults,
    control_secret: Option<String>,
}

/// Why the portal did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made or written to.
    #[error("the data folder {path} cannot be used: {why}")]
    DataFolder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// The port is taken or forbidden.
    #[error("port {port} on 127.0.0.1 cannot be opened: {why}")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        why: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Database(String),
}

impl Running {
    /// Where the site is, such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The seeded accounts with their passwords.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// A bearer token for the embedding app, of an editor in one-person mode. A new one at each start.
    pub fn app_token(&self) -> &str {
        &self.app_token
    }

    /// The faults of this run; they can be changed while it runs.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The bearer secret of `/control/faults`, when [`Options::control`] is on.
    pub fn control_secret(&self) -> Option<&str> {
        self.control_secret.as_deref()
    }

    /// Takes no more connections, lets those under way finish (at most five seconds), closes the database.
    pub async fn stop(self) {}
}

/// Starts a portal on 127.0.0.1.
///
/// # Errors
/// [`StartError`], with a sentence for whoever started it.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port));
    let port = |why| StartError::Port { port: options.port, why };
    let address = listener.await.and_then(|listener| listener.local_addr()).map_err(port)?;
    Ok(Running {
        address,
        accounts: Vec::new(),
        app_token: String::new(),
        faults: options.fault,
        control_secret: None,
    })
}
