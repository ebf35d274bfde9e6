//! Puts a desk's own words into a rendition, for agencies and archives that read them there: as XMP, and in a JPEG as
//! IIM too. Nothing else goes in, and the same words give the same bytes.
//!
//! A rendition is made without any words ([`crate::make`]); this is a step that has to be asked for.

mod iim;
mod jpeg;
mod png;
mod webp;
mod xmp;

use story::Sha256Hex;

use crate::{DigitalSourceType, Field, MediaType, PhotoError, Rendition};

/// What is written. An empty field is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inscription {
    /// The caption.
    pub description: String,
    /// What the picture shows, for people who do not see it.
    pub alt_text: String,
    /// Photographers, by-line by by-line.
    pub creators: Vec<String>,
    /// As it is to be printed.
    pub credit_line: String,
    /// Who holds the copyright.
    pub copyright_notice: String,
    /// What may be done with the picture.
    pub usage_terms: String,
    /// When it was taken, in the form of [`crate::Metadata::date_created`]; another form is left out.
    pub date_created: String,
    /// How the picture came into being.
    pub digital_source_type: Option<DigitalSourceType>,
}

/// The rendition with these words in it. The pixels' own bytes stay as they are; words that were in it are replaced.
///
/// # Errors
/// [`PhotoError::Kind`] for what is not a JPEG, PNG or WebP, and [`PhotoError::Damaged`] for a file whose parts cannot
/// be told apart.
pub fn inscribe(rendition: &Rendition, words: &Inscription) -> Result<Rendition, PhotoError> {
    let words = words.tidy();
    let bytes = match rendition.media_type {
        MediaType::Jpeg => jpeg::inscribe(&rendition.bytes, &words),
        MediaType::Png => png::inscribe(&rendition.bytes, &words),
        MediaType::WebP => webp::inscribe(&rendition.bytes, &words),
        MediaType::Gif | MediaType::Tiff | MediaType::Heic | MediaType::Avif => return Err(PhotoError::Kind),
    };
    let bytes = bytes.map_err(PhotoError::damaged)?;
    Ok(Rendition { sha256: Sha256Hex::of(&bytes), bytes, ..*rendition })
}

impl Inscription {
    /// Within the same bounds as what is read.
    fn tidy(&self) -> Self {
        let creators = self.creators.iter().map(|name| Field::Creator.tidy(name));
        Self {
            description: Field::Description.tidy(&self.description),
            alt_text: Field::AltText.tidy(&self.alt_text),
            creators: creators.filter(|name| !name.is_empty()).take(Field::CREATORS).collect(),
            credit_line: Field::CreditLine.tidy(&self.credit_line),
            copyright_notice: Field::CopyrightNotice.tidy(&self.copyright_notice),
            usage_terms: Field::UsageTerms.tidy(&self.usage_terms),
            date_created: Field::DateCreated.tidy(&self.date_created),
            digital_source_type: self.digital_source_type,
        }
    }
}
