//! The one window: made from the configuration, kept on its own pages, and closed even when its page hangs.

use crate::engine;
use desk::wire::Appearance;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tauri::{
    App, AppHandle, Manager, Theme, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{Color, NewWindowResponse},
};

const LABEL: &str = "main";
/// How long a page may take to answer anything at all before it counts as hung.
const HUNG: Duration = Duration::from_secs(8);

/// Makes the window, from the start in the colour in which the page will draw it: a dark room is not lit up
/// until the page is there.
///
/// # Errors
/// What the system says; it has no window then.
pub fn open(app: &App, appearance: Appearance) -> tauri::Result<()> {
    let window = app.config().app.windows.iter().find(|window| window.label == LABEL);
    let window = window.ok_or(tauri::Error::WindowNotFound)?;
    let built = WebviewWindowBuilder::from_config(app.handle(), window)?
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .background_color(backdrop(appearance, Theme::Light))
        .build()?;
    if let (Appearance::System, Ok(theme)) = (appearance, built.theme()) {
        built.set_background_color(Some(backdrop(appearance, theme)))?;
    }
    let closing = built.clone();
    built.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { .. } = event {
            close_if_hung(closing.clone());
        }
    });
    engine::set_up(&built)
}

/// What `--recess` is in `ui/src/kit/tokens.css`.
fn backdrop(appearance: Appearance, system: Theme) -> Color {
    match (appearance, system) {
        (Appearance::Dark, _) | (Appearance::System, Theme::Dark) => Color(0x12, 0x13, 0x15, 0xff),
        (Appearance::Contrast, _) => Color(0xff, 0xff, 0xff, 0xff),
        (Appearance::Light | Appearance::System, _) => Color(0xf4, 0xf2, 0xec, 0xff),
    }
}

/// The one window; `None` when it is gone.
pub fn main(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings the window to the front, for a second start or a notice that was clicked.
pub fn focus(app: &AppHandle) {
    let Some(window) = main(app) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// The window's own pages, and the preview's frame, whose text comes from the page around it.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        ("http", Some("localhost")) => cfg!(dev) && url.port() == Some(1420),
        ("about", None) => url.path() == "srcdoc",
        _ => false,
    }
}

/// The page decides whether it closes, after it has saved. A page that cannot even add two numbers decides
/// nothing any more: what it had is in the store up to the last second.
fn close_if_hung(window: WebviewWindow) {
    let alive = Arc::new(AtomicBool::new(false));
    let answered = Arc::clone(&alive);
    let asked = window.eval_with_callback("1 + 1", move |_| answered.store(true, Ordering::Relaxed));
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(HUNG).await;
        if asked.is_err() || !alive.load(Ordering::Relaxed) {
            tracing::error!("the page does not answer: closing without it");
            let _ = window.destroy();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str) -> bool {
        is_own_page(&url.parse().unwrap())
    }

    #[test]
    fn the_window_begins_in_the_colours_of_its_page() {
        let tokens = include_str!("../../ui/src/kit/tokens.css");
        let recess = |theme: &str| {
            let (_, tokens) = tokens.split_once(theme).unwrap();
            tokens.split_once("--recess: ").unwrap().1.split_once(';').unwrap().0
        };
        let hex = |Color(red, green, blue, _)| format!("#{red:02x}{green:02x}{blue:02x}");
        assert_eq!(hex(backdrop(Appearance::Light, Theme::Dark)), recess(":root {"));
        assert_eq!(hex(backdrop(Appearance::Dark, Theme::Light)), recess("[data-theme='dark']"));
        assert_eq!(hex(backdrop(Appearance::Contrast, Theme::Dark)), recess("[data-theme='contrast']"));
        assert_eq!(hex(backdrop(Appearance::System, Theme::Dark)), recess("[data-theme='dark']"));
        assert_eq!(hex(backdrop(Appearance::System, Theme::Light)), recess(":root {"));
    }

    #[test]
    fn the_window_stays_on_its_own_pages() {
        assert!(own("tauri://localhost/index.html") && own("about:srcdoc"));
        for url in [
            "https://example.org/",
            "http://127.0.0.1:8080/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "tauri://example.org/",
            "javascript:alert(1)",
            "khosra://localhost/theme/dainik/page.css",
        ] {
            assert!(!own(url), "{url}");
        }
    }
}
