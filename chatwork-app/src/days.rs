//! Days and times as people write them.

use std::fmt;

use chatwork_sdk::{Day, Due, UnixTime};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

/// The time of Japan, which has had no other since 1951.
const JAPAN: Offset = Offset::constant(9);
/// How many years are looked through for a day without a year: 29 February comes after 8 at the
/// latest.
const YEARS: i16 = 8;

/// Words for days, with how many days they are from today. Longer ones first.
const WORDS: [(&str, i64); 14] = [
    ("明後日", 2),
    ("あさって", 2),
    ("一昨日", -2),
    ("おととい", -2),
    ("明日", 1),
    ("あした", 1),
    ("今日", 0),
    ("本日", 0),
    ("昨日", -1),
    ("きのう", -1),
    ("きょう", 0),
    ("tomorrow", 1),
    ("today", 0),
    ("yesterday", -1),
];

/// A day in Japan, or a time.
///
/// | text | is |
/// |---|---|
/// | `2026-12-01`, `2026/12/1`, `2026年12月1日` | the day |
/// | `12/1`, `12月1日` | the nearest such day, from today on or until today: see [`Nearest`] |
/// | `今日`, `明日`, `明後日`, `昨日`, `today`, `tomorrow`, `yesterday` | a day from today |
/// | `+3d`, `-1w`, `3日後`, `3日前` | a day from today |
/// | a day and `17:00`, `17時`, `17時30分`, `17時半` | a time on that day, in Japan |
/// | `2026-12-01T17:00:00+09:00` | the time (RFC 3339); without an offset, in Japan |
///
/// Full-width digits and signs are read like others. What "today" is, the caller says.
///
/// ```
/// use chatwork_app::{Nearest, When};
/// use chatwork_sdk::{Day, UnixTime};
///
/// let now = UnixTime(1_764_547_200); // 2025-12-01 09:00 in Japan
/// let when = When::parse("明日", now, Nearest::Future)?;
/// assert_eq!(when.day(), Day::new(2025, 12, 2).ok());
/// assert!(When::parse("someday", now, Nearest::Future).is_err());
/// # Ok::<(), chatwork_app::InvalidDay>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// A day in Japan.
    Day(Day),
    /// A time.
    Time(UnixTime),
}

/// Which day a text without a year means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearest {
    /// The next one, today included: for what is due.
    Future,
    /// The latest one, today included: for what has happened.
    Past,
}

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DayFault {
    /// It has none of the forms.
    Form,
    /// The calendar has no such day, such as 30 February.
    NoSuchDay,
    /// There is no such time, such as 25:00.
    NoSuchTime,
}

/// A text that is not a day. It names the forms that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidDay {
    /// What was given.
    pub given: String,
    /// What is wrong with it.
    pub fault: DayFault,
}

impl InvalidDay {
    /// The forms that are read, as examples.
    pub const FORMS: &'static str =
        "2026-12-01, 12/1, 明日, 明日 17:00, tomorrow, +3d, 2026-12-01T17:00:00+09:00";
}

impl fmt::Display for InvalidDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            DayFault::Form => "is not a day",
            DayFault::NoSuchDay => "is a day that the calendar does not have",
            DayFault::NoSuchTime => "has a time that no day has",
        };
        let given = crate::visible::one_line(&self.given);
        write!(f, "`{given}` {what}: expected e.g. {}", Self::FORMS)
    }
}

impl std::error::Error for InvalidDay {}

impl When {
    /// Reads a day or a time.
    ///
    /// # Errors
    ///
    /// [`InvalidDay`] if the text has none of the forms, or the calendar has no such day.
    pub fn parse(text: &str, now: UnixTime, nearest: Nearest) -> Result<Self, InvalidDay> {
        let fail = |fault| InvalidDay { given: text.to_owned(), fault };
        let today = day_in_japan(now).ok_or_else(|| fail(DayFault::NoSuchDay))?;
        let plain = half_width(text.trim());
        if let Ok(time) = plain.parse::<Timestamp>() {
            return Ok(Self::Time(UnixTime(time.as_second())));
        }
        let (date, rest) = day(&plain, today, nearest).map_err(fail)?;
        let day = to_day(date).ok_or_else(|| fail(DayFault::NoSuchDay))?;
        match rest.trim() {
            "" => Ok(Self::Day(day)),
            rest => {
                let time = time(rest).map_err(fail)?;
                let at = JAPAN.to_timestamp(date.to_datetime(time));
                let at = at.map_err(|_| fail(DayFault::NoSuchDay))?;
                Ok(Self::Time(UnixTime(at.as_second())))
            }
        }
    }

    /// Returns the due date for a task: the day, or the time.
    pub fn due(self) -> Due {
        match self {
            Self::Day(day) => day.into(),
            Self::Time(time) => time.into(),
        }
    }

    /// Returns the day, in Japan.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Time(time) => Day::in_japan(time),
        }
    }

    /// Returns the first second: of the day in Japan, or the time itself.
    pub fn start(self) -> UnixTime {
        self.midnight(0)
    }

    /// Returns the first second after: that of the next day in Japan, or the time itself.
    pub fn end(self) -> UnixTime {
        self.midnight(1)
    }

    fn midnight(self, days: i64) -> UnixTime {
        match self {
            Self::Time(time) => time,
            Self::Day(day) => {
                let date = of_day(day).and_then(|date| shifted(date, days));
                let at = date.and_then(|date| JAPAN.to_timestamp(date.to_datetime(Time::MIN)).ok());
                // A `Day` has a year that every time can hold.
                UnixTime(at.map_or(0, Timestamp::as_second))
            }
        }
    }
}

