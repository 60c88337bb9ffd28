//! Times as the tools write them: in Japan's time, with its offset.

use chatwork_sdk::UnixTime;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The time of Japan, which has had no other since 1951.
const JAPAN: Offset = Offset::constant(9);
/// How the offset is written.
pub(crate) const OFFSET: &str = "+09:00";

fn in_japan(time: UnixTime) -> Option<DateTime> {
    Some(JAPAN.to_datetime(Timestamp::from_second(time.0).ok()?))
}

/// Returns the time in ISO 8601, such as `2026-11-27T10:00:00+09:00`. A time that no calendar has
/// is its number of seconds.
pub(crate) fn iso(time: UnixTime) -> String {
    match in_japan(time) {
        Some(at) => format!("{at}{OFFSET}"),
        None => time.0.to_string(),
    }
}

/// Returns the day, such as `2026-11-27`.
pub(crate) fn day(time: UnixTime) -> String {
    in_japan(time).map_or_else(|| time.0.to_string(), |at| at.date().to_string())
}

/// Returns the time of the day, such as `10:00:00`.
pub(crate) fn clock(time: UnixTime) -> String {
    in_japan(time).map_or_else(String::new, |at| at.time().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_japan() {
        let time = UnixTime(1_764_547_200);
        assert_eq!(iso(time), "2025-12-01T09:00:00+09:00");
        assert_eq!((day(time).as_str(), clock(time).as_str()), ("2025-12-01", "09:00:00"));
        assert_eq!(iso(UnixTime(i64::MAX)), i64::MAX.to_string());
    }
}
