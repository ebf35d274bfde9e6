//! The codecs: a file's pixels, and the metadata blocks that stand beside them.

mod jpeg;

use std::{borrow::Cow, io::Cursor};

use image::{
    DynamicImage, ImageDecoder, ImageError, Limits as ImageLimits,
    codecs::{gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use crate::{
    Limits, MediaType, PhotoError,
    colour::Inks,
    header::{
        self,
        heif::Heif,
        tiff::{self, Directory},
    },
};

/// What stands beside the pixels, as the file has it.
#[derive(Debug, Default)]
pub(crate) struct Beside<'a> {
    /// A TIFF header and what follows it. Of a TIFF that is the file itself.
    pub(crate) exif: Option<Cow<'a, [u8]>>,
    pub(crate) icc: Option<Vec<u8>>,
    pub(crate) iptc: Option<Vec<u8>>,
    pub(crate) xmp: Option<Vec<u8>>,
    /// Which way is up by the container's word, which goes before EXIF's.
    up: Option<Orientation>,
}

/// A file that passed every check that can be made without decoding pixels.
pub(crate) struct Checked<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) kind: MediaType,
    pub(crate) size: header::Size,
}

/// Pixels as stored: not yet turned, in the file's own colours.
pub(crate) struct Pixels {
    /// Of eight or sixteen bits a channel. With `inks` it is RGBA by name only: four inks, as the file has them.
    pub(crate) picture: DynamicImage,
    /// How four channels of ink are to be read.
    pub(crate) inks: Option<Inks>,
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
    pub(crate) fn beside(&self) -> Result<Beside<'a>, PhotoError> {
        match self.kind {
            MediaType::Jpeg => self.jpeg_beside(),
            MediaType::Png => beside(PngDecoder::with_limits(Cursor::new(self.bytes), self.limits())),
            MediaType::WebP => beside(WebPDecoder::new(Cursor::new(self.bytes))),
            MediaType::Gif => Ok(Beside::default()),
            MediaType::Tiff => Ok(self.tiff_beside()),
            MediaType::Heic | MediaType::Avif => self.heif_beside(),
        }
    }

    /// The pixels of the file's first picture.
    pub(crate) fn pixels(&self) -> Result<Pixels, PhotoError> {
        match self.kind {
            MediaType::Jpeg => self.jpeg_pixels(),
            MediaType::Png => self.pixels_of(PngDecoder::with_limits(Cursor::new(self.bytes), self.limits())),
            MediaType::WebP => self.pixels_of(WebPDecoder::new(Cursor::new(self.bytes))),
            MediaType::Gif => self.pixels_of(GifDecoder::new(Cursor::new(self.bytes))),
            MediaType::Tiff => self.pixels_of(TiffDecoder::new(Cursor::new(self.bytes))),
            MediaType::Heic | MediaType::Avif => Err(PhotoError::NoDecoder { kind: self.kind }),
        }
    }

    fn pixels_of(&self, decoder: Result<impl ImageDecoder, ImageError>) -> Result<Pixels, PhotoError> {
        let mut decoder = decoder.map_err(PhotoError::damaged)?;
        self.check_size(decoder.dimensions())?;
        decoder.set_limits(self.limits()).map_err(PhotoError::damaged)?;
        let picture = DynamicImage::from_decoder(decoder).map_err(PhotoError::damaged)?;
        Ok(Pixels { picture, inks: None })
    }

    fn tiff_beside(&self) -> Beside<'a> {
        let Some(directory) = Directory::new(self.bytes) else { return Beside::default() };
        let block = |tag| directory.data(tag).map(<[u8]>::to_vec);
        Beside {
            exif: Some(Cow::Borrowed(self.bytes)),
            icc: block(tiff::ICC),
            iptc: block(tiff::IIM).or_else(|| block(tiff::PHOTOSHOP)),
            xmp: block(tiff::XMP),
            up: None,
        }
    }

    fn heif_beside(&self) -> Result<Beside<'a>, PhotoError> {
        let heif = Heif::new(self.bytes).ok_or_else(|| PhotoError::damaged("the boxes cannot be read"))?;
        Ok(Beside {
            exif: heif.exif.map(Cow::Owned),
            xmp: heif.xmp,
            up: Some(heif.orientation),
            ..Beside::default()
        })
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

impl Beside<'_> {
    /// How the pixels must be turned, by the file's word.
    pub(crate) fn orientation(&self) -> Orientation {
        let told = self.up.or_else(|| self.exif.as_deref().and_then(Orientation::from_exif_chunk));
        told.unwrap_or(Orientation::NoTransforms)
    }
}

fn beside(decoder: Result<impl ImageDecoder, ImageError>) -> Result<Beside<'static>, PhotoError> {
    let mut decoder = decoder.map_err(PhotoError::damaged)?;
    // A block that cannot be read is one that is not there; the pixels are what matters.
    Ok(Beside {
        exif: decoder.exif_metadata().ok().flatten().map(Cow::Owned),
        icc: decoder.icc_profile().ok().flatten(),
        iptc: decoder.iptc_metadata().ok().flatten(),
        xmp: decoder.xmp_metadata().ok().flatten(),
        up: None,
    })
}
