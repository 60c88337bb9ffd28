//! When a task is due.

use std::time::SystemTime;

use chatwork_api::types::{TaskLimitType, UnixTime};

use crate::error::{InputError, Result};

/// The limit of a task (期限): none, a day, or a time of a day.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use chatwork_sdk::Due;
///
/// let day = Due::date(2026, 12, 1)?;
/// let time = Due::at(SystemTime::now() + Duration::from_secs(3600))?;
/// assert_ne!(day, Due::none());
/// # let _ = time;
/// # Ok::<(), chatwork_sdk::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Due(Kind);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Kind {
    #[default]
    None,
    Date(UnixTime),
    Time(UnixTime),
}

/// Seconds that Japan is ahead of UTC, all year round.
const JAPAN: i64 = 9 * 60 * 60;
const DAY: i64 = 24 * 60 * 60;
/// The last second of the year 9999. Later times are as a rule milliseconds by mistake.
const LATEST: i64 = 253_402_300_799;

impl Due {
    /// Sets no limit.
    pub const fn none() -> Self {
        Self(Kind::None)
    }

    /// Sets a day in Japan. It is sent as the last second of that day in Japan.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if the calendar has no such day, or the year is not
    /// 1970 to 9999.
    pub fn date(year: i32, month: u32, day: u32) -> Result<Self> {
        let refuse = || {
            let what =
                format!("is an invalid date, {year}-{month:02}-{day:02}: expected 1970 to 9999");
            InputError::other("limit", what)
        };
        let days = days_since_1970(year, month, day).ok_or_else(refuse)?;
        Ok(Self(Kind::Date(UnixTime((days + 1) * DAY - JAPAN - 1))))
    }

    /// Sets a time. Fractions of a second are cut off.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if the time is before 1970.
    pub fn at(time: SystemTime) -> Result<Self> {
        let refuse = |_| InputError::other("limit", "is a time before 1970: expected 1970 to 9999");
        Ok(Self(Kind::Time(UnixTime::try_from(time).map_err(refuse)?)))
    }

    /// Refuses a time that cannot be meant.
    pub(crate) fn validate(self) -> Result<()> {
        match self.parts().1 {
            Some(time) if !(1..=LATEST).contains(&time.0) => {
                let what = format!(
                    "is the time {time}: expected seconds since 1970 (not milliseconds) up to the \
                     year 9999, or `Due::none()`"
                );
                Err(InputError::other("limit", what).into())
            }
            _ => Ok(()),
        }
    }

    /// The limit as the API takes it.
    pub(crate) fn parts(self) -> (TaskLimitType, Option<UnixTime>) {
        match self.0 {
            Kind::None => (TaskLimitType::None, None),
            Kind::Date(time) => (TaskLimitType::Date, Some(time)),
            Kind::Time(time) => (TaskLimitType::Time, Some(time)),
        }
    }
}

/// A time. With the features `jiff-02` and `chrono-04` their times convert, too.
impl From<UnixTime> for Due {
    fn from(time: UnixTime) -> Self {
        Self(Kind::Time(time))
    }
}

/// A time.
#[cfg(feature = "jiff-02")]
impl From<jiff::Timestamp> for Due {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from(UnixTime::from(time))
    }
}

/// A day in Japan.
#[cfg(feature = "jiff-02")]
impl TryFrom<jiff::civil::Date> for Due {
    type Error = crate::Error;

    fn try_from(date: jiff::civil::Date) -> Result<Self> {
        let part = |value: i8| u32::try_from(value).unwrap_or_default();
        Self::date(date.year().into(), part(date.month()), part(date.day()))
    }
}

/// A time.
#[cfg(feature = "chrono-04")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Due {
    fn from(time: chrono::DateTime<Z>) -> Self {
        Self::from(UnixTime::from(time))
    }
}

/// A day in Japan.
#[cfg(feature = "chrono-04")]
impl TryFrom<chrono::NaiveDate> for Due {
    type Error = crate::Error;

    fn try_from(date: chrono::NaiveDate) -> Result<Self> {
        use chrono::Datelike;
        Self::date(date.year(), date.month(), date.day())
    }
}

/// Returns the days from 1970-01-01 to a day, or `None` if the calendar has no such day.
fn days_since_1970(year: i32, month: u32, day: u32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if leap { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    let length = *lengths.get(index)?;
    if !(1970..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = i64::from(year) - 1;
    let leaps = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (before - 1969) * 365 + leaps(before) - leaps(1969);
    let months: u32 = lengths.iter().take(index).sum();
    Some(years + i64::from(months) + i64::from(day) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(due: Due) -> (TaskLimitType, Option<i64>) {
        let (kind, time) = due.parts();
        (kind, time.map(|time| time.0))
    }

    #[test]
    fn a_day_is_sent_as_its_last_second_in_japan() {
        // 2013-11-13T23:59:59+09:00, an example of the API's reference.
        let due = Due::date(2013, 11, 13).unwrap();
        assert_eq!(sent(due), (TaskLimitType::Date, Some(1_384_354_799)));
    }

    #[test]
    fn leap_years_are_known() {
        // 2024-02-29T23:59:59+09:00
        assert_eq!(sent(Due::date(2024, 2, 29).unwrap()).1, Some(1_709_218_799));
        assert!(Due::date(2023, 2, 29).is_err());
        assert!(Due::date(2100, 2, 29).is_err());
    }

    #[test]
    fn an_invalid_day_is_named() {
        let error = Due::date(2026, 13, 1).unwrap_err();
        let expected = "not sent: `limit` is an invalid date, 2026-13-01: expected 1970 to 9999";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_time_is_sent_unchanged() {
        let due = Due::from(UnixTime(1_763_719_500));
        assert_eq!(sent(due), (TaskLimitType::Time, Some(1_763_719_500)));
    }

    #[test]
    fn a_time_in_milliseconds_is_refused() {
        assert!(Due::from(UnixTime(1_763_719_500)).validate().is_ok());
        assert!(Due::from(UnixTime(LATEST)).validate().is_ok());
        for time in [1_763_719_500_000, LATEST + 1, 0, -1] {
            let error = Due::from(UnixTime(time)).validate().unwrap_err();
            assert!(error.to_string().contains("not milliseconds"), "{error}");
        }
    }

    #[test]
    fn no_limit_has_no_time() {
        assert_eq!(sent(Due::none()), (TaskLimitType::None, None));
    }
}
