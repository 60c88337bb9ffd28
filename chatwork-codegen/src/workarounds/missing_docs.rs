//! Workaround: progenitor writes no docs for a field whose schema is a reference, repeats the name
//! of a type that has no description, and does not link the reference page of an operation.
//!
//! The patch writes the descriptions of the document on every item. Delete this file when
//! progenitor copies the descriptions of references, and has a hook for the docs of a method.

use quote::ToTokens;
use serde_json::Value;
use syn::{Attribute, Item, parse::Parser};

use super::Workaround;
use super::options::{has_optional_body, has_options, optional_parameters, struct_of_body};
use crate::document::{Document, Operation, get, properties, string_enum, text, wrapped_reference};
use crate::error::Error;
use crate::generate::Generated;
use crate::{naming, rustdoc, syntax};

pub(super) struct MissingDocs;

const NAME: &str = "missing docs";

impl Workaround for MissingDocs {
    fn patch(&self, document: &Document, generated: &mut Generated) -> Result<(), Error> {
        for (name, schema) in document.schemas() {
            let docs = rustdoc::escape(text(schema, "description"));
            type_docs(document, &naming::pascal(name).to_string(), schema, &docs, generated)?;
        }
        for operation in document.operations() {
            if let Some((_, schema)) = operation.body() {
                let name = struct_of_body(&operation);
                type_docs(document, &name, schema, &body_docs(&operation), generated)?;
            }
            let docs = attributes(&operation_docs(&operation))?;
            let method = syntax::find_operation(&mut generated.client, operation.id(), NAME)?;
            set(&mut method.attrs, docs);
            if has_options(&operation) {
                options(document, &operation, generated)?;
            }
        }
        client_docs(document, generated)
    }
}

/// The docs of a type, its fields and its variants.
fn type_docs(
    document: &Document,
    name: &str,
    schema: &Value,
    docs: &str,
    generated: &mut Generated,
) -> Result<(), Error> {
    let docs = attributes(docs)?;
    if let Some(item) = syntax::find_struct(&mut generated.types, name) {
        set(&mut item.attrs, docs);
        for (property, inner) in properties(schema) {
            if let Some(field) = syntax::find_field(item, property) {
                let description = rustdoc::escape(description(document, inner));
                set(&mut field.attrs, attributes(&description)?);
            }
        }
    } else if let Some(item) = syntax::find_enum(&mut generated.types, name) {
        set(&mut item.attrs, docs);
        for value in string_enum(schema) {
            let ident = naming::pascal(value);
            let line = match meaning(text(schema, "description"), value) {
                Some(meaning) => format!("`{value}`: {meaning}."),
                None => format!("`{value}`."),
            };
            let line = rustdoc::escape(&line);
            if let Some(variant) = item.variants.iter_mut().find(|v| v.ident == ident) {
                set(&mut variant.attrs, attributes(&line)?);
            }
        }
    }
    Ok(())
}

/// Returns what an enum's description says of a value, in a list of "- `value`: meaning".
fn meaning<'a>(description: &'a str, value: &str) -> Option<&'a str> {
    let start = format!("- `{value}`: ");
    description.lines().find_map(|line| line.trim().strip_prefix(start.as_str()))
}

/// A property's own description, or the first paragraph of what it refers to.
fn description<'a>(document: &'a Document, schema: &'a Value) -> &'a str {
    match text(schema, "description") {
        "" => {
            let target = wrapped_reference(schema).map(|target| document.target(target));
            let whole = target.map_or("", |target| text(target, "description"));
            whole.split("\n\n").next().unwrap_or_default()
        }
        own => own,
    }
}

/// Method and path, as code.
fn request(operation: &Operation<'_>) -> String {
    rustdoc::escape(&format!("`{} {}`", operation.method.to_uppercase(), operation.path))
}

fn body_docs(operation: &Operation<'_>) -> String {
    if has_optional_body(operation) {
        return options_docs(operation);
    }
    format!(
        "The body of {0}: what [`Client::{1}`](crate::Client::{1}) sends.",
        request(operation),
        naming::method(operation.id()),
    )
}

fn options_docs(operation: &Operation<'_>) -> String {
    format!(
        "The optional parameters of {0}, for [`Client::{1}`](crate::Client::{1}).",
        request(operation),
        naming::method_with(operation.id()),
    )
}

