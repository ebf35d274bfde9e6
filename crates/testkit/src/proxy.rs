//! A line between the editor and a portal that goes wrong as it is told: it cuts, repeats, delays, withholds
//! and lies, one request at a time. Both ends are real; only what is between them is bent.

mod carry;
mod fault;
mod instead;
mod message;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use fault::{Fault, Part, RetryAfter, Twice, When};
pub use message::Asked;

type Judge = Box<dyn FnMut(&Asked) -> Option<Fault> + Send>;

/// One request that arrived, and what was done to it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The request.
    pub asked: Asked,
    /// What went wrong with it.
    pub fault: Option<Fault>,
}

/// A running line. Dropping it cuts everything that is on it.
pub struct Proxy {
    address: SocketAddr,
    line: Arc<Line>,
    arrived: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

/// What the connections share.
struct Line {
    /// `127.0.0.1:PORT` of the portal.
    portal: String,
    /// What the portal calls itself, and what is said in its place.
    there: String,
    here: String,
    judge: Mutex<Judge>,
    seen: Mutex<Vec<Seen>>,
    arrived: watch::Sender<usize>,
    late: Mutex<Vec<carry::Late>>,
}

impl Proxy {
    /// A line to the portal at `url`, such as `http://127.0.0.1:40123`, on which nothing goes wrong yet.
    pub async fn to(url: &str) -> Self {
        Self::at(0, url).await
    }

    /// The same with its own end at a port, where an earlier one may have been.
    pub async fn at(port: u16, url: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
        let here = listener.local_addr().expect("an address").to_string();
        Self::lay(listener, url, bare(url), here)
    }

    /// The same, where its own end is known to the world under another address, such as `https://127.0.0.1:40124`.
    pub(crate) async fn shown_as(shown: String, url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self::lay(listener, url, url.trim_end_matches('/').to_owned(), shown)
    }

    fn lay(listener: TcpListener, url: &str, there: String, here: String) -> Self {
        let address = listener.local_addr().expect("an address");
        let (tell, arrived) = watch::channel(0);
        let line = Arc::new(Line {
            portal: bare(url),
            there,
            here,
            judge: Mutex::new(Box::new(|_| None)),
            seen: Mutex::default(),
            arrived: tell,
            late: Mutex::default(),
        });
        let task = tokio::spawn(listen(listener, Arc::clone(&line)));
        Self { address, line, arrived, task }
    }

    /// Where this end is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where this end is, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on `judge` says what happens to each request.
    pub fn bend(&self, judge: impl FnMut(&Asked) -> Option<Fault> + Send + 'static) {
        *locked(&self.line.judge) = Box::new(judge);
    }

    /// From now on nothing goes wrong.
    pub fn calm(&self) {
        self.bend(|_| None);
    }

    /// Everything that arrived since this was last asked, in the order in which it arrived.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *locked(&self.line.seen))
    }

    /// Counts the requests that arrived since the line was laid.
    pub fn arrived(&self) -> watch::Receiver<usize> {
        self.arrived.clone()
    }

    /// Lets go what is held up, and waits until the portal has had it.
    pub async fn let_go(&self) {
        let held = std::mem::take(&mut *locked(&self.line.late));
        for late in held {
            late.arrive(&self.line.portal).await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    /// What happens to a request; it is on record from here on.
    fn judge(&self, asked: Asked) -> Option<Fault> {
        let fault = (locked(&self.judge))(&asked);
        locked(&self.seen).push(Seen { asked, fault });
        self.arrived.send_modify(|arrived| *arrived += 1);
        fault
    }
}

async fn listen(listener: TcpListener, line: Arc<Line>) {
    // The connections end with the line: they are in this task's hands.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                let _ = stream.set_nodelay(true);
                connections.spawn(carry::connection(stream, Arc::clone(&line)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// `127.0.0.1:PORT` of an address.
fn bare(url: &str) -> String {
    url.strip_prefix("http://").expect("a portal on this machine").trim_end_matches('/').to_owned()
}

fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panicked with it")
}
