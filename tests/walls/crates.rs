//! Who may depend on whom.

use crate::tree;
use cargo_metadata::{DependencyKind, Metadata, Package, PackageId};
use std::collections::{BTreeMap, BTreeSet};

/// Each of our crates, and which of ours it may name. Tests may also use `khosra-testkit` and the reference
/// portal.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("khosra-bangla", &[]),
    ("khosra-story", &["khosra-bangla"]),
    ("khosra-package", &["khosra-story"]),
    ("khosra-page", &["khosra-bangla", "khosra-story"]),
    ("khosra-photo", &["khosra-story"]),
    ("khosra-portal", &["khosra-bangla", "khosra-page", "khosra-story"]),
    ("khosra-store", &["khosra-bangla", "khosra-story"]),
    (
        "khosra-desk",
        &[
            "khosra-bangla",
            "khosra-package",
            "khosra-page",
            "khosra-photo",
            "khosra-portal",
            "khosra-store",
            "khosra-story",
        ],
    ),
    ("khosra-newsite", &["khosra-bangla", "khosra-page", "khosra-story"]),
    ("khosra-host", &["khosra-desk", "khosra-newsite", "khosra-story"]),
    ("khosra-cli", &["khosra-desk", "khosra-host", "khosra-newsite", "khosra-story"]),
    ("khosra", &["khosra-desk", "khosra-host", "khosra-story"]),
    ("khosra-testkit", &["khosra-desk", "khosra-newsite", "khosra-story"]),
    ("khosra-bench", &["khosra-bangla", "khosra-page", "khosra-photo", "khosra-store", "khosra-story"]),
];

/// Measures what is shipped, and beside it the bare library as floor or peer.
const NOT_SHIPPED: &[&str] = &["khosra-bench"];

/// Libraries that stand behind a wall, and the crates that may name them outside tests.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["khosra-store"]),
    ("rusqlite_migration", &["khosra-store"]),
    ("zstd", &["khosra-store"]),
    ("reqwest", &["khosra-portal"]),
    ("tauri", &["khosra"]),
    ("tauri-build", &["khosra"]),
    ("rfd", &["khosra"]),
    ("tauri-plugin-opener", &["khosra"]),
    ("tauri-plugin-single-instance", &["khosra"]),
    ("webkit2gtk", &["khosra"]),
    ("image", &["khosra-photo"]),
    ("fast_image_resize", &["khosra-photo"]),
    ("kamadak-exif", &["khosra-photo"]),
    ("zune-jpeg", &["khosra-photo"]),
    ("jpeg-encoder", &["khosra-photo"]),
    ("moxcms", &["khosra-photo"]),
    ("webp", &["khosra-photo"]),
    ("keyring", &["khosra-host"]),
    ("zbus", &["khosra-host"]),
    ("ammonia", &["khosra-page"]),
    ("pulldown-cmark", &["khosra-page"]),
    ("minijinja", &["khosra-page"]),
    ("axum", &["khosra-newsite"]),
    ("sqlx", &["khosra-newsite"]),
    ("object_store", &["khosra-newsite"]),
    ("zip", &["khosra-newsite", "khosra-package"]),
    ("age", &["khosra-package"]),
    ("ring", &["khosra-package"]),
    ("clap", &["khosra-cli", "khosra-newsite"]),
    ("rand", &["khosra-host", "khosra-newsite"]),
    ("ts-rs", &["khosra-desk", "khosra-story"]),
];

/// Crates that compute and nothing else: no runtime, no clock, no network, no log.
const PURE: &[&str] = &["khosra-bangla", "khosra-story", "khosra-page"];

#[test]
fn a_crate_names_only_the_crates_below_it() {
    let metadata = tree::metadata();
    let table: BTreeMap<_, _> = MAY_NAME.iter().copied().collect();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        let allowed = table.get(name).unwrap_or_else(|| panic!("{name} has no line in MAY_NAME"));
        for dependency in ours(package, &table) {
            let in_tests = matches!(dependency.1, DependencyKind::Development);
            let for_tests = in_tests && ["khosra-testkit", "khosra-newsite"].contains(&dependency.0);
            assert!(
                for_tests || allowed.contains(&dependency.0),
                "{name} names {}: not in MAY_NAME",
                dependency.0
            );
        }
    }
}

#[test]
fn a_heavy_library_is_named_by_its_own_crate_only() {
    let metadata = tree::metadata();
    for (library, owners) in ONLY_IN {
        let users = users_outside_tests(&metadata, library);
        let strangers: Vec<_> = users.iter().filter(|user| !owners.contains(user)).collect();
        assert!(strangers.is_empty(), "{library} belongs to {owners:?} and is named by {strangers:?}");
    }
}

#[test]
fn the_walls_stand_around_libraries_that_are_used() {
    let metadata = tree::metadata();
    for (library, owners) in ONLY_IN {
        let users = users_outside_tests(&metadata, library);
        assert!(!users.is_empty(), "nothing names {library} any more: take it out of ONLY_IN");
        assert!(owners.iter().all(|owner| users.contains(owner)), "{owners:?} do not all name {library}");
    }
}

#[test]
fn a_pure_crate_has_no_runtime_network_or_log() {
    let metadata = tree::metadata();
    for library in ["tokio", "tracing", "async-trait", "directories", "tempfile"] {
        let users = users_outside_tests(&metadata, library);
        let pure: Vec<_> = users.iter().filter(|user| PURE.contains(user)).collect();
        assert!(pure.is_empty(), "{library} is named by {pure:?}, which only compute");
    }
}

#[test]
fn only_the_shell_needs_a_window_to_be_built() {
    let metadata = tree::metadata();
    for package in metadata.workspace_packages() {
        if package.name.as_str() == "khosra" {
            continue;
        }
        let reached = reached_from(&metadata, &package.id);
        for library in ["tauri", "webkit2gtk", "gtk", "wry"] {
            assert!(!reached.contains(library), "{} reaches {library}", package.name);
        }
    }
}

fn ours<'a>(
    package: &'a Package,
    table: &'a BTreeMap<&str, &[&str]>,
) -> impl Iterator<Item = (&'a str, DependencyKind)> {
    package
        .dependencies
        .iter()
        .filter(|dependency| table.contains_key(dependency.name.as_str()))
        .map(|dependency| (dependency.name.as_str(), dependency.kind))
}

fn users_outside_tests<'a>(metadata: &'a Metadata, library: &str) -> Vec<&'a str> {
    metadata
        .workspace_packages()
        .into_iter()
        .filter(|package| !NOT_SHIPPED.contains(&package.name.as_str()))
        .filter(|package| {
            package.dependencies.iter().any(|dependency| {
                dependency.name == library && dependency.kind != DependencyKind::Development
            })
        })
        .map(|package| package.name.as_str())
        .collect()
}

/// Names of all packages that a package needs, tests included.
fn reached_from<'a>(metadata: &'a Metadata, start: &'a PackageId) -> BTreeSet<&'a str> {
    let graph = metadata.resolve.as_ref().expect("metadata carries the graph");
    let below: BTreeMap<_, _> = graph.nodes.iter().map(|node| (&node.id, &node.dependencies)).collect();
    let names: BTreeMap<_, _> = metadata.packages.iter().map(|one| (&one.id, one.name.as_str())).collect();
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(below.get(id).into_iter().copied().flatten());
        }
    }
    seen.into_iter().filter_map(|id| names.get(id).copied()).collect()
}
