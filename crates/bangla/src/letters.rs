//! What kind of letter a code point of the Bengali block is.

/// Hasanta, the joiner of conjuncts.
pub(crate) const HASANTA: char = '\u{09CD}';
/// The dot that makes ড় ঢ় য় of ড ঢ য when they are spelt in two code points.
pub(crate) const NUKTA: char = '\u{09BC}';

/// Any code point of the Bengali block.
pub(crate) fn is_bengali(letter: char) -> bool {
    matches!(letter, '\u{0980}'..='\u{09FF}')
}

/// A consonant, with ড় ঢ় য় and the Assamese ৰ ৱ.
pub(crate) fn is_consonant(letter: char) -> bool {
    matches!(letter, 'ক'..='হ' | '\u{09DC}' | '\u{09DD}' | '\u{09DF}' | 'ৰ' | 'ৱ')
}

/// What two code points are when they have a joint form: the nukta letters, which Unicode's own composition
/// leaves apart, and the two-part vowels.
pub(crate) fn joined(first: char, second: char) -> Option<char> {
    match (first, second) {
        ('ড', NUKTA) => Some('\u{09DC}'),
        ('ঢ', NUKTA) => Some('\u{09DD}'),
        ('য', NUKTA) => Some('\u{09DF}'),
        ('ে', 'া') => Some('ো'),
        ('ে', '\u{09D7}') => Some('ৌ'),
        _ => None,
    }
}

/// Joins what [`joined`] joins, in one pass, and leaves the rest.
pub(crate) fn join_all(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut letters = letters.peekable();
    std::iter::from_fn(move || {
        let first = letters.next()?;
        let whole = letters.peek().and_then(|second| joined(first, *second));
        if whole.is_some() {
            letters.next();
        }
        whole.or(Some(first))
    })
}
