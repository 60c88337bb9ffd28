//! The time in which an export writes.

use std::fmt;
use std::sync::Arc;

use chatwork_sdk::UnixTime;

use crate::query::{LocalTime, UtcOffset};

/// One offset for all times, or that of a place at each time.
#[derive(Clone)]
pub(crate) enum Zone {
    Fixed(UtcOffset),
    By(Arc<dyn Fn(UnixTime) -> UtcOffset + Send + Sync>),
}

impl Zone {
    /// Returns the time of the place at a Unix time.
    pub(crate) fn at(&self, unix: i64) -> LocalTime {
        match self {
            Self::Fixed(offset) => offset.at(unix),
            Self::By(offset_at) => offset_at(UnixTime(unix)).at(unix),
        }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::Fixed(UtcOffset::default())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(offset) => offset.fmt(f),
            Self::By(_) => f.write_str("By"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_has_the_offset_that_the_place_had_then() {
        let summer = |time: UnixTime| UtcOffset::hours(if time.0 < 1_000 { -4 } else { -5 });
        let zone = Zone::By(Arc::new(summer));
        assert_eq!(zone.at(0).rfc3339(), "1969-12-31T20:00:00-04:00");
        assert_eq!(zone.at(86_400).rfc3339(), "1970-01-01T19:00:00-05:00");
        assert_eq!(Zone::default().at(0).rfc3339(), "1970-01-01T09:00:00+09:00");
    }
}
