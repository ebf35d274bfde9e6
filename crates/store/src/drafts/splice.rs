//! The difference between two texts as one replaced stretch of bytes: what typing does to a text.

/// Replaces `removed` bytes at `start` by `inserted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Splice<'a> {
    pub(crate) start: usize,
    pub(crate) removed: usize,
    pub(crate) inserted: &'a [u8],
}

impl<'a> Splice<'a> {
    /// The shortest single splice that makes `after` of `before`.
    pub(crate) fn between(before: &[u8], after: &'a [u8]) -> Self {
        let start = common_start(before, after);
        let old = before.get(start..).unwrap_or_default();
        let new = after.get(start..).unwrap_or_default();
        let tail = common_end(old, new);
        let inserted = new.get(..new.len() - tail).unwrap_or_default();
        Self { start, removed: old.len() - tail, inserted }
    }

    /// Applies it; `None` when it does not fit the text.
    pub(crate) fn apply(&self, text: &mut Vec<u8>) -> Option<()> {
        let end = self.start.checked_add(self.removed)?;
        if end > text.len() {
            return None;
        }
        text.splice(self.start..end, self.inserted.iter().copied());
        Some(())
    }
}

/// Bytes compared at a time: a save of a long story is mostly equal to the one before it.
const BLOCK: usize = 512;

fn common_start(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK));
    let equal = BLOCK * blocks.take_while(|(one, other)| one == other).count();
    let bytes = one.iter().skip(equal).zip(other.iter().skip(equal));
    equal + bytes.take_while(|(one, other)| one == other).count()
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK));
    let equal = BLOCK * blocks.take_while(|(one, other)| one == other).count();
    let bytes = one.iter().rev().skip(equal).zip(other.iter().rev().skip(equal));
    equal + bytes.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_typed_letter_is_one_inserted_letter() {
        let splice = Splice::between("খবর".as_bytes(), "খবরে".as_bytes());
        assert_eq!((splice.start, splice.removed, splice.inserted), (9, 0, "ে".as_bytes()));
    }

    #[test]
    fn a_splice_that_does_not_fit_is_refused() {
        let mut text = b"abc".to_vec();
        assert_eq!(Splice { start: 2, removed: 2, inserted: b"" }.apply(&mut text), None);
        assert_eq!(Splice { start: usize::MAX, removed: 1, inserted: b"" }.apply(&mut text), None);
        assert_eq!(text, b"abc");
    }

    proptest! {
        #[test]
        fn a_splice_makes_the_second_text_of_the_first(before in ".{0,40}", after in ".{0,40}") {
            let mut text = before.into_bytes();
            let after = after.into_bytes();
            Splice::between(&text.clone(), &after).apply(&mut text).unwrap();
            prop_assert_eq!(text, after);
        }

        #[test]
        fn repeated_letters_do_not_confuse_it(before in "[ab]{0,12}|a{120,140}", after in "[ab]{0,12}|a{120,140}") {
            let mut text = before.into_bytes();
            Splice::between(&text.clone(), after.as_bytes()).apply(&mut text).unwrap();
            prop_assert_eq!(text, after.into_bytes());
        }
    }
}
