//! Digits and numbers.

/// ASCII digits become Bengali ones; everything else stays.
pub fn to_bengali_digits(text: &str) -> String {
    text.chars().map(bengali_digit).collect()
}

/// Bengali digits become ASCII ones; everything else stays.
pub fn to_ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

/// A number as a Bengali list prints it: `১`, `২` … `১০`, without grouping and without an ordinal's ending.
pub fn bengali_number(number: u64) -> String {
    to_bengali_digits(&number.to_string())
}

pub(crate) fn ascii_digit(letter: char) -> char {
    shifted(letter, '০', '0')
}

fn bengali_digit(letter: char) -> char {
    shifted(letter, '0', '০')
}

fn shifted(letter: char, from: char, to: char) -> char {
    let digit = u32::from(letter).wrapping_sub(u32::from(from));
    if digit > 9 {
        return letter;
    }
    char::from_u32(u32::from(to) + digit).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_change_and_nothing_else_does() {
        assert_eq!(to_bengali_digits("16 Sep 2023, ৫টা"), "১৬ Sep ২০২৩, ৫টা");
        assert_eq!(to_ascii_digits("৭ ঘণ্টা, 8০"), "7 ঘণ্টা, 80");
    }

    #[test]
    fn list_numbers_run_from_one_to_ten() {
        let numbers: Vec<_> = (1..=10).map(bengali_number).collect();
        assert_eq!(numbers, ["১", "২", "৩", "৪", "৫", "৬", "৭", "৮", "৯", "১০"]);
    }
}
