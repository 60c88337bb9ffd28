//! Days of searches and exports, in the time of one place.

use std::fmt;

/// The distance of a place's time from UTC. The default is that of Japan, `+09:00`.
///
/// ```
/// use chatwork_archive::UtcOffset;
///
/// assert_eq!(UtcOffset::default(), UtcOffset::hours(9));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcOffset {
    seconds: i32,
}

impl UtcOffset {
    /// UTC itself.
    pub const UTC: Self = Self { seconds: 0 };
    /// The time of Japan, which has no summer time.
    pub const JAPAN: Self = Self { seconds: 9 * 3600 };

    /// Returns an offset of whole hours, at most 23 in either direction.
    pub fn hours(hours: i8) -> Self {
        Self { seconds: i32::from(hours.clamp(-23, 23)) * 3600 }
    }

    /// Returns an offset of minutes, at most a day in either direction.
    pub fn minutes(minutes: i32) -> Self {
        Self { seconds: minutes.clamp(-1439, 1439) * 60 }
    }

    /// Returns the time of this place at a Unix time.
    pub(crate) fn at(self, unix: i64) -> LocalTime {
        let local = unix.saturating_add(i64::from(self.seconds));
        let (days, seconds) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        LocalTime { year, month, day, seconds, offset: self }
    }

    /// Returns the Unix time at which a day, month or year begins here: `2026-04-01`, `2026-04` or
    /// `2026`. `None` if there is no such date.
    pub(crate) fn start_of(self, date: &str) -> Option<i64> {
        let mut parts = date.split('-');
        let number = |part: &str, digits: usize| {
            let valid = part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
            valid.then(|| part.parse::<i64>().ok()).flatten()
        };
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let days = days_from_civil(year, month, day);
        let valid = parts.next().is_none() && civil(days) == (year, month, day);
        valid.then(|| days * 86_400 - i64::from(self.seconds))
    }
}

impl Default for UtcOffset {
    fn default() -> Self {
        Self::JAPAN
    }
}

/// A time of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LocalTime {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    seconds: i64,
    offset: UtcOffset,
}

impl LocalTime {
    /// Returns `2026-04-01`.
    pub(crate) fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Returns `2026-04`.
    pub(crate) fn month(&self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Returns `09:05:00`.
    pub(crate) fn clock(&self) -> String {
        let (hours, minutes) = (self.seconds / 3600, self.seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}", self.seconds % 60)
    }

    /// Returns `2026-04-01T09:05:00+09:00`.
    pub(crate) fn rfc3339(&self) -> String {
        let minutes = self.offset.seconds.abs() / 60;
        let sign = if self.offset.seconds < 0 { '-' } else { '+' };
        let (date, clock) = (self.date(), self.clock());
        format!("{date}T{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Writes `2026-04-01 09:05:00`.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date(), self.clock())
    }
}

/// Returns year, month and day of a number of days since 1970, in the Gregorian calendar. The
/// algorithm is "civil_from_days" by Howard Hinnant.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, date)
}

/// Returns the number of days since 1970.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let month = (month + 9).rem_euclid(12);
    let day = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_place() {
        assert_eq!(UtcOffset::JAPAN.start_of("2025-06-25"), Some(1_750_777_200));
        assert_eq!(UtcOffset::UTC.start_of("1970-01-01"), Some(0));
        assert_eq!(UtcOffset::UTC.start_of("2024-02-29"), Some(1_709_164_800));
    }

    #[test]
    fn a_month_and_a_year_begin_with_their_first_day() {
        let utc = UtcOffset::UTC;
        assert_eq!(utc.start_of("2025-06"), utc.start_of("2025-06-01"));
        assert_eq!(utc.start_of("2025"), utc.start_of("2025-01-01"));
    }

    #[test]
    fn dates_that_do_not_exist_are_none() {
        for date in ["2025-02-29", "2025-13-01", "2025-00", "25-01-01", "2025-1-1", "", "x", "-"] {
            assert_eq!(UtcOffset::UTC.start_of(date), None, "{date}");
        }
        assert_eq!(UtcOffset::UTC.start_of("2025-01-01-01"), None);
    }

    #[test]
    fn every_day_of_four_centuries_is_its_own() {
        for days in -200_000..200_000 {
            let (year, month, day) = civil(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn times_are_written_with_their_offset() {
        let time = UtcOffset::JAPAN.at(1_750_831_200);
        assert_eq!(time.rfc3339(), "2025-06-25T15:00:00+09:00");
        assert_eq!(UtcOffset::minutes(-210).at(0).rfc3339(), "1969-12-31T20:30:00-03:30");
        assert_eq!(time.to_string(), "2025-06-25 15:00:00");
        assert_eq!(time.month(), "2025-06");
    }
}
