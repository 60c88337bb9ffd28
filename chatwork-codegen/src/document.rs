//! The load stage: the document as it was written, with the views that the other stages need.
//!
//! It is kept as an ordered JSON value. A typed model would drop what it does not know, vendor
//! extensions in odd places and misspelt keys among it, and the checks want to see exactly those.

use std::path::Path;

use serde_json::{Map, Value};

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

static NULL: Value = Value::Null;

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

    /// Reads a document from YAML text. A key that stands twice in one mapping is an error.
    ///
    /// # Errors
    ///
    /// [`Error::Yaml`] with line and column.
    pub fn parse(text: &str) -> Result<Self, Error> {
        // As in YAML 1.2: `no`, `on` and `yes` are text, as they are to every other tool.
        let options = serde_saphyr::options! { strict_booleans: true };
        let root: Value = serde_saphyr::from_str_with_options(text, options)
            .map_err(|error| yaml_error(&error))?;
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

    /// Follows `$ref` until something that is no reference; an unknown target gives null.
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

    /// Follows `$ref` as [`Document::resolve`] does, and tells where what it finds stands.
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

/// One operation of the document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    document: &'a Document,
    item: &'a Value,
    /// The path template, for example `/rooms/{room_id}`.
    pub path: &'a str,
    /// The method in lower case.
    pub method: &'a str,
    /// The operation object.
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    /// The operationId, empty when there is none.
    pub fn id(&self) -> &'a str {
        text(self.value, "operationId")
    }

    /// The JSON pointer of the operation.
    pub fn pointer(&self) -> String {
        join(&join("/paths", self.path), self.method)
    }

    /// The parameters, resolved: those of the path item first.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let document = self.document;
        self.parameter_places().map(move |(_, parameter)| document.resolve(parameter))
    }

    /// The parameters as they stand in the lists, with their JSON pointers.
    pub fn parameter_places(&self) -> impl Iterator<Item = (String, &'a Value)> + use<'a> {
        let list = |holder: &'a Value, at: String| {
            let at = join(&at, "parameters");
            let found = items(get(holder, "parameters")).enumerate();
            found.map(move |(index, parameter)| (join(&at, index), parameter))
        };
        list(self.item, join("/paths", self.path)).chain(list(self.value, self.pointer()))
    }

    /// The media type and schema of the request body. Chatwork's bodies have one media type.
    pub fn body(&self) -> Option<(&'a str, &'a Value)> {
        let body = self.document.resolve(get(self.value, "requestBody"));
        entries(get(body, "content"))
            .next()
            .map(|(media, content)| (media, self.document.resolve(get(content, "schema"))))
    }

    /// The JSON pointer of the schema of the request body.
    pub fn body_pointer(&self) -> Option<String> {
        let at = join(&join(&self.pointer(), "requestBody"), "content");
        self.body().map(|(media, _)| join(&join(&at, media), "schema"))
    }

    /// The replies by status with where they stand, shared ones among the components.
    pub fn response_places(&self) -> impl Iterator<Item = (&'a str, String, &'a Value)> + use<'a> {
        let (document, at) = (self.document, join(&self.pointer(), "responses"));
        entries(get(self.value, "responses")).map(move |(status, response)| {
            let (place, response) = document.place(join(&at, status), response);
            (status, place, response)
        })
    }

    /// The replies by status, resolved, in the document's order.
    pub fn responses(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let document = self.document;
        entries(get(self.value, "responses"))
            .map(move |(status, response)| (status, document.resolve(response)))
    }

    /// The statuses of success (2xx) with the JSON schema of their body, if they have one.
    pub fn successes(&self) -> impl Iterator<Item = (u16, Option<&'a Value>)> + use<'a> {
        self.responses().filter_map(|(status, response)| {
            let code: u16 = status.parse().ok()?;
            let schema = get(get(get(response, "content"), JSON), "schema");
            (200..300).contains(&code).then(|| (code, (!schema.is_null()).then_some(schema)))
        })
    }

    /// The names of the OAuth scopes of which the caller needs one.
    pub fn scopes(&self) -> Vec<&'a str> {
        let requirements = items(get(self.value, "security"));
        let lists = requirements.flat_map(entries);
        lists.flat_map(|(_, scopes)| items(scopes)).filter_map(Value::as_str).collect()
    }
}

/// Whether a JSON pointer is that of a schema of `components`.
pub fn is_component(pointer: &str) -> bool {
    pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}

/// The number of a `oneOf` that holds a number and a string.
pub fn number_or_text<'a>(document: &'a Document, schema: &'a Value) -> Option<&'a Value> {
    let choices: Vec<&Value> = items(get(schema, "oneOf")).collect();
    let kind = |choice: &Value| text(document.resolve(choice), "type").to_owned();
    match choices.as_slice() {
        [a, b] if kind(a) == "string" && kind(b) == "integer" => Some(b),
        [a, b] if kind(a) == "integer" && kind(b) == "string" => Some(a),
        _ => None,
    }
}

