//! Looking at arguments before they cost a request.
//!
//! Lengths are counted in characters (Unicode scalar values), as the API counts them.

use chatwork_api::types::{AccountId, AccountIdList};

use crate::error::{InputError, Limit};

type Checked = Result<(), InputError>;

/// A text with a fewest and a most of characters.
pub(crate) fn length(field: &'static str, text: &str, min: u64, max: u64) -> Checked {
    // A text has no more characters than bytes, and at least a quarter as many.
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

/// A text whose characters are those of a pattern such as `^[A-Za-z0-9_-]+$`.
pub(crate) fn characters(field: &'static str, text: &str, pattern: &'static str) -> Checked {
    let class = pattern.strip_prefix("^[").and_then(|rest| rest.strip_suffix("]+$"));
    let allowed = class.unwrap_or(pattern);
    match text.chars().position(|c| !in_class(allowed, c)) {
        None => Ok(()),
        Some(position) => Err(InputError::new(field, Limit::Character { position, allowed })),
    }
}

/// Whether a character is in a class such as `A-Za-z0-9_-`, of ASCII.
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

/// A list that needs at least one element.
pub(crate) fn not_empty(field: &'static str, list: &[AccountId]) -> Checked {
    if list.is_empty() { Err(InputError::new(field, Limit::Empty)) } else { Ok(()) }
}

/// Lists of which no two may hold the same account.
pub(crate) fn disjoint(lists: &[(&'static str, &[AccountId])]) -> Checked {
    for (index, (field, list)) in lists.iter().enumerate() {
        for (other, others) in lists.iter().skip(index + 1) {
            if let Some(id) = list.iter().find(|id| others.contains(id)) {
                return Err(InputError::new(field, Limit::Twice { other, id: *id }));
            }
        }
    }
    Ok(())
}

/// Ids in their order, each once.
pub(crate) fn unique(ids: impl IntoIterator<Item = AccountId>) -> Vec<AccountId> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

/// The list as it goes over the wire; an empty one is not sent.
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
    fn another_character_is_named_by_its_place() {
        let error = characters("code", "la unch", create_room_link::CODE_PATTERN).unwrap_err();
        let expected = "not sent: `code` has a character at position 2 that is not one of \
                        A-Za-z0-9_-";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn the_patterns_of_the_document_are_of_the_form_that_is_read_here() {
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
    fn ids_keep_their_order_and_come_once() {
        assert_eq!(unique(ids(&[3, 1, 3, 2, 1])), ids(&[3, 1, 2]));
    }

    #[test]
    fn an_empty_optional_list_is_not_sent() {
        assert_eq!(optional_list(&[]), None);
    }
}
