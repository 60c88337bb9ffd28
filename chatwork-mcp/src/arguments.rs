//! The arguments of a call, checked strictly.

use std::collections::{BTreeMap, BTreeSet};

use chatwork_app::one_line;
use rmcp::model::JsonObject;
use serde_json::Value;

use crate::fault::{Fault, cut};
use crate::repeat::key;
use crate::schema::{ID_MAX, IDS_MAX, Kind, Param};

/// The default of a flag that is off without it.
pub(crate) const OFF: &str = "false";
/// Clients written in JavaScript round whole numbers above this one.
const EXACT_MAX: u64 = 1 << 53;

/// The arguments of a call, after the check.
#[derive(Debug, Default)]
pub(crate) struct Arguments(BTreeMap<&'static str, Argument>);

#[derive(Debug)]
enum Argument {
    Text(String),
    Texts(Vec<String>),
    Count(u64),
    Flag(bool),
}

impl Arguments {
    /// Checks the arguments of a call. `null` counts as left out, and so does what is the default.
    pub(crate) fn check(
        tool: &str,
        params: &[&'static Param],
        given: JsonObject,
    ) -> Result<Self, Fault> {
        let mut arguments = BTreeMap::new();
        for (name, value) in given.into_iter().filter(|(_, value)| !value.is_null()) {
            let Some(param) = params.iter().find(|param| param.name == name) else {
                return Err(unknown(tool, &name, params));
            };
            let argument = read(param, value)?;
            if !argument.is(param.default) {
                arguments.insert(param.name, argument);
            }
        }
        let missing: Vec<_> = params
            .iter()
            .filter(|param| param.required && !arguments.contains_key(param.name))
            .map(|param| format!("`{}`", param.name))
            .collect();
        match missing.is_empty() {
            true => Ok(Self(arguments)),
            false => Err(Fault::new(
                format!("{tool} needs {}", missing.join(" and ")),
                "Call again with it.",
            )),
        }
    }

    /// Returns a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(Argument::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns the texts of a list; none if it was left out.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some(Argument::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Returns a number.
    pub(crate) fn count(&self, name: &str) -> Option<usize> {
        match self.0.get(name) {
            Some(Argument::Count(count)) => usize::try_from(*count).ok(),
            _ => None,
        }
    }

    /// Returns whether a flag is set to `true`.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.flag(name) == Some(true)
    }

    /// Returns a flag, or `None` if it was left out.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name) {
            Some(Argument::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// Returns all arguments but these, in an order of its own: the same for the same arguments,
    /// however the client writes them.
    pub(crate) fn written_without(&self, left_out: &[&str]) -> Vec<u8> {
        let given = self.0.iter().filter(|(name, _)| !left_out.contains(name));
        given.flat_map(|(name, argument)| key(&[name.as_bytes(), &argument.written()])).collect()
    }

    /// Returns whether any of these was given.
    pub(crate) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(name))
    }
}

impl Argument {
    /// Returns whether this is the value that a missing argument has.
    fn is(&self, default: Option<&str>) -> bool {
        match (self, default) {
            (Self::Text(text), Some(default)) => text == default,
            (Self::Flag(false), Some(default)) => default == OFF,
            _ => false,
        }
    }

    /// Returns the value as bytes. No two values of an argument have the same ones.
    fn written(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.as_bytes().to_vec(),
            // A list names people: in another order, or one of them twice, they are the same.
            Self::Texts(texts) => {
                let people: BTreeSet<_> = texts.iter().collect();
                people.into_iter().flat_map(|text| key(&[text.as_bytes()])).collect()
            }
            Self::Count(count) => count.to_be_bytes().to_vec(),
            Self::Flag(flag) => vec![u8::from(*flag)],
        }
    }
}

