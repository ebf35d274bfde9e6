//! Dates in the shapes that a daily prints. The caller has already chosen the zone (Asia/Dhaka on a page).

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};

use crate::digits::to_bengali_digits;

const MONTHS: [&str; 12] = [
    "জানুয়ারি",
    "ফেব্রুয়ারি",
    "মার্চ",
    "এপ্রিল",
    "মে",
    "জুন",
    "জুলাই",
    "আগস্ট",
    "সেপ্টেম্বর",
    "অক্টোবর",
    "নভেম্বর",
    "ডিসেম্বর",
];

/// The masthead's day: `বুধবার, ০৫ নভেম্বর, ২০২৫`.
pub fn date_long_bn(day: NaiveDate) -> String {
    let text = format!("{}, {:02} {}, {}", weekday(day.weekday()), day.day(), month(day), day.year());
    to_bengali_digits(&text)
}

/// The masthead's day in English: `Wednesday, 05 November, 2025`.
pub fn date_long_en(day: NaiveDate) -> String {
    day.format("%A, %d %B, %Y").to_string()
}

/// When a story was published, as the page prints it: `16 Sep 2023, 16:50`.
pub fn publication_time(time: NaiveDateTime) -> String {
    time.format("%d %b %Y, %H:%M").to_string()
}

/// The same in Bengali: `১৬ সেপ্টেম্বর ২০২৩, ১৬:৫০`.
pub fn publication_time_bn(time: NaiveDateTime) -> String {
    let day = time.date();
    let (hour, minute) = (time.hour(), time.minute());
    let text = format!("{:02} {} {}, {hour:02}:{minute:02}", day.day(), month(day), day.year());
    to_bengali_digits(&text)
}

fn month(day: NaiveDate) -> &'static str {
    let index = usize::try_from(day.month0()).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "সোমবার",
        Weekday::Tue => "মঙ্গলবার",
        Weekday::Wed => "বুধবার",
        Weekday::Thu => "বৃহস্পতিবার",
        Weekday::Fri => "শুক্রবার",
        Weekday::Sat => "শনিবার",
        Weekday::Sun => "রবিবার",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_masthead_prints_the_day_in_both_languages() {
        assert_eq!(date_long_bn(day(2025, 11, 5)), "বুধবার, ০৫ নভেম্বর, ২০২৫");
        assert_eq!(date_long_en(day(2025, 11, 5)), "Wednesday, 05 November, 2025");
        assert_eq!(date_long_bn(day(2024, 2, 29)), "বৃহস্পতিবার, ২৯ ফেব্রুয়ারি, ২০২৪");
    }

    #[test]
    fn a_publication_time_has_two_digits_for_day_hour_and_minute() {
        let time = day(2023, 9, 6).and_hms_opt(6, 5, 59).unwrap();
        assert_eq!(publication_time(time), "06 Sep 2023, 06:05");
        assert_eq!(publication_time_bn(time), "০৬ সেপ্টেম্বর ২০২৩, ০৬:০৫");
    }

    #[test]
    fn every_month_and_weekday_has_its_own_name() {
        let days: Vec<_> = (1..=12).map(|month| date_long_bn(day(2026, month, 1))).collect();
        let names: std::collections::BTreeSet<_> = MONTHS.into_iter().collect();
        assert_eq!(names.len(), 12);
        assert!(days.iter().zip(MONTHS).all(|(day, month)| day.contains(month)));
        let week: std::collections::BTreeSet<_> =
            (1..=7).map(|date| weekday(day(2026, 3, date).weekday())).collect();
        assert_eq!(week.len(), 7);
    }
}
