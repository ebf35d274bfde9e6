//! `khosra-newsite serve`: the reference portal on its own. `khosra-newsite accounts`: who may work there.

mod administer;

use std::{io::Write as _, path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use khosra_newsite::{Faults, Options, Running, SystemClock};
use serde_json::json;
use tracing_subscriber::EnvFilter;

/// A small news site that speaks the native contract.
#[derive(Parser)]
#[command(name = "khosra-newsite", version)]
struct Line {
    #[command(subcommand)]
    command: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Serves the site on 127.0.0.1 until it is told to stop; prints one line of JSON with its address and the
    /// demo accounts.
    Serve(Serve),
    /// Lists and changes the site's accounts, while it runs or not; prints one line of JSON for each.
    Accounts(administer::Accounts),
}

#[derive(clap::Args)]
struct Serve {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Data folder; made if it is not there.
    #[arg(long)]
    data: PathBuf,
    /// Database address such as sqlite:///srv/site.db or postgres://site@db/site; without it the database lies
    /// in the data folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Where photos lie, such as s3://bucket/prefix; endpoint, region and keys stand in AWS_ENDPOINT_URL,
    /// AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without it they lie in the data folder.
    #[arg(long, value_name = "URL")]
    media: Option<String>,
    /// Go wrong on purpose: KIND[=VALUE][:TIMES][@PART]; may be given more than once.
    #[arg(long, value_name = "FAULT")]
    fault: Vec<String>,
    /// Begin without sample stories.
    #[arg(long)]
    no_seed: bool,
    /// Let nobody approve what they alone have written: a newsroom where a second person reads everything.
    #[arg(long)]
    second_person: bool,
    /// Let faults be changed at /control/faults with the secret that is printed.
    #[arg(long)]
    control: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Line::parse().command {
        Act::Serve(serve) => run(serve).await,
        Act::Accounts(accounts) => administer::run(accounts).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            let _ = writeln!(std::io::stderr(), "khosra-newsite: {sentence}");
            ExitCode::from(2)
        }
    }
}

async fn run(serve: Serve) -> Result<(), String> {
    let options = Options {
        data: serve.data,
        port: serve.port,
        database: serve.database,
        media: serve.media,
        seed: !serve.no_seed,
        fault: Faults::parse(&serve.fault).map_err(|error| error.to_string())?,
        control: serve.control,
        one_person: !serve.second_person,
        clock: Arc::new(SystemClock),
    };
    // Before anything is printed, so that whoever reads the line can stop us at once.
    let stop = stop_asked().map_err(|error| format!("signals cannot be listened to: {error}"))?;
    let running = khosra_newsite::start(options).await.map_err(|error| error.to_string())?;
    writeln!(std::io::stdout(), "{}", announcement(&running)).map_err(|error| error.to_string())?;
    stop.await;
    running.stop().await;
    Ok(())
}

fn announcement(running: &Running) -> serde_json::Value {
    json!({
        "url": running.url(),
        "api": format!("{}/api/v1/", running.url()),
        "accounts": running.accounts(),
        "control": running.control_secret(),
    })
}

#[cfg(unix)]
fn stop_asked() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_asked() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
