//! The order of message ids.

use std::cmp::Ordering;

use chatwork_api::types::MessageId;

/// Compares two ids by their numbers. An id exceeds 2^53 and may one day exceed any integer type,
/// so the digits are compared.
pub(super) fn by_number(one: &MessageId, other: &MessageId) -> Ordering {
    let (one, other) = (digits(one), digits(other));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// Returns whether the first id is greater than the second.
pub(super) fn is_after(one: &MessageId, other: &MessageId) -> bool {
    by_number(one, other) == Ordering::Greater
}

fn digits(id: &MessageId) -> &str {
    id.0.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> MessageId {
        MessageId(text.to_owned())
    }

    #[test]
    fn more_digits_are_a_greater_number() {
        assert!(is_after(&id("1000"), &id("999")));
        assert!(is_after(&id("99999999999999999999999"), &id("18446744073709551616")));
    }

    #[test]
    fn neighbours_above_two_to_the_53_are_told_apart() {
        assert!(is_after(&id("1928374655918273646"), &id("1928374655918273645")));
    }

    #[test]
    fn zeros_in_front_do_not_count() {
        assert_eq!(by_number(&id("007"), &id("7")), Ordering::Equal);
        assert!(is_after(&id("8"), &id("0000007")));
    }
}
