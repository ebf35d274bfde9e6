//! The newsroom's day: it begins and ends at midnight in Dhaka.

use chrono::{DateTime, TimeDelta, Utc};

/// Bangladesh has kept UTC+6 all the year since 2010.
const AHEAD: TimeDelta = TimeDelta::hours(6);
const DAY: i64 = 86_400;

/// The day there, counted from 1970-01-01.
pub(crate) fn day(now: DateTime<Utc>) -> i64 {
    (now + AHEAD).timestamp().div_euclid(DAY)
}

/// When the next day begins there.
pub(crate) fn midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let next = (day(now) + 1) * DAY;
    DateTime::from_timestamp(next, 0).unwrap_or(now) - AHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().unwrap()
    }

    #[test]
    fn the_day_ends_at_midnight_in_dhaka() {
        let (evening, night) = (at("2025-11-05T17:59:59Z"), at("2025-11-05T18:00:00Z"));
        assert_eq!(day(evening) + 1, day(night));
        assert_eq!([at("2025-11-05T09:30:00Z"), evening].map(midnight), [night, night]);
        assert_eq!(midnight(night), at("2025-11-06T18:00:00Z"));
    }
}
