//! Boxes (ISO/IEC 14496-12): a length, a name and data.

/// Boxes of one level that are looked at; a photo has some ten.
const MOST: usize = 512;

/// A box, with what is within it.
#[derive(Clone, Copy)]
pub(super) struct Box<'a> {
    pub(super) name: [u8; 4],
    pub(super) data: &'a [u8],
}

impl<'a> Box<'a> {
    /// The data of a box that has a version and flags before it.
    pub(super) fn full(&self) -> Option<&'a [u8]> {
        self.data.get(4..)
    }

    pub(super) fn version(&self) -> u8 {
        self.data.first().copied().unwrap_or(0)
    }

    pub(super) fn flags(&self) -> u8 {
        self.data.get(3).copied().unwrap_or(0)
    }
}

/// The boxes that stand one after the other in `bytes`, up to the first that does not fit.
pub(super) fn boxes(bytes: &[u8]) -> impl Iterator<Item = Box<'_>> {
    let mut cut = Cut(bytes);
    std::iter::from_fn(move || cut.next_box()).take(MOST)
}

/// Bytes that are read from the front.
pub(super) struct Cut<'a>(pub(super) &'a [u8]);

impl<'a> Cut<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of 0 to 8 bytes.
    pub(super) fn number(&mut self, length: usize) -> Option<u64> {
        let bytes = self.take(length)?;
        (length <= 8).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(super) fn size(&mut self, length: usize) -> Option<usize> {
        usize::try_from(self.number(length)?).ok()
    }

    /// Text up to a zero.
    pub(super) fn text(&mut self) -> Option<&'a [u8]> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let text = self.take(end);
        self.take(1)?;
        text
    }

    fn next_box(&mut self) -> Option<Box<'a>> {
        let told = self.size(4)?;
        let name = self.take(4)?.try_into().ok()?;
        let length = match told {
            0 => self.0.len(),
            1 => self.size(8)?.checked_sub(16)?,
            _ => told.checked_sub(8)?,
        };
        Some(Box { name, data: self.take(length)? })
    }
}
