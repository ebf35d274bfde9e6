//! The connection as a thing that can be cut: a lost answer has to be lost on the socket, for a status code
//! is an answer too.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// The handle by which a request cuts the connection it came on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Cut>>);

#[derive(Debug, Clone, Copy, Default)]
enum Cut {
    #[default]
    No,
    /// So many bytes of the body may still leave, once the answer's head is through.
    AfterHead(usize),
    /// So many bytes may still leave.
    After(usize),
}

impl Wire {
    /// Not a byte more leaves on this connection.
    pub(super) fn sever(&self) {
        self.set(Cut::After(0));
    }

    /// The next answer's head leaves, and so many bytes of its body.
    pub(super) fn cut_body(&self, bytes: usize) {
        self.set(Cut::AfterHead(bytes));
    }

    fn set(&self, cut: Cut) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = cut;
    }

    /// How much of `bytes` may leave.
    fn allow(&self, bytes: &[u8]) -> usize {
        let mut cut = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let allowed = match *cut {
            Cut::No => return bytes.len(),
            Cut::After(left) => left,
            Cut::AfterHead(left) => match bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(head) => head.saturating_add(4).saturating_add(left),
                None => return bytes.len(),
            },
        };
        *cut = Cut::After(allowed.saturating_sub(bytes.len()));
        allowed.min(bytes.len())
    }
}

/// A TCP listener whose connections can be cut by their [`Wire`].
pub(crate) struct WireListener(pub(crate) TcpListener);

/// One accepted connection.
pub(crate) struct WireStream {
    stream: TcpStream,
    wire: Wire,
}

impl Listener for WireListener {
    type Io = WireStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (WireStream, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (WireStream { stream, wire: Wire::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, WireListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, WireListener>) -> Self {
        stream.io().wire.clone()
    }
}

impl AsyncRead for WireStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for WireStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let allowed = buf.get(..self.wire.allow(buf)).unwrap_or_default();
        if allowed.is_empty() && !buf.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, allowed)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
