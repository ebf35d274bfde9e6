//! Whatever happens to a file on its way, what comes out is the package that went in, or one fault.

use std::sync::LazyLock;

use khosra_package::{Keys, read, write};
use proptest::prelude::*;

use crate::common::{author, desk, package};

static DESK: LazyLock<Keys> = LazyLock::new(desk);
static OPEN: LazyLock<Vec<u8>> = LazyLock::new(|| write(&package(), &author(), None).unwrap());
static SEALED: LazyLock<Vec<u8>> =
    LazyLock::new(|| write(&package(), &author(), Some(&desk().address())).unwrap());

/// A flipped bit that nothing depends on, such as in a time that is not read, changes nothing either.
fn unharmed_or_refused(bytes: &[u8]) -> bool {
    match read(bytes, &DESK) {
        Ok(opened) => opened.package == package() && opened.signer == author().signer(),
        Err(_) => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_flipped_bit_is_refused_or_changes_nothing(at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        for whole in [&*OPEN, &*SEALED] {
            let mut bytes = whole.clone();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert!(unharmed_or_refused(&bytes));
        }
        let mut sealed = SEALED.clone();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(read(&sealed, &DESK).is_err(), "a seal holds for every bit");
    }

    #[test]
    fn a_package_that_ends_early_is_refused(at in any::<prop::sample::Index>()) {
        for whole in [&*OPEN, &*SEALED] {
            prop_assert!(read(&whole[..at.index(whole.len())], &DESK).is_err());
        }
    }

    #[test]
    fn a_piece_taken_out_or_put_in_is_refused_or_changes_nothing(
        at in any::<prop::sample::Index>(),
        gone in 0..200_usize,
        put in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        for whole in [&*OPEN, &*SEALED] {
            let from = at.index(whole.len());
            let to = (from + gone).min(whole.len());
            let bytes = [&whole[..from], &put, &whole[to..]].concat();
            prop_assert!(unharmed_or_refused(&bytes));
        }
    }

    #[test]
    fn any_bytes_behind_a_packages_first_ones_are_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
        head in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"age-encryption.org/v1\n-> X25519 "]),
    ) {
        prop_assert!(read(&[head, &bytes].concat(), &DESK).is_err());
    }
}
