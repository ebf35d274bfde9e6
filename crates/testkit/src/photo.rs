//! Photos as a camera makes them, with everything in them that must not leave the machine.

use crate::Dice;

/// Stands in the camera's serial number and the owner's name of [`jpeg_with_place`].
pub const CANARY: &str = "CANARY-SERIAL-7041";

/// A real photo file without metadata.
pub fn jpeg() -> Vec<u8> {
    include_bytes!("../../desk/samples/paddy-field.jpg").to_vec()
}

/// Another one.
pub fn other_jpeg() -> Vec<u8> {
    include_bytes!("../../desk/samples/cricket-final.jpg").to_vec()
}

/// A picture that no encoder makes small, about one and a half megabytes; another for each seed.
pub fn heavy_png(seed: u64) -> Vec<u8> {
    const SIDE: u32 = 600;
    let mut dice = Dice::new(seed);
    let mut pixels = Vec::new();
    for _ in 0..SIDE {
        // No filter, then four bytes a pixel.
        pixels.push(0);
        pixels.extend((0..SIDE / 2).flat_map(|_| dice.roll().to_le_bytes()));
    }
    let size = SIDE.to_be_bytes();
    let head = [size, size].concat().into_iter().chain([8, 6, 0, 0, 0]).collect::<Vec<u8>>();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", head), (b"IDAT", stored(&pixels)), (b"IEND", Vec::new())] {
        let length = u32::try_from(data.len()).expect("a small chunk");
        let body = [name.as_slice(), &data].concat();
        file.extend(length.to_be_bytes());
        file.extend(&body);
        file.extend(crc(&body).to_be_bytes());
    }
    file
}

/// Zlib without compression.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("a small block");
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !data.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

/// The picture of [`jpeg`] with EXIF that names a place, an owner and a serial number.
pub fn jpeg_with_place() -> Vec<u8> {
    let plain = jpeg();
    let (start, rest) = plain.split_at(2);
    let exif = exif();
    let length = u16::try_from(exif.len() + 2).expect("a small segment");
    [start, &[0xFF, 0xE1], &length.to_be_bytes(), &exif, rest].concat()
}

const ASCII: u16 = 2;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: u32,
}

/// A TIFF block, little-endian: owner, serial number and a GPS directory with a latitude and a longitude.
fn exif() -> Vec<u8> {
    let canary = format!("{CANARY}\0");
    let text = u32::try_from(canary.len()).expect("short");
    let first = 8;
    let places = first + directory_size(3);
    let canary_at = places + directory_size(4);
    let latitude_at = canary_at + text + text % 2;
    let longitude_at = latitude_at + 24;
    let image = [
        Entry { tag: 0x013B, kind: ASCII, count: text, value: canary_at },
        Entry { tag: 0x8825, kind: LONG, count: 1, value: places },
        Entry { tag: 0xA431, kind: ASCII, count: text, value: canary_at },
    ];
    let place = [
        Entry { tag: 1, kind: ASCII, count: 2, value: u32::from(b'N') },
        Entry { tag: 2, kind: RATIONAL, count: 3, value: latitude_at },
        Entry { tag: 3, kind: ASCII, count: 2, value: u32::from(b'E') },
        Entry { tag: 4, kind: RATIONAL, count: 3, value: longitude_at },
    ];
    let mut bytes = b"Exif\0\0II*\0".to_vec();
    bytes.extend(first.to_le_bytes());
    bytes.extend(directory(&image));
    bytes.extend(directory(&place));
    bytes.extend(canary.as_bytes());
    bytes.resize(bytes.len() + (canary.len() % 2), 0);
    for degrees in [[22, 48, 30], [89, 33, 15]] {
        bytes
            .extend(degrees.iter().flat_map(|part: &u32| [part.to_le_bytes(), 1_u32.to_le_bytes()].concat()));
    }
    bytes
}

fn directory_size(entries: u32) -> u32 {
    2 + 12 * entries + 4
}

fn directory(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = u16::try_from(entries.len()).expect("few").to_le_bytes().to_vec();
    for entry in entries {
        bytes.extend(entry.tag.to_le_bytes());
        bytes.extend(entry.kind.to_le_bytes());
        bytes.extend(entry.count.to_le_bytes());
        bytes.extend(entry.value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}
