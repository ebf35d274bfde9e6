//! Writes renditions: progressive JPEG, or PNG where something shines through.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::{MediaType, PhotoError};

const QUALITY: u8 = 82;

/// The file's bytes and kind. Nothing but pixels goes in, so nothing but pixels comes out.
pub(crate) fn encode(picture: &DynamicImage) -> Result<(MediaType, Vec<u8>), PhotoError> {
    match picture {
        DynamicImage::ImageRgba8(_) => Ok((MediaType::Png, png(picture)?)),
        _ => Ok((MediaType::Jpeg, jpeg(picture)?)),
    }
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(PhotoError::damaged);
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let pixels = picture.to_rgb8();
    encoder.encode(pixels.as_raw(), width, height, ColorType::Rgb).map_err(PhotoError::damaged)?;
    Ok(bytes)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    let pixels = picture.to_rgba8();
    encoder
        .write_image(pixels.as_raw(), pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
        .map_err(PhotoError::damaged)?;
    Ok(bytes.into_inner())
}
