//! HEIC and AVIF: read as far as their boxes go, decoded by somebody else.

use std::{cell::Cell, fs, process::Command};

use khosra_photo::{
    Foreign, ForeignError, Limits, MediaType, PhotoError, StripError, Words, examine, readable, renditions,
    strip,
};
use proptest::prelude::*;

use crate::{
    containers::Container,
    making::{busy, corners, orientation, png, telling, with_exif},
};

/// A host that answers what it was told to.
struct Host(Result<Vec<u8>, ForeignError>, Cell<u32>);

impl Host {
    fn new(answer: Result<Vec<u8>, ForeignError>) -> Self {
        Self(answer, Cell::new(0))
    }
}

impl Foreign for Host {
    fn decode(&self, _: &[u8], _: MediaType, _: &Limits) -> Result<Vec<u8>, ForeignError> {
        self.1.set(self.1.get() + 1);
        self.0.clone()
    }
}

fn refused(file: &[u8], host: Option<&dyn Foreign>) -> PhotoError {
    readable(file, host, &Limits::default()).map(drop).unwrap_err()
}

#[test]
fn heic_and_avif_are_told_apart_by_their_brands() {
    for (brand, kind) in [
        (b"heic", MediaType::Heic),
        (b"heix", MediaType::Heic),
        (b"avif", MediaType::Avif),
        (b"avis", MediaType::Avif),
    ] {
        let facts = examine(&Container::new(brand, 4032, 3024).build(), &Limits::default()).unwrap();
        assert_eq!((facts.media_type, facts.width, facts.height), (kind, 4032, 3024));
    }
    let mut film = Container::new(b"heic", 40, 30).build();
    film[8..12].copy_from_slice(b"isom");
    assert_eq!(examine(&film, &Limits::default()), Err(PhotoError::Kind));
}

#[test]
fn a_general_brand_leaves_the_word_to_the_compatible_ones() {
    let mut file = Container::new(b"avif", 40, 30).build();
    file[8..12].copy_from_slice(b"mif1");
    assert_eq!(examine(&file, &Limits::default()).unwrap().media_type, MediaType::Avif);
}

#[test]
fn the_containers_way_up_goes_before_that_of_its_exif() {
    let number = |turned, mirrored| {
        let exif = Some(orientation(3));
        let file = Container { turned, mirrored, exif, ..Container::new(b"heic", 400, 300) }.build();
        let facts = examine(&file, &Limits::default()).unwrap();
        (facts.orientation, facts.width)
    };
    assert_eq!(number(None, None), (1, 400));
    assert_eq!(number(Some(1), None), (8, 300));
    assert_eq!(number(Some(2), None), (3, 400));
    assert_eq!(number(Some(3), None), (6, 300));
    assert_eq!(number(None, Some(1)), (2, 400));
    assert_eq!(number(None, Some(0)), (4, 400));
    assert_eq!(number(Some(3), Some(0)).1, 300);
}

#[test]
fn words_and_places_of_a_container_are_seen() {
    let xmp = r#"<rdf:Description photoshop:Credit="বাসস"/>"#.as_bytes().to_vec();
    let container = Container { exif: Some(telling()), xmp: Some(xmp), ..Container::new(b"heic", 400, 300) };
    let facts = examine(&container.build(), &Limits::default()).unwrap();
    assert!(facts.had_location);
    assert_eq!(facts.words, Words { caption: "নদীর ঘাট".into(), credit: "Rafiq/বাসস".into() });
}

#[test]
fn without_a_decoder_the_kind_is_named_and_nothing_is_guessed() {
    let file = Container::new(b"heic", 400, 300).build();
    let missing = PhotoError::NoDecoder { kind: MediaType::Heic };
    assert_eq!(refused(&file, None), missing);
    assert_eq!(refused(&file, Some(&Host::new(Err(ForeignError::Missing)))), missing);
    assert_eq!(renditions(&file, &Limits::default()).map(drop), Err(missing));
    assert_eq!(
        strip(&file, &Limits::default()).map(drop),
        Err(StripError::Lossy("a file of this kind is not taken apart"))
    );
}

