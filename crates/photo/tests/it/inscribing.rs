//! A desk's own words in a rendition: read back by our reader and by one that knows nothing of us.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use khosra_photo::{
    DigitalSourceType, Inscription, Limits, MediaType, Metadata, PhotoError, Rendition, examine, inscribe,
    renditions,
};
use proptest::prelude::*;

use crate::making::{busy, glass, jpeg, png};

fn words() -> Inscription {
    Inscription {
        description: "চাঁদপুরের ঘাটে অপেক্ষা <শুক্রবার> & শনিবার".into(),
        alt_text: "নদীর ঘাটে তিনটি নৌকা".into(),
        creators: vec!["রফিক \"আলো\" হাসান".into(), "Second".into()],
        credit_line: "বাংলাদেশ সংবাদ সংস্থা ও প্রতিদিনের খবর".into(),
        copyright_notice: "© ২০২৬ প্রতিদিনের খবর".into(),
        usage_terms: "পুনঃপ্রকাশের আগে অনুমতি নিন।".into(),
        date_created: "2026-11-27T14:05:09+06:00".into(),
        digital_source_type: DigitalSourceType::of_uri("digitalCapture"),
    }
}

/// One rendition of each kind that there is.
fn bare() -> [Rendition; 3] {
    let made = |file: &[u8]| renditions(file, &Limits::default()).unwrap().display;
    let webp = crate::making::webp(busy(90, 60));
    let webp = Rendition {
        media_type: MediaType::WebP,
        sha256: story::Sha256Hex::of(&webp),
        bytes: webp,
        ..made(&jpeg(&busy(90, 60)))
    };
    [made(&jpeg(&busy(90, 60))), made(&png(glass(90, 60))), webp]
}

fn read(rendition: &Rendition) -> Metadata {
    let facts = examine(&rendition.bytes, &Limits::default()).unwrap();
    assert_eq!(facts.media_type, rendition.media_type);
    facts.metadata
}

fn pixels(bytes: &[u8]) -> image::RgbaImage {
    image::load_from_memory(bytes).unwrap().into_rgba8()
}

#[test]
fn every_word_comes_back_from_every_kind_and_no_pixel_changes() {
    for rendition in bare() {
        let words = words();
        let told = inscribe(&rendition, &words).unwrap();
        let found = read(&told);
        let expected = Metadata {
            description: words.description,
            alt_text: words.alt_text,
            creators: words.creators,
            credit_line: words.credit_line,
            copyright_notice: words.copyright_notice,
            usage_terms: words.usage_terms,
            date_created: words.date_created,
            digital_source_type: words.digital_source_type,
            ..Metadata::default()
        };
        // What IIM had to cut is no clash.
        assert_eq!(found, expected, "{:?}", rendition.media_type);
        assert!(pixels(&told.bytes) == pixels(&rendition.bytes));
        assert_eq!(told.sha256, story::Sha256Hex::of(&told.bytes));
    }
}

#[test]
fn the_same_words_give_the_same_bytes_and_replace_what_was_there() {
    for rendition in bare() {
        let once = inscribe(&rendition, &words()).unwrap();
        assert!(once == inscribe(&rendition, &words()).unwrap());
        let other = Inscription { description: "অন্য কথা".into(), ..Inscription::default() };
        let twice = inscribe(&inscribe(&rendition, &other).unwrap(), &words()).unwrap();
        assert!(once.bytes == twice.bytes, "{:?}", rendition.media_type);
    }
}

#[test]
fn an_empty_field_is_left_out_and_nothing_is_added() {
    for rendition in bare() {
        let told = inscribe(&rendition, &Inscription { credit_line: "BSS".into(), ..Inscription::default() })
            .unwrap();
        let found = read(&told);
        assert_eq!(found, Metadata { credit_line: "BSS".into(), ..Metadata::default() });
        for mark in [b"Exif".as_slice(), b"ModifyDate", b"CreatorTool", b"xmpMM", b"dc:description"] {
            assert!(!told.bytes.windows(mark.len()).any(|window| window == mark));
        }
    }
}

#[test]
fn words_of_any_length_are_bounded_and_those_in_iim_are_cut_at_a_cluster() {
    let long = "ক্ষ".repeat(9_000);
    let words = Inscription {
        description: long.clone(),
        alt_text: long.clone(),
        creators: vec![long.clone(); 20],
        credit_line: long.clone(),
        copyright_notice: long.clone(),
        usage_terms: "&".repeat(9_000),
        ..Inscription::default()
    };
    for rendition in bare() {
        let found = read(&inscribe(&rendition, &words).unwrap());
        assert_eq!(found.description.chars().count(), 2_000);
        assert_eq!(found.usage_terms, "&".repeat(2_000));
        assert_eq!(found.creators.len(), 8);
        assert_eq!(found.clashes, [], "what had to be cut is no clash");
    }
}

