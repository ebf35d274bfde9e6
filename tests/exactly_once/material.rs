//! What is written and photographed during the runs.

use khosra_testkit::Dice;
use story::StoryPhoto;

/// What no other story of any run says.
pub fn headline(seed: u64, story: usize, version: usize) -> String {
    format!("পরীক্ষা {seed}, খবর {story}, সংস্করণ {version}")
}

pub fn said(id: story::Sha256Hex, lead: bool) -> StoryPhoto {
    StoryPhoto {
        id,
        caption: "ঘাটের ধারে".to_owned(),
        credit: "নিজস্ব".to_owned(),
        alt: "ঘাট".to_owned(),
        decorative: false,
        lead,
        focal: None,
    }
}

/// A small JPEG that is nobody else's; a large one is noise, so that it takes several requests.
pub fn picture(seed: u64, story: usize, photo: usize, large: bool) -> Vec<u8> {
    let mut dice = Dice::new(seed ^ (story as u64) << 40 ^ (photo as u64) << 50);
    let (width, height) = if large { (640, 480) } else { (48, 32) };
    let shade = dice.roll().to_le_bytes();
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let noise = if large { dice.roll().to_le_bytes() } else { shade };
        let step = u8::try_from((x / 8 + y / 8) % 32).expect("small");
        image::Rgb([noise[0] ^ step, noise[1], noise[2]])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("memory");
    bytes.into_inner()
}
