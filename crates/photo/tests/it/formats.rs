//! Every kind of file that is taken, and what each of them can hide.

use khosra_photo::{Limits, MediaType, PhotoError, Rendition, StripError, examine, renditions, strip};

use crate::making::{
    ARTIST, DESCRIPTION, Field, ORIENTATION, busy, cmyk_jpeg, corners, gif, glass, png, tiff, tiff_photo,
    with_segment, without_segment,
};

const INKS: [([u8; 4], [u8; 3]); 4] = [
    ([255, 0, 0, 0], [0, 255, 255]),
    ([0, 255, 255, 0], [255, 0, 0]),
    ([0, 0, 0, 255], [0, 0, 0]),
    ([0, 0, 0, 0], [255, 255, 255]),
];

fn display(file: &[u8]) -> Rendition {
    renditions(file, &Limits::default()).unwrap().display
}

fn middle(rendition: &Rendition) -> [u8; 3] {
    let picture = image::load_from_memory(&rendition.bytes).unwrap().into_rgb8();
    picture.get_pixel(rendition.width / 2, rendition.height / 2).0
}

fn check_near(found: [u8; 3], expected: [u8; 3], what: &str) {
    let is_near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 12);
    assert!(is_near, "{what}: {found:?}, expected {expected:?}");
}

#[test]
fn inks_come_out_in_their_colours_however_they_are_stored() {
    for (inks, expected) in INKS {
        for is_ycck in [false, true] {
            let file = cmyk_jpeg(&inks.repeat(64 * 48), 64, 48, is_ycck);
            check_near(middle(&display(&file)), expected, &format!("{inks:?}, YCCK: {is_ycck}"));
        }
        // Without Adobe's marker 255 is all ink, so that the same numbers mean the other colours.
        let file =
            without_segment(&cmyk_jpeg(&inks.map(|ink| 255 - ink).repeat(64 * 48), 64, 48, false), 0xEE);
        check_near(middle(&display(&file)), expected, &format!("{inks:?} without a marker"));
    }
}

#[test]
fn inks_are_shrunk_like_light_and_turned_like_any_photo() {
    let (left, right) = (INKS[0].0.repeat(1200), INKS[1].0.repeat(1200));
    let file = cmyk_jpeg(&[left, right].concat().repeat(80), 2400, 80, true);
    let made = display(&crate::making::with_exif(&file, crate::making::orientation(6)));
    assert_eq!((made.width, made.height), (64, 1920));
    let picture = image::load_from_memory(&made.bytes).unwrap().into_rgb8();
    check_near(picture.get_pixel(32, 100).0, INKS[0].1, "what was left is above");
    check_near(picture.get_pixel(32, 1800).0, INKS[1].1, "what was right is below");
}

#[test]
fn a_profile_for_inks_decides_their_colours_and_a_broken_one_is_left_out() {
    // This profile prints cyan as a middle grey, which no guess would.
    let file = cmyk_jpeg(&INKS[0].0.repeat(64 * 48), 64, 48, false);
    let found = middle(&display(&crate::making::with_icc(&file, crate::profiles::cyan_is_grey())));
    assert!(found[0].abs_diff(found[2]) < 12 && (90..=150).contains(&found[0]), "{found:?}");
    let broken = middle(&display(&crate::making::with_icc(&file, b"no profile".to_vec())));
    check_near(broken, INKS[0].1, "broken profile");
}

#[test]
fn a_gif_is_taken_by_its_first_frame() {
    let frames = [corners(60, 40), busy(60, 40)];
    let file = gif(&frames);
    assert_eq!(examine(&file, &Limits::default()).unwrap().media_type, MediaType::Gif);
    let made = display(&file);
    assert_eq!((made.media_type, made.width, made.height), (MediaType::Jpeg, 60, 40));
    let picture = image::load_from_memory(&made.bytes).unwrap().into_rgb8();
    check_near(picture.get_pixel(8, 8).0, [220, 20, 20], "the first frame's first corner");
}

#[test]
fn a_gif_leaves_bare_and_one_that_moves_does_not_leave() {
    let mut file = gif(&[corners(60, 40)]);
    let trailer = file.len() - 1;
    let comment = [b"\x21\xFE\x0cOWNER Rafiq!\0".as_slice(), b"\x21\xFF\x0bXMP DataXMP\x05OWNER\0"].concat();
    file.splice(trailer..trailer, comment);
    file.extend(b"TRAILER");
    let bare = strip(&file, &Limits::default()).unwrap();
    assert!(!bare.bytes.windows(5).any(|window| window == b"OWNER" || window == b"TRAIL"));
    assert_eq!(display(&bare.bytes).sha256, display(&file).sha256);
    let moving = strip(&gif(&[corners(6, 4), busy(6, 4)]), &Limits::default()).map(drop);
    assert_eq!(moving, Err(StripError::Lossy("the GIF moves")));
}

