//! The commands of the shell. What they are asked, and by whom it may be asked, is decided elsewhere:
//! `desk` knows the commands, `capabilities/main.json` the window.

use crate::counter::Counter;
use desk::{
    commands,
    wire::{AttachPhoto, AttachedView, CommandError, ErrorCode, OpenPackage, PackageView},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tauri::{
    AppHandle, Manager, State,
    async_runtime::spawn_blocking,
    http::HeaderMap,
    ipc::{InvokeBody, Request},
};

/// The command with which a window begins.
const START: &str = "start";

/// Gives a command of the desk's table.
#[tauri::command]
pub async fn rpc(app: AppHandle, name: String, args: Value) -> Result<Value, CommandError> {
    if name == START {
        ready(app.clone()).await?;
    }
    let desk = app.state::<Counter>().desk()?;
    commands::dispatch(&desk, &name, args).await
}

/// Waits until the store is open, or why it cannot be; that may take the disk a while.
async fn ready(app: AppHandle) -> Result<(), CommandError> {
    let opening = spawn_blocking(move || app.state::<Counter>().start().map(drop));
    opening.await.map_err(CommandError::internal)?
}

/// Takes photo bytes into the store. They come as the raw body, since JSON would triple them; the story and
/// the file's name come as the headers `x-story` and, percent-encoded, `x-name`.
#[tauri::command]
pub async fn attach_photo(
    counter: State<'_, Counter>,
    request: Request<'_>,
) -> Result<AttachedView, CommandError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(bad("the photo is not in the body"));
    };
    let attach = attachment(request.headers())?;
    counter.desk()?.attach_photo(attach, bytes.clone()).await
}

/// Takes in a story package. It comes as the raw body; the fingerprint of a sender whom a person has just said yes to
/// comes as the header `x-trust`.
#[tauri::command]
pub async fn open_package(
    counter: State<'_, Counter>,
    request: Request<'_>,
) -> Result<PackageView, CommandError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(bad("the package is not in the body"));
    };
    let trust = request.headers().get("x-trust").and_then(|value| value.to_str().ok());
    let order = OpenPackage { trust: trust.map(str::to_owned) };
    counter.desk()?.open_package(order, bytes.clone()).await
}

fn attachment(headers: &HeaderMap) -> Result<AttachPhoto, CommandError> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let story = header("x-story").and_then(|story| story.parse().ok()).ok_or_else(|| bad("no x-story"))?;
    let name = header("x-name").ok_or_else(|| bad("no x-name"))?;
    Ok(AttachPhoto { story, name: percent_decode_str(name).decode_utf8_lossy().into_owned() })
}

fn bad(detail: &str) -> CommandError {
    CommandError::new(ErrorCode::BadArguments).detailed(detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tauri::http::HeaderValue;

    const STORY: &str = "0197f1c0-0000-7000-8000-000000000001";

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn a_bengali_file_name_arrives_whole() {
        let attach =
            attachment(&headers(&[("x-story", STORY), ("x-name", "%E0%A6%A8%E0%A6%A6%E0%A7%80.jpg")]));
        assert_eq!(attach.unwrap().name, "নদী.jpg");
    }

    #[test]
    fn a_path_in_the_file_name_is_data() {
        let attach = attachment(&headers(&[("x-story", STORY), ("x-name", "..%2F..%2Fx%0A.jpg")])).unwrap();
        assert_eq!(attach.name, "../../x\n.jpg");
    }

    #[test]
    fn a_photo_for_no_story_is_refused() {
        let nameless = attachment(&headers(&[("x-story", STORY)])).unwrap_err();
        let homeless = attachment(&headers(&[("x-story", "../x"), ("x-name", "a")])).unwrap_err();
        assert_eq!([nameless.code, homeless.code], [ErrorCode::BadArguments; 2]);
    }
}
