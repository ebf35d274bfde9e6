//! The codecs: a file's pixels, and the metadata blocks that stand beside them.

use std::io::Cursor;

use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, Limits as ImageLimits, RgbImage,
    codecs::{png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::JpegDecoder;

use crate::{Limits, MediaType, PhotoError, header};

/// What stands beside the pixels, as the file has it.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) exif: Option<Vec<u8>>,
    pub(crate) icc: Option<Vec<u8>>,
    pub(crate) iptc: Option<Vec<u8>>,
    pub(crate) xmp: Option<Vec<u8>>,
}

/// A file that passed every check that can be made without decoding pixels.
pub(crate) struct Checked<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) kind: MediaType,
    pub(crate) size: header::Size,
}

impl<'a> Checked<'a> {
    pub(crate) fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, PhotoError> {
        let kind = header::kind(bytes)?;
        limits.check_bytes(bytes)?;
        let size = header::size(bytes, kind)?;
        limits.check_pixels(size)?;
        header::check_whole(bytes, kind)?;
        Ok(Self { bytes, kind, size })
    }

    /// The metadata blocks.
    pub(crate) fn beside(&self) -> Result<Beside, PhotoError> {
        match self.kind {
            MediaType::Jpeg => self.jpeg_beside(),
            MediaType::Png => beside(PngDecoder::with_limits(Cursor::new(self.bytes), self.limits())),
            MediaType::WebP => beside(WebPDecoder::new(Cursor::new(self.bytes))),
        }
    }

    /// The pixels, as stored: not yet turned, in the file's own colours.
    pub(crate) fn pixels(&self) -> Result<DynamicImage, PhotoError> {
        match self.kind {
            MediaType::Jpeg => self.jpeg_pixels(),
            MediaType::Png => self.pixels_of(PngDecoder::with_limits(Cursor::new(self.bytes), self.limits())),
            MediaType::WebP => self.pixels_of(WebPDecoder::new(Cursor::new(self.bytes))),
        }
    }

    fn pixels_of(&self, decoder: Result<impl ImageDecoder, ImageError>) -> Result<DynamicImage, PhotoError> {
        let mut decoder = decoder.map_err(PhotoError::damaged)?;
        self.check_size(decoder.dimensions())?;
        decoder.set_limits(self.limits()).map_err(PhotoError::damaged)?;
        DynamicImage::from_decoder(decoder).map_err(PhotoError::damaged)
    }

    /// Strict, unlike the `image` crate's way of calling it: a photo whose data breaks off must not come out
    /// grey below the break.
    fn jpeg(&self, colours: ColorSpace) -> Result<JpegDecoder<ZCursor<&'a [u8]>>, PhotoError> {
        let side = usize::from(u16::MAX);
        let options =
            DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
        let options = options.jpeg_set_out_colorspace(colours);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(self.bytes), options);
        decoder.decode_headers().map_err(PhotoError::damaged)?;
        Ok(decoder)
    }

    fn jpeg_beside(&self) -> Result<Beside, PhotoError> {
        let decoder = self.jpeg(ColorSpace::RGB)?;
        Ok(Beside {
            exif: decoder.exif().cloned(),
            icc: decoder.icc_profile(),
            iptc: decoder.iptc().cloned(),
            xmp: decoder.xmp().cloned(),
        })
    }

    fn jpeg_pixels(&self) -> Result<DynamicImage, PhotoError> {
        let is_grey = self.jpeg(ColorSpace::RGB)?.input_colorspace() == Some(ColorSpace::Luma);
        let mut decoder = self.jpeg(if is_grey { ColorSpace::Luma } else { ColorSpace::RGB })?;
        let (width, height) = decoder.dimensions().unwrap_or_default();
        let dimensions = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
        self.check_size(dimensions)?;
        let pixels = decoder.decode().map_err(PhotoError::damaged)?;
        let (width, height) = dimensions;
        let image = if is_grey {
            GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
        } else {
            RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
        };
        image.ok_or_else(|| PhotoError::damaged("fewer pixels than told"))
    }

    /// A header that our reader and the codec read differently is a trick.
    fn check_size(&self, (width, height): (u32, u32)) -> Result<(), PhotoError> {
        let agrees = header::Size { width, height } == self.size;
        if agrees { Ok(()) } else { Err(PhotoError::damaged("two sizes in one file")) }
    }

    /// Enough for any photo within our own limits at 16 bits a channel, and no more.
    fn limits(&self) -> ImageLimits {
        let mut limits = ImageLimits::default();
        limits.max_image_width = Some(self.size.width);
        limits.max_image_height = Some(self.size.height);
        let pixels = u64::from(self.size.width) * u64::from(self.size.height);
        limits.max_alloc = Some(pixels.saturating_mul(16).saturating_add(16 * 1024 * 1024));
        limits
    }
}

impl Beside {
    /// How the pixels must be turned, by the file's word.
    pub(crate) fn orientation(&self) -> Orientation {
        let told = self.exif.as_deref().and_then(Orientation::from_exif_chunk);
        told.unwrap_or(Orientation::NoTransforms)
    }
}

fn beside(decoder: Result<impl ImageDecoder, ImageError>) -> Result<Beside, PhotoError> {
    let mut decoder = decoder.map_err(PhotoError::damaged)?;
    // A block that cannot be read is one that is not there; the pixels are what matters.
    Ok(Beside {
        exif: decoder.exif_metadata().ok().flatten(),
        icc: decoder.icc_profile().ok().flatten(),
        iptc: decoder.iptc_metadata().ok().flatten(),
        xmp: decoder.xmp_metadata().ok().flatten(),
    })
}
