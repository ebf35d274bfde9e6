//! An original that leaves: the same pixels byte for byte, and nothing that names a place, a machine or a person.

use khosra_photo::{Limits, MediaType, PhotoError, StripError, examine, renditions, strip};
use proptest::prelude::*;

use crate::{
    exits::{TELLTALE, telling_jpeg},
    making::{
        busy, corners, glass, jpeg, orientation, png, telling, webp, with_exif, with_icc, with_segment,
    },
};

fn stripped(file: &[u8]) -> Vec<u8> {
    strip(file, &Limits::default()).unwrap().bytes
}

/// The first mark that tells something, but for those that a file is right to have.
fn tells(bytes: &[u8], right: &[&str]) -> Option<String> {
    let mut marks =
        TELLTALE.iter().filter(|mark| !right.iter().any(|right| mark.starts_with(right.as_bytes())));
    let found = marks.find(|mark| bytes.windows(mark.len()).any(|window| window == **mark));
    found.map(|mark| String::from_utf8_lossy(mark).into_owned())
}

/// Everything between the first scan's marker and the end of the picture: what the decoder makes pixels of.
fn scans(jpeg: &[u8]) -> &[u8] {
    let begin = jpeg.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
    let end = jpeg.windows(2).rposition(|two| two == [0xFF, 0xD9]).unwrap();
    &jpeg[begin..end]
}

/// The data of all chunks of this name, in their order.
fn chunks(png: &[u8], name: &[u8; 4]) -> Vec<u8> {
    let (mut at, mut found) = (8, Vec::new());
    while at + 8 <= png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        if png[at + 4..at + 8] == *name {
            found.extend(&png[at + 8..at + 8 + length]);
        }
        at += 12 + length;
    }
    found
}

fn display(file: &[u8]) -> Vec<u8> {
    renditions(file, &Limits::default()).unwrap().display.bytes
}

#[test]
fn a_jpeg_keeps_its_scans_to_the_byte_and_loses_everything_that_tells() {
    let file = telling_jpeg();
    let bare = stripped(&file);
    assert_eq!(tells(&bare, &["Exif", "II*", "ICC_PROFILE"]), None);
    assert_eq!(scans(&bare), scans(&file[..file.len() - trailer(&file)]));
    assert_eq!(display(&bare), display(&file), "the same picture, the same colours, the same way up");
    assert!(bare.ends_with(&[0xFF, 0xD9]), "nothing is behind the end");
    let facts = examine(&bare, &Limits::default()).unwrap();
    assert!(!facts.had_location && facts.words == Default::default());
}

/// Bytes behind the picture's end.
fn trailer(file: &[u8]) -> usize {
    file.len() - 2 - file.windows(2).rposition(|two| two == [0xFF, 0xD9]).unwrap()
}

#[test]
fn which_way_is_up_is_kept_and_nothing_else_of_exif() {
    for file in [jpeg(&corners(40, 20)), png(corners(40, 20)), webp(glass(40, 20))] {
        for number in 1..=8 {
            let turned = with_exif(&file, orientation(number));
            let bare = stripped(&turned);
            let facts = examine(&bare, &Limits::default()).unwrap();
            assert_eq!(u16::from(facts.orientation), number);
            assert_eq!(display(&bare), display(&turned));
        }
        let bare = stripped(&with_exif(&file, telling()));
        assert_eq!(tells(&bare, &["Exif", "II*", "eXIf"]), None);
    }
}

#[test]
fn a_colour_profile_is_kept() {
    let file = with_icc(&jpeg(&busy(60, 40)), vec![7; 70_000]);
    let bare = stripped(&file);
    assert!(bare.windows(11).any(|window| window == b"ICC_PROFILE"));
    assert_eq!(bare, stripped(&bare), "stripped again it is the same");
}

#[test]
fn a_png_keeps_its_pixel_data_and_loses_its_words() {
    let mut file = png(busy(90, 60));
    let words = b"tEXtComment\0OWNER Rafiq";
    let mut chunk = u32::try_from(words.len() - 4).unwrap().to_be_bytes().to_vec();
    chunk.extend(words);
    chunk.extend([0; 4]);
    file.splice(33..33, chunk);
    file.extend(b"TRAILER");
    let bare = stripped(&file);
    assert_eq!(chunks(&bare, b"IDAT"), chunks(&file, b"IDAT"));
    assert_eq!(tells(&bare, &[]), None);
}

#[test]
fn a_webp_keeps_its_frame_and_loses_exif() {
    let file = with_exif(&webp(glass(60, 40)), telling());
    let bare = stripped(&file);
    assert_eq!(tells(&bare, &["II*"]), None);
    assert_eq!(display(&bare), display(&file));
}

#[test]
fn what_moves_or_is_not_known_is_not_stripped_for_something_would_be_lost() {
    let mut moving = png(busy(20, 20));
    let control = b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\xf3\x8d\x93\x70";
    moving.splice(33..33, control.iter().copied());
    let mut strange = png(busy(20, 20));
    strange.splice(33..33, b"\0\0\0\0ABCD\xdb\x17\x20\xa5".iter().copied());
    for file in [moving, strange] {
        let refused = strip(&file, &Limits::default());
        assert!(refused.is_err(), "{refused:?}", refused = refused.map(|stripped| stripped.bytes.len()));
    }
}

#[test]
fn what_is_no_photo_is_refused_as_such() {
    let refused = strip(b"<svg/>", &Limits::default()).map(drop);
    assert_eq!(refused, Err(StripError::Photo(PhotoError::Kind)));
    assert_eq!(strip(&jpeg(&busy(9, 9)), &Limits::default()).unwrap().media_type, MediaType::Jpeg);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever words stand in whatever segment, none of them leaves.
    #[test]
    fn no_word_of_any_segment_leaves(marker in 0xE1_u8..=0xEF, words in "[A-Z]{12,40}") {
        // Adobe's and the profile's segments say how colours are meant.
        let file = with_segment(&jpeg(&busy(30, 20)), marker, words.as_bytes());
        let bare = stripped(&file);
        prop_assert!(!bare.windows(words.len()).any(|window| window == words.as_bytes()));
        prop_assert_eq!(scans(&bare), scans(&file));
    }

    /// A damaged file is refused, or what comes out is bare.
    #[test]
    fn a_damaged_file_tells_nothing_either(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = telling_jpeg();
        let at = at.index(file.len());
        file[at] = byte;
        if let Ok(bare) = strip(&file, &Limits::default()) {
            prop_assert_eq!(tells(&bare.bytes, &["Exif", "II*", "MM", "ICC_PROFILE"]), None);
        }
    }
}
