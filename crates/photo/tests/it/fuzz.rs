//! Every reader of foreign bytes, against files that were good until something happened to them.
//!
//! In the ordinary suite each has a moment. `scripts/fuzz-photos.sh` gives each as long as it is told, ten minutes
//! unless told otherwise: `KHOSRA_FUZZ_SECONDS`. A file that makes a reader panic, or that a reader takes beyond its
//! limits, is written to the system's folder for such things and named.

use std::time::{Duration, Instant};

use khosra_photo::{Limits, PhotoError, Rendition, examine, inscribe, readable, renditions, strip};

use crate::{
    containers::Container,
    exits::telling_jpeg,
    making::{
        busy, cmyk_jpeg, gif, glass, jpeg, png, telling, tiff_photo, webp, with_exif, with_icc, with_segment,
    },
};

/// What breaks readers: lengths at their bounds, and the marks between which they look.
const WORDS: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\xFF\xFF",
    b"\x7F\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\xFF",
    b"\x80\0\0\0",
    b"\0\0\0\0\0\0\0\0",
    b"\xFF\xD9",
    b"\xFF\xDA",
    b"\xFF\xC0",
    b"IEND",
    b"IDAT",
    b"VP8X",
    b"EXIF",
    b"8BIM\x04\x04\0\0",
    b"\x1C\x02\x78\x80\x04",
    b"<rdf:li>",
    b"</dc:description>",
    b"&#x10FFFF;",
    b"<![CDATA[",
    b"xmlns:a=\"\"",
    b"II*\0",
    b"ipma",
    b"iloc",
    b"\x2C",
    b"\x3B",
];

/// Numbers from a seed (xorshift), so that a run can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }

    /// One to four things happen to the file, within the part that is looked at.
    fn spoil(&mut self, file: &[u8], part: &std::ops::Range<usize>) -> Vec<u8> {
        let mut file = file.to_vec();
        for _ in 0..=self.below(4) {
            let end = part.end.min(file.len());
            let at = part.start.min(end) + self.below(end.saturating_sub(part.start));
            let word = WORDS[self.below(WORDS.len())];
            let rest = file.len() - at;
            match self.below(6) {
                0 if rest > 0 => file[at] ^= 1 << self.below(8),
                1 if rest >= word.len() => file[at..at + word.len()].copy_from_slice(word),
                2 => drop(file.splice(at..at, word.iter().copied())),
                3 => drop(file.drain(at..at + self.below(rest.min(40) + 1))),
                4 => {
                    let copied = file[at..at + self.below(rest.min(200) + 1)].to_vec();
                    drop(file.splice(at..at, copied));
                }
                _ => file.truncate(at.max(1)),
            }
        }
        file
    }
}

