//! Makes files: real codecs for the pixels, hand-made segments for what stands beside them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use img_parts::{Bytes, ImageEXIF, ImageICC, jpeg::Jpeg, jpeg::JpegSegment, png::Png, webp::WebP};

/// Each corner its own colour, so that every turn and flip shows: red, green, blue, white, clockwise from the
/// top left.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 20, 20]),
        (false, true) => Rgb([20, 200, 20]),
        (false, false) => Rgb([20, 20, 220]),
        (true, false) => Rgb([250, 250, 250]),
    })
}

/// Colour everywhere, as in a photo, so that the codec has work to do.
pub fn busy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = x.wrapping_mul(7919) ^ y.wrapping_mul(104_729) ^ (x * y / 7);
        let byte = |value: u32| u8::try_from(value % 256).unwrap();
        Rgb([byte(x / 9 + grain % 23), byte(y / 7 + grain % 17), byte((x + y) / 11 + grain % 29)])
    })
}

/// Half of it shines through.
pub fn glass(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| Rgba([200, 90, 30, if x < width / 2 { 255 } else { 90 }]))
}

pub fn jpeg(pixels: &RgbImage) -> Vec<u8> {
    file(pixels.clone().into(), ImageFormat::Jpeg)
}

pub fn png(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    file(pixels.into(), ImageFormat::Png)
}

pub fn webp(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    file(pixels.into(), ImageFormat::WebP)
}

/// All frames of one size; the first is what is taken.
pub fn gif(frames: &[RgbImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for frame in frames {
        encoder.encode_frame(image::Frame::new(DynamicImage::from(frame.clone()).into_rgba8())).unwrap();
    }
    drop(encoder);
    bytes
}

pub fn tiff_photo(picture: DynamicImage) -> Vec<u8> {
    file(picture, ImageFormat::Tiff)
}

/// Four bytes a pixel, 0 for no ink; written as Adobe's programs do.
pub fn cmyk_jpeg(inks: &[u8], width: u16, height: u16, is_ycck: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let kind = if is_ycck { jpeg_encoder::ColorType::CmykAsYcck } else { jpeg_encoder::ColorType::Cmyk };
    jpeg_encoder::Encoder::new(&mut bytes, 95).encode(inks, width, height, kind).unwrap();
    bytes
}

fn file(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The file with an EXIF block put in; works for all three kinds.
pub fn with_exif(file: &[u8], exif: Vec<u8>) -> Vec<u8> {
    let (file, exif) = (Bytes::copy_from_slice(file), Some(Bytes::from(exif)));
    if let Ok(mut jpeg) = Jpeg::from_bytes(file.clone()) {
        jpeg.set_exif(exif);
        return jpeg.encoder().bytes().to_vec();
    }
    if let Ok(mut png) = Png::from_bytes(file.clone()) {
        png.set_exif(exif);
        return png.encoder().bytes().to_vec();
    }
    let mut webp = WebP::from_bytes(file).unwrap();
    webp.set_exif(exif);
    webp.encoder().bytes().to_vec()
}

/// The JPEG with a colour profile put in.
pub fn with_icc(file: &[u8], profile: Vec<u8>) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(file)).unwrap();
    jpeg.set_icc_profile(Some(Bytes::from(profile)));
    jpeg.encoder().bytes().to_vec()
}

/// The JPEG with one more segment after its start.
pub fn with_segment(file: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(file)).unwrap();
    let segment = JpegSegment::new_with_contents(marker, Bytes::copy_from_slice(content));
    jpeg.segments_mut().insert(0, segment);
    jpeg.encoder().bytes().to_vec()
}

/// The JPEG without its segments of this marker.
pub fn without_segment(file: &[u8], marker: u8) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(file)).unwrap();
    jpeg.segments_mut().retain(|segment| segment.marker() != marker);
    jpeg.encoder().bytes().to_vec()
}

/// One field of a TIFF directory.
pub enum Field {
    Ascii(u16, Vec<u8>),
    /// Bytes that lie elsewhere, by their offset.
    Strip(u16, Vec<u8>),
    Short(u16, u16),
    Long(u16, u32),
    Rationals(u16, Vec<(u32, u32)>),
    Directory(u16, Vec<Field>),
}

