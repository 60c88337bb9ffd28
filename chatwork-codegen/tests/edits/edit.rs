//! One to three edits of the document, chosen by a seed.

use chatwork_codegen::document::{METHODS, join};
use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::common::{SCHEMAS, parse, set};
use crate::{more, words};

const FORM: &str = "application/x-www-form-urlencoded";

type Edit = fn(&mut Rng, &mut Value) -> String;

const EDITS: &[Edit] = &[
    field,
    field,
    parameter,
    form_field,
    value,
    header,
    description,
    description,
    description,
    operation,
    operation,
    rename,
    schema,
    scope,
    title,
    limit,
    more::path_parameter,
    more::path_name,
    more::summary,
    more::security,
    more::example,
    more::union,
];

/// The document with the edits of a seed, and what they are.
pub(crate) fn document(seed: u64) -> (Value, String) {
    let mut rng = Rng::with_seed(seed);
    let mut root = parse(include_str!("../../../spec/chatwork.yaml"));
    let count = rng.usize(1..=3);
    let what: Vec<String> =
        (0..count).map(|_| EDITS[rng.usize(..EDITS.len())](&mut rng, &mut root)).collect();
    (root, what.join("; "))
}

pub(crate) fn pick<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    words[rng.usize(..words.len())]
}

/// A text of one to three pieces.
pub(crate) fn text(rng: &mut Rng) -> String {
    let pieces: Vec<&str> = (0..rng.usize(1..=3)).map(|_| pick(rng, words::TEXTS)).collect();
    pieces.join("\n\n")
}

/// A schema of a field.
fn kind(rng: &mut Rng, root: &Value) -> Value {
    let described = |mut schema: Value, rng: &mut Rng| {
        schema["description"] = json!(text(rng));
        schema
    };
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let schema = match rng.usize(..9) {
        0 => json!({ "type": "string" }),
        1 => json!({ "type": "integer", "format": "int64", "minimum": 1 }),
        2 => json!({ "type": "boolean" }),
        3 => json!({ "type": "string", "format": "password" }),
        4 => json!({ "type": "string", "nullable": true }),
        5 => json!({ "type": "array", "items": reference("AccountId") }),
        6 => json!({ "type": "integer", "enum": [0, 1] }),
        7 => json!({ "allOf": [reference("UnixTime")] }),
        _ => {
            // `more::union` puts unions where no hand-written code needs the type without `json`.
            let schemas = root["components"]["schemas"].as_object().unwrap().iter();
            let plain = schemas.filter(|(name, schema)| {
                *name != "Contact" && schema.get("discriminator").is_none()
            });
            let names: Vec<&String> = plain.map(|(name, _)| name).collect();
            return reference(names[rng.usize(..names.len())]);
        }
    };
    described(schema, rng)
}

/// A schema that a form or a query can hold.
pub(crate) fn scalar(rng: &mut Rng) -> Value {
    match rng.usize(..6) {
        0 => json!({ "type": "integer", "format": "int64", "description": text(rng) }),
        1 => json!({ "type": "integer", "enum": [0, 1], "description": text(rng) }),
        2 => json!({ "$ref": "#/components/schemas/RoomRole" }),
        3 => json!({ "$ref": "#/components/schemas/AccountIdList" }),
        4 => json!({ "$ref": "#/components/schemas/MessageId" }),
        _ => json!({ "type": "string", "maxLength": 9, "description": text(rng) }),
    }
}

