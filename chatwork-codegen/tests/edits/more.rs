//! Edits of path parameters, summaries, security, examples and unions.

use chatwork_codegen::document::join;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::common::{SCHEMAS, set};
use crate::edit::{one, operations, pick, places, push_parameter, scalar, text};
use crate::words;

/// A new field that refers to a new schema. A union needs the feature `json`, and so does a type
/// that holds one. `Contact` may: no hand-written code uses it without that feature.
const BOAT: &str = "/components/schemas/Contact/properties/boat";

/// The path and the method of an operation's pointer.
fn path_of(at: &str) -> (String, &str) {
    let (path, method) = at.rsplit_once('/').unwrap();
    (path.trim_start_matches("/paths/").replace("~1", "/"), method)
}

/// A new operation below a path, with a path parameter of its own: of the operation, or of all
/// operations of the path.
pub(crate) fn path_parameter(rng: &mut Rng, root: &mut Value) -> String {
    let from = one(rng, operations(root));
    let mut operation = root.pointer(&from).unwrap().clone();
    let id = pick(rng, words::OPERATIONS);
    operation["operationId"] = json!(id);
    let name = pick(rng, words::FIELDS);
    let schema = match rng.usize(..4) {
        0 => json!({ "type": "string", "description": text(rng) }),
        1 => json!({ "type": "string", "enum": ["all", pick(rng, words::VALUES)] }),
        2 => json!({ "type": "boolean" }),
        _ => scalar(rng),
    };
    let parameter = json!({
        "name": name, "in": "path", "required": true, "description": text(rng), "schema": schema,
    });
    let (path, method) = path_of(&from);
    let path = format!("{path}/boats/{{{name}}}");
    let mut item = json!({});
    let shared = rng.bool();
    if shared {
        item["parameters"] = json!([parameter]);
    } else {
        push_parameter(operation.as_object_mut().unwrap(), parameter);
    }
    item[method] = operation;
    set(root, &join("/paths", &path), item);
    format!("path parameter {name} = {schema}, shared {shared}, of {id} at {path} like {from}")
}

/// Another name or schema of a path parameter that is there, or one in a wrong place.
pub(crate) fn path_name(rng: &mut Rng, root: &mut Value) -> String {
    let parameters = places(root, |at, object| {
        at.starts_with("/components/parameters") && object.get("in").is_some_and(|it| it == "path")
    });
    let at = one(rng, parameters);
    let old = root.pointer(&at).unwrap()["name"].as_str().unwrap().to_owned();
    let name = pick(rng, words::FIELDS);
    match rng.usize(..6) {
        0 => set(root, &join(&at, "required"), false),
        1 => set(root, &join(&at, "in"), "query"),
        2 => set(root, &join(&at, "schema"), scalar(rng)),
        // The name of the parameter alone, which the paths do not have.
        3 => set(root, &join(&at, "name"), name),
        _ => {
            set(root, &join(&at, "name"), name);
            let paths = std::mem::take(&mut root["paths"]);
            let renamed =
                |path: String| path.replace(&format!("{{{old}}}"), &format!("{{{name}}}"));
            let Value::Object(paths) = paths else { panic!("the paths are an object") };
            root["paths"] = paths.into_iter().map(|(path, item)| (renamed(path), item)).collect();
        }
    }
    format!("path parameter {at}: {old} to {name}, {}", root.pointer(&at).unwrap())
}

/// Another summary of an operation or of an example.
pub(crate) fn summary(rng: &mut Rng, root: &mut Value) -> String {
    let objects = places(root, |_, object| object.get("summary").is_some_and(Value::is_string));
    let at = join(&one(rng, objects), "summary");
    let summary = match rng.usize(..3) {
        0 => pick(rng, words::SUMMARIES).to_owned(),
        1 => pick(rng, words::TEXTS).to_owned(),
        _ => text(rng),
    };
    let what = format!("summary {at} = {summary:?}");
    set(root, &at, summary);
    what
}

/// Other schemes that an operation needs, or another scheme.
pub(crate) fn security(rng: &mut Rng, root: &mut Value) -> String {
    let at = join(&one(rng, operations(root)), "security");
    let schemes = "/components/securitySchemes";
    let scopes = format!("{schemes}/OAuth2/flows/authorizationCode/scopes");
    let declared: Vec<String> =
        root.pointer(&scopes).unwrap().as_object().unwrap().keys().cloned().collect();
    let scope = declared[rng.usize(..declared.len())].clone();
    let (at, value) = match rng.usize(..10) {
        0 | 1 => (format!("{at}/-"), json!({ "OAuth2": [scope] })),
        2 => (at, json!([{ "ApiToken": [] }, { "OAuth2": [scope] }])),
        3 => (at, json!([{ "OAuth2": [scope] }, { "ApiToken": [] }])),
        4 => (at, [json!([]), json!([{}]), json!([{ "ApiToken": [] }])][rng.usize(..3)].clone()),
        5 => (format!("{at}/-"), json!({ "OAuth2": [scope, pick(rng, words::VALUES)] })),
        6 => (format!("{at}/0"), json!({ "ApiToken": [], "OAuth2": [scope] })),
        7 => ("/security".to_owned(), json!([{ "ApiToken": [] }, { "OAuth2": [scope] }])),
        8 => {
            let name = pick(rng, words::SCHEMAS);
            let scheme = json!({
                "type": "apiKey", "in": "header", "name": pick(rng, words::HEADERS),
                "description": text(rng),
            });
            set(root, &format!("{at}/-"), json!({ name: [] }));
            (join(schemes, name), scheme)
        }
        _ => {
            let flow = json!({
                "authorizationUrl": "https://example.com/[login]", "scopes": { (scope): text(rng) },
            });
            (format!("{schemes}/OAuth2/flows/implicit"), flow)
        }
    };
    let what = format!("security {at} = {value}");
    set(root, &at, value);
    what
}

