// Shared as source by the tests of two crates: the WordPress of a test run, as its script describes it.

/// What `start-wordpress.sh` prints; `None`, and the reason on standard error, where there can be no WordPress.
/// `folder` is where all tests of a run put it; the first one starts it, and it ends with the run.
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn started(folder: &std::path::Path) -> Option<Vec<u8>> {
    /// The script's word for "the packages cannot be had here".
    const NOT_INSTALLED: i32 = 3;
    let script =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/portals/start-wordpress.sh");
    // The runner's process: this one ends with its test.
    let runner = std::os::unix::process::parent_id().to_string();
    let output =
        std::process::Command::new(script).arg(folder.join("wordpress")).arg(runner).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(NOT_INSTALLED) {
        eprintln!("SKIPPED, no WordPress here: {errors}");
        return None;
    }
    assert!(output.status.success(), "WordPress did not start: {errors}");
    Some(output.stdout)
}