/// The properties of an object schema, in the document's order.
pub fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    entries(get(schema, "properties"))
}

/// Whether an object schema requires a property.
pub fn is_required(schema: &Value, property: &str) -> bool {
    items(get(schema, "required")).any(|name| name == property)
}

/// The values of a string enum, empty for every other schema.
pub fn string_enum(schema: &Value) -> Vec<&str> {
    if text(schema, "type") != "string" {
        return Vec::new();
    }
    items(get(schema, "enum")).filter_map(Value::as_str).collect()
}

/// Whether a schema is a flag: an integer that is 0 or 1, or null where it may be.
pub fn is_flag(schema: &Value) -> bool {
    let nullable = get(schema, "nullable") == true;
    let mut values = items(get(schema, "enum")).filter(|value| !(nullable && value.is_null()));
    text(schema, "type") == "integer"
        && [0, 1].iter().all(|flag| values.next().is_some_and(|value| value == flag))
        && values.next().is_none()
}

/// The target of a value that is a reference.
pub fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// The last segment of a reference: the name of the component.
pub fn component_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The reference that a schema is, or wraps in an `allOf` of one to give it its own description.
pub fn wrapped_reference(schema: &Value) -> Option<&str> {
    reference(schema).or_else(|| match get(schema, "allOf").as_array()?.as_slice() {
        [only] => reference(only),
        _ => None,
    })
}

/// A member of an object, or null.
pub fn get<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&NULL)
}

/// A string member of an object, or an empty string.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    get(value, key).as_str().unwrap_or_default()
}

/// The members of an object; none for anything else.
pub fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(key, value)| (key.as_str(), value))
}

/// The elements of an array; none for anything else.
pub fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A JSON pointer one step further down.
pub fn join(pointer: &str, key: impl std::fmt::Display) -> String {
    let key = key.to_string().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{key}")
}

/// Calls a function on every value of a document, with its JSON pointer, parents first.
pub fn walk<'a>(value: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(pointer, value);
    for (key, member) in entries(value) {
        walk(member, &join(pointer, key), visit);
    }
    for (index, element) in items(value).enumerate() {
        walk(element, &join(pointer, index), visit);
    }
}

/// The kind of a JSON value, for messages.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// The parser's words, without the place, which the error tells, and without its advice on what
/// to set in its options.
fn yaml_error(error: &serde_saphyr::Error) -> Error {
    let location = error.location();
    let line = location.map_or(1, |at| at.line());
    let column = location.map_or(1, |at| at.column());
    let text = error.without_snippet().to_string();
    let first = text.lines().next().unwrap_or_default();
    let place = format!(" at line {line}, column {column}");
    let what = first.strip_suffix(&place).unwrap_or(first);
    let message = what.split(", set ").next().unwrap_or_default().to_owned();
    Error::Yaml { line, column, message }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, is_flag, join, wrapped_reference};

    #[test]
    fn a_pointer_escapes_slashes_and_tildes() {
        assert_eq!(join("/paths", "/a~b/{c}"), "/paths/~1a~0b~1{c}");
    }

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

    #[test]
    fn parameters_of_the_path_come_before_those_of_the_operation() {
        let document = Document::from_value(json!({ "paths": { "/a": {
            "parameters": [{ "name": "first" }],
            "get": { "parameters": [{ "name": "second" }] },
        } } }));
        let operation = document.operations().next();
        let names = operation.into_iter().flat_map(|it| it.parameters().cloned());
        let expected = [json!({ "name": "first" }), json!({ "name": "second" })];
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_flag_is_an_integer_that_is_0_or_1_or_null_where_it_may_be() {
        assert!(is_flag(&json!({ "type": "integer", "enum": [0, 1] })));
        assert!(is_flag(&json!({ "type": "integer", "nullable": true, "enum": [0, 1, null] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0, 1, null] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0, 1, 2] })));
        assert!(!is_flag(&json!({ "type": "integer", "enum": [0] })));
        assert!(!is_flag(&json!({ "type": "string", "enum": ["0", "1"] })));
    }

    #[test]
    fn a_reference_may_be_wrapped_in_an_all_of_one() {
        let plain = json!({ "$ref": "#/a" });
        assert_eq!(wrapped_reference(&plain), Some("#/a"));
        assert_eq!(wrapped_reference(&json!({ "allOf": [plain] })), Some("#/a"));
        assert_eq!(wrapped_reference(&json!({ "allOf": [plain, plain] })), None);
    }
}
