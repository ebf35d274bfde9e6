use std::fs;

use khosra_store::{NewPhoto, NewRendition, RenditionUse, StoreError};
use story::Sha256Hex;

use crate::desk::{Desk, at};

fn photo(name: &str) -> NewPhoto {
    let rendition = |usage, bytes: &[u8]| NewRendition {
        usage,
        media_type: "image/jpeg".to_owned(),
        width: 320,
        height: 200,
        bytes: bytes.to_vec(),
    };
    NewPhoto {
        name: name.to_owned(),
        media_type: "image/jpeg".to_owned(),
        width: 4_000,
        height: 3_000,
        had_location: true,
        at: at(1),
        original: b"the original".to_vec(),
        renditions: vec![
            rendition(RenditionUse::Thumb, b"small"),
            rendition(RenditionUse::Display, b"large"),
        ],
    }
}

#[test]
fn a_photo_and_its_renditions_come_back_after_a_restart() {
    let desk = Desk::new();
    let facts = desk.store.put_photo(photo("নদী.jpg")).unwrap();
    let desk = desk.again();
    assert_eq!(desk.store.photo(&facts.id).unwrap(), facts);
    assert_eq!(desk.store.original(&facts.id).unwrap(), b"the original");
    let (display, bytes) = desk.store.rendition(&facts.id, RenditionUse::Display).unwrap();
    assert_eq!((bytes.as_slice(), display.size), (b"large".as_slice(), 5));
    assert_eq!(desk.store.rendition_by_digest(&display.rendition.sha256).unwrap(), (display, bytes));
}

#[test]
fn the_same_bytes_again_are_the_same_photo_with_the_first_facts() {
    let desk = Desk::new();
    let first = desk.store.put_photo(photo("প্রথম.jpg")).unwrap();
    let second = desk.store.put_photo(photo("দ্বিতীয়.jpg")).unwrap();
    assert_eq!(first, second);
}

#[test]
fn a_name_is_data_and_never_a_path() {
    let desk = Desk::new();
    let long = "ক".repeat(300);
    for name in ["../../x", "a\0b", "CON", &long, "এক\nদুই", "\u{202E}gpj.exe"] {
        let facts = desk.store.put_photo(NewPhoto { original: name.into(), ..photo(name) }).unwrap();
        assert_eq!(desk.store.photo(&facts.id).unwrap().name, name);
    }
    let outside: Vec<_> =
        fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(outside.iter().all(|name| name != "x" && name != "CON"), "{outside:?}");
    assert_eq!(fs::read_dir(desk.folder.path().join("unfinished")).unwrap().count(), 0);
}

#[test]
fn a_changed_or_missing_file_is_told_and_taking_it_in_again_heals_it() {
    let desk = Desk::new();
    let id = desk.store.put_photo(photo("নদী.jpg")).unwrap().id;
    let file = desk.folder.path().join("photos").join(id.as_str().get(..2).unwrap()).join(id.as_str());
    fs::write(&file, b"another one!").unwrap();
    assert!(matches!(desk.store.original(&id), Err(StoreError::Damaged(_))));
    fs::remove_file(&file).unwrap();
    assert!(matches!(desk.store.original(&id), Err(StoreError::NotFound(_))));
    desk.store.put_photo(photo("নদী.jpg")).unwrap();
    assert_eq!(Sha256Hex::of(&desk.store.original(&id).unwrap()), id);
}
