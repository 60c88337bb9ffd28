//! The fields of a form or a query.

use std::cell::Cell;

use percent_encoding::percent_decode;

use super::log::excerpt;
use crate::state::Refusal;

/// The fields of a form or a query in their order. Values are bytes: only a value that is read has
/// to be text. Each field remembers whether it was read, so that the log can name the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Form(Vec<Field>);

#[derive(Clone, Debug)]
struct Field {
    name: Vec<u8>,
    value: Vec<u8>,
    /// Whether a handler has asked for the name.
    read: Cell<bool>,
    /// Whether the value was empty and taken as not sent.
    skipped: Cell<bool>,
    /// Whether the value was a list with an id more than once.
    repeats: Cell<bool>,
}

impl Field {
    fn new(name: Vec<u8>, value: Vec<u8>) -> Self {
        let (read, skipped, repeats) = Default::default();
        Self { name, value, read, skipped, repeats }
    }

    /// The start of the name, for a note.
    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.name).chars().take(NAME).collect()
    }
}

/// How many characters of a name a note shows.
const NAME: usize = 40;

impl Form {
    /// Parses `a=1&b=2` with `+` and `%XX`. A `%` without two digits is a plain `%`, so every
    /// text is a form.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let pairs = bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let fields = pairs.map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default());
            Field::new(name, decode(halves.next().unwrap_or_default()))
        });
        Self(fields.collect())
    }

    pub(super) fn push(&mut self, name: &str, value: Vec<u8>) {
        self.0.push(Field::new(name.as_bytes().to_vec(), value));
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields(name).next().is_some()
    }

    /// Whether a parameter has this value, or one entry of its list. Does not count as reading it.
    pub(super) fn holds(&self, name: &str, value: &str) -> bool {
        let is = |field: &Field| {
            let text = String::from_utf8_lossy(&field.value);
            text == value || text.split(',').any(|entry| entry.trim() == value)
        };
        self.fields(name).any(is)
    }

    /// The text of a parameter; `None` if it is missing.
    ///
    /// Refuses a parameter that comes twice or is not UTF-8.
    pub(super) fn text<'a>(&'a self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let mut fields = self.fields(name);
        let Some(field) = fields.next() else {
            return Ok(None);
        };
        field.read.set(true);
        if fields.next().is_some() {
            let text = format!("Parameter '{name}' is given more than once");
            return Err(Refusal::invalid(text));
        }
        let text = std::str::from_utf8(&field.value).ok();
        let text = text.ok_or_else(|| invalid(name, "it is not UTF-8"));
        text.map(Some)
    }

    /// Like [`Form::text`], for a parameter whose value cannot be empty: many clients send
    /// `name=` for a parameter that is not set, so an empty value means "not sent".
    pub(super) fn value<'a>(&'a self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let text = self.text(name)?;
        if text == Some("") {
            self.fields(name).for_each(|field| field.skipped.set(true));
        }
        Ok(text.filter(|text| !text.is_empty()))
    }

    /// Remembers that the list in a parameter has an id more than once.
    pub(super) fn mark_repeats(&self, name: &str) {
        self.fields(name).for_each(|field| field.repeats.set(true));
    }

    /// What was ignored: a note for each field that no handler has read, that was empty, or that has
    /// an id more than once.
    pub(super) fn notes(&self, what: &str) -> Vec<String> {
        self.notes_without(what, &[])
    }

    /// The same, without fields of these names that no handler has read.
    pub(super) fn notes_without(&self, what: &str, known: &[&str]) -> Vec<String> {
        let is_known = |field: &Field| known.iter().any(|name| name.as_bytes() == field.name);
        let notes = self.0.iter().filter_map(|field| {
            let why = if !field.read.get() {
                if is_known(field) {
                    return None;
                }
                "is ignored: this operation does not read it"
            } else if field.skipped.get() {
                "is empty: taken as not sent"
            } else if field.repeats.get() {
                "has an id more than once: each id counts once"
            } else {
                return None;
            };
            Some(format!("{what} '{}' {why}", field.shown()))
        });
        notes.collect()
    }

    /// The form as a log may show it: only the values of these names.
    pub(super) fn shown(&self, names: &[&str]) -> String {
        let fields = self.0.iter().map(|field| {
            let name = String::from_utf8_lossy(&field.name);
            match names.contains(&name.as_ref()) {
                true => format!("{name}={}", String::from_utf8_lossy(&field.value)),
                false => format!("{name}=…"),
            }
        });
        excerpt(fields.collect::<Vec<_>>().join("&").as_bytes())
    }

    fn fields<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Field> + use<'a, 'n> {
        self.0.iter().filter(move |field| field.name == name.as_bytes())
    }
}

/// The values of the parameters of a control path. Refuses every other parameter.
pub(crate) fn query_values<const N: usize>(
    query: &str,
    names: [&str; N],
) -> Result<[Option<String>; N], String> {
    let form = Form::parse(query.as_bytes());
    let mut values = [const { None }; N];
    for (value, name) in values.iter_mut().zip(names) {
        let text = form.text(name).map_err(|refusal| refusal.text.into_owned())?;
        *value = text.map(str::to_owned);
    }
    match form.notes("query parameter").is_empty() {
        true => Ok(values),
        false => {
            let known = names.map(|name| format!("`{name}`")).join(", ");
            Err(format!("Unknown query parameter: expected {known} or none"))
        }
    }
}

/// The refusal of a value. Names the parameter and the reason.
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
    fn a_value_that_is_not_utf_8_is_refused_only_when_it_is_read() {
        let form = Form::parse(b"bad=%FF&good=1");
        assert!(form.text("bad").unwrap_err().text.contains("'bad'"));
        assert_eq!(form.text("good").unwrap(), Some("1"));
    }

    #[test]
    fn fields_that_are_ignored_are_named_and_read_ones_are_not() {
        let form = Form::parse(b"body=hi&bodi=secret&limit=");
        assert_eq!((form.text("body").unwrap(), form.value("limit").unwrap()), (Some("hi"), None));
        let notes = form.notes("form field");
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].contains("'bodi' is ignored") && notes[1].contains("'limit' is empty"));
        assert!(!notes.concat().contains("secret"), "{notes:?}");
    }
}