/// Another example: of a schema, a parameter, a body or a reply.
pub(crate) fn example(rng: &mut Rng, root: &mut Value) -> String {
    let holders = match rng.usize(..3) {
        0 => places(root, |at, object| at.starts_with(SCHEMAS) && object.contains_key("example")),
        1 => places(root, |_, object| object.get("in").is_some_and(|it| it == "query")),
        _ => places(root, |_, object| object.contains_key("examples")),
    };
    let at = one(rng, holders);
    let holder = root.pointer(&at).unwrap();
    let (at, value) = match holder.get("examples").and_then(Value::as_object) {
        Some(examples) => {
            let (name, old) = examples.iter().next().unwrap();
            let place = join(&join(&at, "examples"), pick(rng, &[name, words::FIELDS[0], "a b"]));
            let text = json!({ "summary": text(rng), "value": old["value"] });
            let empty = [json!({}), json!({ "value": null }), json!({ "value": { "a": 1 } })];
            (place, if rng.u8(..4) == 0 { empty[rng.usize(..3)].clone() } else { text })
        }
        None => {
            let old = holder.get("example").cloned().unwrap_or(json!(1));
            let others =
                [json!(text(rng)), json!(0), json!(-1), json!("1"), json!(null), json!([])];
            let other = others[rng.usize(..others.len())].clone();
            (join(&at, "example"), if rng.bool() { old } else { other })
        }
    };
    let what = format!("example {at} = {value}");
    set(root, &at, value);
    what
}

/// A new union, or another value of the one that is there.
pub(crate) fn union(rng: &mut Rng, root: &mut Value) -> String {
    let name = pick(rng, words::SCHEMAS);
    let tag = pick(rng, words::FIELDS);
    match rng.usize(..4) {
        0 => {
            let value = pick(rng, words::VALUES);
            let member = root.pointer(&format!("{SCHEMAS}/MentionToMeEvent")).unwrap().clone();
            set(root, &join(SCHEMAS, name), member);
            let union = format!("{SCHEMAS}/WebhookEvent");
            let target = format!("#/components/schemas/{name}");
            set(root, &format!("{union}/oneOf/-"), json!({ "$ref": target }));
            set(root, &join(&format!("{union}/discriminator/mapping"), value), target);
            format!("union WebhookEvent with {value:?}: {name}")
        }
        1 => {
            set(root, &format!("{SCHEMAS}/WebhookEvent/discriminator/propertyName"), tag);
            format!("union WebhookEvent by {tag}")
        }
        2 => {
            let value = json!({
                "description": text(rng),
                "oneOf": [
                    { "type": "string", "description": text(rng), "pattern": "^[0-9]+$" },
                    { "type": "integer", "format": "int64", "description": text(rng) },
                ],
            });
            let mut schema = json!({
                "type": "object", "description": text(rng), "properties": { tag: value },
            });
            let required = rng.u8(..4) != 0;
            if required {
                schema["required"] = json!([tag]);
            }
            set(root, &join(SCHEMAS, name), schema);
            set(root, BOAT, json!({ "$ref": format!("#/components/schemas/{name}") }));
            format!("schema {name} with {tag}, a number or a text, required {required}")
        }
        _ => union_of_two(rng, root, name, tag),
    }
}

/// A union of two new schemas, and a field that has it.
fn union_of_two(rng: &mut Rng, root: &mut Value, name: &str, tag: &str) -> String {
    let values = [pick(rng, words::VALUES), pick(rng, words::VALUES)];
    let members = [format!("{name}One"), format!("{name}Two")];
    let reference = |name: &str| format!("#/components/schemas/{name}");
    for member in &members {
        let field = pick(rng, words::FIELDS);
        let schema = json!({
            "type": "object", "description": text(rng), "required": [tag],
            "properties": {
                field: scalar(rng),
                tag: { "type": "string", "description": text(rng) },
            },
        });
        set(root, &join(SCHEMAS, member), schema);
    }
    let union = json!({
        "description": text(rng),
        "oneOf": members.iter().map(|it| json!({ "$ref": reference(it) })).collect::<Vec<_>>(),
        "discriminator": {
            "propertyName": tag,
            "mapping": { values[0]: reference(&members[0]), values[1]: reference(&members[1]) },
        },
    });
    set(root, &join(SCHEMAS, name), union);
    let field = json!({ "$ref": reference(name) });
    set(root, BOAT, field);
    format!("union {name} by {tag} with {values:?}")
}
