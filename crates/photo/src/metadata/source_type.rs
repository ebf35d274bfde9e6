//! How a picture came into being: IPTC's vocabulary of digital source types.

/// Where the vocabulary lives.
const BASE: &str = "cv.iptc.org/newscodes/digitalsourcetype/";

/// What a desk wants to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Making {
    /// A camera's or a scanner's, also when people retouched it.
    Captured,
    /// Put together from several pictures, none of them a machine's own.
    Composite,
    /// A picture that a trained model changed or added to.
    PartlyGenerated,
    /// A trained model's own picture.
    Generated,
    /// A drawing, a chart, a screen, or another thing that no camera saw.
    Made,
}

/// Every term, with what a desk wants to know of it.
const TERMS: &[(&str, Making)] = &[
    ("digitalCapture", Making::Captured),
    ("computationalCapture", Making::Captured),
    ("multiFrameComputationalCapture", Making::Captured),
    ("negativeFilm", Making::Captured),
    ("positiveFilm", Making::Captured),
    ("print", Making::Captured),
    ("minorHumanEdits", Making::Captured),
    ("humanEdits", Making::Captured),
    ("algorithmicallyEnhanced", Making::Captured),
    ("composite", Making::Composite),
    ("compositeCapture", Making::Composite),
    ("compositeSynthetic", Making::PartlyGenerated),
    ("compositeWithTrainedAlgorithmicMedia", Making::PartlyGenerated),
    ("trainedAlgorithmicMedia", Making::Generated),
    ("algorithmicMedia", Making::Made),
    ("dataDrivenMedia", Making::Made),
    ("digitalArt", Making::Made),
    ("digitalCreation", Making::Made),
    ("softwareImage", Making::Made),
    ("screenCapture", Making::Made),
    ("virtualRecording", Making::Made),
];

/// A term of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DigitalSourceType {
    term: &'static str,
    making: Making,
}

impl DigitalSourceType {
    /// By its whole URI, with or without TLS, or by the bare term, which some programs write.
    pub fn of_uri(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
        let term = match rest {
            Some(rest) => rest.strip_prefix(BASE)?,
            None => text,
        };
        let known = TERMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(term))?;
        Some(Self { term: known.0, making: known.1 })
    }

    /// As the standard writes it.
    pub fn uri(self) -> String {
        format!("http://{BASE}{}", self.term)
    }

    /// What a desk wants to know of it.
    pub fn making(self) -> Making {
        self.making
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_models_own_picture_and_one_with_a_models_part_are_told_apart() {
        let making = |term: &str| DigitalSourceType::of_uri(term).map(DigitalSourceType::making);
        let base = "http://cv.iptc.org/newscodes/digitalsourcetype/";
        assert_eq!(making(&format!("{base}trainedAlgorithmicMedia")), Some(Making::Generated));
        assert_eq!(
            making(&format!("{base}compositeWithTrainedAlgorithmicMedia")),
            Some(Making::PartlyGenerated)
        );
        assert_eq!(making("digitalCapture"), Some(Making::Captured));
        assert_eq!(making("https://example.com/trainedAlgorithmicMedia"), None);
        assert_eq!(making(""), None);
    }

    #[test]
    fn every_term_is_found_by_its_own_uri() {
        for (term, _) in TERMS {
            let known = DigitalSourceType::of_uri(term).unwrap();
            assert_eq!(DigitalSourceType::of_uri(&known.uri()), Some(known));
        }
    }
}
