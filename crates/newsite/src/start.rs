//! Starting and stopping the portal.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{Router, middleware::from_fn_with_state};
use chrono::{DateTime, TimeDelta, Utc};
use story::Role;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    Account, Clock, Faults, SystemClock, accounts, api,
    bell::{Bell, ring_after},
    clock, control,
    db::{Db, accounts::TokenRow, millis},
    fault::{Wire, WireListener, misbehave},
    files,
    media::Media,
    newsroom::{Keys, Newsroom, Shared},
    pack::Pack,
    schedule, secrets, seed,
    sign_in::Attempts,
    site,
};

/// How long requests under way may take to finish when the portal stops.
const GRACE: Duration = Duration::from_secs(5);
/// The database's file in the data folder.
pub(crate) const DATABASE: &str = "site.db";
/// What the embedding app is called among the devices.
const APP_DEVICE: &str = "app";
const APP_TOKEN_DAYS: TimeDelta = TimeDelta::days(90);

/// How to run a portal.
#[derive(Clone)]
pub struct Options {
    /// The data folder; made with mode 0700 when it is not there.
    pub data: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// A database address such as `sqlite:///srv/site.db` or `postgres://site@db/site`; `None` keeps the
    /// database in the data folder.
    pub database: Option<String>,
    /// Where photos lie, such as `s3://bucket/prefix`, with endpoint and keys in the usual `AWS_…` variables;
    /// `None` keeps them in the data folder.
    pub media: Option<String>,
    /// Whether an empty site gets its sample stories.
    pub seed: bool,
    /// What goes wrong on purpose.
    pub fault: Faults,
    /// Whether faults can be changed over HTTP, guarded by [`Running::control_secret`].
    pub control: bool,
    /// An editor may approve what nobody else has written: a newsroom of one person.
    pub one_person: bool,
    /// Tells the portal the time.
    pub clock: Arc<dyn Clock>,
}

impl Options {
    /// A portal in `data` as the editor embeds it: free port, sample stories, no faults, a newsroom of one person, the
    /// machine's clock.
    pub fn embedded(data: PathBuf) -> Self {
        Self {
            data,
            port: 0,
            database: None,
            media: None,
            seed: true,
            fault: Faults::default(),
            control: false,
            one_person: true,
            clock: Arc::new(SystemClock),
        }
    }
}

/// A portal that is up. Dropping it leaves the portal up until the runtime ends; [`Running::stop`] ends it well.
pub struct Running {
    address: SocketAddr,
    accounts: Vec<Account>,
    app_token: String,
    newsroom: Shared,
    quit: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
    ticker: JoinHandle<()>,
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
    /// The photos' store cannot be used.
    #[error("the photos' store cannot be used: {0}")]
    Media(String),
    /// The database is open, but the accounts or the first stories could not be put into it.
    #[error("the site cannot be set up: {0}")]
    SetUp(String),
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

    /// A bearer token for the embedding app, of an editor in one-person mode. A new one at each start, and the
    /// old one ends with it.
    pub fn app_token(&self) -> &str {
        &self.app_token
    }

    /// A bearer token for the embedding app in the place of somebody of the demo newsroom: the first of that role. A new
    /// one at each call, and the one before ends with it; `None` where nobody has the role.
    ///
    /// # Errors
    /// [`StartError::Database`].
    pub async fn token_of(&self, role: Role) -> Result<Option<String>, StartError> {
        let Some(account) = self.accounts.iter().find(|account| account.role == role) else {
            return Ok(None);
        };
        let token = app_token(&self.newsroom.db, &account.user, self.newsroom.now()).await;
        token.map(Some).map_err(|error| StartError::Database(error.to_string()))
    }

    /// The faults of this run; they can be changed while it runs.
    pub fn faults(&self) -> &Faults {
        &self.newsroom.faults
    }

    /// The bearer secret of `/control/faults`, when [`Options::control`] is on.
    pub fn control_secret(&self) -> Option<&str> {
        self.newsroom.control_secret.as_deref()
    }

    /// Takes no more connections, lets those under way finish (at most five seconds), closes the database.
    pub async fn stop(mut self) {
        self.newsroom.bell.close();
        // An error means that the server has ended by itself.
        let _ = self.quit.send(());
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
        self.ticker.abort();
        // An error means that it was ended in the middle of something; a transaction that was open is undone.
        let _ = self.ticker.await;
        self.newsroom.db.close().await;
    }
}

