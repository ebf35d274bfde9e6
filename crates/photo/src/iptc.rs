//! Reads caption, credit and by-line from IPTC's IIM, bare or inside Photoshop's resource blocks.

use crate::{charset, words::Found};

const BY_LINE: u8 = 80;
const CREDIT: u8 = 110;
const CAPTION: u8 = 120;
/// Photoshop's number for an IIM record.
const IIM_RESOURCE: u16 = 0x0404;

/// What IPTC says. Anything unreadable says nothing.
pub(crate) fn read(block: Option<&[u8]>) -> Found {
    let Some(block) = block else { return Found::default() };
    let record = if block.first() == Some(&0x1C) { Some(block) } else { find_record(block) };
    let mut found = Found::default();
    let mut rest = record.unwrap_or_default();
    while let Some((set, data, next)) = data_set(rest) {
        match set {
            CAPTION => found.caption = charset::text(data),
            BY_LINE if found.by.is_empty() => found.by = charset::text(data),
            CREDIT => found.credit = charset::text(data),
            _ => {}
        }
        rest = next;
    }
    found
}

/// The number, data and rest of the next data set of record 2; those of other records come as number 0.
fn data_set(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let [0x1C, record, set, high, low, rest @ ..] = bytes else { return None };
    let length = u16::from_be_bytes([*high, *low]);
    // Data sets above 32 kB have another form; none that we want is so long.
    let (data, rest) = (length < 0x8000).then(|| rest.split_at_checked(usize::from(length))).flatten()?;
    Some((if *record == 2 { *set } else { 0 }, data, rest))
}

/// Walks Photoshop's blocks: `8BIM`, a number, a padded name, a length, padded data.
fn find_record(mut bytes: &[u8]) -> Option<&[u8]> {
    loop {
        let rest = bytes.strip_prefix(b"8BIM")?;
        let (number, rest) = rest.split_first_chunk::<2>()?;
        let name = usize::from(*rest.first()?) + 1;
        let rest = rest.get(name + name % 2..)?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = rest.get(..length)?;
        if u16::from_be_bytes(*number) == IIM_RESOURCE {
            return Some(data);
        }
        bytes = rest.get(length.checked_add(length % 2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_set(set: u8, text: &[u8]) -> Vec<u8> {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        [&[0x1C, 2, set, length[0], length[1]], text].concat()
    }

    #[test]
    fn caption_credit_and_first_by_line_are_found_behind_other_blocks() {
        let record = [
            data_set(BY_LINE, "রফিক".as_bytes()),
            data_set(BY_LINE, b"Second"),
            data_set(CREDIT, b"BSS"),
            data_set(CAPTION, "নদীর ঘাট".as_bytes()),
        ]
        .concat();
        let length = u32::try_from(record.len()).unwrap().to_be_bytes();
        let other = [b"8BIM\x03\xed\0\0".as_slice(), &[0, 0, 0, 3], b"abc\0"].concat();
        let block = [&other, b"8BIM\x04\x04\0\0".as_slice(), &length, &record].concat();
        let found = read(Some(&block));
        assert_eq!(
            (found.caption.as_str(), found.by.as_str(), found.credit.as_str()),
            ("নদীর ঘাট", "রফিক", "BSS")
        );
        assert_eq!(read(Some(&record)), found);
    }

    #[test]
    fn a_block_cut_anywhere_says_what_is_left_and_never_panics() {
        let record = [data_set(CREDIT, b"BSS"), data_set(CAPTION, b"Ghat")].concat();
        let block = [b"8BIM\x04\x04\0\0\0\0\0\x11".as_slice(), &record].concat();
        for end in 0..block.len() {
            read(Some(&block[..end]));
        }
        assert_eq!(read(Some(&record[..10])).credit, "BSS");
    }
}
