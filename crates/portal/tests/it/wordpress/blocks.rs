//! What we write is held to WordPress's own block editor, and what it refuses to take is told in our words.

use std::{path::Path, process::Command};

use khosra_portal::PhotoToSend;
use story::{Cause, Sha256Hex};

use super::site::site;

/// The golden files of the markup, read, validated and written by the block editor of the very WordPress that runs.
#[test]
fn the_block_editor_finds_every_block_as_it_writes_it_itself() {
    site!();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !root.join("node_modules/jsdom").exists() {
        eprintln!("SKIPPED, the front end's packages are not installed: npm ci");
        return;
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wordpress");
    let files = std::fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.extension().is_some_and(|kind| kind == "html")).collect();
    assert!(files.len() >= 12);
    let wordpress = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wordpress/www");
    let mut check = Command::new("node");
    let check = check.arg(root.join("tests/portals/check-blocks.mjs")).arg(wordpress).args(files);
    let output = check.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_file_that_is_no_photo_and_one_that_is_too_large_are_refused_for_good() {
    let site = site!();
    let portal = site.portal("author").await;
    // The web server's own limit, which answers with a page.
    let large = vec![0; 17 << 20];
    for (bytes, due) in [(b"not a picture".as_slice(), Cause::Invalid), (&large, Cause::TooLarge)] {
        let sha256 = Sha256Hex::of(bytes);
        let photo = PhotoToSend { sha256: &sha256, media_type: "image/jpeg", bytes };
        let failure = portal.send_photo(&photo, &|_| ()).await.unwrap_err();
        assert_eq!((failure.cause, failure.nothing_done), (due, true), "{failure}");
        assert!(!portal.has_photo(&sha256).await.unwrap());
    }
}