/// Returns the day in Japan at a time.
fn day_in_japan(time: UnixTime) -> Option<Date> {
    let time = Timestamp::from_second(time.0).ok()?;
    Some(JAPAN.to_datetime(time).date())
}

/// Reads the day at the start of a text, and returns the rest.
fn day(text: &str, today: Date, nearest: Nearest) -> Result<(Date, &str), DayFault> {
    let from_today = |days, rest| shifted(today, days).map(|date| (date, rest));
    for (word, days) in WORDS {
        let start = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word));
        if let Some(rest) = start.and_then(|_| text.get(word.len()..)) {
            return from_today(days, rest).ok_or(DayFault::NoSuchDay);
        }
    }
    if let Some((days, rest)) = distance(text) {
        return from_today(days, rest).ok_or(DayFault::NoSuchDay);
    }
    date(text, today, nearest)
}

/// Reads `+3d`, `-1w`, `3日後` and `3日前`.
fn distance(text: &str) -> Option<(i64, &str)> {
    let (sign, unsigned) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (Some(1), rest),
        (_, Some(rest)) => (Some(-1), rest),
        _ => (None, text),
    };
    let digits = unsigned.len() - unsigned.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let number: i64 = unsigned.get(..digits)?.parse().ok()?;
    let unit = unsigned.get(digits..)?;
    let units = match sign {
        Some(_) => [("d", 1), ("w", 7), ("日", 1), ("週", 7)],
        None => [("日後", 1), ("日前", -1), ("週間後", 7), ("週間前", -7)],
    };
    let mut found = units.iter().filter_map(|(name, days)| Some((days, unit.strip_prefix(name)?)));
    let (days, rest) = found.next()?;
    Some((number.checked_mul(*days)?.checked_mul(sign.unwrap_or(1))?, rest))
}

/// Reads `2026-12-01`, `2026/12/1`, `2026年12月1日`, `12/1` and `12月1日`.
fn date(text: &str, today: Date, nearest: Nearest) -> Result<(Date, &str), DayFault> {
    let mut numbers: Vec<i16> = Vec::new();
    let mut rest = text;
    let mut marks = String::new();
    while numbers.len() < 3 {
        let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        let number = rest.get(..digits).and_then(|number| number.parse().ok());
        numbers.push(number.ok_or(DayFault::Form)?);
        rest = rest.get(digits..).unwrap_or_default();
        let Some(mark) = rest.chars().next().filter(|it| "-/年月日".contains(*it)) else {
            break;
        };
        marks.push(mark);
        rest = rest.get(mark.len_utf8()..).unwrap_or_default();
        if mark == '日' {
            break;
        }
    }
    // What follows the day is a time: behind a space or a `T`, or at once behind 日.
    let ends = rest.is_empty() || rest.starts_with([' ', 'T', 't']) || marks.ends_with('日');
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let date = match (numbers.as_slice(), marks.as_str()) {
        _ if !ends => return Err(DayFault::Form),
        ([year, month, day], "--" | "//" | "年月日") => exact(*year, *month, *day),
        // Not a year and a month.
        ([month, day], "/" | "月日") if *month < 100 => near(*month, *day, today, nearest),
        _ => return Err(DayFault::Form),
    };
    date.map(|date| (date, rest)).ok_or(DayFault::NoSuchDay)
}

fn exact(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Returns the nearest day with this month and day: today, or in one direction from today.
fn near(month: i16, day: i16, today: Date, nearest: Nearest) -> Option<Date> {
    let years = 0..=YEARS;
    match nearest {
        Nearest::Future => {
            let mut days =
                years.filter_map(|more| exact(today.year().checked_add(more)?, month, day));
            days.find(|date| *date >= today)
        }
        Nearest::Past => {
            let mut days =
                years.filter_map(|less| exact(today.year().checked_sub(less)?, month, day));
            days.find(|date| *date <= today)
        }
    }
}

/// Reads `17:00`, `17:00:30`, `17時`, `17時30分` and `17時半`.
fn time(text: &str) -> Result<Time, DayFault> {
    let text = text.trim();
    let text = match text.split_once('時') {
        Some((hour, "")) => format!("{hour}:00"),
        Some((hour, "半")) => format!("{hour}:30"),
        Some((hour, minute)) => {
            let minute = minute.strip_suffix('分').ok_or(DayFault::Form)?;
            format!("{hour}:{minute}")
        }
        None => text.to_owned(),
    };
    let mut numbers = [0_i8; 3];
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return Err(DayFault::Form);
    }
    for (number, part) in numbers.iter_mut().zip(parts) {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        *number = part.parse().ok().filter(|_| is_number).ok_or(DayFault::Form)?;
    }
    let [hour, minute, second] = numbers;
    Time::new(hour, minute, second, 0).map_err(|_| DayFault::NoSuchTime)
}

fn shifted(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn to_day(date: Date) -> Option<Day> {
    let (month, day) = (u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?);
    Day::new(i32::from(date.year()), month, day).ok()
}

fn of_day(day: Day) -> Option<Date> {
    let number = |value: u32| i8::try_from(value).ok();
    Date::new(i16::try_from(day.year()).ok()?, number(day.month())?, number(day.day())?).ok()
}

/// Returns a text with full-width letters, digits, signs and spaces as those of ASCII.
fn half_width(text: &str) -> String {
    let narrow = |it: char| match it {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        it => it,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests;
