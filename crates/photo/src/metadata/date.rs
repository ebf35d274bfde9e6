//! Dates as the three blocks write them, in the one form of XMP: `2026`, `2026-11`, `2026-11-27`,
//! `2026-11-27T14:05`, with seconds, parts of seconds and a zone as far as they are known.

/// The text itself if it is a date of that form.
pub(super) fn checked(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let parts: Vec<&str> = date.split('-').collect();
    let is_date = match *parts.as_slice() {
        [year] => is_year(year),
        [year, month] => is_year(year) && within(month, 1, 12),
        [year, month, day] => is_year(year) && within(month, 1, 12) && within(day, 1, 31),
        _ => false,
    };
    let has_time = time.is_none_or(|time| parts.len() == 3 && is_time(time));
    (is_date && has_time).then(|| text.to_owned())
}

fn is_time(text: &str) -> bool {
    let zone = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let Some((clock, zone)) = text.split_at_checked(zone) else { return false };
    let is_zone = match zone {
        "" | "Z" => true,
        _ => zone
            .get(1..)
            .and_then(|zone| zone.split_once(':'))
            .is_some_and(|(hour, minute)| within(hour, 0, 14) && within(minute, 0, 59)),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = match *parts.as_slice() {
        [hour, minute] => within(hour, 0, 23) && within(minute, 0, 59),
        [hour, minute, second] => within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 60),
        _ => false,
    };
    is_zone && is_clock && digits(fraction, fraction.len().clamp(1, 9))
}

/// EXIF's `2026:11:27 14:05:00`, and the zone from its own field, if there is one.
pub(super) fn of_exif(date_time: &str, zone: &str) -> Option<String> {
    let (date, time) = date_time.trim().split_once(' ')?;
    let date = date.replace(':', "-");
    let with_zone = format!("{date}T{}{}", time.trim(), zone.trim());
    checked(&with_zone).or_else(|| checked(&format!("{date}T{}", time.trim()))).or_else(|| checked(&date))
}

/// IIM's `20261127` and `140500+0600`. Zeros stand for a month or a day that nobody knows.
pub(super) fn of_iim(date: &str, time: &str) -> Option<String> {
    let (year, rest) = date.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let date = match (month, day) {
        ("00", _) => year.to_owned(),
        (_, "00") => format!("{year}-{month}"),
        _ => format!("{year}-{month}-{day}"),
    };
    let clock = clock_of_iim(time).and_then(|clock| checked(&format!("{date}T{clock}")));
    clock.or_else(|| checked(&date))
}

fn clock_of_iim(time: &str) -> Option<String> {
    let (clock, zone) = time.split_at_checked(6)?;
    let two = |text: &str, at: usize| text.get(at..at + 2).map(str::to_owned);
    let clock = [two(clock, 0)?, two(clock, 2)?, two(clock, 4)?].join(":");
    let zone = match zone.split_at_checked(1) {
        Some((sign, zone)) => format!("{sign}{}:{}", two(zone, 0)?, two(zone, 2)?),
        None => String::new(),
    };
    Some(clock + &zone)
}

/// The same for IIM's two fields: eight digits, and the time if it is known to the second.
pub(crate) fn to_iim(date: &str) -> Option<(String, Option<String>)> {
    let date = checked(date)?;
    let (day, time) = date.split_once('T').map_or((date.as_str(), None), |(day, time)| (day, Some(time)));
    let digits: String = day.split('-').collect();
    let clock = time.and_then(|time| {
        let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at_checked(zone)?;
        let clock: String = clock.split('.').next()?.split(':').collect();
        let zone = match zone {
            "Z" => "+0000".to_owned(),
            zone => zone.split(':').collect(),
        };
        (clock.len() == 6).then(|| clock + &zone)
    });
    (digits.len() <= 8).then(|| (format!("{digits:0<8}"), clock))
}

/// Zeros are what a camera without a clock writes.
fn is_year(text: &str) -> bool {
    digits(text, 4) && text != "0000"
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn within(text: &str, least: u32, most: u32) -> bool {
    digits(text, 2) && text.parse().is_ok_and(|number| (least..=most).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_blocks_come_in_one_form() {
        let whole = Some("2026-11-27T14:05:09+06:00".to_owned());
        assert_eq!(of_exif("2026:11:27 14:05:09", "+06:00"), whole);
        assert_eq!(of_iim("20261127", "140509+0600"), whole);
        assert_eq!(checked("2026-11-27T14:05:09+06:00"), whole);
        assert_eq!(of_exif("2026:11:27 14:05:09", "").as_deref(), Some("2026-11-27T14:05:09"));
        assert_eq!(of_iim("20261100", "").as_deref(), Some("2026-11"));
        assert_eq!(of_iim("20260000", "140509+0600").as_deref(), Some("2026"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "0", "2026-13", "2026-11-32", "27.11.2026", "2026-11T10:00", "2026-11-27T25:00", "২০২৬"]
        {
            assert_eq!(checked(text), None, "{text}");
        }
        for text in ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026", "ঢাকা ঢাকা"] {
            assert_eq!(of_exif(text, ""), None, "{text}");
        }
        assert_eq!(to_iim(""), None);
        assert_eq!(of_iim("00000000", "000000"), None);
        assert_eq!(of_iim("2026112", ""), None);
        assert_eq!(of_iim("ঢাকাঢাকা", "ঢাকা"), None);
    }

    #[test]
    fn what_iim_has_room_for_comes_back_from_it() {
        for text in ["2026", "2026-11", "2026-11-27", "2026-11-27T14:05:09", "2026-11-27T14:05:09-03:30"] {
            let (date, time) = to_iim(text).unwrap();
            assert_eq!(of_iim(&date, time.as_deref().unwrap_or("")).as_deref(), Some(text));
        }
    }
}
