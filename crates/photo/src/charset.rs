//! Text in metadata rarely says in which encoding it is.

use encoding_rs::WINDOWS_1252;

/// UTF-8 where it is valid UTF-8, else Windows-1252, which is what old cameras and agencies write.
pub(crate) fn text(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_read_as_such_and_the_rest_as_windows_1252() {
        assert_eq!(text("ঢাকা".as_bytes()), "ঢাকা");
        assert_eq!(text(b"Caf\xe9 \x93x\x94"), "Café “x”");
        assert_eq!(text(b"cut\0off"), "cut");
    }
}
