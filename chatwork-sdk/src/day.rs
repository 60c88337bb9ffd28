//! A day of the calendar in Japan.

use std::fmt;

use chatwork_api::types::UnixTime;

use crate::error::{InputError, Result};

/// Seconds that Japan is ahead of UTC, all year round.
const JAPAN: i64 = 9 * 60 * 60;
const DAY: i64 = 24 * 60 * 60;
/// Days from 0000-03-01 to 1970-01-01. A year that begins in March ends with its leap day.
const DAYS_TO_1970: i64 = 719_468;
/// The days of 400 years, after which the calendar repeats.
const DAYS_OF_400_YEARS: i64 = 146_097;

/// A day of the calendar in Japan, of the years 1970 to 9999.
///
/// Chatwork shows the limit of a task as a day in Japan. [`Due::day`](crate::Due::day) returns it.
/// With the features `jiff-02` and `chrono-04` it converts into their dates.
///
/// ```
/// use chatwork_sdk::{Day, UnixTime};
///
/// // 2013-11-13T23:59:59+09:00
/// let day = Day::in_japan(UnixTime(1_384_354_799)).ok_or("no day")?;
/// assert_eq!(day, Day::new(2013, 11, 13)?);
/// assert_eq!(day.to_string(), "2013-11-13");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u32,
    day: u32,
}

impl Day {
    /// Returns a day by its numbers; the months are 1 to 12.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if the calendar has no such day, or the year is not
    /// 1970 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self> {
        let this = Self { year, month, day };
        // A day that the calendar does not have would be another one: 30 February is 2 March.
        let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
        if exists && Self::of_number(this.number()) == Some(this) {
            return Ok(this);
        }
        let what = format!("is an invalid date, {this}: expected 1970 to 9999");
        Err(InputError::other("limit", what).into())
    }

    /// Returns the day in Japan at a time, or `None` outside the years 1970 to 9999.
    pub fn in_japan(time: UnixTime) -> Option<Self> {
        Self::of_number(time.0.checked_add(JAPAN)?.div_euclid(DAY))
    }

    /// Returns the year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.day
    }

    /// Returns the last second of the day in Japan.
    pub(crate) fn last_second(self) -> UnixTime {
        UnixTime((self.number() + 1) * DAY - JAPAN - 1)
    }

    /// Returns the days since 1970-01-01.
    pub(crate) fn number(self) -> i64 {
        let (year, month, day) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        // January and February belong to the year before.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        // 153 days for each five months from March on.
        let in_year = (153 * month + 2) / 5 + day - 1;
        year * 365 + leap_days + in_year - DAYS_TO_1970
    }

    /// Returns the day so many days after 1970-01-01, or `None` outside the years 1970 to 9999.
    fn of_number(number: i64) -> Option<Self> {
        let days = number.checked_add(DAYS_TO_1970)?;
        let (era, in_era) =
            (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
        let leap_days = in_era / 1_460 - in_era / 36_524 + in_era / 146_096;
        let year_in_era = (in_era - leap_days) / 365;
        let in_year = in_era - (year_in_era * 365 + year_in_era / 4 - year_in_era / 100);
        let from_march = (5 * in_year + 2) / 153;
        let day = in_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_in_era + i64::from(month <= 2);
        let year = i32::try_from(year).ok().filter(|year| (1970..=9999).contains(year))?;
        Some(Self { year, month: u32::try_from(month).ok()?, day: u32::try_from(day).ok()? })
    }
}

/// As ISO 8601 writes it: `2026-12-01`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(feature = "jiff-02")]
impl TryFrom<Day> for jiff::civil::Date {
    type Error = jiff::Error;

    fn try_from(day: Day) -> std::result::Result<Self, jiff::Error> {
        // A day of this type always fits; `new` refuses the impossible.
        let year = i16::try_from(day.year).unwrap_or(i16::MAX);
        let part = |value: u32| i8::try_from(value).unwrap_or(i8::MAX);
        Self::new(year, part(day.month), part(day.day))
    }
}

#[cfg(feature = "chrono-04")]
impl From<Day> for chrono::NaiveDate {
    fn from(day: Day) -> Self {
        // A day of this type always exists in chrono's calendar.
        Self::from_ymd_opt(day.year, day.month, day.day).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_from_1970_to_9999_follows_the_day_before() {
        let lengths =
            |leap| [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut number = 0;
        for year in 1970..=9999 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (month, length) in (1..).zip(lengths(leap)) {
                for day in 1..=length {
                    let expected = Day { year, month, day };
                    assert_eq!(Day::of_number(number), Some(expected));
                    assert_eq!(expected.number(), number);
                    number += 1;
                }
                assert!(Day::new(year, month, length + 1).is_err());
            }
        }
        assert_eq!(Day::of_number(number), None);
        assert_eq!(Day::of_number(-1), None);
    }

    #[test]
    fn a_day_in_japan_begins_at_three_in_the_afternoon_of_utc() {
        let day = |time| Day::in_japan(UnixTime(time)).unwrap().to_string();
        // 2013-11-13T14:59:59Z, and a second later.
        assert_eq!(day(1_384_354_799), "2013-11-13");
        assert_eq!(day(1_384_354_800), "2013-11-14");
    }

    #[test]
    fn a_time_outside_the_years_of_a_day_has_none() {
        for time in [i64::MIN, -JAPAN - 1, 1_763_719_500_000, i64::MAX] {
            assert_eq!(Day::in_japan(UnixTime(time)), None, "{time}");
        }
        assert_eq!(Day::in_japan(UnixTime(-JAPAN)), Day::new(1970, 1, 1).ok());
    }

    #[test]
    fn a_day_that_the_calendar_does_not_have_is_refused() {
        for (year, month, day) in [
            (2026, 0, 1),
            (2026, 13, 1),
            (2026, 1, 0),
            (2026, 2, 29),
            (1969, 12, 31),
            (10_000, 1, 1),
        ] {
            assert!(Day::new(year, month, day).is_err(), "{year}-{month}-{day}");
        }
    }

    #[test]
    fn earlier_days_are_less() {
        assert!(Day::new(2025, 12, 31).unwrap() < Day::new(2026, 1, 1).unwrap());
    }
}
