//! Carries requests to the portal and answers back, and lets the faults happen on the way.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::AsyncWriteExt,
    net::{TcpStream, tcp::OwnedWriteHalf},
};

use super::{
    Line,
    fault::{Fault, Part, Twice, When},
    instead, locked,
    message::{Message, Source, parted},
};

/// Between two bytes of a slow answer.
const DRIP: Duration = Duration::from_millis(20);
/// Where an endless head or body ends after all, for a client that reads on.
const ENDLESS: usize = 12 * 1024 * 1024;

/// A request that is held up.
pub(super) struct Late {
    request: Message,
    method: String,
    /// Requests that may still pass it.
    passing: usize,
}

/// Whether the connection to the editor goes on.
#[derive(PartialEq, Eq)]
enum Then {
    Goes,
    Cut,
}

struct Carrier {
    line: Arc<Line>,
    editor: Source,
    to_editor: OwnedWriteHalf,
    portal: Option<(Source, OwnedWriteHalf)>,
}

/// Serves one connection of the editor until it ends or is cut.
pub(super) async fn connection(stream: TcpStream, line: Arc<Line>) {
    let (editor, to_editor) = parted(stream);
    let mut carrier = Carrier { line, editor, to_editor, portal: None };
    while let Some((request, asked)) = carrier.editor.request().await {
        let method = asked.method.clone();
        let fault = carrier.line.judge(asked);
        carrier.late_ones().await;
        // An error is a cut of its own: one of the two ends has gone.
        if !matches!(carrier.carry(&request, &method, fault).await, Ok(Then::Goes)) {
            return;
        }
    }
}

impl Late {
    /// The portal gets it now; nobody waits for the answer.
    pub(super) async fn arrive(self, portal: &str) {
        let Ok(stream) = TcpStream::connect(portal).await else { return };
        let (mut answers, mut requests) = parted(stream);
        if requests.write_all(&self.request.bytes()).await.is_ok() {
            let _ = answers.answer(&self.method).await;
        }
    }
}

impl Carrier {
    /// Those that were held up long enough.
    async fn late_ones(&self) {
        let due: Vec<Late> = {
            let mut late = locked(&self.line.late);
            late.iter_mut().for_each(|held| held.passing = held.passing.saturating_sub(1));
            late.extract_if(.., |held| held.passing == 0).collect()
        };
        for held in due {
            held.arrive(&self.line.portal).await;
        }
    }

    async fn carry(&mut self, request: &Message, method: &str, fault: Option<Fault>) -> io::Result<Then> {
        match fault {
            None => self.pass(request, method).await,
            Some(Fault::Delay(time)) => {
                tokio::time::sleep(time).await;
                self.pass(request, method).await
            }
            Some(Fault::CutBefore) => Ok(Then::Cut),
            Some(Fault::CutRequest(part)) => self.cut_request(request, part).await,
            Some(Fault::CutAnswer(part)) => {
                let answer = self.ask(request, method).await?;
                let some = part.map(|part| answer.up_to(part)).unwrap_or_default();
                self.to_editor.write_all(&some).await?;
                Ok(Then::Cut)
            }
            Some(Fault::Twice(which)) => {
                let first = self.ask(request, method).await?;
                let second = self.ask(request, method).await?;
                self.say(if which == Twice::First { first } else { second }).await
            }
            Some(Fault::Late(passing)) => {
                let late = Late { request: request.clone(), method: method.to_owned(), passing };
                locked(&self.line.late).push(late);
                Ok(Then::Cut)
            }
            Some(fault) => self.lie(request, method, fault).await,
        }
    }

    /// Something else than the portal's whole answer in time.
    async fn lie(&mut self, request: &Message, method: &str, fault: Fault) -> io::Result<Then> {
        if is_done_first(fault) {
            let answer = self.ask(request, method).await?;
            match fault {
                Fault::HalfJson => return self.half(answer).await,
                Fault::Slow => return self.drip(&answer.bytes()).await,
                _ => {}
            }
        }
        match fault {
            Fault::EndlessHead => self.endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n").await,
            Fault::EndlessBody => self.endless(&instead::endless_head(), &[b' '; 64 * 1024]).await,
            Fault::Silence => {
                self.editor.closed().await;
                Ok(Then::Cut)
            }
            fault => {
                let answer = instead::answer(fault).unwrap_or_default();
                self.to_editor.write_all(&answer).await?;
                // What answers a HEAD with a body has broken the connection for whatever would follow.
                Ok(if method == "HEAD" { Then::Cut } else { Then::Goes })
            }
        }
    }

    async fn pass(&mut self, request: &Message, method: &str) -> io::Result<Then> {
        let answer = self.ask(request, method).await?;
        self.say(answer).await
    }

    async fn say(&mut self, answer: Message) -> io::Result<Then> {
        self.to_editor.write_all(&answer.bytes()).await?;
        Ok(Then::Goes)
    }

    /// The portal's answer, with this line's address in the place of its own.
    async fn ask(&mut self, request: &Message, method: &str) -> io::Result<Message> {
        let (mut answers, mut requests) = match self.portal.take() {
            Some(open) => open,
            None => self.fresh().await?,
        };
        requests.write_all(&request.bytes()).await?;
        let answer = answers.answer(method).await?;
        self.portal = Some((answers, requests));
        Ok(answer.rewritten(&self.line.there, &self.line.here))
    }

    async fn fresh(&self) -> io::Result<(Source, OwnedWriteHalf)> {
        let stream = TcpStream::connect(&self.line.portal).await?;
        stream.set_nodelay(true)?;
        Ok(parted(stream))
    }

    async fn cut_request(&mut self, request: &Message, part: Part) -> io::Result<Then> {
        let (_answers, mut requests) = self.fresh().await?;
        requests.write_all(&request.up_to(part)).await?;
        Ok(Then::Cut)
    }

    async fn half(&mut self, mut answer: Message) -> io::Result<Then> {
        answer.body.truncate(answer.body.len() / 2);
        let answer = answer.rewritten(&self.line.there, &self.line.here);
        self.to_editor.write_all(&answer.bytes()).await?;
        Ok(Then::Cut)
    }

    async fn drip(&mut self, bytes: &[u8]) -> io::Result<Then> {
        for byte in bytes {
            self.to_editor.write_all(&[*byte]).await?;
            tokio::time::sleep(DRIP).await;
        }
        Ok(Then::Cut)
    }

    async fn endless(&mut self, head: &[u8], more: &[u8]) -> io::Result<Then> {
        self.to_editor.write_all(head).await?;
        let more = more.repeat((64 * 1024 / more.len()).max(1));
        for _ in 0..ENDLESS / more.len() {
            self.to_editor.write_all(&more).await?;
        }
        Ok(Then::Cut)
    }
}

fn is_done_first(fault: Fault) -> bool {
    match fault {
        Fault::Status(_, when, _) | Fault::SqlPage(when) | Fault::LoginPage(when) => when == When::Done,
        Fault::HalfJson | Fault::Slow => true,
        _ => false,
    }
}
