use khosra_photo::{Limits, MediaType, examine, renditions};

use crate::making::{corners, jpeg, orientation, png, webp, with_exif};

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 200, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const WHITE: [u8; 3] = [250, 250, 250];

/// Top left, top right, bottom right, bottom left of the upright picture, for EXIF 1 to 8.
const UPRIGHT: [[[u8; 3]; 4]; 8] = [
    [RED, GREEN, BLUE, WHITE],
    [GREEN, RED, WHITE, BLUE],
    [BLUE, WHITE, RED, GREEN],
    [WHITE, BLUE, GREEN, RED],
    [RED, WHITE, BLUE, GREEN],
    [WHITE, RED, GREEN, BLUE],
    [BLUE, GREEN, RED, WHITE],
    [GREEN, BLUE, WHITE, RED],
];

#[test]
fn every_orientation_is_applied_to_every_kind() {
    let stored = corners(96, 64);
    for file in [jpeg(&stored), png(stored.clone()), webp(stored.clone())] {
        for number in 1..=8_u16 {
            let file = with_exif(&file, orientation(number));
            let facts = examine(&file, &Limits::default()).unwrap();
            let upright = if number >= 5 { (64, 96) } else { (96, 64) };
            assert_eq!((facts.width, facts.height), upright, "{:?} {number}", facts.media_type);
            assert_eq!(u16::from(facts.orientation), number);
            check_corners(&file, number, upright);
        }
    }
}

fn check_corners(file: &[u8], number: u16, (width, height): (u32, u32)) {
    let made = renditions(file, &Limits::default()).unwrap();
    assert_eq!((made.display.width, made.display.height), (width, height));
    let picture = image::load_from_memory(&made.display.bytes).unwrap().into_rgb8();
    let places = [(8, 8), (width - 8, 8), (width - 8, height - 8), (8, height - 8)];
    for ((x, y), expected) in places.into_iter().zip(UPRIGHT[usize::from(number) - 1]) {
        let found = picture.get_pixel(x, y).0;
        let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 24);
        assert!(near, "EXIF {number} at {x},{y}: {found:?}, expected {expected:?}");
    }
}

#[test]
fn an_absurd_orientation_is_none() {
    for number in [0, 9, 255, 0xFFFF] {
        let file = with_exif(&jpeg(&corners(32, 16)), orientation(number));
        let facts = examine(&file, &Limits::default()).unwrap();
        assert_eq!((facts.orientation, facts.width, facts.height), (1, 32, 16), "{number}");
        assert_eq!(facts.media_type, MediaType::Jpeg);
    }
}