/// Starts a portal on 127.0.0.1.
///
/// # Errors
/// [`StartError`], with a sentence for whoever started it.
pub async fn start(options: Options) -> Result<Running, StartError> {
    // The port first: when it is taken, nothing has been touched.
    let port = |why| StartError::Port { port: options.port, why };
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(port)?;
    let address = listener.local_addr().map_err(port)?;
    folders(&options.data).map_err(|why| StartError::DataFolder { path: options.data.clone(), why })?;
    let db = Db::open(&database_url(options.database.as_deref(), &options.data))
        .await
        .map_err(|error| StartError::Database(error.to_string()))?;
    let now = options.clock.now();
    let accounts = furnish(&db, &options, now).await.map_err(StartError::SetUp)?;
    let app_token = app_token(&db, accounts::APP_USER, now)
        .await
        .map_err(|error| StartError::SetUp(error.to_string()))?;
    tidy(&db, &options.data, now).await;
    let newsroom = Arc::new(open(options, db, address)?);
    api::sweep(&newsroom).await;
    let (quit, asked) = oneshot::channel();
    let server = tokio::spawn(serve(Arc::clone(&newsroom), listener, asked));
    let ticker = schedule::tick(Arc::clone(&newsroom));
    Ok(Running { address, accounts, app_token, newsroom, quit, server, ticker })
}

fn open(options: Options, db: Db, address: SocketAddr) -> Result<Newsroom, StartError> {
    let media = Media::open(options.media.as_deref(), &options.data);
    let theme = page::Theme::dainik().map_err(|error| StartError::SetUp(error.to_string()))?;
    Ok(Newsroom {
        db,
        media: media.map_err(|error| StartError::Media(error.to_string()))?,
        data: options.data,
        clock: options.clock,
        pack: Pack::of(&theme).map_err(|error| StartError::SetUp(error.to_string()))?,
        theme,
        faults: options.fault,
        control_secret: options.control.then(secrets::token),
        attempts: Attempts::default(),
        bell: Bell::default(),
        running: Keys::default(),
        writing: Keys::default(),
        originals: tokio::sync::Mutex::default(),
        url: format!("http://{address}"),
        one_person: options.one_person,
    })
}

async fn serve(newsroom: Shared, listener: TcpListener, asked: oneshot::Receiver<()>) -> std::io::Result<()> {
    let faults = newsroom.faults.clone();
    let mut router = Router::new().merge(api::router()).merge(site::router());
    if newsroom.control_secret.is_some() {
        router = router.merge(control::router());
    }
    let router = router.layer(from_fn_with_state(Arc::clone(&newsroom), ring_after));
    let router = router.layer(from_fn_with_state(Arc::clone(&newsroom), schedule::on_time));
    let router = router.layer(from_fn_with_state(Arc::clone(&newsroom), clock::dated));
    let router = router.layer(from_fn_with_state(faults, misbehave)).with_state(newsroom);
    let service = router.into_make_service_with_connect_info::<Wire>();
    let until = async { drop(asked.await) };
    axum::serve(WireListener(listener), service).with_graceful_shutdown(until).await
}

fn folders(data: &Path) -> std::io::Result<()> {
    files::private_folder(data)?;
    files::private_folder(&data.join("photos"))?;
    files::private_folder(&data.join("uploads"))
}

/// The database that was named, else the one in the data folder. Whatever an address gives a meaning to is escaped.
pub(crate) fn database_url(named: Option<&str>, data: &Path) -> String {
    use std::fmt::Write as _;
    if let Some(named) = named {
        return named.to_owned();
    }
    let mut url = "sqlite://".to_owned();
    for byte in data.join(DATABASE).to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:\\".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url + "?mode=rwc"
}

async fn furnish(db: &Db, options: &Options, now: DateTime<Utc>) -> Result<Vec<Account>, String> {
    seed::sections(db).await.map_err(|error| error.to_string())?;
    let accounts = accounts::seed(db, &options.data).await.map_err(|error| error.to_string())?;
    if options.seed {
        seed::stories(db, now).await.map_err(|error| error.to_string())?;
    }
    Ok(accounts)
}

/// A token of `user` for the embedding app, in place of the last one. Where else they are signed in they stay so.
async fn app_token(db: &Db, user: &str, now: DateTime<Utc>) -> Result<String, sqlx::Error> {
    db.drop_tokens_on(user, APP_DEVICE).await?;
    let token = secrets::token();
    let hash = secrets::token_hash(&token);
    let expires_at = millis(now + APP_TOKEN_DAYS);
    db.add_token(TokenRow { hash: &hash, user, device: APP_DEVICE, expires_at }).await?;
    Ok(token)
}

/// What has had its time goes. If it cannot, the site runs all the same.
async fn tidy(db: &Db, data: &Path, now: DateTime<Utc>) {
    let stale = db.stale_uploads(millis(now)).await.unwrap_or_default();
    for id in stale {
        let _ = tokio::fs::remove_file(data.join("uploads").join(&id)).await;
        if let Err(error) = db.drop_upload(&id).await {
            tracing::warn!(%error, "a stale upload stays");
        }
    }
    if let Err(error) = db.drop_stale_receipts(millis(now)).await {
        tracing::warn!(%error, "stale receipts stay");
    }
}
