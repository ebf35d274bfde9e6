//! The program, as it is started.

use std::process::Command;

/// A machine without a screen gets a sentence, not a crash of the window library.
#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_application_says_so_and_ends() {
    let store = tempfile::tempdir().expect("a folder");
    let ended = Command::new(env!("CARGO_BIN_EXE_khosra"))
        .env("KHOSRA_STORE", store.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(said.contains("পর্দা") && said.contains("display"), "{said}");
    let touched = store.path().read_dir().expect("a folder").count();
    assert_eq!(touched, 0, "nothing was begun");
}