fn time() -> Duration {
    let told = std::env::var("KHOSRA_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    told.map_or(Duration::from_millis(700), Duration::from_secs)
}

/// Runs `read` over spoiled copies of `good` for as long as there is time. `mark` names the bytes behind which the
/// reader's own part begins; without one it is all of the file.
fn endure(name: &str, good: &[u8], mark: &[u8], read: impl Fn(&[u8]) -> Result<(), PhotoError>) {
    read(good).unwrap_or_else(|error| panic!("{name}: the good file is refused: {error}"));
    let begin = good.windows(mark.len().max(1)).position(|window| window == mark).unwrap_or(0);
    let part = begin..if mark.is_empty() { good.len() } else { (begin + 4_000).min(good.len()) };
    let gave_up = PhotoError::Damaged { detail: "the codec gave up".into() };
    let begun = Instant::now();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut runs = 0_u64;
    while begun.elapsed() < time() {
        let file = dice.spoil(good, &part);
        let single = Instant::now();
        let outcome = read(&file);
        if outcome == Err(gave_up.clone()) || single.elapsed() > Duration::from_secs(20) {
            let kept = tempfile::Builder::new().prefix(name).tempfile().unwrap().keep().unwrap().1;
            std::fs::write(&kept, &file).unwrap();
            panic!(
                "{name}: run {runs} in {:?}: {outcome:?}, the file is {}",
                single.elapsed(),
                kept.display()
            );
        }
        runs += 1;
    }
    assert!(runs > 0);
    eprintln!("{name}: {runs} files");
}

fn looked_at(file: &[u8]) -> Result<(), PhotoError> {
    let facts = examine(file, &Limits::default())?;
    let metadata = facts.metadata;
    let texts =
        [&metadata.description, &metadata.credit_line, &metadata.usage_terms, &metadata.location.city];
    for text in texts.into_iter().chain(&metadata.creators) {
        assert!(text.chars().count() <= 2_000 && !text.contains(char::is_control));
    }
    Ok(())
}

fn wholly(file: &[u8]) -> Result<(), PhotoError> {
    looked_at(file)?;
    let _ = strip(file, &Limits::default());
    let small = Limits { pixels: 1_000_000, ..Limits::default() };
    renditions(file, &small).map(drop)
}

/// The words of the desk's own files, which agencies send back.
fn inscribed() -> Vec<u8> {
    let made = renditions(&jpeg(&busy(90, 60)), &Limits::default()).unwrap().display;
    let words = khosra_photo::Inscription {
        description: "চাঁদপুরের ঘাট".into(),
        creators: vec!["রফিক".into()],
        date_created: "2026-11-27T14:05:09+06:00".into(),
        ..Default::default()
    };
    inscribe(&made, &words).unwrap().bytes
}

#[test]
fn xmp_endures() {
    endure("xmp", &inscribed(), b"http://ns.adobe.com/xap/1.0/", looked_at);
}

#[test]
fn iim_endures() {
    endure("iim", &inscribed(), b"Photoshop 3.0", looked_at);
}

#[test]
fn exif_endures() {
    endure("exif", &with_exif(&jpeg(&busy(90, 60)), telling()), b"Exif\0\0", looked_at);
}

#[test]
fn profiles_endure() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    endure("icc", &with_icc(&jpeg(&busy(60, 40)), profile), b"ICC_PROFILE", wholly);
    let inks = cmyk_jpeg(&[255, 90, 0, 20].repeat(60 * 40), 60, 40, true);
    endure("cmyk-icc", &with_icc(&inks, crate::profiles::cyan_is_grey()), b"ICC_PROFILE", wholly);
}

#[test]
fn jpeg_endures() {
    endure("jpeg", &with_segment(&telling_jpeg(), 0xE2, &jpeg(&busy(16, 16))), b"", wholly);
}

#[test]
fn png_endures() {
    endure("png", &with_exif(&png(glass(60, 40)), telling()), b"", wholly);
}

#[test]
fn webp_endures() {
    endure("webp", &with_exif(&webp(glass(60, 40)), telling()), b"", wholly);
}

#[test]
fn gif_endures() {
    endure("gif", &gif(&[busy(60, 40), busy(60, 40)]), b"", wholly);
}

#[test]
fn tiff_endures() {
    endure("tiff", &tiff_photo(busy(60, 40).into()), b"", wholly);
}

#[test]
fn heif_endures() {
    let container = Container {
        turned: Some(1),
        mirrored: Some(1),
        exif: Some(telling()),
        ..Container::new(b"heic", 60, 40)
    };
    endure("heif", &container.build(), b"", |file| {
        looked_at(file)?;
        match readable(file, None, &Limits::default()) {
            Err(PhotoError::NoDecoder { .. }) => Ok(()),
            other => other.map(drop),
        }
    });
}

#[test]
fn writing_endures_what_it_is_given() {
    let made = renditions(&jpeg(&busy(90, 60)), &Limits::default()).unwrap().display;
    let words = khosra_photo::Inscription { credit_line: "BSS".into(), ..Default::default() };
    for (good, media_type) in [
        (made.bytes.clone(), khosra_photo::MediaType::Jpeg),
        (png(glass(40, 30)), khosra_photo::MediaType::Png),
        (webp(glass(40, 30)), khosra_photo::MediaType::WebP),
    ] {
        endure("inscribe", &good, b"", |file| {
            inscribe(&Rendition { bytes: file.to_vec(), media_type, ..made.clone() }, &words).map(drop)
        });
    }
}
