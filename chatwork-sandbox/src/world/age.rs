//! Lengths of time as a world writes them: `45s`, `10m`, `3d 2h`.

/// Returns the seconds of a length of time, or `None` if the text is invalid.
///
/// Accepts seconds, minutes, hours, days and weeks, in any order and any number of times.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (digits, tail) = rest.split_at_checked(end)?;
        let unit = tail.chars().next()?;
        let amount = digits.parse::<i64>().ok()?.checked_mul(length(unit)?)?;
        total = total.checked_add(amount)?;
        rest = tail.get(unit.len_utf8()..)?.trim_start();
    }
    Some(total)
}

fn length(unit: char) -> Option<i64> {
    match unit {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(3_600),
        'd' => Some(86_400),
        'w' => Some(604_800),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_are_added_up() {
        assert_eq!(seconds("45s"), Some(45));
        assert_eq!(seconds("1d 2h3m"), Some(86_400 + 7_200 + 180));
    }

    #[test]
    fn an_invalid_length_of_time_is_none() {
        for text in ["", "3", "d", "3x", "-3d", "3d,2h", "99999999999999w"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
