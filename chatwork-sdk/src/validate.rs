//! Validation of arguments, before they cost a request.
//!
//! Lengths are counted in characters (Unicode scalar values), as the API counts them.

use std::collections::HashSet;

use chatwork_api::types::{AccountId, AccountIdList};

use crate::error::{InputError, Limit};

type Validated = Result<(), InputError>;

/// Refuses a text with fewer or more characters.
pub(crate) fn length(field: &'static str, text: &str, min: u64, max: u64) -> Validated {
    // A character is 1 to 4 bytes, so the number of bytes often decides without counting.
    let bytes = text.len() as u64;
    if bytes >= min.saturating_mul(4) && bytes <= max {
        return Ok(());
    }
    let given = text.chars().count() as u64;
    match given >= min && given <= max {
        true => Ok(()),
        false => Err(InputError::new(field, Limit::Length { min, max, given })),
    }
}

/// Refuses a text with a character that a pattern such as `^[A-Za-z0-9_-]+$` does not allow.
pub(crate) fn characters(field: &'static str, text: &str, pattern: &'static str) -> Validated {
    let class = pattern.strip_prefix("^[").and_then(|rest| rest.strip_suffix("]+$"));
    let allowed = class.unwrap_or(pattern);
    match text.chars().position(|c| !in_class(allowed, c)) {
        None => Ok(()),
        Some(position) => Err(InputError::new(field, Limit::Character { position, allowed })),
    }
}

/// Whether a character is in a class of ASCII such as `A-Za-z0-9_-`.
fn in_class(class: &str, wanted: char) -> bool {
    let Ok(wanted) = u8::try_from(wanted) else { return false };
    let mut rest = class.as_bytes();
    loop {
        let (first, last, after) = match rest {
            [first, b'-', last, after @ ..] => (first, last, after),
            [only, after @ ..] => (only, only, after),
            [] => return false,
        };
        if (first..=last).contains(&&wanted) {
            return true;
        }
        rest = after;
    }
}

/// Refuses an empty list.
pub(crate) fn not_empty(field: &'static str, list: &[AccountId]) -> Validated {
    if list.is_empty() { Err(InputError::new(field, Limit::Empty)) } else { Ok(()) }
}

/// Refuses lists of which two hold the same account.
pub(crate) fn disjoint(lists: &[(&'static str, &[AccountId])]) -> Validated {
    let mut known: Vec<(&'static str, HashSet<AccountId>)> = Vec::new();
    for (field, list) in lists {
        for (first, ids) in &known {
            if let Some(id) = list.iter().find(|id| ids.contains(id)) {
                return Err(InputError::new(first, Limit::Twice { other: field, id: *id }));
            }
        }
        known.push((field, list.iter().copied().collect()));
    }
    Ok(())
}

/// Returns the ids in their order, each once.
pub(crate) fn unique(ids: impl IntoIterator<Item = AccountId>) -> Vec<AccountId> {
    let mut seen = HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

/// Returns the list as it is sent, or `None` if it is empty.
pub(crate) fn optional_list(ids: &[AccountId]) -> Option<AccountIdList> {
    (!ids.is_empty()).then(|| ids.iter().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chatwork_api::limits::{create_room, create_room_link};

    fn ids(ids: &[i64]) -> Vec<AccountId> {
        ids.iter().copied().map(AccountId).collect()
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(length("name", &"あ".repeat(255), 1, 255), Ok(()));
        let error = length("name", &"あ".repeat(256), 1, 255).unwrap_err();
        assert_eq!(error.to_string(), "not sent: `name` has 256 characters: expected 1 to 255");
    }

    #[test]
    fn an_empty_text_is_too_short() {
        assert!(length("name", "", 1, 255).is_err());
    }

    #[test]
    fn a_link_code_takes_what_its_pattern_says() {
        assert_eq!(characters("code", "aZ09_-", create_room_link::CODE_PATTERN), Ok(()));
    }

    #[test]
    fn a_character_that_is_not_allowed_is_named_by_its_position() {
        let error = characters("code", "la unch", create_room_link::CODE_PATTERN).unwrap_err();
        let expected = "not sent: `code` has a character at position 2 that is not one of \
                        A-Za-z0-9_-";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn the_patterns_of_the_document_have_the_form_that_is_read_here() {
        for pattern in [create_room::LINK_CODE_PATTERN, create_room_link::CODE_PATTERN] {
            assert!(pattern.starts_with("^[") && pattern.ends_with("]+$"), "{pattern}");
        }
    }

    #[test]
    fn an_account_in_two_lists_is_named() {
        let (admins, members) = (ids(&[1, 2]), ids(&[3, 2]));
        let lists = [("admin", admins.as_slice()), ("member", members.as_slice())];
        let error = disjoint(&lists).unwrap_err();
        let expected =
            "not sent: `admin` and `member` both hold the account 2: expected it in one of them";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn two_lists_of_many_accounts_are_compared_once_for_each_account() {
        // Each with each would be forty thousand million comparisons.
        let (odd, even): (Vec<_>, Vec<_>) =
            (0..400_000).map(AccountId).partition(|id| id.0 % 2 == 1);
        assert_eq!(disjoint(&[("admin", &odd), ("member", &even)]), Ok(()));
    }

    #[test]
    fn ids_keep_their_order_and_come_once() {
        assert_eq!(unique(ids(&[3, 1, 3, 2, 1])), ids(&[3, 1, 2]));
    }

    #[test]
    fn an_empty_optional_list_is_not_sent() {
        assert_eq!(optional_list(&[]), None);
    }
}
