//! What the web view's wrapper does not set of the engine behind it.

use tauri::WebviewWindow;

/// Letters that an input method is still composing are shown at the caret; and without a graphics card the engine
/// draws by itself, instead of through one that the processor plays (ADR 12).
///
/// # Errors
/// The window is gone.
#[cfg(target_os = "linux")]
pub fn set_up(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, InputMethodContextExt, SettingsExt, WebViewExt};

    window.with_webview(|view| {
        let view = view.inner();
        if let Some(input) = view.input_method_context() {
            input.set_enable_preedit(true);
        }
        if let Some(settings) = WebViewExt::settings(&view).filter(|_| !has_graphics_card()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// A card that draws for programs has a render node, whatever its driver.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let is_card = |node: std::fs::DirEntry| node.file_name().as_encoded_bytes().starts_with(b"renderD");
    std::fs::read_dir("/dev/dri").is_ok_and(|nodes| nodes.flatten().any(is_card))
}

/// Nothing is left unset here.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn set_up(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