#[test]
fn what_the_host_decodes_is_held_to_the_size_that_the_file_told() {
    let file = Container { turned: Some(1), ..Container::new(b"avif", 60, 40) }.build();
    let host = Host::new(Ok(with_exif(&png(corners(40, 60)), orientation(6))));
    let readable = readable(&file, Some(&host), &Limits::default()).unwrap();
    let made = renditions(&readable.bytes, &readable.limits).unwrap();
    // Upright already: what the host's PNG says of turning is not believed a second time.
    assert_eq!((made.display.width, made.display.height), (40, 60));
    assert!(!readable.bytes.windows(4).any(|window| window == b"eXIf"));
    for other in [png(corners(60, 40)), crate::making::jpeg(&busy(40, 60)), b"<svg/>".to_vec()] {
        let outcome = refused(&file, Some(&Host::new(Ok(other))));
        assert!(matches!(outcome, PhotoError::Damaged { .. } | PhotoError::Kind), "{outcome:?}");
    }
}

#[test]
fn a_slow_or_refusing_decoder_is_told_as_such() {
    let file = Container::new(b"heic", 40, 30).build();
    let limit = Limits::default().time;
    assert_eq!(refused(&file, Some(&Host::new(Err(ForeignError::TooSlow)))), PhotoError::TooSlow { limit });
    let outcome = refused(&file, Some(&Host::new(Err(ForeignError::Refused("bad".into())))));
    assert_eq!(outcome, PhotoError::Damaged { detail: "bad".into() });
}

#[test]
fn the_host_is_asked_only_for_what_is_within_limits_and_needs_it() {
    let host = Host::new(Ok(Vec::new()));
    let huge = Container::new(b"heic", 50_000, 50_000).build();
    assert!(matches!(refused(&huge, Some(&host)), PhotoError::Pixels { .. }));
    let cut = Container::new(b"heic", 40, 30).build();
    assert!(matches!(refused(&cut[..cut.len() - 1], Some(&host)), PhotoError::Damaged { .. }));
    let plain = png(corners(8, 8));
    assert_eq!(readable(&plain, Some(&host), &Limits::default()).unwrap().bytes, plain);
    assert_eq!(host.1.get(), 0);
}

/// The system's own decoder, as a host runs it but for its time limit.
struct System;

impl Foreign for System {
    fn decode(&self, bytes: &[u8], kind: MediaType, _: &Limits) -> Result<Vec<u8>, ForeignError> {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join(if kind == MediaType::Heic { "in.heic" } else { "in.avif" });
        let to = folder.path().join("out.png");
        fs::write(&from, bytes).unwrap();
        let output = Command::new("heif-convert").args([&from, &to]).output().unwrap();
        fs::read(to).map_err(|_| ForeignError::Refused(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

#[test]
fn a_real_heic_comes_out_in_its_colours() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("in.png"), folder.path().join("out.heic"));
    fs::write(&from, png(corners(320, 200))).unwrap();
    let made = Command::new("heif-enc").arg("-o").args([&to, &from]).output();
    if !made.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: libheif's programs are not here");
        return;
    }
    let file = fs::read(to).unwrap();
    let facts = examine(&file, &Limits::default()).unwrap();
    assert_eq!((facts.media_type, facts.width, facts.height), (MediaType::Heic, 320, 200));
    let readable = readable(&file, Some(&System), &Limits::default()).unwrap();
    let made = renditions(&readable.bytes, &readable.limits).unwrap();
    let picture = image::load_from_memory(&made.display.bytes).unwrap().into_rgb8();
    for ((x, y), expected) in
        [((20, 20), [220, 20, 20]), ((300, 20), [20, 200, 20]), ((300, 180), [20, 20, 220])]
    {
        let found = picture.get_pixel(x, y).0;
        assert!(
            found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 24),
            "{found:?}, expected {expected:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Boxes are read by hand, so any answer must come without a panic, which would show as these words.
    #[test]
    fn any_byte_of_a_container_may_be_wrong(at in any::<prop::sample::Index>(), value in any::<[u8; 4]>()) {
        let container = Container { turned: Some(1), mirrored: Some(0), exif: Some(telling()), ..Container::new(b"heic", 40, 30) };
        let mut file = container.build();
        let at = at.index(file.len() - 4);
        file[at..at + 4].copy_from_slice(&value);
        let gave_up = PhotoError::Damaged { detail: "the codec gave up".into() };
        prop_assert_ne!(examine(&file, &Limits::default()).map(drop), Err(gave_up));
    }
}
