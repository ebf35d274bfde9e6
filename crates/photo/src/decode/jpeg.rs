//! JPEG is asked for strictly, unlike the `image` crate's way: a photo whose data breaks off must not come out grey
//! below the break.

use std::borrow::Cow;

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::JpegDecoder;

use super::{Beside, Checked, Pixels};
use crate::{PhotoError, colour::Inks, header::jpeg};

impl<'a> Checked<'a> {
    fn jpeg(&self, colours: ColorSpace) -> Result<JpegDecoder<ZCursor<&'a [u8]>>, PhotoError> {
        let side = usize::from(u16::MAX);
        let options =
            DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
        let options = options.jpeg_set_out_colorspace(colours);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(self.bytes), options);
        decoder.decode_headers().map_err(PhotoError::damaged)?;
        Ok(decoder)
    }

    pub(super) fn jpeg_beside(&self) -> Result<Beside<'a>, PhotoError> {
        let decoder = self.jpeg(ColorSpace::RGB)?;
        Ok(Beside {
            exif: decoder.exif().cloned().map(Cow::Owned),
            icc: decoder.icc_profile(),
            iptc: decoder.iptc().cloned(),
            xmp: decoder.xmp().cloned(),
            up: None,
        })
    }

    pub(super) fn jpeg_pixels(&self) -> Result<Pixels, PhotoError> {
        let stored = self.jpeg(ColorSpace::RGB)?.input_colorspace();
        // Inks stay as they are stored: what they mean is said by a marker and a profile, which the codec leaves aside.
        let (wanted, inks) = match stored {
            Some(ColorSpace::Luma) => (ColorSpace::Luma, None),
            Some(ColorSpace::YCCK) => (ColorSpace::YCCK, Some(self.inks(true))),
            Some(ColorSpace::CMYK) => (ColorSpace::CMYK, Some(self.inks(false))),
            _ => (ColorSpace::RGB, None),
        };
        let mut decoder = self.jpeg(wanted)?;
        let (width, height) = decoder.dimensions().unwrap_or_default();
        let (width, height) = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
        self.check_size((width, height))?;
        let pixels = decoder.decode().map_err(PhotoError::damaged)?;
        let picture = match wanted.num_components() {
            1 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
            4 => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
            _ => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        };
        let picture = picture.ok_or_else(|| PhotoError::damaged("fewer pixels than told"))?;
        Ok(Pixels { picture, inks })
    }

    /// Adobe's programs store inks the other way round, and say so by their marker.
    fn inks(&self, is_ycck: bool) -> Inks {
        Inks { is_ycck, is_inverted: jpeg::names_adobe(self.bytes) }
    }
}
