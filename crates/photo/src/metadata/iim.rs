//! Reads IPTC's IIM (version 4), bare or inside Photoshop's resource blocks.

use super::{Field, Found, charset::Charset, date};

const TIME_CREATED: u8 = 60;
const CODED_CHARACTER_SET: u8 = 90;
/// Photoshop's number for an IIM record.
pub(crate) const RESOURCE: u16 = 0x0404;
/// Longest value that has its length in two bytes; a longer one has the length of its length there.
const LONG: u16 = 0x8000;

/// One value.
struct DataSet<'a> {
    record: u8,
    set: u8,
    data: &'a [u8],
}

/// What IIM says. What stands before a fault is said.
pub(crate) fn read(block: Option<&[u8]>) -> Found {
    let Some(block) = block else { return Found::default() };
    let record = if block.first() == Some(&0x1C) { Some(block) } else { find_record(block) };
    let mut found = Found::default();
    let mut charset = Charset::Untold;
    let (mut day, mut clock) = (String::new(), String::new());
    let mut rest = record.unwrap_or_default();
    while let Some(DataSet { record, set, data }) = next(&mut rest) {
        match (record, set) {
            (1, CODED_CHARACTER_SET) => charset = Charset::of_escape(data),
            (2, TIME_CREATED) => clock = charset.text(data),
            (2, set) => match Field::ALL.into_iter().find(|field| field.iim() == Some(set)) {
                Some(Field::DateCreated) => day = charset.text(data),
                Some(field) => found.add(field, charset.text(data)),
                None => {}
            },
            _ => {}
        }
    }
    found.add(Field::DateCreated, date::of_iim(day.trim(), clock.trim()).unwrap_or_default());
    found
}

fn next<'a>(bytes: &mut &'a [u8]) -> Option<DataSet<'a>> {
    let [0x1C, record, set, high, low, rest @ ..] = *bytes else { return None };
    let told = u16::from_be_bytes([*high, *low]);
    let (length, rest) = if told < LONG {
        (usize::from(told), rest)
    } else {
        let (length, rest) = rest.split_at_checked(usize::from(told & !LONG).min(5))?;
        let length =
            length.iter().try_fold(0_u32, |sum, byte| sum.checked_mul(256)?.checked_add((*byte).into()))?;
        (usize::try_from(length).ok()?, rest)
    };
    let (data, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(DataSet { record: *record, set: *set, data })
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
        if u16::from_be_bytes(*number) == RESOURCE {
            return Some(data);
        }
        bytes = rest.get(length.checked_add(length % 2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_set(record: u8, set: u8, text: &[u8]) -> Vec<u8> {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        [&[0x1C, record, set, length[0], length[1]], text].concat()
    }

    fn said(found: &Found, field: Field) -> String {
        found.value(field).join("|")
    }

    #[test]
    fn every_field_is_found_behind_other_blocks_and_by_lines_repeat() {
        let record = [
            data_set(2, 80, "রফিক".as_bytes()),
            data_set(2, 80, b"Second"),
            data_set(2, 110, b"BSS"),
            data_set(2, 120, "নদীর ঘাট".as_bytes()),
            data_set(2, 55, b"20261127"),
            data_set(2, 60, b"140509+0600"),
            data_set(2, 90, "চাঁদপুর".as_bytes()),
        ]
        .concat();
        let length = u32::try_from(record.len()).unwrap().to_be_bytes();
        let other = [b"8BIM\x03\xed\0\0".as_slice(), &[0, 0, 0, 3], b"abc\0"].concat();
        let block = [&other, b"8BIM\x04\x04\0\0".as_slice(), &length, &record].concat();
        let found = read(Some(&block));
        assert_eq!(said(&found, Field::Description), "নদীর ঘাট");
        assert_eq!(said(&found, Field::Creator), "রফিক|Second");
        assert_eq!(said(&found, Field::CreditLine), "BSS");
        assert_eq!(said(&found, Field::DateCreated), "2026-11-27T14:05:09+06:00");
        assert_eq!(said(&found, Field::City), "চাঁদপুর");
        assert_eq!(read(Some(&record)), found);
    }

    #[test]
    fn the_told_charset_is_believed_where_it_can_be() {
        let record = [data_set(1, 90, b"\x1B.A"), data_set(2, 110, b"Caf\xe9 \xc3\xa9")].concat();
        assert_eq!(said(&read(Some(&record)), Field::CreditLine), "Café Ã©");
    }

    #[test]
    fn a_long_data_set_is_stepped_over() {
        let long = [b"\x1C\x02\x14\x80\x04".as_slice(), &40_000_u32.to_be_bytes(), &[b'x'; 40_000]].concat();
        let record = [long, data_set(2, 110, b"BSS")].concat();
        assert_eq!(said(&read(Some(&record)), Field::CreditLine), "BSS");
    }

    #[test]
    fn a_block_cut_anywhere_says_what_is_left_and_never_panics() {
        let record = [data_set(2, 110, b"BSS"), data_set(2, 120, b"Ghat")].concat();
        let block = [b"8BIM\x04\x04\0\0\0\0\0\x11".as_slice(), &record].concat();
        for end in 0..block.len() {
            read(Some(&block[..end]));
        }
        assert_eq!(said(&read(Some(&record[..10])), Field::CreditLine), "BSS");
    }
}
