//! The load stage: the document as it was written, with the views that the other stages need.
//!
//! It is kept as an ordered JSON value. A typed model would drop what it does not know, vendor
//! extensions in odd places and misspelt keys among it, and the checks want to see exactly those.

mod json;
pub mod nodes;
mod operation;
mod predicates;
mod yaml;

pub use json::{entries, get, items, join, kind, text, walk};
pub use operation::Operation;
pub use predicates::{
    component_name, is_component, is_flag, is_required, number_or_text, properties, reference,
    string_enum, wrapped_reference,
};

use std::path::Path;

use serde_json::Value;

use self::json::NULL;
use crate::error::Error;

/// The methods that a path item may hold, in the order in which OpenAPI lists them.
pub const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The media type of a form body.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// The media type of a form body with files.
pub const MULTIPART: &str = "multipart/form-data";
/// The media type of every reply.
pub const JSON: &str = "application/json";

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    root: Value,
}

impl Document {
    /// Reads a document from a YAML file.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when the file cannot be read, [`Error::Yaml`] when it is not YAML.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::File {
            action: "read",
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text)
    }

    /// Reads a document from YAML text. A duplicate key of a mapping is an error.
    ///
    /// # Errors
    ///
    /// [`Error::Yaml`] with line and column.
    pub fn parse(text: &str) -> Result<Self, Error> {
        // As in YAML 1.2: `no`, `on` and `yes` are text, as they are to every other tool.
        let options = serde_saphyr::options! { strict_booleans: true };
        let root: Value = serde_saphyr::from_str_with_options(text, options)
            .map_err(|error| yaml::error(&error))?;
        match root {
            Value::Object(_) => Ok(Self { root }),
            other => Err(Error::Yaml {
                line: 1,
                column: 1,
                message: format!("expected a mapping with `openapi`, found {}", kind(&other)),
            }),
        }
    }

    /// Takes a document that has been built in memory.
    pub fn from_value(root: Value) -> Self {
        Self { root }
    }

    /// The whole document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The value at a JSON pointer (without the leading `#`), or null.
    pub fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or(&NULL)
    }

    /// Follows `$ref` until the value is not a reference. An unknown target is null.
    ///
    /// References that run in a circle end as null, too: `check` reports them.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..32 {
            match reference(value) {
                Some(target) => value = self.target(target),
                None => return value,
            }
        }
        &NULL
    }

    /// Follows `$ref` as [`Document::resolve`] does. Returns the place of the target, too.
    pub fn place<'a>(&'a self, at: String, value: &'a Value) -> (String, &'a Value) {
        let (mut at, mut value) = (at, value);
        for _ in 0..32 {
            match reference(value) {
                Some(target) => {
                    at = target.strip_prefix('#').unwrap_or(target).to_owned();
                    value = self.target(target);
                }
                None => return (at, value),
            }
        }
        (at, &NULL)
    }

    /// A JSON pointer up to the last step whose parent is in the document.
    pub fn nearest<'a>(&self, pointer: &'a str) -> &'a str {
        let mut pointer = pointer;
        while let Some((parent, _)) = pointer.rsplit_once('/')
            && self.root.pointer(parent).is_none()
        {
            pointer = parent;
        }
        pointer
    }

    /// What a local reference such as `#/components/schemas/Room` points to, or null.
    pub fn target(&self, reference: &str) -> &Value {
        reference.strip_prefix('#').map_or(&NULL, |pointer| self.at(pointer))
    }

    /// The schemas of `components`, in the document's order.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        entries(self.at("/components/schemas"))
    }

    /// The OAuth scopes with their descriptions, each once, in the document's order.
    pub fn scopes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut seen = std::collections::HashSet::new();
        entries(self.at("/components/securitySchemes"))
            .flat_map(|(_, scheme)| entries(get(scheme, "flows")))
            .flat_map(|(_, flow)| entries(get(flow, "scopes")))
            .filter(move |(scope, _)| seen.insert(*scope))
            .map(|(scope, description)| (scope, description.as_str().unwrap_or_default()))
    }

    /// Every operation, in the document's order.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        entries(self.at("/paths")).flat_map(move |(path, item)| {
            entries(item)
                .filter(|(method, _)| METHODS.contains(method))
                .map(move |(method, value)| Operation { document: self, path, item, method, value })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Document;

    #[test]
    fn a_reference_is_followed_to_its_end() {
        let document =
            Document::from_value(json!({ "a": { "$ref": "#/b" }, "b": { "$ref": "#/c" },
                                                    "c": 1 }));
        assert_eq!(document.resolve(document.at("/a")), &json!(1));
    }

    #[test]
    fn a_place_is_where_a_reference_ends() {
        let root = json!({ "a": { "$ref": "#/b" }, "b": { "$ref": "#/c" }, "c": 1 });
        let document = Document::from_value(root);
        let found = document.place("/a".to_owned(), document.at("/a"));
        assert_eq!(found, ("/c".to_owned(), &json!(1)));
    }

    #[test]
    fn a_pointer_is_cut_where_the_document_ends() {
        let document = Document::from_value(json!({ "a": { "b": 1 } }));
        assert_eq!(document.nearest("/a/b"), "/a/b");
        assert_eq!(document.nearest("/a/c"), "/a/c");
        assert_eq!(document.nearest("/x/y/z"), "/x");
    }

    #[test]
    fn a_scope_that_two_flows_have_comes_once() {
        let flow = json!({ "scopes": { "read": "Read", "write": "Write" } });
        let flows = json!({ "authorizationCode": flow, "implicit": flow });
        let schemes = json!({ "OAuth": { "type": "oauth2", "flows": flows } });
        let root = json!({ "components": { "securitySchemes": schemes } });
        let document = Document::from_value(root);
        let names: Vec<&str> = document.scopes().map(|(name, _)| name).collect();
        assert_eq!(names, ["read", "write"]);
    }

    #[test]
    fn references_in_a_circle_end_as_null() {
        let document =
            Document::from_value(json!({ "a": { "$ref": "#/b" }, "b": { "$ref": "#/a" } }));
        assert!(document.resolve(document.at("/a")).is_null());
    }

    #[test]
    fn operations_are_the_methods_of_paths_in_the_order_of_the_document() {
        let document = Document::from_value(json!({ "paths": {
            "/b": { "post": {}, "parameters": [], "get": {} },
            "/a": { "summary": "no method", "put": {} },
        } }));
        let found: Vec<String> = document.operations().map(|it| it.pointer()).collect();
        assert_eq!(found, ["/paths/~1b/post", "/paths/~1b/get", "/paths/~1a/put"]);
    }
}
