//! Containers that nobody here would pack: each is refused whole, before anything of it is believed.

use std::io::{Cursor, Read as _, Write as _};

use khosra_package::{Fault, Flaw, MAX_BYTES, read, write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::common::{author, desk, package};

const DIGEST: &str = "versions/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

/// A zip with what is put into it.
fn zip(fill: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    fill(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn with_file(name: &str, bytes: &[u8]) -> Vec<u8> {
    zip(|zip| {
        zip.start_file(name, stored()).unwrap();
        zip.write_all(bytes).unwrap();
    })
}

fn refused(bytes: &[u8]) -> Fault {
    read(bytes, &desk()).unwrap_err()
}

#[test]
fn a_package_with_paths_links_bombs_duplicates_case_clashes_or_a_million_entries_is_refused_whole() {
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\autoexec.bat",
        "versions/../../x",
        "versions/",
        "photos/CON",
        "manifest.json/",
        "Manifest.json",
        "VERSIONS/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "versions/E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "manifest.json\0.exe",
        "ছবি.jpg",
    ] {
        let fault = refused(&with_file(name, b"x"));
        assert!(matches!(fault, Fault::Flawed(Flaw::Name | Flaw::Kind)), "{name}: {fault:?}");
    }
    let link = zip(|zip| zip.add_symlink(DIGEST, "/etc/passwd", stored()).unwrap());
    assert_eq!(refused(&link), Fault::Flawed(Flaw::Kind));
    let folder = zip(|zip| zip.add_directory("versions", stored()).unwrap());
    assert_eq!(refused(&folder), Fault::Flawed(Flaw::Kind));
    let twice = duplicated();
    assert!(matches!(refused(&twice), Fault::Flawed(Flaw::Twice | Flaw::Container)), "{:?}", refused(&twice));
    let bomb = compressed();
    assert!(matches!(refused(&bomb), Fault::Flawed(Flaw::Kind | Flaw::Container)), "{:?}", refused(&bomb));
    let million = many(65_000);
    assert_eq!(refused(&million), Fault::Flawed(Flaw::TooMany));
}

/// Two entries of one name: the last letter of the second is changed where it stands.
fn duplicated() -> Vec<u8> {
    let (one, two) = (DIGEST.to_owned(), format!("{}4", DIGEST.strip_suffix('5').unwrap()));
    let bytes = zip(|zip| {
        for name in [&one, &two] {
            zip.start_file(name.as_str(), stored()).unwrap();
        }
    });
    replaced_all(&bytes, two.as_bytes(), one.as_bytes())
}

/// Says of itself that it is deflated, and larger than anything.
fn compressed() -> Vec<u8> {
    let mut bytes = with_file(DIGEST, &[0; 64]);
    let central = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[8] = 8;
    bytes[central + 10] = 8;
    for at in [22, central + 24] {
        bytes[at..at + 4].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    }
    bytes
}

/// So many empty entries.
fn many(count: u32) -> Vec<u8> {
    zip(|zip| {
        for number in 0..count {
            zip.start_file(format!("photos/{number:064x}"), stored()).unwrap();
        }
    })
}

fn replaced_all(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    while let Some(at) = bytes.windows(old.len()).position(|window| window == old) {
        bytes[at..at + old.len()].copy_from_slice(new);
    }
    bytes
}

#[test]
fn what_stands_before_or_behind_a_package_is_refused() {
    let good = write(&package(), &author(), None).unwrap();
    let before = [b"PK\x03\x04".as_slice(), &good].concat();
    let behind = [good.as_slice(), b"more"].concat();
    for bytes in [before, behind] {
        assert!(matches!(refused(&bytes), Fault::Flawed(_)), "{:?}", refused(&bytes));
    }
}

#[test]
fn an_entry_more_is_refused_although_the_signature_fits() {
    let good = write(&package(), &author(), None).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    let more = zip(|zip| {
        for index in 0..archive.len() {
            zip.raw_copy_file(archive.by_index_raw(index).unwrap()).unwrap();
        }
        zip.start_file(DIGEST, stored()).unwrap();
    });
    assert!(matches!(refused(&more), Fault::Flawed(Flaw::Inventory | Flaw::Version)), "{:?}", refused(&more));
}

/// A good package, packed anew with other words in its manifest.
fn with_manifest(old: &str, new: &str) -> Vec<u8> {
    let good = write(&package(), &author(), None).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    zip(|zip| {
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if name == "manifest.json" {
                let manifest = String::from_utf8(bytes).unwrap();
                assert!(manifest.contains(old), "{manifest}");
                bytes = manifest.replacen(old, new, 1).into_bytes();
            }
            zip.start_file(name, stored()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
    })
}

#[test]
fn a_manifest_that_was_changed_does_not_carry_its_signature() {
    let changed = with_manifest("শিউলি", "শেফালি");
    assert_eq!(refused(&changed), Fault::Flawed(Flaw::Signature));
}

#[test]
fn another_version_of_the_format_is_named_and_left_alone() {
    assert_eq!(refused(&with_manifest("\"version\":1", "\"version\":7")), Fault::Newer(7));
    assert_eq!(refused(&with_manifest("\"khosra-story\"", "\"other\"")), Fault::Foreign);
}

#[test]
fn what_is_no_package_is_said_to_be_none() {
    assert_eq!(refused(b""), Fault::Foreign);
    assert_eq!(refused(b"%PDF-1.7"), Fault::Foreign);
    assert_eq!(refused(b"PK\x03\x04"), Fault::Flawed(Flaw::Container));
    assert_eq!(refused(b"age-encryption.org/v1\n"), Fault::Flawed(Flaw::Seal));
    assert_eq!(refused(&vec![0; MAX_BYTES + 1]), Fault::TooLong);
}
