//! Workaround: a field that holds a number or a string of digits becomes an enum with two variants,
//! which every caller must match.
//!
//! The field becomes the number. It is read from both forms, and written in the form that the
//! document lists first. Delete this file when typify converts such a `oneOf`.

use serde_json::{Map, Value, json};
use syn::Attribute;

use super::Workaround;
use crate::document::{
    Document, get, is_required, items, number_or_text, properties, reference, text,
};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, schema, syntax};

pub(super) struct NumberOrText;

impl Workaround for NumberOrText {
    fn lower(&self, root: &mut Value) {
        let document = Document::from_value(root.clone());
        schema::rewrite(root, &mut |schema| lower_properties(&document, schema));
    }

    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            for (property, inner) in properties(schema) {
                if !is_required(schema, property) || number_or_text(document, inner).is_none() {
                    continue;
                }
                let name = naming::pascal(name).to_string();
                let field = syntax::find_struct(&mut generated.types, &name)
                    .and_then(|item| syntax::find_field(item, property))
                    .ok_or_else(|| Error::Patch {
                        workaround: "number or text",
                        message: format!("no field `{property}` in `{name}`"),
                    })?;
                field.attrs.extend(attributes(inner));
            }
        }
        Ok(())
    }
}

/// Required properties only: `check` admits no others.
fn lower_properties(document: &Document, schema: &mut Map<String, Value>) {
    let before = Value::Object(schema.clone());
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        if !is_required(&before, name) {
            continue;
        }
        let Some(number) = number_or_text(document, property) else {
            continue;
        };
        let description = get(property, "description").clone();
        *property = match reference(number) {
            Some(_) => json!({ "allOf": [number], "description": description }),
            None => json!({ "type": "integer", "format": "int64", "description": description }),
        };
    }
}

fn attributes(schema: &Value) -> Vec<Attribute> {
    let text_first =
        items(get(schema, "oneOf")).next().is_some_and(|it| text(it, "type") == "string");
    let read = syn::parse_quote!(#[serde(deserialize_with = "crate::number_or_text::read")]);
    if !text_first {
        return vec![read];
    }
    vec![
        read,
        syn::parse_quote!(#[serde(serialize_with = "crate::number_or_text::write_text")]),
        syn::parse_quote!(#[cfg_attr(feature = "schemars-1", schemars(with = "String"))]),
    ]
}