impl Field {
    pub fn tag(&self) -> u16 {
        match self {
            Self::Ascii(tag, _)
            | Self::Strip(tag, _)
            | Self::Short(tag, _)
            | Self::Long(tag, _)
            | Self::Rationals(tag, _)
            | Self::Directory(tag, _) => *tag,
        }
    }
}

pub const ORIENTATION: u16 = 0x0112;
pub const DESCRIPTION: u16 = 0x010E;
pub const ARTIST: u16 = 0x013B;
const EXIF_GROUP: u16 = 0x8769;
const GPS_GROUP: u16 = 0x8825;

pub fn orientation(number: u16) -> Vec<u8> {
    tiff(&[Field::Short(ORIENTATION, number)])
}

/// What a telling camera writes: place, owner, serial numbers.
pub fn telling() -> Vec<u8> {
    let gps = vec![
        Field::Ascii(1, b"N\0".to_vec()),
        Field::Rationals(2, vec![(22, 1), (50, 1), (12, 1)]),
        Field::Ascii(3, b"E\0".to_vec()),
        Field::Rationals(4, vec![(89, 1), (33, 1), (7, 1)]),
    ];
    let exif = vec![
        Field::Ascii(0xA430, b"OWNER-Nasima-Begum\0".to_vec()),
        Field::Ascii(0xA431, b"SERIAL-0042-7781\0".to_vec()),
        Field::Ascii(0xA435, b"LENS-SERIAL-99\0".to_vec()),
    ];
    tiff(&[
        Field::Ascii(DESCRIPTION, "নদীর ঘাট\0".as_bytes().to_vec()),
        Field::Short(ORIENTATION, 6),
        Field::Ascii(ARTIST, b"Rafiq\0".to_vec()),
        Field::Directory(EXIF_GROUP, exif),
        Field::Directory(GPS_GROUP, gps),
    ])
}

/// A little-endian TIFF of one directory and those below it.
pub fn tiff(fields: &[Field]) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    directory(&mut bytes, fields);
    bytes
}

fn directory(bytes: &mut Vec<u8>, fields: &[Field]) {
    let start = bytes.len();
    let table = 2 + fields.len() * 12 + 4;
    bytes.extend(u16::try_from(fields.len()).unwrap().to_le_bytes());
    bytes.resize(start + table, 0);
    for (index, field) in fields.iter().enumerate() {
        let (tag, kind, count, value) = entry(bytes, field);
        let at = start + 2 + index * 12;
        bytes[at..at + 2].copy_from_slice(&tag.to_le_bytes());
        bytes[at + 2..at + 4].copy_from_slice(&kind.to_le_bytes());
        bytes[at + 4..at + 8].copy_from_slice(&count.to_le_bytes());
        bytes[at + 8..at + 12].copy_from_slice(&value);
    }
}

fn entry(bytes: &mut Vec<u8>, field: &Field) -> (u16, u16, u32, [u8; 4]) {
    match field {
        Field::Short(tag, value) => (*tag, 3, 1, u32::from(*value).to_le_bytes()),
        Field::Long(tag, value) => (*tag, 4, 1, value.to_le_bytes()),
        Field::Strip(tag, data) => {
            let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            bytes.extend(data);
            (*tag, 4, 1, at)
        }
        Field::Ascii(tag, text) => (*tag, 2, u32::try_from(text.len()).unwrap(), place(bytes, text)),
        Field::Rationals(tag, values) => {
            let data: Vec<u8> =
                values.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()].concat()).collect();
            (*tag, 5, u32::try_from(values.len()).unwrap(), place(bytes, &data))
        }
        Field::Directory(tag, fields) => {
            let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            directory(bytes, fields);
            (*tag, 4, 1, at)
        }
    }
}

/// In the entry itself if it fits there, else behind.
fn place(bytes: &mut Vec<u8>, data: &[u8]) -> [u8; 4] {
    if data.len() <= 4 {
        let mut value = [0; 4];
        value[..data.len()].copy_from_slice(data);
        return value;
    }
    let at = u32::try_from(bytes.len()).unwrap();
    bytes.extend(data);
    bytes.resize(bytes.len() + bytes.len() % 2, 0);
    at.to_le_bytes()
}
