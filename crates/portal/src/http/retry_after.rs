//! `Retry-After` in both of its forms, without a clock: a date is measured against the answer's own `Date`, so
//! a wrong clock on this machine changes nothing.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use story::delivery::MAX_DELAY;

/// How long the portal asks us to wait, at most [`MAX_DELAY`]; `None` when it does not say, or says nonsense.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a wait longer than the longest.
        return Some(text.parse().map_or(MAX_DELAY, Duration::from_secs).min(MAX_DELAY));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(self::text(headers, &DATE)?).ok()?;
    Some(until.duration_since(now).unwrap_or_default().min(MAX_DELAY))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(retry_after: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Wed, 05 Nov 2025 06:00:00 GMT".parse().unwrap());
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        super::retry_after(&headers)
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(asked("120"), Some(Duration::from_secs(120)));
        assert_eq!(asked("Wed, 05 Nov 2025 06:00:30 GMT"), Some(Duration::from_secs(30)));
    }

    #[test]
    fn absurd_waits_are_capped() {
        assert_eq!(asked("86400"), Some(MAX_DELAY));
        assert_eq!(asked(&"9".repeat(60)), Some(MAX_DELAY));
        assert_eq!(asked("Thu, 05 Nov 2099 06:00:00 GMT"), Some(MAX_DELAY));
    }

    #[test]
    fn negative_and_nonsensical_waits_ask_for_nothing() {
        assert_eq!(asked("-5"), None);
        assert_eq!(asked("soon"), None);
        assert_eq!(asked(""), None);
        assert_eq!(asked("Wed, 05 Nov 2025 05:00:00 GMT"), Some(Duration::ZERO));
    }

    #[test]
    fn a_date_without_the_portals_own_clock_asks_for_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, "Wed, 05 Nov 2025 06:00:30 GMT".parse().unwrap());
        assert_eq!(super::retry_after(&headers), None);
    }
}
