use khosra_photo::{
    Block, Clash, DigitalSourceType, Field as Named, Limits, Location, Making, Metadata, Words, examine,
};

use crate::making::{
    ARTIST, DESCRIPTION, Field, busy, jpeg, png, telling, tiff, webp, with_exif, with_segment,
};

const XMP: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description photoshop:Credit="বাসস">
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">এক্সএমপি থেকে</rdf:li></rdf:Alt></dc:description>
  <dc:creator><rdf:Seq><rdf:li>রফিক</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"#;

fn xmp_segment() -> Vec<u8> {
    [b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()].concat()
}

fn iptc_segment(caption: &[u8]) -> Vec<u8> {
    let length = u16::try_from(caption.len()).unwrap().to_be_bytes();
    let record = [&[0x1C, 2, 120, length[0], length[1]], caption].concat();
    let length = u32::try_from(record.len()).unwrap().to_be_bytes();
    [b"Photoshop 3.0\x008BIM\x04\x04\0\0".as_slice(), &length, &record].concat()
}

fn words(file: &[u8]) -> Words {
    examine(file, &Limits::default()).unwrap().words
}

#[test]
fn place_caption_and_artist_are_seen_in_the_exif_of_every_kind() {
    let pixels = busy(60, 40);
    for file in [jpeg(&pixels), png(pixels.clone()), webp(pixels)] {
        assert!(!examine(&file, &Limits::default()).unwrap().had_location);
        let facts = examine(&with_exif(&file, telling()), &Limits::default()).unwrap();
        assert!(facts.had_location, "{:?}", facts.media_type);
        assert_eq!(facts.words, Words { caption: "নদীর ঘাট".into(), credit: "Rafiq".into() });
    }
}

#[test]
fn a_place_only_in_xmp_is_seen_too() {
    let packet = b"http://ns.adobe.com/xap/1.0/\0<rdf:Description exif:GPSLatitude='22,50N'/>";
    let file = with_segment(&jpeg(&busy(60, 40)), 0xE1, packet);
    assert!(examine(&file, &Limits::default()).unwrap().had_location);
}

#[test]
fn xmp_goes_before_iptc_and_iptc_before_exif() {
    let file = with_exif(&jpeg(&busy(60, 40)), telling());
    let file = with_segment(&file, 0xED, &iptc_segment("আইপিটিসি থেকে".as_bytes()));
    assert_eq!(words(&file), Words { caption: "আইপিটিসি থেকে".into(), credit: "Rafiq".into() });
    let file = with_segment(&file, 0xE1, &xmp_segment());
    assert_eq!(
        words(&file),
        Words {
            caption: "এক্সএমপি থেকে".into(), credit: "রফিক/বাসস".into()
        }
    );
}

#[test]
fn old_agencies_charset_is_understood() {
    let file = with_segment(&jpeg(&busy(60, 40)), 0xED, &iptc_segment(b"Caf\xe9 by the river"));
    assert_eq!(words(&file).caption, "Café by the river");
}

#[test]
fn huge_words_are_cut_and_control_characters_do_not_pass() {
    let text = [&b"\x1b[31m\x07"[..], &b"long ".repeat(8_000), b"\0"].concat();
    let exif = tiff(&[Field::Ascii(DESCRIPTION, text.clone()), Field::Ascii(ARTIST, b"A\nB\0".to_vec())]);
    let found = words(&with_exif(&jpeg(&busy(60, 40)), exif));
    assert_eq!(found.caption.chars().count(), Words::CAPTION);
    assert!(!found.caption.contains(char::is_control));
    assert_eq!(found.credit, "A B");
}

#[test]
fn broken_metadata_costs_only_itself() {
    let broken =
        [telling(), b"II*\0\xff\xff\xff\xff".to_vec(), Vec::new(), telling()[..30].to_vec(), vec![0xFF; 400]];
    for exif in broken {
        let file = with_exif(&jpeg(&busy(60, 40)), exif);
        let facts = examine(&file, &Limits::default()).unwrap();
        assert!(facts.width + facts.height == 100);
        assert!(khosra_photo::renditions(&file, &Limits::default()).is_ok());
    }
    let xmp =
        [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), b"<dc:description><<<&#xFFFFFF;\xff\xfe"].concat();
    let file = with_segment(&jpeg(&busy(60, 40)), 0xE1, &xmp);
    assert_eq!(words(&file), Words::default());
}

