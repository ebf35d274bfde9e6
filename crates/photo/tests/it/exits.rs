//! What leaves: pixels and nothing else.

use khosra_photo::{DISPLAY_SIDE, Limits, MediaType, Rendition, THUMB_SIDE, renditions};
use proptest::prelude::*;

use crate::making::{busy, corners, glass, jpeg, png, telling, webp, with_exif, with_icc, with_segment};

/// Marks of every kind of metadata, and the words that the test's camera wrote.
pub(crate) const TELLTALE: &[&[u8]] = &[
    b"Exif",
    b"II*\0",
    b"MM\0*",
    b"GPS",
    b"http://ns.adobe.com",
    b"xmpmeta",
    b"XML:com.adobe.xmp",
    b"Photoshop",
    b"8BIM",
    b"ICC_PROFILE",
    b"MPF\0",
    b"OWNER",
    b"SERIAL",
    b"Rafiq",
    "নদীর".as_bytes(),
    b"tEXt",
    b"iTXt",
    b"zTXt",
    b"eXIf",
    b"iCCP",
    b"tIME",
    b"TRAILER",
];

fn tells(bytes: &[u8]) -> Option<&'static [u8]> {
    TELLTALE.iter().copied().find(|mark| bytes.windows(mark.len()).any(|window| window == *mark))
}

/// Every way in which a JPEG can carry words, at once.
pub(crate) fn telling_jpeg() -> Vec<u8> {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='22,50N'>OWNER</x:xmpmeta>";
    let iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x50\0\x05Rafiq";
    let file = with_exif(&jpeg(&busy(640, 480)), telling());
    let file = with_segment(&file, 0xED, iptc);
    let file = with_segment(&file, 0xE1, xmp);
    let mut file = with_segment(&file, 0xFE, b"SERIAL-0042 in a comment");
    file.extend(b"TRAILER of a telephone");
    file
}

#[test]
fn nothing_of_a_telling_photo_leaves_in_any_kind() {
    let (opaque, clear) = (busy(640, 480), glass(640, 480));
    let files = [
        telling_jpeg(),
        with_exif(&png(opaque.clone()), telling()),
        with_exif(&webp(opaque), telling()),
        with_exif(&png(clear.clone()), telling()),
        with_exif(&webp(clear), telling()),
    ];
    for file in files {
        assert!(tells(&file).is_some(), "the test's own file says nothing");
        let made = renditions(&file, &Limits::default()).unwrap();
        for rendition in [&made.thumb, &made.display] {
            assert_eq!(tells(&rendition.bytes).map(String::from_utf8_lossy), None);
        }
    }
}

#[test]
fn a_jpeg_rendition_holds_only_the_segments_that_pixels_need() {
    let made = renditions(&telling_jpeg(), &Limits::default()).unwrap();
    let file = img_parts::jpeg::Jpeg::from_bytes(made.display.bytes.into()).unwrap();
    for segment in file.segments() {
        // JFIF's own header, tables, progressive frame and scans.
        let needed = matches!(segment.marker(), 0xE0 | 0xDB | 0xC4 | 0xC2 | 0xDA);
        assert!(needed, "segment {:02X}", segment.marker());
    }
}

#[test]
fn a_png_rendition_holds_only_the_chunks_that_pixels_need() {
    let made = renditions(&png(glass(500, 300)), &Limits::default()).unwrap();
    assert_eq!(made.display.media_type, MediaType::Png);
    let file = img_parts::png::Png::from_bytes(made.display.bytes.into()).unwrap();
    for chunk in file.chunks() {
        assert!([*b"IHDR", *b"IDAT", *b"IEND"].contains(&chunk.kind()), "{:?}", chunk.kind());
    }
}

#[test]
fn only_a_picture_with_something_to_shine_through_stays_png() {
    let opaque = image::DynamicImage::from(corners(80, 60)).into_rgba8();
    let made = renditions(&png(opaque), &Limits::default()).unwrap();
    assert_eq!(made.display.media_type, MediaType::Jpeg);
}

#[test]
fn the_same_photo_gives_the_same_bytes() {
    let file = telling_jpeg();
    let once = renditions(&file, &Limits::default()).unwrap();
    let twice = renditions(&file, &Limits::default()).unwrap();
    assert!(once == twice);
    assert_eq!(once.display.sha256, story::Sha256Hex::of(&twice.display.bytes));
}

#[test]
fn large_photos_shrink_to_both_sides_and_small_ones_keep_their_size() {
    let made = renditions(&jpeg(&busy(2400, 1350)), &Limits::default()).unwrap();
    assert_eq!((made.display.width, made.display.height), (DISPLAY_SIDE, 1080));
    assert_eq!((made.thumb.width, made.thumb.height), (THUMB_SIDE, 225));
    let made = renditions(&png(corners(3, 2)), &Limits::default()).unwrap();
    assert_eq!((made.thumb.width, made.thumb.height), (3, 2));
}

#[test]
fn grey_and_sixteen_bit_pictures_are_taken() {
    let grey = image::GrayImage::from_fn(64, 48, |x, _| image::Luma([u8::try_from(x * 3).unwrap()]));
    let deep =
        image::ImageBuffer::from_fn(64, 48, |x, y| image::Rgb([x as u16 * 900, y as u16 * 900, 40_000_u16]));
    let mut grey_jpeg = std::io::Cursor::new(Vec::new());
    grey.write_to(&mut grey_jpeg, image::ImageFormat::Jpeg).unwrap();
    for file in [grey_jpeg.into_inner(), png(grey), png(deep)] {
        let made = renditions(&file, &Limits::default()).unwrap();
        assert_eq!((made.display.width, made.display.height), (64, 48));
    }
}

#[test]
fn a_wide_gamut_profile_is_turned_into_srgb_and_a_broken_one_left_out() {
    let stored = image::RgbImage::from_pixel(64, 64, image::Rgb([200, 80, 60]));
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let red = |file: Vec<u8>| pixel(&renditions(&file, &Limits::default()).unwrap().display)[0];
    let plain = red(jpeg(&stored));
    assert!(plain.abs_diff(200) < 4);
    // Display P3 has the redder red: the same number means a higher one in sRGB.
    assert!(red(with_icc(&jpeg(&stored), wide)) > plain + 8);
    assert_eq!(red(with_icc(&jpeg(&stored), b"not a profile".to_vec())), plain);
}

fn pixel(rendition: &Rendition) -> [u8; 3] {
    image::load_from_memory(&rendition.bytes).unwrap().into_rgb8().get_pixel(32, 32).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn renditions_never_outgrow_their_side_nor_the_photo(width in 1_u32..900, height in 1_u32..900) {
        let made = renditions(&png(corners(width, height)), &Limits::default()).unwrap();
        for (rendition, side) in [(&made.thumb, THUMB_SIDE), (&made.display, DISPLAY_SIDE)] {
            prop_assert!(rendition.width <= side.min(width) && rendition.height <= side.min(height));
            prop_assert_eq!(&story::Sha256Hex::of(&rendition.bytes), &rendition.sha256);
        }
    }
}
