//! Small files that want to become large, or to keep a reader busy for ever.

use std::time::{Duration, Instant};

use khosra_photo::{Limits, Metadata, PhotoError, examine, renditions};
use miniz_oxide::deflate::compress_to_vec_zlib;

use crate::making::{Field, busy, corners, gif, jpeg, png, tiff, with_exif, with_icc, with_segment};

/// Both ways of looking at a file, which together must not take a machine's patience.
fn soon(file: &[u8]) -> (Result<Metadata, PhotoError>, Result<(u32, u32), PhotoError>) {
    let begun = Instant::now();
    let looked = examine(file, &Limits::default()).map(|facts| facts.metadata);
    let made = renditions(file, &Limits::default()).map(|made| (made.display.width, made.display.height));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    (looked, made)
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let crc =
        !body.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)));
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), body.as_slice(), &crc.to_be_bytes()].concat()
}

/// A PNG with these chunks between its header and its pixels.
fn png_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut file = png(corners(40, 30));
    file.splice(33..33, chunks.concat());
    file
}

#[test]
fn a_gif_of_ten_thousand_frames_is_its_first_one() {
    let one = gif(&[corners(40, 30)]);
    let two = gif(&[corners(40, 30), busy(40, 30)]);
    // All behind the first image is the second one, with what says how it is drawn.
    let frame = &two[one.len() - 1..two.len() - 1];
    let file = [&two[..two.len() - 1], &frame.repeat(10_000), b";"].concat();
    let (looked, made) = soon(&file);
    assert!(looked.is_ok());
    assert_eq!(made, Ok((40, 30)));
}

#[test]
fn a_gif_and_a_tiff_of_fifty_thousand_pixels_a_side_are_refused_by_their_headers() {
    let mut screen = gif(&[corners(40, 30)]);
    screen[6..10].copy_from_slice(&[0x50, 0xC3, 0x50, 0xC3]);
    let page = tiff(&[Field::Long(256, 50_000), Field::Long(257, 50_000)]);
    let refused = PhotoError::Pixels { width: 50_000, height: 50_000, limit: 100_000_000 };
    for file in [screen, page] {
        assert_eq!(soon(&file), (Err(refused.clone()), Err(refused.clone())));
    }
}

#[test]
fn an_animated_png_that_tells_of_four_billion_frames_is_its_still_picture() {
    let control = chunk(b"acTL", &[0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 0, 0]);
    let (looked, made) = soon(&png_with(&[control]));
    assert!(looked.is_ok());
    assert!(matches!(made, Ok((40, 30)) | Err(PhotoError::Damaged { .. })), "{made:?}");
}

#[test]
fn a_profile_that_inflates_to_half_a_gigabyte_is_not_inflated() {
    let bomb = compress_to_vec_zlib(&vec![0; 512 << 20], 6);
    assert!(bomb.len() < 1 << 20);
    let profile = chunk(b"iCCP", &[b"bomb\0\0".as_slice(), &bomb].concat());
    let (_, made) = soon(&png_with(&[profile]));
    assert!(matches!(made, Ok((40, 30)) | Err(PhotoError::Damaged { .. })), "{made:?}");
}

#[test]
fn words_that_inflate_or_have_no_end_say_nothing() {
    let laughs = "<dc:description>".to_owned() + &"ha".repeat(40 << 20);
    let bomb = compress_to_vec_zlib(laughs.as_bytes(), 6);
    let packed = chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0".as_slice(), &bomb].concat());
    let (looked, made) = soon(&png_with(&[packed]));
    assert!(looked.is_err() || looked.is_ok_and(|metadata| metadata == Metadata::default()));
    assert!(matches!(made, Ok((40, 30)) | Err(PhotoError::Damaged { .. })), "{made:?}");
    let long = chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &laughs.as_bytes()[..2 << 20]].concat());
    let (looked, _) = soon(&png_with(&[long]));
    assert!(looked.is_err() || looked.is_ok_and(|metadata| metadata == Metadata::default()));
}

#[test]
fn tags_within_tags_without_end_are_read_in_one_line() {
    let deep = "<rdf:li>".repeat(7_000);
    let packet = [b"http://ns.adobe.com/xap/1.0/\0<dc:creator>", deep.as_bytes()].concat();
    let (looked, made) = soon(&with_segment(&jpeg(&corners(40, 30)), 0xE1, &packet));
    assert_eq!(looked, Ok(Metadata::default()));
    assert_eq!(made, Ok((40, 30)));
}

#[test]
fn exif_that_points_at_itself_or_tells_of_more_than_there_is_costs_only_itself() {
    // One field, and the next directory is this one.
    let ring = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\x08\0\0\0".to_vec();
    let inner = b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0".to_vec();
    let many = b"II*\0\x08\0\0\0\xFF\xFF\x0E\x01\x02\0\xFF\xFF\xFF\xFF\x08\0\0\0".to_vec();
    for exif in [ring, inner, many] {
        let (looked, made) = soon(&with_exif(&jpeg(&corners(40, 30)), exif));
        assert_eq!(looked, Ok(Metadata::default()));
        assert_eq!(made, Ok((40, 30)));
    }
}

#[test]
fn a_huge_or_mad_profile_is_left_out() {
    let mut mad = crate::profiles::cyan_is_grey();
    // A table of four billion entries.
    mad[128..132].copy_from_slice(&[0xFF; 4]);
    for profile in [mad, vec![0x41; 4 << 20]] {
        let (_, made) = soon(&with_icc(&jpeg(&corners(40, 30)), profile));
        assert_eq!(made, Ok((40, 30)));
    }
}

#[test]
fn a_limit_of_no_time_is_told_as_such() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    let outcome = renditions(&jpeg(&busy(400, 300)), &limits).map(drop);
    assert_eq!(outcome, Err(PhotoError::TooSlow { limit: Duration::ZERO }));
}
