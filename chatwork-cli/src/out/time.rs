//! Times as people read them, in Japan or where they want.

use std::sync::OnceLock;

use chatwork_sdk::UnixTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::failure::{Done, Failure};
use crate::words;

/// Chosen once, before the first time is shown. Errors show times, too.
static ZONE: OnceLock<TimeZone> = OnceLock::new();

/// Chooses the time zone for the whole program.
pub(crate) fn choose(name: Option<&str>) -> Done {
    let zone = match name {
        Some(name) => read(name).ok_or_else(|| {
            Failure::usage(words::ZONE_UNKNOWN.fill(&[("zone", &name)])).hinted(words::ZONE_HINT)
        })?,
        None => japan(),
    };
    let _ = ZONE.set(zone);
    Ok(())
}

/// Reads `Asia/Tokyo`, `UTC`, `local` and `+09:00`.
pub(crate) fn read(name: &str) -> Option<TimeZone> {
    match name {
        "local" => Some(TimeZone::system()),
        "Asia/Tokyo" => Some(japan()),
        name if name.eq_ignore_ascii_case("utc") => Some(TimeZone::UTC),
        name => offset(name).or_else(|| TimeZone::get(name).ok()),
    }
}

fn offset(name: &str) -> Option<TimeZone> {
    let (sign, rest) = match (name.strip_prefix('+'), name.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let number = |text: &str, most: i32| {
        text.parse::<i32>().ok().filter(|number| (0..=most).contains(number) && text.len() <= 2)
    };
    let seconds = sign * (number(hours, 23)? * 3600 + number(minutes, 59)? * 60);
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

/// The time of Japan needs no database: it has had no other since 1951.
fn japan() -> TimeZone {
    TimeZone::fixed(Offset::constant(9))
}

fn zoned(time: UnixTime) -> Option<Zoned> {
    let zone = ZONE.get().cloned().unwrap_or_else(japan);
    Timestamp::from_second(time.0).ok().map(|time| time.to_zoned(zone))
}

/// Returns a Unix time as `2026-12-01 09:00`. A time of 0 is none, and empty.
pub(crate) fn shown(time: i64) -> String {
    match (time, zoned(UnixTime(time))) {
        (0, _) | (_, None) => String::new(),
        (_, Some(time)) => time.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Returns a time with seconds and offset: `2026-12-01 09:00:00 +09:00`.
pub(crate) fn shown_in_full(time: UnixTime) -> String {
    zoned(time).map(|time| time.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()).unwrap_or_default()
}

/// Returns the offset at a time, in minutes.
#[cfg(feature = "archive")]
pub(crate) fn offset_minutes(time: UnixTime) -> i32 {
    zoned(time).map_or(9 * 60, |time| time.offset().seconds() / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str) -> String {
        let time = Timestamp::from_second(1_764_547_200).unwrap();
        time.to_zoned(read(zone).unwrap()).strftime("%H:%M").to_string()
    }

    #[test]
    fn a_zone_is_a_name_or_an_offset() {
        assert_eq!(at("Asia/Tokyo"), "09:00");
        assert_eq!(at("utc"), "00:00");
        assert_eq!(at("+5:30"), "05:30");
        assert_eq!(at("-08"), "16:00");
        for zone in ["Mars/Base", "+25:00", "+9:99", "+", "9"] {
            assert!(read(zone).is_none(), "{zone}");
        }
    }

    #[test]
    fn a_time_of_zero_is_none() {
        assert_eq!(shown(0), "");
        assert_eq!(shown(1_764_547_200), "2025-12-01 09:00");
        assert_eq!(shown_in_full(UnixTime(1_764_547_200)), "2025-12-01 09:00:00 +09:00");
    }
}
