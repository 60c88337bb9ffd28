//! Importers such as Postman fill in request bodies from the examples of their properties.

use chatwork_codegen::document::{get, properties, text};

use crate::collect::document;

#[test]
fn every_property_of_a_request_body_has_an_example() {
    let mut bodies = 0;
    for operation in document().operations() {
        let Some((_, schema)) = operation.body() else {
            continue;
        };
        bodies += 1;
        for (name, property) in properties(schema) {
            let example = get(document().resolve(property), "example");
            let file = text(property, "format") == "binary";
            assert!(file || !example.is_null(), "{} {name}", operation.id());
        }
    }
    assert!(bodies > 5);
}

/// A placeholder such as `string` is what the importers make up by themselves.
#[test]
fn an_example_of_a_text_is_a_text_that_a_person_would_write() {
    for operation in document().operations() {
        if let Some((_, schema)) = operation.body() {
            for (name, property) in properties(schema) {
                let example = get(document().resolve(property), "example");
                assert_ne!(example, "string", "{} {name}", operation.id());
                assert_ne!(example, "", "{} {name}", operation.id());
            }
        }
    }
}
