//! The words as an IIM record (version 4). Its fields are short; what does not fit is cut at a cluster, and the whole
//! stands in XMP.

use super::Inscription;
use crate::{
    Field,
    metadata::{cut, to_iim_date},
};

const VERSION: [u8; 7] = [0x1C, 2, 0, 0, 2, 0, 4];
/// Says that all that follows is UTF-8.
const UTF_8: [u8; 8] = [0x1C, 1, 90, 0, 3, 0x1B, b'%', b'G'];
const TIME_CREATED: u8 = 60;

pub(super) fn record(words: &Inscription) -> Vec<u8> {
    let mut sets = Vec::new();
    let mut put = |field: Field, text: &str| {
        let (Some(set), Some(limit)) = (field.iim(), field.iim_bytes()) else { return };
        let text = cut(text, limit);
        if !text.is_empty() {
            sets.push((set, text.to_owned()));
        }
    };
    put(Field::Description, &words.description);
    put(Field::CreditLine, &words.credit_line);
    put(Field::CopyrightNotice, &words.copyright_notice);
    words.creators.iter().for_each(|name| put(Field::Creator, name));
    if let Some((day, clock)) = to_iim_date(&words.date_created) {
        put(Field::DateCreated, &day);
        sets.extend(clock.map(|clock| (TIME_CREATED, clock)));
    }
    sets.sort_by_key(|(set, _)| *set);
    let sets = sets.iter().flat_map(|(set, text)| data_set(*set, text));
    UTF_8.into_iter().chain(VERSION).chain(sets).collect()
}

fn data_set(set: u8, text: &str) -> Vec<u8> {
    // No field has room for as much as two bytes can count.
    let length = u16::try_from(text.len()).unwrap_or(0).to_be_bytes();
    [&[0x1C, 2, set], length.as_slice(), text.as_bytes()].concat()
}
