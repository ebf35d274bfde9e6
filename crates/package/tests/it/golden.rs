//! Version 1 of the format, held by files: what was packed with it can be read for ever. `UPDATE_GOLDEN=1` writes them
//! anew, which only a new version of the format is a reason for.

use std::{env, fs, path::PathBuf};

use khosra_package::{read, write};

use crate::common::{author, desk, package, receipt};

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/package").join(name)
}

#[test]
fn packages_of_version_1_are_read() {
    let files = [
        ("story-1-open.story", None, package()),
        ("story-1-sealed.story", Some(desk().address()), package()),
        ("receipt-1-open.story", None, receipt()),
    ];
    for (name, to, says) in files {
        let path = golden(name);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(golden("")).unwrap();
            fs::write(&path, write(&says, &author(), to.as_ref()).unwrap()).unwrap();
        }
        let bytes = fs::read(&path).unwrap();
        let opened = read(&bytes, &desk()).unwrap();
        assert_eq!((opened.package, opened.signer), (says, author().signer()), "{name}");
    }
}
