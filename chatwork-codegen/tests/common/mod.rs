//! The small document, and how to change it in one place.
#![allow(dead_code, unreachable_pub)]

pub mod workspace;

use chatwork_codegen::{Document, Output};
use serde_json::{Map, Value};

/// The operations of the small document.
pub const LIST: &str = "/paths/~1channels/get";
pub const PUT: &str = "/paths/~1channels~1{channel_id}/put";
pub const DELETE: &str = "/paths/~1channels~1{channel_id}/delete";
pub const GET: &str = "/paths/~1channels~1{channel_id}~1messages~1{message_id}/get";
pub const UPLOAD: &str = "/paths/~1channels~1{channel_id}~1files/post";
/// The schemas of the form and of the multipart body.
pub const FORM: &str = "/paths/~1channels~1{channel_id}/put/requestBody/content/\
                        application~1x-www-form-urlencoded/schema";
pub const PARTS: &str = "/paths/~1channels~1{channel_id}~1files/post/requestBody/content/\
                         multipart~1form-data/schema";
/// The schemas that have a name.
pub const SCHEMAS: &str = "/components/schemas";

/// The small document.
pub fn small() -> Value {
    parse(include_str!("../small.yaml"))
}

pub fn parse(yaml: &str) -> Value {
    Document::parse(yaml).unwrap().root().clone()
}

pub fn generate(root: Value) -> Output {
    chatwork_codegen::generate(&Document::from_value(root)).unwrap_or_else(|e| panic!("{e}"))
}

/// Puts a value into a document; `-` stands for the end of a list.
pub fn set(root: &mut Value, pointer: &str, value: impl Into<Value>) {
    let (parent, key) = split(pointer);
    match parent_of(root, parent) {
        Value::Object(object) => {
            object.insert(key, value.into());
        }
        Value::Array(list) if key == "-" => list.push(value.into()),
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.into(),
        other => panic!("{parent} is {other}"),
    }
}

/// Takes something out of a document that is there.
pub fn remove(root: &mut Value, pointer: &str) {
    let (parent, key) = split(pointer);
    let object: &mut Map<String, Value> = parent_of(root, parent).as_object_mut().unwrap();
    let before = object.shift_remove(&key);
    assert!(before.is_some(), "there is no {pointer} to take out");
}

fn split(pointer: &str) -> (&str, String) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    (parent, key.replace("~1", "/").replace("~0", "~"))
}

fn parent_of<'a>(root: &'a mut Value, pointer: &str) -> &'a mut Value {
    let found = root.pointer_mut(pointer);
    found.unwrap_or_else(|| panic!("the document has no {pointer}"))
}
