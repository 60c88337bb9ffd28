//! The times of other crates as the limit of a task.

#[cfg(feature = "jiff-02")]
mod of_jiff {
    use chatwork_sdk::{Day, Due, UnixTime};
    use jiff::Timestamp;
    use jiff::civil::date;

    #[test]
    fn a_date_is_a_day_in_japan() {
        assert_eq!(Due::try_from(date(2026, 12, 1)).unwrap(), Due::date(2026, 12, 1).unwrap());
    }

    #[test]
    fn a_day_is_the_same_date() {
        let date = jiff::civil::Date::try_from(Day::new(2026, 12, 1).unwrap()).unwrap();
        assert_eq!(date, jiff::civil::date(2026, 12, 1));
    }

    #[test]
    fn a_date_before_1970_is_refused() {
        assert!(Due::try_from(date(-1, 12, 1)).is_err());
    }

    #[test]
    fn a_timestamp_is_a_moment() {
        let moment = Timestamp::from_second(1_751_000_000).unwrap();
        assert_eq!(Due::from(moment), Due::from(UnixTime(1_751_000_000)));
    }
}

#[cfg(feature = "chrono-04")]
mod of_chrono {
    use chatwork_sdk::{Day, Due, UnixTime};
    use chrono::{DateTime, NaiveDate};

    #[test]
    fn a_date_is_a_day_in_japan() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        assert_eq!(Due::try_from(date).unwrap(), Due::date(2026, 12, 1).unwrap());
    }

    #[test]
    fn a_day_is_the_same_date() {
        let date = NaiveDate::from(Day::new(2026, 12, 1).unwrap());
        assert_eq!(date, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap());
    }

    #[test]
    fn a_moment_keeps_its_instant_in_any_zone() {
        let moment = DateTime::parse_from_rfc3339("2025-06-27T13:53:20+09:00").unwrap();
        assert_eq!(Due::from(moment), Due::from(UnixTime(1_751_000_000)));
    }
}
