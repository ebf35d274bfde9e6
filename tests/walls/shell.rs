//! What the window may reach, from the files that decide it.

use crate::tree;
use serde_json::Value;

const POLICY: &str = "/app/security/csp";

#[test]
fn the_windows_policy_begins_with_nothing_allowed() {
    let policy = at("tauri.conf.json", POLICY);
    for directive in ["default-src", "frame-src", "object-src", "base-uri", "form-action"] {
        assert_eq!(policy[directive], "'none'", "{directive}");
    }
    assert_eq!(policy["script-src"], "'self'");
    assert_eq!(policy["connect-src"], "ipc: http://ipc.localhost");
}

#[test]
fn the_windows_policy_names_no_unsafe_source_and_no_remote_one() {
    let policy = at("tauri.conf.json", POLICY);
    for (directive, sources) in policy.as_object().expect("an object") {
        for source in sources.as_str().expect("one string").split(' ') {
            let local = !source.contains("//") || source.ends_with(".localhost");
            assert!(local, "{directive} names {source}");
            assert!(!source.contains("unsafe") && !source.contains('*'), "{directive} names {source}");
        }
    }
}

#[test]
fn the_window_has_no_global_shell_object_and_frozen_prototypes() {
    assert_eq!(at("tauri.conf.json", "/app/withGlobalTauri"), false);
    assert_eq!(at("tauri.conf.json", "/app/security/freezePrototype"), true);
    assert_eq!(at("tauri.conf.json", "/app/windows/0/dragDropEnabled"), false);
    assert_eq!(at("tauri.conf.json", "/app/security/assetProtocol"), Value::Null);
}

#[test]
fn every_command_of_the_shell_is_listed_in_the_manifest_and_in_the_one_capability() {
    let handled = words_between(&tree::read("src-tauri/src/lib.rs"), "generate_handler![", "]");
    let listed = words_between(&tree::read("src-tauri/build.rs"), ".commands(&[", "]");
    assert_eq!(handled, listed);
    let allowed: Vec<_> = permissions().into_iter().filter(|name| !name.starts_with("core:")).collect();
    let expected: Vec<_> = listed.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(allowed, expected);
}

#[test]
fn the_window_may_touch_no_file_no_program_and_no_network() {
    let from_core: Vec<_> = permissions().into_iter().filter(|name| name.starts_with("core:")).collect();
    assert_eq!(
        from_core,
        ["core:event:allow-listen", "core:event:allow-unlisten", "core:window:allow-destroy"]
    );
    assert_eq!(tree::files("src-tauri/capabilities", "json").len(), 1);
}

#[test]
fn no_rule_lives_in_the_shell_so_it_stays_short() {
    let lines: usize = tree::files("src-tauri", "rs").iter().map(|(_, text)| text.lines().count()).sum();
    assert!(lines <= 1_200, "the shell has {lines} lines");
}

fn at(file: &str, pointer: &str) -> Value {
    tree::json(file).pointer(pointer).cloned().unwrap_or_default()
}

fn permissions() -> Vec<String> {
    let list = at("src-tauri/capabilities/main.json", "/permissions");
    serde_json::from_value(list).expect("permissions are plain names")
}

/// The last path segments of a comma-separated list in a source, without quotes.
fn words_between(text: &str, before: &str, after: &str) -> Vec<String> {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    let (list, _) = rest.split_once(after).expect("the list ends");
    let last = |word: &str| word.trim().trim_matches('"').rsplit("::").next().map(str::to_owned);
    list.split(',').filter_map(last).filter(|word| !word.is_empty()).collect()
}