fn unknown(tool: &str, name: &str, params: &[&'static Param]) -> Fault {
    let known: Vec<_> = params.iter().map(|param| param.name).collect();
    let expected = match known.is_empty() {
        true => "expected no argument".to_owned(),
        false => format!("expected {}", known.join(", ")),
    };
    let name = cut(&one_line(name), 60);
    Fault::new(format!("`{name}` is not an argument of {tool}: {expected}"), "")
}

fn read(param: &Param, value: Value) -> Result<Argument, Fault> {
    let name = param.name;
    match param.kind {
        Kind::Text { min, max } => text(name, value, min, max).map(Argument::Text),
        Kind::Code { min, max, pattern } => {
            let text = text(name, value, min, max)?;
            let allowed = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
            match text.chars().all(allowed) {
                true => Ok(Argument::Text(text)),
                false => Err(wrong(name, "has other characters", &format!("{pattern} to match"))),
            }
        }
        Kind::Id => id(name, value).map(Argument::Text),
        Kind::Ids => ids(param, value).map(Argument::Texts),
        Kind::Count { min, max } => count(name, &value, min, max).map(Argument::Count),
        Kind::Flag => match value {
            Value::Bool(flag) => Ok(Argument::Flag(flag)),
            other => Err(wrong(name, &format!("is {}", kind_of(&other)), "true or false")),
        },
        Kind::Choice(words) => {
            let expected = format!("one of {}", words.join(", "));
            match value.as_str().and_then(|text| words.iter().find(|word| **word == text)) {
                Some(word) => Ok(Argument::Text((*word).to_owned())),
                None => Err(wrong(name, "is none of its words", &expected)),
            }
        }
    }
}

fn text(name: &str, value: Value, min: u64, max: u64) -> Result<String, Fault> {
    let Value::String(text) = value else {
        return Err(wrong(name, &format!("is {}", kind_of(&value)), "a text"));
    };
    let length = text.chars().count() as u64;
    match (min..=max).contains(&length) {
        true => Ok(text),
        false => Err(wrong(
            name,
            &format!("has {length} characters"),
            &format!("{min} to {max} characters"),
        )),
    }
}

/// Reads what names one thing. A whole number is taken as well, as long as no client rounds it.
fn id(name: &str, value: Value) -> Result<String, Fault> {
    match value {
        Value::String(text) => text_of_id(name, text),
        Value::Number(number) => match number.as_u64() {
            Some(id) if id <= EXACT_MAX => Ok(id.to_string()),
            Some(_) => Err(wrong(
                name,
                "is a number above 2^53, which clients round",
                "the id as a text, in quotes",
            )),
            None => Err(wrong(name, "is no whole number from 0 on", "an id, an address or a name")),
        },
        other => {
            Err(wrong(name, &format!("is {}", kind_of(&other)), "an id, an address or a name"))
        }
    }
}

fn text_of_id(name: &str, text: String) -> Result<String, Fault> {
    let length = text.chars().count() as u64;
    match (1..=ID_MAX).contains(&length) && !text.trim().is_empty() {
        true => Ok(text),
        false => Err(wrong(
            name,
            &format!("has {length} characters"),
            &format!("an id, an address or a name of 1 to {ID_MAX} characters"),
        )),
    }
}

fn ids(param: &Param, value: Value) -> Result<Vec<String>, Fault> {
    let (name, least) = (param.name, param.least_ids());
    let Value::Array(items) = value else {
        return Err(wrong(name, &format!("is {}", kind_of(&value)), "a list of texts"));
    };
    match (least..=IDS_MAX).contains(&(items.len() as u64)) {
        true => items.into_iter().map(|item| id(name, item)).collect(),
        false => {
            let what = format!("has {} entries", items.len());
            Err(wrong(name, &what, &format!("{least} to {IDS_MAX}")))
        }
    }
}

fn count(name: &str, value: &Value, min: u64, max: u64) -> Result<u64, Fault> {
    let expected = format!("a whole number from {min} to {max}");
    let whole = |number: f64| number.fract() == 0.0 && (0.0..EXACT_MAX as f64).contains(&number);
    let number = match value {
        Value::Number(number) => {
            number.as_u64().or_else(|| number.as_f64().filter(|it| whole(*it)).map(|it| it as u64))
        }
        other => return Err(wrong(name, &format!("is {}", kind_of(other)), &expected)),
    };
    match number.filter(|number| (min..=max).contains(number)) {
        Some(number) => Ok(number),
        None => Err(wrong(name, &format!("is {value}"), &expected)),
    }
}

fn wrong(name: &str, what: &str, expected: &str) -> Fault {
    Fault::new(format!("`{name}` {what}: expected {expected}"), "")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ROOM: Param = Param::new("room", Kind::Id, "").required();
    const LIMIT: Param = Param::new("limit", Kind::Count { min: 1, max: 100 }, "");
    const TEXT: Param = Param::new("text", Kind::Text { min: 1, max: 3 }, "");
    const UNREAD: Param = Param::new("unread_only", Kind::Flag, "");
    const TO: Param = Param::new("to", Kind::Ids, "");
    const KIND: Param = Param::new("type", Kind::Choice(&["my", "group"]), "");
    const CODE: Param =
        Param::new("code", Kind::Code { min: 1, max: 5, pattern: "^[A-Za-z0-9_-]+$" }, "");

    fn check(given: Value) -> Result<Arguments, String> {
        let Value::Object(given) = given else { panic!("not an object") };
        let params = [&ROOM, &LIMIT, &TEXT, &UNREAD, &TO, &KIND, &CODE];
        Arguments::check("list_rooms", &params, given).map_err(|fault| fault.text())
    }

    fn refused(given: Value) -> String {
        check(given).unwrap_err()
    }

    #[test]
    fn arguments_of_the_right_kind_are_taken() {
        let given = json!({
            "room": 42, "limit": 7.0, "text": "あいう", "unread_only": true,
            "to": ["me", 12], "type": "my", "code": null,
        });
        let arguments = check(given).unwrap();
        assert_eq!(arguments.text("room"), Some("42"));
        assert_eq!(arguments.count("limit"), Some(7));
        assert_eq!(arguments.text("text"), Some("あいう"));
        assert!(arguments.is_set("unread_only") && !arguments.has_any(&["code"]));
        assert_eq!(arguments.texts("to"), ["me", "12"]);
    }

    #[test]
    fn an_unknown_argument_is_refused_and_the_known_ones_are_named() {
        assert_eq!(
            refused(json!({ "room": "1", "rooms": "2" })),
            "`rooms` is not an argument of list_rooms: expected room, limit, text, unread_only, \
             to, type, code."
        );
    }

    #[test]
    fn a_missing_argument_is_named() {
        assert_eq!(refused(json!({})), "list_rooms needs `room`. Call again with it.");
        assert_eq!(
            refused(json!({ "room": null })),
            "list_rooms needs `room`. Call again with it."
        );
    }

    #[test]
    fn a_wrong_type_is_refused_and_the_right_one_is_named() {
        let with = |name: &str, value: Value| refused(json!({ "room": "1", name: value }));
        assert_eq!(
            with("limit", json!("7")),
            "`limit` is a text: expected a whole number from 1 to 100."
        );
        assert_eq!(
            with("limit", json!(1.5)),
            "`limit` is 1.5: expected a whole number from 1 to 100."
        );
        assert_eq!(
            with("limit", json!(101)),
            "`limit` is 101: expected a whole number from 1 to 100."
        );
        assert_eq!(with("text", json!(1)), "`text` is a number: expected a text.");
        assert_eq!(
            with("text", json!("abcd")),
            "`text` has 4 characters: expected 1 to 3 characters."
        );
        assert_eq!(
            with("unread_only", json!("true")),
            "`unread_only` is a text: expected true or false."
        );
        assert_eq!(with("to", json!("1,2")), "`to` is a text: expected a list of texts.");
        assert_eq!(
            with("type", json!("direct")),
            "`type` is none of its words: expected one of my, group."
        );
        assert_eq!(
            with("code", json!("a b")),
            "`code` has other characters: expected ^[A-Za-z0-9_-]+$ to match."
        );
        assert_eq!(
            with("room", json!({})),
            "`room` is an object: expected an id, an address or a name."
        );
    }

    #[test]
    fn a_required_list_is_not_empty() {
        const PEOPLE: Param = Param::new("people", Kind::Ids, "").required();
        let Value::Object(given) = json!({ "people": [] }) else { panic!("not an object") };
        let fault = Arguments::check("change_room_members", &[&PEOPLE], given).unwrap_err();
        assert_eq!(fault.text(), "`people` has 0 entries: expected 1 to 100.");
    }

    #[test]
    fn the_same_arguments_are_written_the_same_way() {
        let written = |given| check(given).unwrap().written_without(&["unread_only"]);
        let one = json!({ "room": 42, "to": ["a", "b"], "unread_only": true });
        assert_eq!(written(one), written(json!({ "to": ["a", "b"], "room": "42", "text": null })));
        let texts = |texts: Value| written(json!({ "room": "1", "to": texts }));
        assert_ne!(texts(json!(["ab", "c"])), texts(json!(["a", "bc"])));
        assert_eq!(texts(json!(["a", "b"])), texts(json!(["b", "a", "b"])));
        assert_ne!(
            written(json!({ "room": "1", "text": "to" })),
            written(json!({ "room": "1", "type": "my" }))
        );
    }

    #[test]
    fn a_number_that_clients_round_is_not_taken_as_an_id() {
        let above = refused(json!({ "room": 9_007_199_254_740_993_u64 }));
        assert!(above.contains("2^53") && above.contains("in quotes"), "{above}");
        assert!(check(json!({ "room": 9_007_199_254_740_992_u64 })).is_ok());
        assert!(refused(json!({ "room": -1 })).contains("no whole number"));
    }
}