#[test]
fn blocks_that_contradict_each_other_are_shown_with_both_words() {
    let file = with_exif(&jpeg(&busy(60, 40)), telling());
    let file = with_segment(&file, 0xED, &iptc_segment("নদীর ঘাট".as_bytes()));
    let file = with_segment(&file, 0xE1, &xmp_segment());
    let metadata = examine(&file, &Limits::default()).unwrap().metadata;
    let clash = |field, kept: &str, other_from, other: &str| Clash {
        field,
        kept_from: Block::Xmp,
        kept: kept.into(),
        other_from,
        other: other.into(),
    };
    let expected = [
        clash(Named::Description, "এক্সএমপি থেকে", Block::Iim, "নদীর ঘাট"),
        clash(Named::Description, "এক্সএমপি থেকে", Block::Exif, "নদীর ঘাট"),
        clash(Named::Creator, "রফিক", Block::Exif, "Rafiq"),
    ];
    assert_eq!(metadata.clashes, expected);
}

#[test]
fn what_another_program_writes_by_the_standards_names_is_read_by_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    std::fs::write(&path, jpeg(&busy(60, 40))).unwrap();
    let written = std::process::Command::new("exiftool")
        .args(["-q", "-overwrite_original", "-charset", "UTF8", "-charset", "iptc=UTF8", "-codedcharacterset=utf8"])
        .args(["-XMP-photoshop:Headline=নৌকাডুবি", "-XMP-dc:Description=চাঁদপুরে নৌকাডুবির পর", "-XMP-dc:Creator=রফিক"])
        .args(["-XMP-dc:Creator=Second", "-XMP-photoshop:Credit=বাসস", "-XMP-photoshop:Source=BSS", "-XMP-dc:Rights=© বাসস"])
        .args(["-XMP-xmpRights:UsageTerms=একবার", "-XMP-iptcCore:AltTextAccessibility=উল্টে থাকা নৌকা"])
        .args(["-XMP-iptcCore:ExtDescrAccessibility=নদীর মাঝখানে", "-XMP-iptcExt:LocationCreatedCity=চাঁদপুর"])
        .args(["-XMP-iptcExt:LocationCreatedCountryName=বাংলাদেশ", "-IPTC:Sub-location=বড় স্টেশন"])
        .args(["-IPTC:Province-State=চট্টগ্রাম", "-IPTC:Headline=নৌকাডুবি", "-EXIF:DateTimeOriginal=2026:11:27 14:05:09"])
        .args(["-EXIF:OffsetTimeOriginal=+06:00", "-EXIF:Artist=রফিক; Second", "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"])
        .arg(&path)
        .status();
    if !written.is_ok_and(|status| status.success()) {
        eprintln!("skipped: exiftool is not here");
        return;
    }
    let found = examine(&std::fs::read(path).unwrap(), &Limits::default()).unwrap().metadata;
    let expected = Metadata {
        headline: "নৌকাডুবি".into(),
        description: "চাঁদপুরে নৌকাডুবির পর".into(),
        alt_text: "উল্টে থাকা নৌকা".into(),
        extended_description: "নদীর মাঝখানে".into(),
        creators: vec!["রফিক".into(), "Second".into()],
        credit_line: "বাসস".into(),
        copyright_notice: "© বাসস".into(),
        usage_terms: "একবার".into(),
        date_created: "2026-11-27T14:05:09+06:00".into(),
        location: Location {
            sublocation: "বড় স্টেশন".into(),
            city: "চাঁদপুর".into(),
            province_state: "চট্টগ্রাম".into(),
            country: "বাংলাদেশ".into(),
        },
        source: "BSS".into(),
        digital_source_type: DigitalSourceType::of_uri("compositeWithTrainedAlgorithmicMedia"),
        clashes: Vec::new(),
    };
    assert_eq!(found, expected);
    assert_eq!(found.digital_source_type.unwrap().making(), Making::PartlyGenerated);
}
