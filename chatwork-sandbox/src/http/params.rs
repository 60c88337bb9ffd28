//! Parameters of a type: lengths, flags, ids, lists, words.
//!
//! An empty value that the type does not have means that the parameter was not sent: see
//! [`Form::value`]. A text without a minimum length may be empty, since that clears it.

use std::collections::HashSet;
use std::str::FromStr;

use chatwork_api::types::AccountId;

use super::form::{Form, invalid};
use crate::state::{LimitType, MessageNumber, Refusal, TaskStatus, is_link_code};

impl Form {
    /// A text of a length counted in characters. Without a minimum, it may be empty.
    pub(super) fn limited(
        &self,
        name: &str,
        min: u64,
        max: u64,
    ) -> Result<Option<String>, Refusal> {
        let text = if min == 0 { self.text(name)? } else { self.value(name)? };
        let Some(text) = text else {
            return Ok(None);
        };
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if (min..=max).contains(&length) {
            return Ok(Some(text.to_owned()));
        }
        Err(invalid(name, &format!("it has {length} characters: expected {min} to {max}")))
    }

    /// A text of any length.
    pub(super) fn any(&self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    /// `0` or `1`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.value(name)? {
            None => Ok(None),
            Some("0") => Ok(Some(false)),
            Some("1") => Ok(Some(true)),
            Some(_) => Err(invalid(name, "expected 0 or 1")),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: FromStr>(&self, name: &str, words: &str) -> Result<Option<T>, Refusal> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        let word = text.parse().map_err(|_| invalid(name, &format!("expected one of {words}")));
        word.map(Some)
    }

    /// The id of an account, which need not exist.
    pub(super) fn account(&self, name: &str) -> Result<Option<AccountId>, Refusal> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        let id = id(text).ok_or_else(|| invalid(name, "expected an id"))?;
        Ok(Some(AccountId(id)))
    }

    /// Ids with commas between them. Drops repeated ones, which [`Form::notes`] mentions.
    pub(super) fn accounts(&self, name: &str) -> Result<Option<Vec<AccountId>>, Refusal> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        let (mut accounts, mut seen, mut repeats) = (Vec::new(), HashSet::new(), false);
        for part in text.split(',') {
            let why = "expected ids with commas between them";
            let account = AccountId(id(part).ok_or_else(|| invalid(name, why))?);
            match seen.insert(account) {
                true => accounts.push(account),
                false => repeats = true,
            }
        }
        if repeats {
            self.mark_repeats(name);
        }
        Ok(Some(accounts))
    }

    /// A message id. The inner option is `None` for an id that a sandbox never creates.
    pub(super) fn message(&self, name: &str) -> Result<Option<Option<MessageNumber>>, Refusal> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        match is_message_id(text) {
            true => Ok(Some(MessageNumber::parse(text))),
            false => Err(invalid(name, "expected a message id")),
        }
    }

    /// A Unix time.
    pub(super) fn time(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        let time = Some(text).filter(|text| is_digits(text)).and_then(|text| text.parse().ok());
        time.map(Some).ok_or_else(|| invalid(name, "expected a Unix time in seconds"))
    }

    /// The code of an invitation link.
    pub(super) fn code(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.value(name)? {
            Some(code) if !is_link_code(code) => {
                Err(invalid(name, "expected 1 to 50 of A-Z a-z 0-9 _ -"))
            }
            code => Ok(code.map(str::to_owned)),
        }
    }
}

/// Refuses a missing parameter.
pub(super) fn required<T>(name: &str, value: Option<T>) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::invalid(format!("Parameter '{name}' is required")))
}

/// An id: a number above 0 that fits into 64 bits, without sign and leading zeros.
pub(super) fn id(text: &str) -> Option<i64> {
    let plain = is_digits(text) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

/// Whether a text has the form of a message id, however large.
pub(super) fn is_message_id(text: &str) -> bool {
    is_digits(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl FromStr for TaskStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let known = [Self::Open, Self::Done];
        known.into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

impl FromStr for LimitType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let known = [Self::None, Self::Date, Self::Time];
        known.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Form {
        Form::parse(text.as_bytes())
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert!(form("name=日本").limited("name", 1, 2).is_ok());
        let refusal = form("name=日本語").limited("name", 1, 2).unwrap_err();
        assert!(refusal.text.starts_with("Parameter 'name' is invalid"), "{}", refusal.text);
    }

    #[test]
    fn ids_are_plain_numbers_above_zero() {
        assert_eq!(id("42"), Some(42));
        for text in ["", "0", "-1", "+1", "01", "1.0", "1e3", "9223372036854775808", "１"] {
            assert_eq!(id(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_ids_has_no_spaces_and_no_gaps() {
        let ids = form("ids=3,1,3").accounts("ids").unwrap();
        assert_eq!(ids, Some(vec![AccountId(3), AccountId(1)]));
        assert_eq!(form("ids=").accounts("ids").unwrap(), None);
        for text in ["ids=1,", "ids=1, 2", "ids=a", "ids=,1"] {
            assert!(form(text).accounts("ids").is_err(), "{text}");
        }
    }

    #[test]
    fn a_list_as_long_as_a_body_may_be_is_read_in_one_go() {
        let ids: Vec<_> = (1..=500_000).map(|id: i64| id.to_string()).collect();
        let read = form(&format!("ids={0},{0}", ids.join(","))).accounts("ids").unwrap();
        assert_eq!(read.map(|ids| ids.len()), Some(500_000));
    }

    #[test]
    fn flags_are_zero_or_one() {
        assert_eq!(form("link=1").flag("link").unwrap(), Some(true));
        assert_eq!(form("link=").flag("link").unwrap(), None);
        for text in ["link=true", "link=2", "link=00"] {
            assert!(form(text).flag("link").is_err(), "{text}");
        }
    }
}