/// The pointers of all objects that fit.
pub(crate) fn places(
    root: &Value,
    fits: impl Fn(&str, &Map<String, Value>) -> bool,
) -> Vec<String> {
    fn walk(
        value: &Value,
        at: &str,
        fits: &impl Fn(&str, &Map<String, Value>) -> bool,
        found: &mut Vec<String>,
    ) {
        match value {
            Value::Object(object) => {
                if fits(at, object) {
                    found.push(at.to_owned());
                }
                let data = ["example", "examples", "value", "mapping", "security", "scopes"];
                for (key, member) in object.iter().filter(|(key, _)| !data.contains(&key.as_str()))
                {
                    walk(member, &join(at, key), fits, found);
                }
            }
            Value::Array(list) => {
                for (index, member) in list.iter().enumerate() {
                    walk(member, &join(at, index), fits, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(root, "", &fits, &mut found);
    found
}

pub(crate) fn operations(root: &Value) -> Vec<String> {
    places(root, |at, object| at.starts_with("/paths") && object.contains_key("operationId"))
}

pub(crate) fn one(rng: &mut Rng, mut from: Vec<String>) -> String {
    from.swap_remove(rng.usize(..from.len()))
}

/// A new field of a reply.
fn field(rng: &mut Rng, root: &mut Value) -> String {
    let objects = places(root, |at, object| {
        at.starts_with(SCHEMAS) && object.get("type").is_some_and(|kind| kind == "object")
    });
    let at = join(&join(&one(rng, objects), "properties"), pick(rng, words::FIELDS));
    let schema = kind(rng, root);
    set(root, &at, schema);
    format!("field {at}")
}

/// A new query parameter.
fn parameter(rng: &mut Rng, root: &mut Value) -> String {
    let at = one(rng, operations(root));
    let name = pick(rng, words::FIELDS);
    let parameter = json!({
        "name": name, "in": "query", "required": rng.u8(..4) == 0, "description": text(rng),
        "schema": scalar(rng),
    });
    push_parameter(root.pointer_mut(&at).unwrap().as_object_mut().unwrap(), parameter);
    format!("parameter {name} of {at}")
}

/// Adds a parameter, and keeps the order of the keys.
pub(crate) fn push_parameter(operation: &mut Map<String, Value>, parameter: Value) {
    let behind = ["requestBody", "responses"].map(|key| (key, operation.shift_remove(key)));
    let list = operation.entry("parameters").or_insert_with(|| json!([]));
    list.as_array_mut().unwrap().push(parameter);
    for (key, value) in behind {
        operation.extend(value.map(|value| (key.to_owned(), value)));
    }
}

/// A new field of a body.
fn form_field(rng: &mut Rng, root: &mut Value) -> String {
    let bodies = places(root, |at, object| {
        at.contains("/requestBody/content/")
            && at.starts_with("/paths")
            && object.contains_key("properties")
    });
    let at = join(&join(&one(rng, bodies), "properties"), pick(rng, words::FIELDS));
    let schema = scalar(rng);
    set(root, &at, schema);
    format!("form field {at}")
}

/// A new value of an enum.
fn value(rng: &mut Rng, root: &mut Value) -> String {
    let enums = places(root, |at, object| {
        let many = object.get("enum").and_then(Value::as_array).is_some_and(|it| it.len() > 1);
        at.starts_with(SCHEMAS) && many && object["type"] == "string"
    });
    let at = format!("{}/enum/-", one(rng, enums));
    let value = pick(rng, words::VALUES);
    set(root, &at, value);
    format!("value {value:?} of {at}")
}

/// A new header of a reply.
fn header(rng: &mut Rng, root: &mut Value) -> String {
    let replies =
        places(root, |at, object| at.contains("/responses/") && object.contains_key("headers"));
    let at = join(&join(&one(rng, replies), "headers"), pick(rng, words::HEADERS));
    let description = text(rng);
    let schema = json!({ "type": "integer", "format": "int64" });
    set(root, &at, json!({ "description": description, "schema": schema }));
    format!("header {at}")
}

/// Another description of something.
fn description(rng: &mut Rng, root: &mut Value) -> String {
    let described =
        places(root, |_, object| object.get("description").is_some_and(Value::is_string));
    let at = join(&one(rng, described), "description");
    let description = text(rng);
    let what = format!("description {at} = {description:?}");
    set(root, &at, description);
    what
}

/// A new operation: with a form, an optional form, a file, a list, or without a body.
fn operation(rng: &mut Rng, root: &mut Value) -> String {
    let from = one(rng, operations(root));
    let mut operation = root.pointer(&from).unwrap().clone();
    let id = pick(rng, words::OPERATIONS);
    operation["operationId"] = json!(id);
    let object = operation.as_object_mut().unwrap();
    let path = from.rsplit_once('/').unwrap().0.replace("~1", "/");
    let path = format!("{}/boats", path.trim_start_matches("/paths/"));
    let method = METHODS[rng.usize(..4)];
    let responses = object.shift_remove("responses").unwrap();
    let body = rng.usize(..4);
    if body != 0 {
        object.shift_remove("requestBody");
    }
    let file = json!({
        "type": "string", "format": "binary", "description": "The bytes.", "x-max-bytes": 9,
    });
    let name = pick(rng, words::FIELDS);
    let (media, properties, required) = match body {
        1 => (FORM, json!({ name: scalar(rng) }), vec![name]),
        2 => (FORM, json!({ name: scalar(rng) }), vec![]),
        _ => ("multipart/form-data", json!({ "file": file, name: scalar(rng) }), vec!["file"]),
    };
    if body != 0 {
        let mut schema =
            json!({ "type": "object", "description": text(rng), "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        let body = json!({
            "description": text(rng), "required": !required.is_empty(),
            "content": { media: { "schema": schema } },
        });
        object.insert("requestBody".to_owned(), body);
    }
    object.insert("responses".to_owned(), responses);
    let at = join(&join("/paths", &path), method);
    set(root, &join("/paths", &path), json!({ method: operation }));
    format!("operation {id} at {at} like {from}, body {body} with {name}")
}

/// Another name of an operation.
fn rename(rng: &mut Rng, root: &mut Value) -> String {
    let at = join(&one(rng, operations(root)), "operationId");
    let id = pick(rng, words::OPERATIONS);
    set(root, &at, id);
    format!("{at} = {id}")
}

/// A new schema, and a field that refers to it.
fn schema(rng: &mut Rng, root: &mut Value) -> String {
    let name = pick(rng, words::SCHEMAS);
    let field = pick(rng, words::FIELDS);
    let mut schema = match rng.usize(..4) {
        0 => json!({ "type": "string", "enum": [pick(rng, words::VALUES), "other"] }),
        1 => json!({ "type": "integer", "format": "int64" }),
        2 => json!({ "type": "string" }),
        _ => {
            let inner = kind(rng, root);
            json!({ "type": "object", "required": [field], "properties": { field: inner } })
        }
    };
    schema["description"] = json!(text(rng));
    set(root, &join(SCHEMAS, name), schema);
    let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
    set(root, &format!("{SCHEMAS}/Message/properties/boat"), reference);
    format!("schema {name} with {field}")
}

/// A new scope.
fn scope(rng: &mut Rng, root: &mut Value) -> String {
    let flows = places(root, |_, object| object.contains_key("scopes"));
    let at = join(&join(&one(rng, flows), "scopes"), pick(rng, words::VALUES));
    let description = text(rng);
    set(root, &at, description);
    format!("scope {at}")
}

/// Another title.
fn title(rng: &mut Rng, root: &mut Value) -> String {
    let title = pick(rng, &["API [v2]", "</b>", "Chatwork `API", "チャットワーク", "<T>"]);
    set(root, "/info/title", title);
    format!("title {title}")
}

/// A limit of a text that is sent.
fn limit(rng: &mut Rng, root: &mut Value) -> String {
    let texts = places(root, |at, object| {
        at.contains("/requestBody/") && object.get("type").is_some_and(|kind| kind == "string")
    });
    let (key, value) = match rng.usize(..4) {
        0 => ("maxLength", json!(100)),
        1 => ("minLength", json!(1)),
        2 => ("pattern", json!("^[a-z]+$")),
        _ => ("pattern", json!("[")),
    };
    let at = join(&one(rng, texts), key);
    set(root, &at, value);
    format!("limit {at}")
}
