//! TLS before a portal, with certificates as the world shows them: good, expired, for another host, by nobody
//! known. The handshake is a real one; what the client says behind it is counted.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

use crate::Proxy;

/// First byte of every TLS handshake.
const HANDSHAKE: u8 = 22;

/// Who signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// What is wrong with a certificate that an authority signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// Its last day is long past.
    Expired,
    /// Its first day is far ahead.
    NotYetValid,
    /// It is another host's.
    OtherHost,
}

/// A certificate and its key, ready to be shown.
#[derive(Clone)]
pub struct Identity(Arc<ServerConfig>);

/// A door of TLS on this machine with a portal behind it. Dropping it shuts it.
pub struct Door {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    identity: Mutex<Identity>,
    /// Names the portal's pages by the door's address.
    line: Proxy,
    knocks: AtomicUsize,
    plain: AtomicUsize,
    heard: AtomicUsize,
}

impl Authority {
    /// A new one, which no machine trusts by itself.
    pub fn new() -> Self {
        let mut params = params("Khosra Test Authority", &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, key()).expect("an authority"))
    }

    /// Its own certificate, for a system that is to trust it.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for `127.0.0.1`, but for its flaw.
    pub fn signs(&self, flaw: Flaw) -> Identity {
        let host = if flaw == Flaw::OtherHost { "portal.example" } else { "127.0.0.1" };
        let mut params = params("portal", &[host]);
        (params.not_before, params.not_after) = match flaw {
            Flaw::Expired => (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1)),
            Flaw::NotYetValid => (date_time_ymd(2099, 1, 1), date_time_ymd(2100, 1, 1)),
            Flaw::None | Flaw::OtherHost => (params.not_before, params.not_after),
        };
        let key = key();
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Identity::of(certificate.der().clone(), &key)
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Identity {
    /// A certificate for `127.0.0.1` that nobody but itself vouches for.
    pub fn self_signed() -> Self {
        let key = key();
        let certificate = params("portal", &["127.0.0.1"]).self_signed(&key).expect("a certificate");
        Self::of(certificate.der().clone(), &key)
    }

    fn of(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the versions of today")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("a key that fits");
        Self(Arc::new(config))
    }
}

impl Door {
    /// A door before the portal at `url`, such as `http://127.0.0.1:40123`, which shows `identity`.
    pub async fn before(url: &str, identity: Identity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            identity: Mutex::new(identity),
            line: Proxy::shown_as(format!("https://{address}"), url).await,
            knocks: AtomicUsize::new(0),
            plain: AtomicUsize::new(0),
            heard: AtomicUsize::new(0),
        });
        let task = tokio::spawn(listen(listener, Arc::clone(&shared)));
        Self { address, shared, task }
    }

    /// Where it is, without a slash at the end.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// From now on it shows this.
    pub fn shows(&self, identity: Identity) {
        *self.shared.identity.lock().expect("no test panicked with it") = identity;
    }

    /// Connections since this was last asked.
    pub fn knocks(&self) -> usize {
        self.shared.knocks.swap(0, Relaxed)
    }

    /// Connections that did not begin with a handshake, ever.
    pub fn plain(&self) -> usize {
        self.shared.plain.load(Relaxed)
    }

    /// First bytes that were said behind handshakes since this was last asked.
    pub fn heard(&self) -> usize {
        self.shared.heard.swap(0, Relaxed)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                shared.knocks.fetch_add(1, Relaxed);
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection; an error is the client's going away, and that is what most of these tests want of it.
async fn serve(stream: TcpStream, shared: Arc<Shared>) -> std::io::Result<()> {
    let mut first = [0];
    if stream.peek(&mut first).await? == 1 && first != [HANDSHAKE] {
        shared.plain.fetch_add(1, Relaxed);
    }
    let Identity(config) = shared.identity.lock().expect("no test panicked with it").clone();
    let mut editor = TlsAcceptor::from(config).accept(stream).await?;
    let mut portal = TcpStream::connect(shared.line.address()).await?;
    let mut bytes = vec![0; 16 * 1024];
    let read = editor.read(&mut bytes).await?;
    shared.heard.fetch_add(read, Relaxed);
    portal.write_all(&bytes[..read]).await?;
    copy_bidirectional(&mut editor, &mut portal).await?;
    Ok(())
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn params(name: &str, hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<_> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let mut params = CertificateParams::new(hosts).expect("names of hosts");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}
