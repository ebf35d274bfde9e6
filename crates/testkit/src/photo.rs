//! Photos as a camera makes them, with everything in them that must not leave the machine.

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
