//! What a picture file is, read from its first bytes: its kind and its size, never its name. Pixels are not
//! decoded here; the site only hands on what it was given.

/// Kind and size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) media_type: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The picture that `bytes` are; `None` when they are no JPEG, PNG, WebP or GIF with a size.
pub(crate) fn sniff(bytes: &[u8]) -> Option<Picture> {
    let picture = png(bytes).or_else(|| jpeg(bytes)).or_else(|| webp(bytes)).or_else(|| gif(bytes))?;
    (picture.width > 0 && picture.height > 0).then_some(picture)
}

fn png(bytes: &[u8]) -> Option<Picture> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let size = header.get(4..)?.strip_prefix(b"IHDR")?;
    Some(Picture { media_type: "image/png", width: big32(size, 0)?, height: big32(size, 4)? })
}

/// Walks the segments to the frame header, the only one that knows the size.
fn jpeg(bytes: &[u8]) -> Option<Picture> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let marker = rest.strip_prefix(b"\xff")?;
        match *marker.first()? {
            0xff => rest = marker,
            0xc4 | 0xc8 | 0xcc => rest = marker.get(1 + big16(marker, 1)?..)?,
            0xc0..=0xcf => {
                let (height, width) = (big16(marker, 4)?, big16(marker, 6)?);
                let size = |n: usize| u32::try_from(n).ok();
                return Some(Picture {
                    media_type: "image/jpeg",
                    width: size(width)?,
                    height: size(height)?,
                });
            }
            0xd9 | 0xda => return None,
            _ => rest = marker.get(1 + big16(marker, 1)?..)?,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Picture> {
    let chunk = bytes.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBP")?;
    let (kind, data) = (chunk.get(..4)?, chunk.get(8..)?);
    let (width, height) = match kind {
        b"VP8 " if data.get(3..6)? == b"\x9d\x01\x2a" => {
            (little(data, 6, 2)? & 0x3fff, little(data, 8, 2)? & 0x3fff)
        }
        b"VP8L" if data.first() == Some(&0x2f) => {
            let bits = little(data, 1, 4)?;
            ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
        }
        b"VP8X" => (little(data, 4, 3)? + 1, little(data, 7, 3)? + 1),
        _ => return None,
    };
    Some(Picture { media_type: "image/webp", width, height })
}

fn gif(bytes: &[u8]) -> Option<Picture> {
    let size = bytes.strip_prefix(b"GIF89a").or_else(|| bytes.strip_prefix(b"GIF87a"))?;
    Some(Picture { media_type: "image/gif", width: little(size, 0, 2)?, height: little(size, 2, 2)? })
}

fn big16(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(*bytes.get(at)?) << 8 | usize::from(*bytes.get(at + 1)?))
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
    const JPEG: &[u8] =
        b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03x\xff\xc2\0\x0b\x08\x01\xe0\x02\x80\x01\x01\x11\0";
    const VP8X: &[u8] = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0";

    const GIF: &[u8] = b"GIF89a\x80\x02\xe0\x01\xf7\0\0\0\0\0";

    #[test]
    fn kind_and_size_are_read_from_the_bytes() {
        for (bytes, media_type) in
            [(PNG, "image/png"), (JPEG, "image/jpeg"), (VP8X, "image/webp"), (GIF, "image/gif")]
        {
            assert_eq!(sniff(bytes), Some(Picture { media_type, width: 640, height: 480 }));
        }
    }

    #[test]
    fn whatever_else_is_no_picture_however_it_is_cut() {
        for bytes in [b"<svg/>".as_slice(), b"GIF89a", b"", b"\xff\xd8\xff\xd9", b"MZ"] {
            assert_eq!(sniff(bytes), None);
        }
        for (whole, least) in [(PNG, 16), (JPEG, 16), (VP8X, 16), (GIF, 10)] {
            for end in 0..least {
                assert_eq!(sniff(&whole[..end]), None);
            }
        }
    }
}
