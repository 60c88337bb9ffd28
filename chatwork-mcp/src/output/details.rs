//! One thing with its fields.

use chatwork_app::one_line;
use serde_json::{Map, Value, json};

use super::{Form, Style};

/// The room that is kept for what says how a text goes on.
const MORE: usize = 120;
/// The least that is shown of a text.
const LEAST: usize = 100;

/// One thing with its fields. Texts of other people are made visible.
#[derive(Debug, Default)]
pub(crate) struct Details {
    fields: Vec<(&'static str, Value)>,
    /// A text that may be long, and the character at which it begins here.
    long: Option<(&'static str, String, usize)>,
}

impl Details {
    /// Returns a thing without fields.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a field.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Adds a text that another person may have written, unless it is empty.
    pub(crate) fn text(self, name: &'static str, text: &str) -> Self {
        match text.is_empty() {
            true => self,
            false => self.with(name, one_line(text).into_owned()),
        }
    }

    /// Adds a text as the last field, from a character on. What does not fit follows with a cursor.
    pub(crate) fn long(self, name: &'static str, text: &str, from: usize) -> Self {
        match text.is_empty() {
            true => self,
            false => Self { long: Some((name, one_line(text).into_owned(), from)), ..self },
        }
    }

    /// Writes the fields: a line each, or a JSON object.
    pub(crate) fn render(mut self, style: Style) -> String {
        let form = style.form;
        let most =
            style.max_chars.saturating_sub(if self.long.is_some() { MORE + LEAST } else { 0 });
        self.fit(form, most);
        if let Some((name, text, from)) = self.long.take() {
            let used = written(&self.fields, form).chars().count() + name.len() + MORE;
            let part = form.part(&text, from, style.max_chars.saturating_sub(used));
            self.fields.push((name, Value::String(part.text)));
            if let Some(next) = part.next {
                self.fields.push(("characters_left_out", json!(part.left)));
                self.fields.push(("next_cursor", json!(format!("c{next}"))));
            }
        }
        written(&self.fields, form)
    }

    /// Cuts the longest texts until the whole has at most so many characters.
    fn fit(&mut self, form: Form, most: usize) {
        loop {
            let over = written(&self.fields, form).chars().count().saturating_sub(most);
            let texts = self.fields.iter_mut().filter_map(|(_, value)| match value {
                Value::String(text) => Some(text),
                _ => None,
            });
            let Some(longest) = texts.max_by_key(|text| form.length(text)) else { return };
            let length = form.length(longest);
            if over == 0 || length <= LEAST {
                return;
            }
            // One more for the sign that it is cut.
            *longest = form.cut(longest, length.saturating_sub(over + 1).max(LEAST - 1));
        }
    }
}

fn written(fields: &[(&'static str, Value)], form: Form) -> String {
    match form {
        Form::Json => {
            let object: Map<String, Value> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            Value::Object(object).to_string()
        }
        Form::Text => {
            let line = |(name, value): &(&str, Value)| format!("{name}: {}", plain(value));
            fields.iter().map(line).collect::<Vec<_>>().join("\n")
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

    const FORMS: [Form; 2] = [Form::Text, Form::Json];

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

    #[test]
    fn several_long_texts_together_are_not_longer_than_an_answer_may_be() {
        for form in FORMS {
            let text = "\"".repeat(5_000);
            let details = Details::new().text("name", &text).text("organization", &text);
            let details = details.text("title", "short").long("description", &text, 0);
            let shown = details.render(Style { form, max_chars: 2_000 });
            let length = shown.chars().count();
            assert!((1_700..=2_000).contains(&length), "{length}");
            assert!(shown.contains("short") && shown.contains("next_cursor"), "{shown}");
        }
    }

    #[test]
    fn a_long_text_goes_on_at_its_cursor() {
        for form in FORMS {
            let text: String = (0..900).map(|number| format!("{number}\" ")).collect();
            let (mut whole, mut from) = (String::new(), Some(0));
            while let Some(at) = from {
                let details = Details::new().with("room_id", "42").long("description", &text, at);
                let shown = details.render(Style { form, max_chars: 2_000 });
                assert!(shown.chars().count() <= 2_000);
                let field = |name: &str| match form {
                    Form::Json => {
                        let value: Value = serde_json::from_str(&shown).unwrap();
                        value[name].as_str().map(str::to_owned)
                    }
                    Form::Text => {
                        let prefix = format!("{name}: ");
                        shown.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
                    }
                };
                whole.push_str(&field("description").unwrap());
                from = field("next_cursor").map(|it| it.trim_start_matches('c').parse().unwrap());
            }
            assert_eq!(whole, text);
        }
    }
}
