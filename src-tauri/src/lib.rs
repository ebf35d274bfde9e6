//! The shell: one window over a desk. It opens the store, hands commands and pictures through, and closes
//! in good order. It decides nothing: what a command does is the desk's, what a person sees is the window's.

mod asking;
mod counter;
pub mod engine;
mod logs;
mod rpc;
mod scheme;
mod window;

use counter::Counter;
use desk::{
    Desk, Worker,
    wire::{Appearance, CommandError},
};
use host::{Folders, Machine, Window};
use std::{
    env,
    io::{self, Write},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tauri::{App, AppHandle, Context, Emitter, Manager, RunEvent, Url};

/// Name of the event that carries what the desk tells.
const DESK: &str = "desk";
/// How long the end waits for what is under way; the rest is looked up on the next start.
const LAST_WORDS: Duration = Duration::from_secs(2);

const NO_DISPLAY: &str = "খসড়া: এখানে কোনো পর্দা (display) নেই, তাই জানালা খোলা গেল না। khosra-cli জানালা ছাড়াই চলে।\n\
    khosra: there is no display here, so no window can open. khosra-cli works without one.";
const NO_FOLDER: &str = "খসড়া: এই ব্যবহারকারীর কোনো হোম ফোল্ডার নেই। KHOSRA_STORE দিয়ে জানান, লেখা কোথায় থাকবে।\n\
    khosra: this user has no home folder. Say with KHOSRA_STORE where the stories shall be.";
const NO_WINDOW: &str = "খসড়া: জানালা খোলা গেল না।\nkhosra: the window could not be opened.";

/// Runs until the window is closed. `context` is what `tauri.conf.json` says, with the window's own files.
pub fn run(context: Context) -> ExitCode {
    if !has_display() {
        return refuse(NO_DISPLAY);
    }
    let Ok(folders) = Folders::of_this_machine() else { return refuse(NO_FOLDER) };
    let mut builder = tauri::Builder::default();
    // A store that was named is held by its own lock; the usual one also brings its window to the front.
    if env::var_os("KHOSRA_STORE").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| window::focus(app)));
    }
    let built = builder
        .invoke_handler(tauri::generate_handler![rpc::rpc, rpc::attach_photo, rpc::open_package])
        .register_asynchronous_uri_scheme_protocol(scheme::NAME, |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn_blocking(move || responder.respond(scheme::answer(&app, &request)));
        })
        .setup(move |app| {
            begin(app, folders);
            Ok(())
        })
        .build(context);
    match built {
        Ok(app) => ended(app.run_return(|app, event| {
            if let RunEvent::Exit = event {
                finish(app);
            }
        })),
        Err(error) => refuse(&format!("{NO_WINDOW}\n{error}")),
    }
}

/// What `tauri.conf.json` says, with the window's files in it. The macro packs them into a folder that every compiler of
/// this crate shares, and takes what it finds there for whole: it is written out once, here and not for the unit tests, so
/// that none comes upon a file that another has not finished. A program with half a script in it shows an empty window.
#[cfg(not(test))]
#[expect(clippy::disallowed_methods, reason = "in what the macro writes, before anything of ours is open")]
pub fn context() -> Context {
    tauri::generate_context!()
}

/// What runs beside the window.
struct Beside {
    machine: Arc<Machine>,
    workers: Mutex<Vec<Worker>>,
}

/// Opens the store, starts what runs beside the window, and the window last: it finds everything ready.
fn begin(app: &App, folders: Folders) {
    let machine = Arc::new(Machine::new(folders, way_to(app.handle())));
    app.manage(Beside { machine: machine.clone(), workers: Mutex::default() });
    let handle = app.handle().clone();
    let taken = Arc::clone(&machine);
    let open = move |chair| open(&handle, Arc::new(machine.at(chair)));
    let counter = Counter::new(Box::new(open), Box::new(move || taken.taken()));
    let appearance = counter.desk().map_or_else(|_| Appearance::default(), |desk| desk.appearance());
    app.manage(counter);
    if let Err(error) = window::open(app, appearance) {
        tracing::error!(%error, "no window");
        say(&format!("{NO_WINDOW}\n{error}"));
        app.handle().exit(1);
    }
}

/// Opens the store and starts what runs beside the window.
fn open(app: &AppHandle, machine: Arc<Machine>) -> Result<Desk, CommandError> {
    let store = machine.store().to_owned();
    let opened = Desk::open(&store, machine);
    logs::begin(&store);
    let desk = opened.inspect_err(|error| tracing::error!(%error, "the store was not opened"))?;
    let workers = run_beside(&desk);
    app.state::<Beside>().workers.lock().unwrap_or_else(PoisonError::into_inner).extend(workers);
    Ok(desk)
}

/// How the desk reaches the person at this window.
fn way_to(app: &AppHandle) -> Window {
    let (tells, comes, asks) = (app.clone(), app.clone(), app.clone());
    Window {
        tell: Box::new(move |event| {
            if let Err(error) = tells.emit(DESK, event) {
                tracing::warn!(%error, "the window was not told");
            }
        }),
        open_url: Box::new(open_in_browser),
        come_forward: Box::new(move || window::focus(&comes)),
        ask_where: Box::new(move |proposed| Box::pin(asking::ask_where(asks.clone(), proposed))),
    }
}

/// Starts the outbox worker and follows the portal's desk, and asks the portal for what is new, on the runtime of the
/// commands.
fn run_beside(desk: &Desk) -> [Worker; 2] {
    let late = desk.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = late.catch_up().await {
            tracing::warn!(%error, "not caught up");
        }
    });
    tauri::async_runtime::block_on(async { [desk.start_worker(), desk.follow_portal()] })
}

fn open_in_browser(url: &str) -> Result<(), String> {
    let parsed = Url::parse(url).map_err(|error| error.to_string())?;
    if !["http", "https", "mailto"].contains(&parsed.scheme()) {
        return Err(format!("{} addresses are not opened", parsed.scheme()));
    }
    tauri_plugin_opener::open_url(parsed, None::<&str>).map_err(|error| error.to_string())
}

fn finish(app: &AppHandle) {
    let beside = app.state::<Beside>();
    let workers = std::mem::take(&mut *beside.workers.lock().unwrap_or_else(PoisonError::into_inner));
    let machine = beside.machine.clone();
    let stopping = async move {
        for worker in workers {
            worker.stop().await;
        }
        machine.stop().await;
    };
    let stopped = tauri::async_runtime::block_on(async { tokio::time::timeout(LAST_WORDS, stopping).await });
    if stopped.is_err() {
        tracing::warn!("something was still under way at the end");
    }
}

fn has_display() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn ended(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn refuse(sentence: &str) -> ExitCode {
    say(sentence);
    ExitCode::FAILURE
}

/// Tells whoever started the program from a terminal.
fn say(sentence: &str) {
    // Nobody may be listening, and there is nowhere else to say it.
    let _ = writeln!(io::stderr(), "{sentence}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_reach_the_browser() {
        for url in
            ["file:///etc/passwd", "javascript:alert(1)", "khosra://localhost/", "smb://x/y", "not one"]
        {
            assert!(open_in_browser(url).is_err(), "{url}");
        }
    }
}
