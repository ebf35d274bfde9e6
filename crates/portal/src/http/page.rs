//! Tells a portal's own error text from a log-in page where JSON was due. Old portals answer 200 with either.

use story::Cause;

/// How much of a body is looked at.
const LOOKED_AT: usize = 64 * 1024;

/// What PHP and its database layer print into an answer when they break.
const BROKEN: &[&str] = &[
    "SQLSTATE[",
    "Error!:",
    "PHP Warning",
    "PHP Notice",
    "PHP Fatal error",
    "PHP Parse error",
    "<b>Warning</b>",
    "<b>Notice</b>",
    "<b>Deprecated</b>",
    "<b>Fatal error</b>",
    "<b>Parse error</b>",
    "Fatal error: ",
    "Uncaught ",
    "Stack trace:",
];

/// Why a body that is not the contract's JSON came with a success status.
pub(super) fn cause(body: &[u8]) -> Cause {
    if is_error_page(body) {
        return Cause::PortalErrorPage;
    }
    let text = head(body);
    let start = text.trim_start().to_ascii_lowercase();
    let is_page = start.starts_with("<!doctype") || start.starts_with("<html") || start.contains("<body");
    if is_page { Cause::LoginPage } else { Cause::NotTheContract }
}

/// Whether the portal printed an error of its own.
pub(crate) fn is_error_page(body: &[u8]) -> bool {
    let text = head(body);
    BROKEN.iter().any(|mark| text.contains(mark))
}

/// The words of a body, without tags and runs of white space.
pub(super) fn plain_text(body: &[u8]) -> String {
    let text = head(body);
    let mut plain = String::with_capacity(text.len());
    let mut in_tag = false;
    for character in text.chars() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                plain.push(' ');
            }
            _ if in_tag => {}
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn head(body: &[u8]) -> String {
    let head = body.get(..LOOKED_AT).unwrap_or(body);
    String::from_utf8_lossy(head).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_error_is_the_portals_own_fault_even_inside_a_page() {
        let text = "Error!: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'parent_cat_type'";
        assert_eq!(cause(text.as_bytes()), Cause::PortalErrorPage);
        let page = "<html><body><br /><b>Warning</b>: Undefined index in /srv/x.php</body></html>";
        assert_eq!(cause(page.as_bytes()), Cause::PortalErrorPage);
    }

    #[test]
    fn any_other_page_is_taken_for_a_log_in_page_and_the_rest_for_a_foreign_answer() {
        assert_eq!(cause(b"\n<!DOCTYPE html><title>Hotel Wi-Fi</title>"), Cause::LoginPage);
        assert_eq!(cause(b"OK"), Cause::NotTheContract);
        assert_eq!(cause(b"\xff\xfe\x00"), Cause::NotTheContract);
    }

    #[test]
    fn details_are_words_and_not_markup() {
        assert_eq!(plain_text(b"<h1>Bad\n gateway</h1><p>nginx\0</p>"), "Bad gateway nginx");
    }
}
