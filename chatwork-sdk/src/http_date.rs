//! The date of an HTTP header.

use std::time::{Duration, SystemTime};

use crate::day::Day;

/// Parses a date such as `Sun, 06 Nov 1994 08:49:37 GMT`, the form that RFC 9110 (5.6.7) requires of
/// servers. Returns `None` for another form, and for a date before 1970.
///
/// Not by the crate `httpdate`: this one form is short, and the crate is a dependency more. By its
/// bytes, since every reply of the API has such a date.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    #[rustfmt::skip]
    let [
        _, _, _, b',', b' ', d1, d2, b' ', m1, m2, m3, b' ', y1, y2, y3, y4, b' ',
        h1, h2, b':', n1, n2, b':', s1, s2, b' ', b'G', b'M', b'T',
    ] = *text.as_bytes() else {
        return None;
    };
    let month = match &[m1, m2, m3] {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    };
    let year = i32::try_from(number([y1, y2, y3, y4])?).ok()?;
    let day = Day::new(year, month, number([d1, d2])?).ok()?;
    let days = u64::try_from(day.number()).ok()?;
    let (hour, minute, second) = (number([h1, h2])?, number([n1, n2])?, number([s1, s2])?);
    // 60 is a leap second.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = u64::from(hour * 3600 + minute * 60 + second);
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(days * 86_400 + seconds))
}

/// Parses so many digits as a number.
fn number<const DIGITS: usize>(digits: [u8; DIGITS]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_date_is_parsed_to_the_second() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(at));
    }

    #[test]
    fn every_day_of_five_centuries_is_parsed_as_httpdate_writes_it() {
        for day in 0..365 * 500 {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400 + day % 86_400);
            assert_eq!(parse(&httpdate::fmt_http_date(at)), Some(at));
        }
    }

    #[test]
    fn another_form_is_none() {
        for text in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
