//! Names and values, as a form or a query has them.

use percent_encoding::percent_decode;

use super::log::excerpt;
use crate::state::Refusal;

/// Names and values in the order in which they came, as bytes: whether they are text is asked for
/// those that matter only.
#[derive(Clone, Debug, Default)]
pub(super) struct Form(Vec<(Vec<u8>, Vec<u8>)>);

impl Form {
    /// Reads `a=1&b=2` with `+` and `%XX`. Everything is a form; a `%` without two digits is
    /// itself.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let pairs = bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let fields = pairs.map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default());
            (name, decode(halves.next().unwrap_or_default()))
        });
        Self(fields.collect())
    }

    pub(super) fn push(&mut self, name: &str, value: Vec<u8>) {
        self.0.push((name.as_bytes().to_vec(), value));
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// The value of a parameter that may be missing, but not come twice, and is text.
    pub(super) fn text<'a>(&'a self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let mut values = self.values(name);
        let Some(value) = values.next() else {
            return Ok(None);
        };
        if values.next().is_some() {
            let text = format!("Parameter '{name}' is given more than once");
            return Err(Refusal::invalid(text));
        }
        let text = std::str::from_utf8(value).ok();
        let text = text.ok_or_else(|| invalid(name, "it is not UTF-8"));
        text.map(Some)
    }

    /// The form as a log may show it: values of other names are left out.
    pub(super) fn shown(&self, names: &[&str]) -> String {
        let fields = self.0.iter().map(|(name, value)| {
            let name = String::from_utf8_lossy(name);
            match names.contains(&name.as_ref()) {
                true => format!("{name}={}", String::from_utf8_lossy(value)),
                false => format!("{name}=…"),
            }
        });
        excerpt(fields.collect::<Vec<_>>().join("&").as_bytes())
    }

    fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let named = self.0.iter().filter(|(known, _)| known == name.as_bytes());
        named.map(|(_, value)| value.as_slice())
    }
}

/// The refusal of a value, which names the parameter and says what is wrong with it.
pub(super) fn invalid(name: &str, why: &str) -> Refusal {
    Refusal::invalid(format!("Parameter '{name}' is invalid: {why}"))
}

pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> =
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_and_percent_are_decoded() {
        let form = Form::parse("body=a+b%26%E6%97%A5&x".as_bytes());
        assert_eq!(form.text("body").unwrap(), Some("a b&日"));
        assert_eq!(form.text("x").unwrap(), Some(""));
        assert_eq!(form.text("y").unwrap(), None);
    }

    #[test]
    fn raw_utf8_and_stray_percents_are_taken_as_they_are() {
        let form = Form::parse("body=日本%&b=%zz".as_bytes());
        assert_eq!(form.text("body").unwrap(), Some("日本%"));
        assert_eq!(form.text("b").unwrap(), Some("%zz"));
    }

    #[test]
    fn a_parameter_that_comes_twice_is_named() {
        let refusal = Form::parse(b"to_ids=1&to_ids=2").text("to_ids").unwrap_err();
        assert_eq!(refusal.text, "Parameter 'to_ids' is given more than once");
    }

    #[test]
    fn what_is_no_text_is_named_but_only_when_asked_for() {
        let form = Form::parse(b"bad=%FF&good=1");
        assert!(form.text("bad").unwrap_err().text.contains("'bad'"));
        assert_eq!(form.text("good").unwrap(), Some("1"));
    }
}
