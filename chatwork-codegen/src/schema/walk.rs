//! Where schemas stand in a document.

use serde_json::{Map, Value};

use crate::document::Document;
use crate::document::nodes::{self, Kind};

/// Calls a function on every schema of the document, parents first, with its JSON pointer.
pub fn visit<'a>(document: &'a Document, call: &mut impl FnMut(&str, &'a Value)) {
    nodes::visit(document.root(), &mut |kind, at, value| {
        if kind == Kind::Schema && !at.ends_with("/x-comma-separated") {
            call(at, value);
        }
    });
}

/// Calls a function on everything that has a schema, such as a parameter, with its JSON pointer.
pub fn visit_holders<'a>(document: &'a Document, call: &mut impl FnMut(&str, &'a Value)) {
    nodes::visit(document.root(), &mut |kind, at, value| {
        if kind.is_holder() && value.get("schema").is_some() {
            call(at, value);
        }
    });
}

/// Calls a function on every schema of a document, children first, and lets it change them.
pub(crate) fn rewrite(root: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    nodes::rewrite(Kind::Root, root, Kind::Schema, change);
}

/// Calls a function on a schema and every schema in it, children first.
pub(crate) fn rewrite_schema(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    nodes::rewrite(Kind::Schema, schema, Kind::Schema, change);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::visit_holders;
    use crate::document::Document;

    #[test]
    fn only_what_may_have_a_schema_is_a_holder_of_one() {
        let document = Document::from_value(json!({
            "paths": { "/a": { "get": {
                "schema": {},
                "parameters": [{ "schema": {} }, {}],
            } } },
        }));
        let mut found = Vec::new();
        visit_holders(&document, &mut |at, _| found.push(at.to_owned()));
        assert_eq!(found, ["/paths/~1a/get/parameters/0"]);
    }
}
