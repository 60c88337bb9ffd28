//! Conversions of times.

use std::time::{Duration, SystemTime, SystemTimeError};

use crate::types::UnixTime;

impl UnixTime {
    /// The present moment by this machine's clock, in whole seconds.
    pub fn now() -> Self {
        Self::try_from(SystemTime::now()).unwrap_or(Self(0))
    }

    /// Whether it is 0, which means "never" or "no limit" in some fields of the API.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// A time before 1970, which the API does not know, is taken as 1970, and so is one that this
/// machine's clock cannot hold.
impl From<UnixTime> for SystemTime {
    fn from(time: UnixTime) -> Self {
        let since = Duration::from_secs(u64::try_from(time.0).unwrap_or_default());
        Self::UNIX_EPOCH.checked_add(since).unwrap_or(Self::UNIX_EPOCH)
    }
}

/// Parts of a second are cut off.
impl TryFrom<SystemTime> for UnixTime {
    type Error = SystemTimeError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let seconds = time.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        Ok(Self(i64::try_from(seconds).unwrap_or(i64::MAX)))
    }
}

#[cfg(feature = "jiff-02")]
impl TryFrom<UnixTime> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(time: UnixTime) -> Result<Self, Self::Error> {
        Self::from_second(time.0)
    }
}

/// Parts of a second are cut off.
#[cfg(feature = "jiff-02")]
impl From<jiff::Timestamp> for UnixTime {
    fn from(time: jiff::Timestamp) -> Self {
        Self(time.as_second())
    }
}

/// Fails for a time further away than `chrono` can say.
#[cfg(feature = "chrono-04")]
impl TryFrom<UnixTime> for chrono::DateTime<chrono::Utc> {
    type Error = crate::types::error::ConversionError;

    fn try_from(time: UnixTime) -> Result<Self, Self::Error> {
        Self::from_timestamp(time.0, 0).ok_or_else(|| "expected a time that chrono can say".into())
    }
}

/// Parts of a second are cut off.
#[cfg(feature = "chrono-04")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for UnixTime {
    fn from(time: chrono::DateTime<Z>) -> Self {
        Self(time.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_goes_to_the_systems_and_back() {
        let time = UnixTime(1_763_719_500);
        assert_eq!(UnixTime::try_from(SystemTime::from(time)).unwrap(), time);
    }

    #[test]
    fn a_time_before_1970_is_refused() {
        assert!(UnixTime::try_from(SystemTime::UNIX_EPOCH - Duration::from_secs(1)).is_err());
    }

    #[cfg(feature = "jiff-02")]
    #[test]
    fn a_time_goes_to_jiff_and_back() {
        let time = UnixTime(1_763_719_500);
        assert_eq!(UnixTime::from(jiff::Timestamp::try_from(time).unwrap()), time);
    }

    #[cfg(feature = "chrono-04")]
    #[test]
    fn a_time_goes_to_chrono_and_back() {
        let time = UnixTime(1_763_719_500);
        let there = chrono::DateTime::<chrono::Utc>::try_from(time).unwrap();
        assert_eq!(UnixTime::from(there), time);
    }
}