#[test]
fn a_tiff_of_eight_or_sixteen_bits_grey_or_coloured_is_taken() {
    let coloured = corners(60, 40);
    let grey = image::DynamicImage::from(coloured.clone()).into_luma8();
    let deep = image::DynamicImage::from(coloured.clone()).into_rgb16();
    let deep_grey = image::DynamicImage::from(coloured.clone()).into_luma16();
    let first = |file: &[u8]| {
        let picture = image::load_from_memory(&display(file).bytes).unwrap().into_rgb8();
        picture.get_pixel(8, 8).0
    };
    let dark = grey.get_pixel(8, 8).0[0];
    for (picture, expected) in [
        (image::DynamicImage::from(coloured), [220, 20, 20]),
        (deep.into(), [220, 20, 20]),
        (grey.into(), [dark; 3]),
        (deep_grey.into(), [dark; 3]),
    ] {
        let file = tiff_photo(picture);
        let facts = examine(&file, &Limits::default()).unwrap();
        assert_eq!((facts.media_type, facts.width, facts.height), (MediaType::Tiff, 60, 40));
        check_near(first(&file), expected, "first corner");
    }
}

/// A directory whose picture is one strip of grey pixels, with more fields beside.
fn tiff_with(pixels: &[u8], width: u16, fields: Vec<Field>) -> Vec<u8> {
    let height = u16::try_from(pixels.len()).unwrap() / width;
    let mut all = vec![
        Field::Short(256, width),
        Field::Short(257, height),
        Field::Short(258, 8),
        Field::Short(259, 1),
        Field::Short(262, 1),
        Field::Strip(273, pixels.to_vec()),
        Field::Short(277, 1),
        Field::Short(278, height),
        Field::Long(279, u32::try_from(pixels.len()).unwrap()),
    ];
    all.extend(fields);
    all.sort_by_key(Field::tag);
    tiff(&all)
}

#[test]
fn a_tiffs_words_and_its_way_up_are_its_own_fields() {
    let file = tiff_with(
        &[7; 60 * 40],
        60,
        vec![
            Field::Ascii(DESCRIPTION, "নদীর ঘাট\0".as_bytes().to_vec()),
            Field::Short(ORIENTATION, 6),
            Field::Ascii(ARTIST, b"Rafiq\0".to_vec()),
        ],
    );
    let facts = examine(&file, &Limits::default()).unwrap();
    assert_eq!((facts.width, facts.height, facts.orientation), (40, 60, 6));
    assert_eq!((facts.words.caption.as_str(), facts.words.credit.as_str()), ("নদীর ঘাট", "Rafiq"));
    let made = display(&file);
    assert_eq!((made.width, made.height), (40, 60));
    let refused = strip(&file, &Limits::default()).map(drop);
    assert_eq!(refused, Err(StripError::Lossy("a file of this kind is not taken apart")));
}

#[test]
fn a_raw_file_is_not_taken_for_its_thumbnail() {
    let reduced = tiff_with(&[7; 60 * 40], 60, vec![Field::Long(254, 1)]);
    let dng = tiff_with(&[7; 60 * 40], 60, vec![Field::Ascii(50_706, b"\x01\x04\0\0".to_vec())]);
    let mut canon = tiff_with(&[7; 60 * 40], 60, vec![]);
    canon.splice(8..8, *b"CR\x02\0");
    for file in [reduced, dng, canon] {
        assert_eq!(examine(&file, &Limits::default()), Err(PhotoError::Kind));
    }
}

#[test]
fn a_deep_png_keeps_its_colours() {
    let deep = image::ImageBuffer::from_pixel(64, 48, image::Rgb([0x8000_u16, 0x4000, 0xFFFF]));
    check_near(middle(&display(&png(deep))), [128, 64, 255], "sixteen bits");
    let glass = image::DynamicImage::from(glass(40, 20)).into_rgba16();
    assert_eq!(display(&png(glass)).media_type, MediaType::Png);
}

#[test]
fn a_tiff_cut_anywhere_is_damaged() {
    let file = tiff_photo(busy(60, 40).into());
    for cut in (8..file.len()).step_by(97).chain([file.len() - 1]) {
        let outcome = renditions(&file[..cut], &Limits::default()).map(drop);
        assert!(
            matches!(outcome, Err(PhotoError::Damaged { .. })),
            "cut at {cut} of {}: {outcome:?}",
            file.len()
        );
    }
}

#[test]
fn a_gif_cut_anywhere_is_damaged() {
    let file = gif(&[busy(60, 40), corners(60, 40)]);
    for cut in (13..file.len()).step_by(31).chain([file.len() - 1]) {
        let outcome = renditions(&file[..cut], &Limits::default()).map(drop);
        assert!(
            matches!(outcome, Err(PhotoError::Damaged { .. })),
            "cut at {cut} of {}: {outcome:?}",
            file.len()
        );
    }
}

#[test]
fn a_page_within_a_photo_is_drawn_and_never_read() {
    let file = with_segment(&crate::making::jpeg(&busy(60, 40)), 0xFE, b"<svg onload=alert(1)>");
    assert_eq!(examine(&file, &Limits::default()).unwrap().media_type, MediaType::Jpeg);
    assert!(!display(&file).bytes.windows(4).any(|window| window == b"<svg"));
}
