use khosra_photo::{Limits, MediaType, PhotoError, examine, renditions};
use proptest::prelude::*;

use crate::making::{busy, corners, jpeg, orientation, png, webp, with_exif, with_segment};

fn both(file: &[u8]) -> [Result<(), PhotoError>; 2] {
    let limits = Limits::default();
    [examine(file, &limits).map(drop), renditions(file, &limits).map(drop)]
}

#[test]
fn a_photo_is_what_its_content_says() {
    let pixels = corners(20, 10);
    for (file, kind) in [
        (jpeg(&pixels), MediaType::Jpeg),
        (png(pixels.clone()), MediaType::Png),
        (webp(pixels), MediaType::WebP),
    ] {
        assert_eq!(examine(&file, &Limits::default()).unwrap().media_type, kind);
    }
}

#[test]
fn what_only_calls_itself_a_photo_is_refused_by_kind() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let film = b"\0\0\0\x18ftypisom\0\0\0\0mif1mp42";
    let files: [&[u8]; 9] = [
        svg,
        b"<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE html><img src=x onerror=alert(1)>",
        b"MM\0+\0\x08\0\0",
        film,
        b"BM\x3a\0\0\0",
        b"%PDF-1.7",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"",
    ];
    for file in files {
        for outcome in both(file) {
            assert_eq!(outcome, Err(PhotoError::Kind), "{}", String::from_utf8_lossy(file));
        }
    }
}

#[test]
fn a_photo_that_is_also_a_page_leaves_as_a_photo_only() {
    let page = b"<html><script>alert(1)</script></html>";
    let mut file = with_segment(&jpeg(&busy(90, 60)), 0xFE, page);
    file.extend(page);
    file.extend(b"PK\x03\x04 and an archive");
    assert_eq!(examine(&file, &Limits::default()).unwrap().media_type, MediaType::Jpeg);
    let made = renditions(&file, &Limits::default()).unwrap();
    for bytes in [made.thumb.bytes, made.display.bytes] {
        assert!(!bytes.windows(7).any(|window| window == b"<script" || window == b"archive"));
    }
}

#[test]
fn fifty_thousand_pixels_a_side_are_refused_by_the_header_alone() {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend(50_000_u32.to_be_bytes());
    file.extend(50_000_u32.to_be_bytes());
    file.extend(b"\x08\x06\0\0\0\0\0\0\0");
    let refused = PhotoError::Pixels { width: 50_000, height: 50_000, limit: 100_000_000 };
    for outcome in both(&file) {
        assert_eq!(outcome, Err(refused.clone()));
    }
}

#[test]
fn a_jpeg_and_a_webp_header_with_too_many_pixels_are_refused_likewise() {
    let jpeg = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x11\0\x02\x11\0\x03\x11\0";
    let webp = b"RIFF\xff\xff\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\x00\xff\xff\x00";
    for (file, side) in [(jpeg.as_slice(), 65_535), (webp, 65_536)] {
        let refused = PhotoError::Pixels { width: side, height: side, limit: 100_000_000 };
        assert_eq!(examine(file, &Limits::default()), Err(refused));
    }
}

#[test]
fn too_many_bytes_and_no_pixels_are_refused() {
    let file = jpeg(&busy(90, 60));
    let limits = Limits { bytes: 100, ..Limits::default() };
    let size = file.len() as u64;
    assert_eq!(examine(&file, &limits), Err(PhotoError::Bytes { size, limit: 100 }));
    let mut file = png(corners(8, 8));
    file[16..20].fill(0);
    assert!(matches!(examine(&file, &Limits::default()), Err(PhotoError::Damaged { .. })));
}

#[test]
fn a_file_cut_at_every_tenth_byte_is_damaged_and_never_half_a_photo() {
    let pixels = busy(120, 80);
    let mut progressive = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 80);
    encoder.set_progressive(true);
    encoder.encode(pixels.as_raw(), 120, 80, jpeg_encoder::ColorType::Rgb).unwrap();
    let with_thumbnail = with_segment(&jpeg(&pixels), 0xE2, &jpeg(&corners(16, 16)));
    for file in [jpeg(&pixels), progressive, with_thumbnail, png(pixels.clone()), webp(pixels)] {
        assert!(renditions(&file, &Limits::default()).is_ok());
        let cuts = (16..file.len()).step_by(10).chain([file.len() - 2, file.len() - 1]);
        for cut in cuts {
            let outcome = both(&file[..cut]);
            let damaged = outcome.iter().all(|one| matches!(one, Err(PhotoError::Damaged { .. })));
            assert!(damaged, "cut at {cut} of {}: {outcome:?}", file.len());
        }
    }
}

#[test]
fn a_jpeg_whose_middle_was_overwritten_is_damaged() {
    let mut file = jpeg(&busy(300, 200));
    let middle = file.len() / 2;
    file[middle..middle + 400].fill(0xFF);
    assert!(matches!(renditions(&file, &Limits::default()), Err(PhotoError::Damaged { .. })));
}

#[test]
fn a_png_with_a_wrong_checksum_is_damaged() {
    let mut file = png(busy(64, 64));
    let middle = file.len() / 2;
    file[middle] ^= 0x55;
    assert!(matches!(renditions(&file, &Limits::default()), Err(PhotoError::Damaged { .. })));
}

#[test]
fn a_jpeg_with_two_sizes_is_not_decoded_by_the_larger_one() {
    let mut file = jpeg(&corners(40, 30));
    let frame = file.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let second = file[frame..frame + 19].to_vec();
    file.splice(frame..frame, second);
    file[frame + 5..frame + 9].copy_from_slice(&[0, 8, 0, 8]);
    assert!(matches!(renditions(&file, &Limits::default()), Err(PhotoError::Damaged { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_behind_any_magic_never_panic(
        magic in prop::sample::select(vec![
            b"".as_slice(), b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"RIFF\x20\0\0\0WEBPVP8X", b"RIFF\x20\0\0\0WEBPVP8L",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let file = [magic, &tail].concat();
        // A worker's caught panic would show as this word.
        let gave_up = PhotoError::Damaged { detail: "the codec gave up".into() };
        for outcome in both(&file) {
            prop_assert_ne!(outcome, Err(gave_up.clone()));
        }
    }

    #[test]
    fn any_byte_of_a_photo_may_be_wrong(at in any::<prop::sample::Index>(), value in any::<u8>(), kind in 0..3) {
        let pixels = busy(40, 30);
        let file = match kind { 0 => jpeg(&pixels), 1 => png(pixels), _ => webp(pixels) };
        let mut file = with_exif(&file, orientation(6));
        let at = at.index(file.len());
        file[at] = value;
        // Any answer will do, within its limits, as long as one comes.
        for outcome in both(&file) {
            if let Err(PhotoError::Damaged { detail }) = outcome {
                prop_assert!(!detail.is_empty());
            }
        }
    }
}
