//! One thing with its fields.

use chatwork_app::one_line;
use serde_json::{Map, Value};

use super::{Form, Style};
use crate::fault::cut;

/// One thing with its fields. Texts of other people are made visible.
#[derive(Debug, Default)]
pub(crate) struct Details(Vec<(&'static str, Value)>);

impl Details {
    /// Returns a thing without fields.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a field.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Adds a text that another person may have written, unless it is empty.
    pub(crate) fn text(self, name: &'static str, text: &str) -> Self {
        match text.is_empty() {
            true => self,
            false => self.with(name, one_line(text).into_owned()),
        }
    }

    /// Writes the fields: a line each, or a JSON object.
    pub(crate) fn render(self, style: Style) -> String {
        let most = style.max_chars / 2;
        let fields = self.0.into_iter().map(|(name, value)| match value {
            Value::String(text) => (name, Value::String(cut(&text, most))),
            other => (name, other),
        });
        match style.form {
            Form::Json => {
                let object: Map<String, Value> =
                    fields.map(|(name, value)| (name.to_owned(), value)).collect();
                Value::Object(object).to_string()
            }
            Form::Text => {
                let lines: Vec<_> =
                    fields.map(|(name, value)| format!("{name}: {}", plain(&value))).collect();
                lines.join("\n")
            }
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(form: Form) -> String {
        let details = Details::new()
            .with("room_id", "42")
            .text("name", "a\nroom_id: 43")
            .text("description", "")
            .with("pinned", false);
        details.render(Style { form, max_chars: 2_000 })
    }

    #[test]
    fn a_field_is_one_line_whatever_it_holds() {
        assert_eq!(render(Form::Text), "room_id: 42\nname: a⏎room_id: 43\npinned: no");
    }

    #[test]
    fn json_has_the_same_fields() {
        let value: Value = serde_json::from_str(&render(Form::Json)).unwrap();
        assert_eq!(value["name"], "a⏎room_id: 43");
        assert_eq!(value["pinned"], false);
    }
}
