//! A desk's own keys: one to sign with, one that others seal to.

use std::{fmt, str::FromStr};

use age::x25519::{Identity, Recipient};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use story::Sha256Hex;

/// Before the signing key in the secret that a keychain holds.
const PREFIX: &str = "KHOSRA-SIGN-1";

/// The keys of one store. Never printed; [`Keys::to_secret`] is the one way out.
pub struct Keys {
    seed: [u8; 32],
    signing: Ed25519KeyPair,
    identity: Identity,
}

/// The secret is not one that [`Keys::to_secret`] made, or the system gave no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the keys of a desk")]
pub struct NotAKey;

impl Keys {
    /// New ones, from the system's randomness.
    ///
    /// # Errors
    /// [`NotAKey`] when the system has none.
    pub fn generate() -> Result<Self, NotAKey> {
        let mut seed = [0; 32];
        SystemRandom::new().fill(&mut seed).map_err(|_| NotAKey)?;
        Self::of(seed, Identity::generate())
    }

    /// From what [`Keys::to_secret`] gave.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn from_secret(secret: &str) -> Result<Self, NotAKey> {
        let mut parts = secret.split(' ');
        let (Some(PREFIX), Some(seed), Some(identity), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAKey);
        };
        let seed = BASE64.decode(seed).ok().and_then(|seed| seed.try_into().ok()).ok_or(NotAKey)?;
        Self::of(seed, identity.parse().map_err(|_| NotAKey)?)
    }

    /// Both private keys as one line, for a keychain.
    pub fn to_secret(&self) -> String {
        use age::secrecy::ExposeSecret as _;
        let identity = self.identity.to_string();
        format!("{PREFIX} {} {}", BASE64.encode(self.seed), identity.expose_secret())
    }

    /// What others know a signature of ours by.
    pub fn signer(&self) -> Signer {
        let mut key = [0; 32];
        for (to, from) in key.iter_mut().zip(self.signing.public_key().as_ref()) {
            *to = *from;
        }
        Signer(key)
    }

    /// What others seal to.
    pub fn address(&self) -> Address {
        Address(self.identity.to_public())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.signing.sign(message).as_ref().to_vec()
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    fn of(seed: [u8; 32], identity: Identity) -> Result<Self, NotAKey> {
        let signing = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| NotAKey)?;
        Ok(Self { seed, signing, identity })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.signer())
    }
}

/// The public half of a signing key: an Ed25519 key, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signer([u8; 32]);

impl Signer {
    /// Six groups of four digits of its SHA-256, for two people to read to each other.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256Hex::of(&self.0);
        let digits: Vec<char> = digest.as_str().chars().take(24).collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    pub(crate) fn from_bytes(key: [u8; 32]) -> Self {
        Self(key)
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(message, signature).is_ok()
    }
}

impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Sha256Hex::from_bytes(self.0).as_str())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({self})")
    }
}

impl From<Signer> for String {
    fn from(signer: Signer) -> Self {
        signer.to_string()
    }
}

impl TryFrom<String> for Signer {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // The same form as a digest: 32 bytes in lower-case hexadecimal.
        Sha256Hex::try_from(text).map(|digits| Self(digits.to_bytes())).map_err(|_| NotAKey)
    }
}

/// What packages for one reader are sealed to: an `age1…` line that may be known to everybody.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Recipient);

/// The text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address that packages are sealed to")]
pub struct NotAnAddress;

impl Address {
    pub(crate) fn recipient(&self) -> &Recipient {
        &self.0
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Far longer texts are none, and need not be looked at.
        let text = text.trim();
        let fits = text.len() < 100;
        fits.then(|| text.parse().ok()).flatten().map(Self).ok_or(NotAnAddress)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_from_their_secret() {
        let keys = Keys::generate().unwrap();
        let again = Keys::from_secret(&keys.to_secret()).unwrap();
        assert_eq!((again.signer(), again.address()), (keys.signer(), keys.address()));
        assert!(keys.signer().has_signed(b"words", &again.sign(b"words")));
        assert!(!keys.signer().has_signed(b"other words", &again.sign(b"words")));
    }

    #[test]
    fn two_desks_have_different_keys() {
        let (one, two) = (Keys::generate().unwrap(), Keys::generate().unwrap());
        assert!(one.signer() != two.signer() && one.address() != two.address());
        assert!(!one.signer().has_signed(b"words", &two.sign(b"words")));
    }

    #[test]
    fn a_private_key_does_not_show_in_debug_output() {
        let keys = Keys::generate().unwrap();
        let shown = format!("{keys:?}");
        assert!(!keys.to_secret().split(' ').any(|part| part != PREFIX && shown.contains(part)), "{shown}");
    }

    #[test]
    fn what_is_no_key_and_no_address_is_refused() {
        for text in ["", "KHOSRA-SIGN-1", "KHOSRA-SIGN-1 AAAA BBBB", "x y z"] {
            assert!(Keys::from_secret(text).is_err(), "{text}");
        }
        for text in ["", "age1", "reporter@example.com", &"age1".repeat(100)] {
            assert_eq!(text.parse::<Address>(), Err(NotAnAddress), "{text}");
        }
        let own = Keys::generate().unwrap().address().to_string();
        assert!(format!(" {own}\n").parse::<Address>().is_ok(), "copied with what stood around it");
    }

    #[test]
    fn an_address_with_any_one_letter_wrong_is_refused() {
        let own = Keys::generate().unwrap().address().to_string();
        for (at, letter) in own.char_indices() {
            // Both are letters of the address's own alphabet: it is the checksum that tells.
            let other = if letter == 'q' { "p" } else { "q" };
            let mut wrong = own.clone();
            wrong.replace_range(at..=at, other);
            assert_eq!(wrong.parse::<Address>(), Err(NotAnAddress), "{wrong} for {own}");
        }
    }

    #[test]
    fn a_fingerprint_can_be_read_aloud() {
        let fingerprint = Signer::from_bytes([7; 32]).fingerprint();
        assert_eq!(fingerprint.len(), 29);
        assert!(fingerprint.split('-').all(|group| group.len() == 4), "{fingerprint}");
    }
}
