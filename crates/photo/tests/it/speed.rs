use std::time::{Duration, Instant};

use khosra_photo::{Limits, examine, renditions};

use crate::making::busy;

/// A guard against the wrong codec or filter, with room for a busy machine and an unoptimised build; the
/// figures themselves are the benchmark's.
#[test]
fn a_twelve_megapixel_photo_is_seen_soon() {
    let pixels = busy(4000, 3000);
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 88);
    encoder.encode(pixels.as_raw(), 4000, 3000, jpeg_encoder::ColorType::Rgb).unwrap();
    let begun = Instant::now();
    examine(&file, &Limits::default()).unwrap();
    let examined = begun.elapsed();
    renditions(&file, &Limits::default()).unwrap();
    let rendered = begun.elapsed() - examined;
    assert!(examined < Duration::from_millis(500), "{examined:?}");
    assert!(rendered < Duration::from_secs(6), "{rendered:?}");
}
