//! The peer of the start benchmark: the same page in the same window, drawn by the same engine, and nothing behind it.
//! No store, no portal, no worker: `rpc` gives the answers in the JSON file that `KHOSRA_ANSWERS` names, one for each
//! command, recorded from the application. How much longer the application takes to its first key is what its own start
//! costs.

use serde_json::{Map, Value};
use std::{env, error::Error, fs};
use tauri::{State, WebviewWindowBuilder};

/// An answer for each command that the page gives on its way to the first key.
struct Answers(Map<String, Value>);

/// Gives the recorded answer of a command.
#[tauri::command]
async fn rpc(answers: State<'_, Answers>, name: String, args: Value) -> Result<Value, Value> {
    drop(args);
    answers
        .0
        .get(&name)
        .cloned()
        .ok_or_else(|| serde_json::json!({ "code": "internal", "params": {}, "detail": name }))
}

fn main() -> Result<(), Box<dyn Error>> {
    let recorded = fs::read(env::var("KHOSRA_ANSWERS")?)?;
    let app = tauri::Builder::default()
        .manage(Answers(serde_json::from_slice(&recorded)?))
        .invoke_handler(tauri::generate_handler![rpc])
        .setup(|app| {
            let window = app.config().app.windows.first().ok_or(tauri::Error::WindowNotFound)?;
            let window = WebviewWindowBuilder::from_config(app.handle(), window)?.build()?;
            Ok(khosra_shell::engine::set_up(&window)?)
        })
        .build(khosra_shell::context())?;
    app.run(|_, _| {});
    Ok(())
}