/// The docs of the method that takes options, and of their struct.
fn options(
    document: &Document,
    operation: &Operation<'_>,
    generated: &mut Generated,
) -> Result<(), Error> {
    let name = naming::options(operation.id());
    let docs = format!(
        "As [`Client::{plain}`], with the optional parameters that are set in [`types::{name}`].\n\n\
         # Errors\n\nAs [`Client::{plain}`].",
        plain = naming::method(operation.id()),
    );
    let with = naming::method_with(operation.id());
    let method = syntax::operations(&mut generated.client).find(|it| it.sig.ident == with);
    if let Some(method) = method {
        set(&mut method.attrs, attributes(&docs)?);
    }
    let Some(item) = syntax::find_struct(&mut generated.types, &name) else { return Ok(()) };
    set(&mut item.attrs, attributes(&options_docs(operation))?);
    let optional: Vec<&str> = optional_parameters(operation).collect();
    for parameter in operation.parameters() {
        let wire = text(parameter, "name");
        if optional.contains(&wire)
            && let Some(field) = syntax::find_field(item, wire)
        {
            let own = text(parameter, "description");
            let docs = match own.is_empty() {
                true => description(document, get(parameter, "schema")),
                false => own,
            };
            set(&mut field.attrs, attributes(&rustdoc::escape(docs))?);
        }
    }
    Ok(())
}

/// Summary, description, reference page, arguments and statuses of an operation.
fn operation_docs(operation: &Operation<'_>) -> String {
    let value = operation.value;
    let mut docs = format!(
        "{}.\n\n{}\n\n{} ([reference]({})).\n",
        rustdoc::escape(text(value, "summary")),
        rustdoc::escape(text(value, "description")),
        request(operation),
        text(get(value, "externalDocs"), "url"),
    );
    if has_options(operation) {
        let with = naming::method_with(operation.id());
        docs.push_str(&format!("\nSends no optional parameter: [`Client::{with}`] takes them.\n"));
    }
    let optional: Vec<&str> = optional_parameters(operation).collect();
    let mut arguments = arguments(operation);
    arguments.retain(|parameter| !optional.contains(&text(parameter, "name")));
    if !arguments.is_empty() {
        docs.push_str("\n# Arguments\n\n");
    }
    for parameter in arguments {
        let name = naming::snake(text(parameter, "name"));
        docs.push_str(&item(&format!("`{name}`"), text(parameter, "description")));
    }
    docs.push_str("\n# Errors\n\n[`Error::Refused`] with one of these statuses:\n\n");
    for (status, response) in operation.responses().filter(|(s, _)| !s.starts_with('2')) {
        docs.push_str(&item(status, text(response, "description")));
    }
    docs.push_str("\nAny other [`Error`] when the call fails on its way.");
    docs
}

/// The parameters in the order of the method's arguments: the path first, the rest by name.
fn arguments<'a>(operation: &Operation<'a>) -> Vec<&'a Value> {
    let mut parameters: Vec<&Value> = operation.parameters().collect();
    parameters.sort_by_key(|parameter| {
        let name = text(parameter, "name");
        match operation.path.find(&format!("{{{name}}}")) {
            Some(place) => (0, place, ""),
            None => (1, 0, name),
        }
    });
    parameters
}

/// A line of a list, with the first paragraph of a description.
fn item(name: &str, description: &str) -> String {
    let first = description.trim().split("\n\n").next().unwrap_or_default();
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}\n", rustdoc::escape(&format!("- {name}: {line}")))
}

/// The docs of the client and of the module of errors, which have no schema.
fn client_docs(document: &Document, generated: &mut Generated) -> Result<(), Error> {
    let info = document.at("/info");
    let docs = format!(
        "The client: one method for each operation of {}.\n\n{}",
        rustdoc::escape(text(info, "title")),
        rustdoc::escape(text(info, "description"))
    );
    if let Some(client) = syntax::find_struct(&mut generated.client, "Client") {
        set(&mut client.attrs, attributes(&docs)?);
    }
    for item in &mut generated.types.items {
        if let Item::Mod(module) = item
            && module.ident == "error"
        {
            set(&mut module.attrs, attributes("Errors of conversions from text.")?);
        }
    }
    Ok(())
}

/// Replaces the docs of an item. Without a text in the document, an item keeps its docs.
fn set(attributes: &mut Vec<Attribute>, docs: Vec<Attribute>) {
    if docs.iter().all(|doc| doc.to_token_stream().is_empty()) {
        return;
    }
    syntax::remove_attributes(attributes, "doc");
    attributes.splice(0..0, docs);
}

fn attributes(text: &str) -> Result<Vec<Attribute>, Error> {
    Ok(Attribute::parse_outer.parse2(rustdoc::attributes(text))?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, request};

    #[test]
    fn a_path_that_ends_the_code_around_it_is_escaped() {
        let root = json!({ "paths": { "/boats/{a`[b]}": { "get": {} } } });
        let document = Document::from_value(root);
        let docs: Vec<String> = document.operations().map(|it| request(&it)).collect();
        assert_eq!(docs, [r"`GET /boats/{a`\[b\]}\`"]);
    }
}
