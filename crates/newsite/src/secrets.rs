//! Random secrets and what is kept of them: never the secret itself.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use story::Sha256Hex;
use uuid::Uuid;

/// Letters and digits that nobody mistakes for another when typing from paper.
const TYPEABLE: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// 16 of 31 letters: 79 bits.
const PASSWORD_LETTERS: usize = 16;

/// 256 random bits, for a bearer token.
pub(crate) fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// 128 random bits, for an address that only those who were told it know.
pub(crate) fn key() -> String {
    URL_SAFE_NO_PAD.encode(random::<16>())
}

/// A UUID of version 7.
pub(crate) fn new_id(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &ten_bytes()).into_uuid()
}

/// The random part of a UUID of version 7.
pub(crate) fn ten_bytes() -> [u8; 10] {
    random()
}

/// A password that a person can type.
pub(crate) fn password() -> String {
    // Bytes above the last whole multiple of the alphabet would make some letters likelier.
    let fair = TYPEABLE.len() * (256 / TYPEABLE.len());
    let bytes = std::iter::repeat_with(random::<64>).flatten().filter(|byte| usize::from(*byte) < fair);
    let letters = bytes.filter_map(|byte| TYPEABLE.get(usize::from(byte) % TYPEABLE.len()));
    letters.take(PASSWORD_LETTERS).map(|letter| char::from(*letter)).collect()
}

/// What is stored for a token: it has 256 bits, so that no slow hash is needed.
pub(crate) fn token_hash(token: &str) -> String {
    Sha256Hex::of(token.as_bytes()).to_string()
}

/// What is stored for a password: argon2id, 19 MiB, two passes, in PHC form.
pub(crate) fn password_hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
}

/// Takes as long for an account that does not exist (an empty hash) as for a wrong password.
pub(crate) fn is_password(password: &str, hash: &str) -> bool {
    const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$\
                           MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
    let stored = if hash.is_empty() { NOBODYS } else { hash };
    let Ok(stored) = PasswordHash::new(stored) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &stored).is_ok() && !hash.is_empty()
}

#[expect(clippy::disallowed_methods, reason = "the portal draws its own secrets; it has no Host to ask")]
fn random<const N: usize>() -> [u8; N] {
    rand::random()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens_its_hash() {
        let hash = password_hash("বাংলা-pass").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_password("বাংলা-pass", &hash));
        assert!(!is_password("বাংলা-pasS", &hash));
    }

    #[test]
    fn nothing_opens_an_account_without_a_password() {
        assert!(!is_password("", ""));
        assert!(!is_password("anything", ""));
    }

    #[test]
    fn passwords_and_tokens_are_long_and_never_the_same() {
        assert_eq!(password().len(), PASSWORD_LETTERS);
        assert_ne!(password(), password());
        assert_eq!(token().len(), 43);
        assert_ne!(token(), token());
    }
}
