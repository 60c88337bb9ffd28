//! Entries in JSON with comments.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstNode, CstObject, CstObjectProp, CstRootNode};

use super::client::Client;
use super::entry::{Entry, Field};
use super::error::Fault;

/// Returns the text with the entry in it.
pub(super) fn insert(text: &str, client: Client, entry: &Entry) -> Result<String, Fault> {
    let root = parse(text)?;
    let servers = servers(&root, client)?;
    let fields = entry.fields(client);
    match only(&servers, entry.name())? {
        None => {
            let fields = fields.into_iter().map(|(name, field)| (name.to_owned(), value(field)));
            servers.append(entry.name(), CstInputValue::Object(fields.collect()));
        }
        Some(known) => {
            let foreign = || Fault::Foreign(entry.name().to_owned());
            let object = known.object_value().ok_or_else(foreign)?;
            read(&object, entry.name()).ok_or_else(foreign)?;
            for (name, field) in fields {
                match only(&object, name)? {
                    Some(known) if is(known.value().as_ref(), field) => {}
                    Some(known) => known.set_value(value(field)),
                    None => _ = object.append(name, value(field)),
                }
            }
        }
    }
    Ok(root.to_string())
}

/// Returns the entry of this server with a name.
pub(super) fn find(text: &str, client: Client, name: &str) -> Result<Option<Entry>, Fault> {
    let root = parse(text)?;
    let object = prop(&root, client, name)?.and_then(|prop| prop.object_value());
    Ok(object.and_then(|object| read(&object, name)))
}

/// Returns the text with the entry as an earlier text had it, or without it if that had none.
pub(super) fn restore(
    text: &str,
    earlier: &str,
    client: Client,
    name: &str,
) -> Result<String, Fault> {
    let (root, earlier) = (parse(text)?, parse(earlier)?);
    let Some(now) = prop(&root, client, name)? else { return Ok(text.to_owned()) };
    match prop(&earlier, client, name)?.and_then(|prop| prop.value()) {
        Some(value) => now.set_value(copy(&value)),
        None => now.remove(),
    }
    Ok(root.to_string())
}

fn parse(text: &str) -> Result<CstRootNode, Fault> {
    // What VS Code and Gemini read. Other liberties of the parser are errors for every client.
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    CstRootNode::parse(text, &options).map_err(|error| Fault::Syntax {
        line: error.line_display(),
        column: error.column_display(),
        reason: error.kind().to_string(),
    })
}

/// Returns the object with the servers. Makes it if it is missing.
fn servers(root: &CstRootNode, client: Client) -> Result<CstObject, Fault> {
    let top = root.object_value_or_create().ok_or_else(|| Fault::Shape(String::new()))?;
    only(&top, client.key())?;
    let shape = || Fault::Shape(client.key().to_owned());
    top.object_value_or_create(client.key()).ok_or_else(shape)
}

fn prop(root: &CstRootNode, client: Client, name: &str) -> Result<Option<CstObjectProp>, Fault> {
    let Some(top) = root.object_value() else { return Ok(None) };
    let servers = only(&top, client.key())?.and_then(|prop| prop.object_value());
    servers.map_or(Ok(None), |servers| only(&servers, name))
}

/// Returns the property of a name, and refuses two of them: of two, JavaScript reads the last.
fn only(object: &CstObject, name: &str) -> Result<Option<CstObjectProp>, Fault> {
    let is_it = |prop: &CstObjectProp| prop.decoded_name().as_deref() == Some(name);
    let mut found = object.properties().into_iter().filter(is_it);
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(Fault::Twice(name.to_owned())),
        (found, None) => Ok(found),
    }
}

fn read(object: &CstObject, name: &str) -> Option<Entry> {
    let field = |name: &str| object.get(name).and_then(|prop| prop.value());
    let command = field("command").as_ref().and_then(text_of);
    Entry::found(name, command, field("args").as_ref().and_then(list_of))
}

fn text_of(node: &CstNode) -> Option<String> {
    node.as_string_lit()?.decoded_value().ok()
}

fn list_of(node: &CstNode) -> Option<Vec<String>> {
    node.as_array()?.elements().iter().map(text_of).collect()
}

fn is(node: Option<&CstNode>, field: Field<'_>) -> bool {
    match field {
        Field::Text(text) => node.and_then(text_of).is_some_and(|it| it == text),
        Field::List(list) => node.and_then(list_of).is_some_and(|it| it == list),
    }
}

fn value(field: Field<'_>) -> CstInputValue {
    let text = |text: &str| CstInputValue::String(text.to_owned());
    match field {
        Field::Text(it) => text(it),
        Field::List(list) => CstInputValue::Array(list.iter().map(|it| text(it)).collect()),
    }
}

/// Returns a value of one text for another. Its comments are lost.
fn copy(node: &CstNode) -> CstInputValue {
    if let Some(object) = node.as_object() {
        let props = object.properties().into_iter();
        let props = props.filter_map(|it| Some((it.decoded_name()?, copy(&it.value()?))));
        return CstInputValue::Object(props.collect());
    }
    if let Some(array) = node.as_array() {
        return CstInputValue::Array(array.elements().iter().map(copy).collect());
    }
    if let Some(text) = text_of(node) {
        return CstInputValue::String(text);
    }
    if let Some(flag) = node.as_boolean_lit() {
        return CstInputValue::Bool(flag.value());
    }
    match node.as_number_lit() {
        Some(number) => CstInputValue::Number(number.to_string()),
        None => CstInputValue::Null,
    }
}
