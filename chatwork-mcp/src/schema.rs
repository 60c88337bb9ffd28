//! The arguments of a tool, and the JSON schema that is made of them.
//!
//! Clients differ in what of JSON Schema they take. The schemas have plain types only: no
//! references, no alternatives, no lists of types, no formats.

use rmcp::model::JsonObject;
use serde_json::{Value, json};

/// An argument of a tool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    /// What it means, for the model. Holds no text of other people.
    pub(crate) about: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) needs: Needs,
    /// The value that is the same as leaving the argument out: a word, or `false`.
    pub(crate) default: Option<&'static str>,
}

/// What an argument is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A text of so many characters.
    Text {
        /// The fewest characters.
        min: u64,
        /// The most characters.
        max: u64,
    },
    /// A text that matches a pattern of one character class.
    Code {
        /// The fewest characters.
        min: u64,
        /// The most characters.
        max: u64,
        /// The regular expression.
        pattern: &'static str,
    },
    /// What names one thing: an id, an address or a name. A number is taken, too.
    Id,
    /// A list of [`Kind::Id`].
    Ids,
    /// A whole number.
    Count {
        /// The least number.
        min: u64,
        /// The greatest number.
        max: u64,
    },
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// What a server must have for an argument to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// It is always there.
    Nothing,
    /// A folder for downloads.
    Downloads,
    /// The permission to notify all members of a room.
    ToAll,
}

/// The most characters of an id, an address or a name.
pub(crate) const ID_MAX: u64 = 300;
/// The most ids of a list.
pub(crate) const IDS_MAX: u64 = 100;

impl Param {
    /// An argument that can be left out.
    pub(crate) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, about, kind, required: false, needs: Needs::Nothing, default: None }
    }

    /// Makes the argument required.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Sets what the argument needs to be there.
    pub(crate) const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// Says that a value is the same as leaving the argument out.
    pub(crate) const fn default(self, value: &'static str) -> Self {
        Self { default: Some(value), ..self }
    }

    /// Returns the fewest entries of a list: a required one is not empty.
    pub(crate) const fn least_ids(&self) -> u64 {
        if self.required { 1 } else { 0 }
    }

    fn schema(&self) -> Value {
        let mut schema = match self.kind {
            Kind::Text { min, max } => {
                json!({ "type": "string", "minLength": min, "maxLength": max })
            }
            Kind::Code { min, max, pattern } => {
                json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": pattern })
            }
            Kind::Id => json!({ "type": "string", "maxLength": ID_MAX }),
            Kind::Ids => {
                let items = json!({ "type": "string", "maxLength": ID_MAX });
                match self.least_ids() {
                    0 => json!({ "type": "array", "items": items, "maxItems": IDS_MAX }),
                    least => json!({
                        "type": "array", "items": items, "minItems": least, "maxItems": IDS_MAX,
                    }),
                }
            }
            Kind::Count { min, max } => {
                json!({ "type": "integer", "minimum": min, "maximum": max })
            }
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        };
        if let (Some(schema), false) = (schema.as_object_mut(), self.about.is_empty()) {
            schema.insert("description".to_owned(), Value::from(self.about));
        }
        schema
    }
}

/// Returns the schema of an object with these arguments, and an `account` if there are several. What
/// writes must name it.
pub(crate) fn schema<'a>(
    params: impl Iterator<Item = &'a Param>,
    accounts: &[String],
    writes: bool,
) -> JsonObject {
    let (mut properties, mut required) = (JsonObject::new(), Vec::new());
    for param in params {
        properties.insert(param.name.to_owned(), param.schema());
        if param.required {
            required.push(Value::from(param.name));
        }
    }
    if !accounts.is_empty() {
        let about = "The account to act for.";
        let account = json!({ "type": "string", "enum": accounts, "description": about });
        properties.insert(ACCOUNT.to_owned(), account);
        if writes {
            required.push(Value::from(ACCOUNT));
        }
    }
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), Value::from("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    schema
}

/// The name of the argument that chooses the account.
pub(crate) const ACCOUNT: &str = "account";
