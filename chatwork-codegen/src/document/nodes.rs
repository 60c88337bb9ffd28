//! The objects of OpenAPI in a document. The kind of an object follows from the structure, not from
//! the names of keys. A schema called `default` is a schema, and data called `schema` is data.

use serde_json::{Map, Value};

use super::json::{entries, get, items, join};
use super::{METHODS, reference};

/// What an object of the document is, in the words of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document itself.
    Root,
    /// The `info` of the document.
    Info,
    /// A server.
    Server,
    /// A tag.
    Tag,
    /// A link to further docs.
    Docs,
    /// A rate limit (an extension).
    RateLimit,
    /// A path with its operations.
    Path,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A header of a reply.
    Header,
    /// The body of a request.
    Body,
    /// A reply.
    Response,
    /// A media type of a body or a reply.
    Media,
    /// A named example.
    Example,
    /// The components.
    Components,
    /// A security scheme.
    SecurityScheme,
    /// The flows of a security scheme.
    Flows,
    /// A flow of OAuth 2.0.
    Flow,
    /// A schema.
    Schema,
}

/// How the objects stand under a key.
#[derive(Clone, Copy)]
enum Shape {
    One,
    List,
    Map,
}

type Child = (&'static str, Shape, Kind);

const ROOT: &[Child] = &[
    ("info", Shape::One, Kind::Info),
    ("externalDocs", Shape::One, Kind::Docs),
    ("servers", Shape::List, Kind::Server),
    ("tags", Shape::List, Kind::Tag),
    ("x-rate-limits", Shape::Map, Kind::RateLimit),
    ("paths", Shape::Map, Kind::Path),
    ("x-webhooks", Shape::Map, Kind::Path),
    ("components", Shape::One, Kind::Components),
];
const OPERATION: &[Child] = &[
    ("externalDocs", Shape::One, Kind::Docs),
    ("parameters", Shape::List, Kind::Parameter),
    ("requestBody", Shape::One, Kind::Body),
    ("responses", Shape::Map, Kind::Response),
];
/// Of a parameter, a header and a media type.
const HOLDER: &[Child] =
    &[("schema", Shape::One, Kind::Schema), ("examples", Shape::Map, Kind::Example)];
const RESPONSE: &[Child] =
    &[("headers", Shape::Map, Kind::Header), ("content", Shape::Map, Kind::Media)];
const COMPONENTS: &[Child] = &[
    ("securitySchemes", Shape::Map, Kind::SecurityScheme),
    ("parameters", Shape::Map, Kind::Parameter),
    ("headers", Shape::Map, Kind::Header),
    ("responses", Shape::Map, Kind::Response),
    ("examples", Shape::Map, Kind::Example),
    ("schemas", Shape::Map, Kind::Schema),
];
const SCHEMA: &[Child] = &[
    ("items", Shape::One, Kind::Schema),
    ("not", Shape::One, Kind::Schema),
    ("additionalProperties", Shape::One, Kind::Schema),
    ("x-comma-separated", Shape::One, Kind::Schema),
    ("allOf", Shape::List, Kind::Schema),
    ("oneOf", Shape::List, Kind::Schema),
    ("anyOf", Shape::List, Kind::Schema),
    ("properties", Shape::Map, Kind::Schema),
];

impl Kind {
    /// Whether objects of this kind hold a `schema`.
    pub(crate) fn is_holder(self) -> bool {
        matches!(self, Self::Parameter | Self::Header | Self::Media)
    }

    /// The objects under each key. The operations of a path are found by [`Kind::child`].
    fn child(self, key: &str) -> Option<(Shape, Self)> {
        let children: &[Child] = match self {
            Self::Root => ROOT,
            Self::Path if METHODS.contains(&key) => return Some((Shape::One, Self::Operation)),
            Self::Path => &[("parameters", Shape::List, Kind::Parameter)],
            Self::Operation => OPERATION,
            Self::Parameter | Self::Header | Self::Media => HOLDER,
            Self::Body => &[("content", Shape::Map, Kind::Media)],
            Self::Response => RESPONSE,
            Self::Tag => &[("externalDocs", Shape::One, Kind::Docs)],
            Self::Components => COMPONENTS,
            Self::SecurityScheme => &[("flows", Shape::One, Kind::Flows)],
            Self::Flows => return Some((Shape::One, Self::Flow)),
            Self::Schema => SCHEMA,
            _ => &[],
        };
        children.iter().find(|(name, ..)| *name == key).map(|(_, shape, kind)| (*shape, *kind))
    }
}

/// Calls a function on every object of a document with its JSON pointer, parents first.
pub(crate) fn visit<'a>(root: &'a Value, call: &mut impl FnMut(Kind, &str, &'a Value)) {
    visit_from(Kind::Root, "", root, call);
}

fn visit_from<'a>(
    kind: Kind,
    at: &str,
    value: &'a Value,
    call: &mut impl FnMut(Kind, &str, &'a Value),
) {
    call(kind, at, value);
    if reference(value).is_some() {
        return;
    }
    for (key, member) in entries(value) {
        let here = || join(at, key);
        match kind.child(key) {
            Some((Shape::One, kind)) if member.is_object() => {
                visit_from(kind, &here(), member, call);
            }
            Some((Shape::List, kind)) => {
                for (index, inner) in items(member).enumerate() {
                    visit_from(kind, &join(&here(), index), inner, call);
                }
            }
            Some((Shape::Map, kind)) => {
                for (name, inner) in entries(get(value, key)) {
                    visit_from(kind, &join(&here(), name), inner, call);
                }
            }
            _ => {}
        }
    }
}

/// Calls a function on every object of a kind below an object, children first, and lets it change
/// them.
pub(crate) fn rewrite(
    from: Kind,
    value: &mut Value,
    wanted: Kind,
    change: &mut impl FnMut(&mut Map<String, Value>),
) {
    let Value::Object(object) = value else {
        return;
    };
    for (key, member) in object.iter_mut() {
        match from.child(key) {
            Some((Shape::One, kind)) => rewrite(kind, member, wanted, change),
            Some((Shape::List, kind)) => {
                let list = member.as_array_mut().into_iter().flatten();
                list.for_each(|inner| rewrite(kind, inner, wanted, change));
            }
            Some((Shape::Map, kind)) => {
                let map = member.as_object_mut().into_iter().flat_map(Map::values_mut);
                map.for_each(|inner| rewrite(kind, inner, wanted, change));
            }
            None => {}
        }
    }
    if from == wanted {
        change(object);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, rewrite, visit};

    #[test]
    fn an_object_is_what_its_place_says_whatever_it_is_called() {
        let root = json!({ "components": {
            "parameters": { "example": { "schema": { "type": "string" } } },
            "responses": { "default": { "content": { "enum": { "schema": {} } } } },
            "schemas": { "schema": { "properties": { "examples": {} } } },
        } });
        let mut schemas = Vec::new();
        visit(&root, &mut |kind, at, _| {
            if kind == Kind::Schema {
                schemas.push(at.to_owned());
            }
        });
        let expected = [
            "/components/parameters/example/schema",
            "/components/responses/default/content/enum/schema",
            "/components/schemas/schema",
            "/components/schemas/schema/properties/examples",
        ];
        assert_eq!(schemas, expected);
    }

    #[test]
    fn data_is_neither_visited_nor_changed() {
        let data = json!({ "schema": { "minimum": 1 }, "properties": { "a": { "minimum": 1 } } });
        let mut root = json!({
            "paths": { "/a": { "get": { "parameters": [{
                "schema": { "minimum": 1, "example": data, "enum": [data] },
                "example": data,
                "examples": { "one": { "value": data } },
            }] } } },
            "components": { "examples": { "one": { "value": data } } },
        });
        let mut count = 0;
        visit(&root, &mut |kind, _, _| count += usize::from(kind == Kind::Schema));
        assert_eq!(count, 1);
        let mut changed = root.clone();
        rewrite(Kind::Root, &mut changed, Kind::Schema, &mut |schema| {
            schema.remove("minimum");
        });
        let schema = root.pointer_mut("/paths/~1a/get/parameters/0/schema");
        schema.and_then(|schema| schema.as_object_mut()?.remove("minimum"));
        assert_eq!(changed, root);
    }
}
