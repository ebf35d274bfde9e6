//! `khosra-cli`: the newsroom's command line. The same desk and the same store as the window's, for scripts
//! and for machines without a screen. Only one of the two can have a store open at a time.
//!
//! Exit codes are part of the interface: 0 done, 2 usage or bad input, 3 not settled yet, 4 refused or stuck.

mod answer;
mod approval;
mod arguments;
mod backups;
mod holding;
mod outbox;
mod packages;
mod photos;
mod portals;
mod queue;
mod sentences;
mod session;
mod stories;
mod trials;

use std::process::ExitCode;

use answer::{Answer, Stopped};
use arguments::{Arguments, Verb};
use clap::Parser;
use session::Session;
use story::Language;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    session::log();
    let printer = answer::Printer { json: arguments.json, language: arguments.lang.into() };
    let answer = session::runtime().and_then(|runtime| runtime.block_on(run(arguments)));
    printer.print(answer)
}

async fn run(arguments: Arguments) -> Result<Answer, Stopped> {
    let session = Session::open(arguments.store.as_deref()).await?;
    let answer = give(&session, arguments.verb, arguments.lang.into()).await;
    let answer = session.with_warnings(answer);
    session.close().await;
    answer
}

async fn give(session: &Session, verb: Verb, language: Language) -> Result<Answer, Stopped> {
    let desk = &session.desk;
    match verb {
        Verb::Story(verb) => stories::give(desk, verb).await,
        Verb::Photo(verb) => photos::give(desk, verb).await,
        Verb::Preview(preview) => stories::preview(desk, preview).await,
        Verb::Portal(verb) => portals::give(desk, verb, language).await,
        Verb::Publish(publish) => outbox::publish(desk, publish).await,
        Verb::Approve(approve) => approval::approve(desk, approve).await,
        Verb::OnePerson { turn } => approval::one_person(desk, turn).await,
        Verb::File(file) => outbox::file(desk, file).await,
        Verb::Return(back) => outbox::give_back(desk, back).await,
        Verb::Recall(recall) => outbox::recall(desk, recall).await,
        Verb::Queue => queue::list(desk).await,
        Verb::Take(take) => queue::take(desk, take).await,
        Verb::Schedule(schedule) => outbox::schedule(desk, schedule).await,
        Verb::Withdraw(down) => outbox::withdraw(desk, down).await,
        Verb::Kill(kill) => holding::kill(desk, kill).await,
        Verb::Flag(verb) => holding::flag(desk, verb).await,
        Verb::Embargo(embargo) => holding::embargo(desk, embargo).await,
        Verb::Sheet(sheet) => holding::sheet(desk, &sheet, language).await,
        Verb::Outbox(outbox) => outbox::give(desk, outbox).await,
        Verb::Package(verb) => packages::give(desk, verb).await,
        Verb::Backup { out } => backups::backup(desk, out).await,
        Verb::Restore { file } => backups::restore(desk, file).await,
    }
}
