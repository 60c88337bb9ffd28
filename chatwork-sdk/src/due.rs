//! When a task is due.

use std::time::SystemTime;

use chatwork_api::types::{MyTask, Task, TaskLimitType, UnixTime};

use crate::day::Day;
use crate::error::{InputError, Result};

/// The limit of a task (期限): none, a day, or a time of a day.
///
/// A task of a reply converts into its limit, and [`Due::day`] returns the day in Japan:
///
/// ```
/// # use chatwork_sdk::types::Task;
/// # fn example(task: &Task) {
/// use chatwork_sdk::Due;
///
/// if let Some(day) = Due::from(task).day() {
///     println!("{} is due on {day}", task.body); // 2026-12-01
/// }
/// # }
/// ```
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
        Ok(Self::from(Day::new(year, month, day)?))
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

    /// Returns the day of the limit in Japan, also of a time. `None` without a limit, and for a time
    /// outside the years 1970 to 9999.
    pub fn day(self) -> Option<Day> {
        self.parts().1.and_then(Day::in_japan)
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

/// A day in Japan.
impl From<Day> for Due {
    fn from(day: Day) -> Self {
        Self(Kind::Date(day.last_second()))
    }
}

/// The limit of a task. A limit of the type `date` is the whole day in Japan, whatever the time: the
/// service has also stored other times of a day. A limit of an unknown type counts as a time.
macro_rules! of_tasks {
    ($($task:ty),*) => {$(
        impl From<&$task> for Due {
            fn from(task: &$task) -> Self {
                match (&task.limit_type, task.due()) {
                    (_, None) => Self::none(),
                    (TaskLimitType::Date, Some(time)) => match Day::in_japan(time) {
                        Some(day) => day.into(),
                        None => Self(Kind::Date(time)),
                    },
                    (_, Some(time)) => time.into(),
                }
            }
        }
    )*};
}

of_tasks!(Task, MyTask);

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

    fn task(limit_type: TaskLimitType, time: i64) -> Task {
        let mut task = Task::default();
        (task.limit_type, task.limit_time) = (limit_type, UnixTime(time));
        task
    }

    #[test]
    fn a_task_due_on_a_date_is_due_on_that_day_in_japan_whatever_the_time() {
        // 2025-06-27T06:30:00 and T23:59:59 in Japan.
        for time in [1_750_973_400, 1_751_036_399] {
            let due = Due::from(&task(TaskLimitType::Date, time));
            assert_eq!(due, Due::date(2025, 6, 27).unwrap());
            assert_eq!(due.day().unwrap().to_string(), "2025-06-27");
        }
    }

    #[test]
    fn a_task_due_at_a_time_keeps_it_and_has_its_day_in_japan() {
        // 2025-06-27T00:30:00 in Japan, the day before in UTC.
        let task = task(TaskLimitType::Time, 1_750_951_800);
        let mut of_mine = MyTask::default();
        (of_mine.limit_type, of_mine.limit_time) = (task.limit_type.clone(), task.limit_time);
        for due in [Due::from(&task), Due::from(&of_mine)] {
            assert_eq!(due, Due::from(UnixTime(1_750_951_800)));
            assert_eq!(due.day().unwrap().to_string(), "2025-06-27");
        }
    }

    #[test]
    fn a_task_without_a_limit_has_no_day() {
        for (kind, time) in [(TaskLimitType::None, 1_751_036_399), (TaskLimitType::Date, 0)] {
            let due = Due::from(&task(kind, time));
            assert_eq!((due, due.day()), (Due::none(), None));
        }
    }

    #[test]
    fn a_date_that_no_calendar_has_stays_refused() {
        let due = Due::from(&task(TaskLimitType::Date, 1_763_719_500_000));
        assert_eq!(due.day(), None);
        assert!(due.validate().is_err());
    }

    #[test]
    fn no_limit_has_no_time() {
        assert_eq!(sent(Due::none()), (TaskLimitType::None, None));
    }
}
