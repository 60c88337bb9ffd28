//! How people write days, and how they do not.

use super::*;

/// 2026-11-26 00:30 in Japan, when it is still the day before in UTC.
const NOW: UnixTime = UnixTime(1_795_620_600);

fn future(text: &str) -> Result<When, DayFault> {
    When::parse(text, NOW, Nearest::Future).map_err(|error| error.fault)
}

fn on(year: i32, month: u32, day: u32) -> Result<When, DayFault> {
    Ok(When::Day(Day::new(year, month, day).unwrap()))
}

fn at(text: &str) -> Result<When, DayFault> {
    Ok(When::Time(UnixTime(text.parse::<Timestamp>().unwrap().as_second())))
}

#[test]
fn the_now_of_these_tests_is_what_it_says() {
    assert_eq!(Ok(When::Time(NOW)), at("2026-11-26T00:30:00+09:00"));
}

#[test]
fn days_are_read_as_people_write_them() {
    for text in
        ["2026-12-01", "2026/12/1", "12/1", "12月1日", "2026年12月1日", "１２／１", "+5d", "5日後"]
    {
        assert_eq!(future(text), on(2026, 12, 1), "{text}");
    }
    for text in ["明日", "tomorrow", "Tomorrow", "あした", "+1d", " 明日 "] {
        assert_eq!(future(text), on(2026, 11, 27), "{text}");
    }
    assert_eq!(future("今日"), on(2026, 11, 26));
    assert_eq!(future("明後日"), on(2026, 11, 28));
    assert_eq!(future("-1w"), on(2026, 11, 19));
    assert_eq!(future("+1週"), on(2026, 12, 3));
}

#[test]
fn a_day_without_a_year_is_the_nearest_one() {
    assert_eq!(future("11/26"), on(2026, 11, 26));
    assert_eq!(future("11/25"), on(2027, 11, 25));
    assert_eq!(future("2/29"), on(2028, 2, 29));
    let past = |text| When::parse(text, NOW, Nearest::Past).map_err(|error| error.fault);
    assert_eq!(past("12/1"), on(2025, 12, 1));
    assert_eq!(past("11/26"), on(2026, 11, 26));
}

#[test]
fn a_time_is_one_of_japan_unless_it_says_another_offset() {
    let expected = at("2026-11-27T17:00:00+09:00");
    for text in [
        "明日 17:00",
        "明日17:00",
        "tomorrow 17:00",
        "11/27 17:00",
        "11月27日17時",
        "明日　１７：００",
        "2026-11-27 17:00",
        "2026-11-27T17:00",
        "2026-11-27T17:00:00",
        "2026-11-27T08:00:00Z",
        "2026-11-27T17:00:00+09:00",
        "+1d 17:00",
    ] {
        assert_eq!(future(text), expected, "{text}");
    }
    assert_eq!(future("明日 9時半"), at("2026-11-27T09:30:00+09:00"));
    assert_eq!(future("明日 9時05分"), at("2026-11-27T09:05:00+09:00"));
}

#[test]
fn what_is_no_day_is_refused_and_the_forms_are_named() {
    for text in
        ["", "someday", "12-1", "2026/12", "+d", "17:00", "12/1x", "明日 x", "20261201", "+3x"]
    {
        assert_eq!(future(text), Err(DayFault::Form), "{text}");
    }
    for text in ["2026-02-30", "13/1", "2/30", "0/1", "2026-12-32"] {
        assert_eq!(future(text), Err(DayFault::NoSuchDay), "{text}");
    }
    for text in ["明日 25:00", "12/1 17:61"] {
        assert_eq!(future(text), Err(DayFault::NoSuchTime), "{text}");
    }
    let error = When::parse("x\u{1b}", NOW, Nearest::Future).unwrap_err().to_string();
    assert!(error.contains("明日 17:00") && error.contains("`x␛`"), "{error}");
}

#[test]
fn a_day_begins_and_ends_in_japan() {
    let when = future("2026-12-01").unwrap();
    assert_eq!(Ok(When::Time(when.start())), at("2026-12-01T00:00:00+09:00"));
    assert_eq!(Ok(When::Time(when.end())), at("2026-12-02T00:00:00+09:00"));
}