#[test]
fn only_what_renditions_are_made_of_takes_words() {
    let [rendition, ..] = bare();
    let wrong = Rendition { media_type: MediaType::Tiff, ..rendition.clone() };
    assert_eq!(inscribe(&wrong, &words()).map(drop), Err(PhotoError::Kind));
    for media_type in [MediaType::Jpeg, MediaType::Png, MediaType::WebP] {
        let cut = Rendition { media_type, bytes: rendition.bytes[..20].to_vec(), ..rendition.clone() };
        assert!(
            matches!(inscribe(&cut, &words()).map(drop), Err(PhotoError::Damaged { .. })),
            "{media_type:?}"
        );
    }
}

/// What exiftool reads of the file, as JSON; nothing where there is no exiftool.
fn exiftool(bytes: &[u8], options: &[&str]) -> Option<String> {
    let mut child = Command::new("exiftool")
        .args(options)
        .args(["-charset", "iptc=UTF8", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(bytes).unwrap();
    Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
}

#[test]
fn exiftool_reads_the_same_words_and_no_others() {
    for rendition in bare() {
        let words = words();
        let told = inscribe(&rendition, &words).unwrap();
        let Some(found) = exiftool(&told.bytes, &["-j", "-G0", "-a", "-XMP:all", "-IPTC:all", "-EXIF:all"])
        else {
            eprintln!("skipped: exiftool is not here");
            return;
        };
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        let found = found[0].as_object().unwrap();
        let mut expected = vec![
            ("XMP:Description", words.description.as_str()),
            ("XMP:AltTextAccessibility", &words.alt_text),
            ("XMP:Credit", &words.credit_line),
            ("XMP:Rights", &words.copyright_notice),
            ("XMP:UsageTerms", &words.usage_terms),
            ("XMP:DateCreated", "2026:11:27 14:05:09+06:00"),
            ("XMP:DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        ];
        if rendition.media_type == MediaType::Jpeg {
            expected.extend([
                ("IPTC:Caption-Abstract", words.description.as_str()),
                ("IPTC:CopyrightNotice", &words.copyright_notice),
                ("IPTC:DateCreated", "2026:11:27"),
                ("IPTC:TimeCreated", "14:05:09+06:00"),
                ("IPTC:CodedCharacterSet", "UTF8"),
            ]);
            assert!(words.credit_line.starts_with(found["IPTC:Credit"].as_str().unwrap()));
            assert_eq!(found["IPTC:By-line"].as_array().unwrap().len(), 2);
        }
        for (name, value) in &expected {
            assert_eq!(found.get(*name).and_then(|value| value.as_str()), Some(*value), "{name}");
        }
        assert_eq!(found["XMP:Creator"], serde_json::json!(words.creators));
        let known = expected.iter().map(|(name, _)| *name).chain([
            "SourceFile",
            "XMP:Creator",
            "IPTC:Credit",
            "IPTC:By-line",
            "IPTC:ApplicationRecordVersion",
        ]);
        let known: Vec<_> = known.collect();
        let others: Vec<_> = found.keys().filter(|name| !known.contains(&name.as_str())).collect();
        assert!(others.is_empty(), "{others:?}");
    }
}

#[test]
fn exiftool_finds_no_fault_in_the_file() {
    for rendition in bare() {
        let told = inscribe(&rendition, &words()).unwrap();
        let Some(found) = exiftool(&told.bytes, &["-validate", "-warning", "-error", "-a", "-s3"]) else {
            eprintln!("skipped: exiftool is not here");
            return;
        };
        assert_eq!(found.trim(), "OK", "{:?}", rendition.media_type);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is written is what is read, once it is bounded.
    #[test]
    fn any_words_come_back_as_they_were(description in "\\PC{0,200}", name in "\\PC{0,60}") {
        let [rendition, ..] = bare();
        let words = Inscription { description, creators: vec![name], ..Inscription::default() };
        let told = inscribe(&rendition, &words).unwrap();
        let found = read(&told);
        let again = Inscription { description: found.description.clone(), creators: found.creators.clone(), ..words };
        let clashes = found.clashes.len();
        prop_assert_eq!(clashes, 0);
        prop_assert!(inscribe(&rendition, &again).unwrap().bytes == told.bytes);
    }
}
