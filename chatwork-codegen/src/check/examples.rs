//! Every reply has a named example, and every example is what its schema admits.

use serde_json::Value;

use super::Faults;
use crate::document::{Document, JSON, entries, get, join};
use crate::schema::{self, Validator};

pub(super) fn check(document: &Document, faults: &mut Faults) {
    let validator = Validator::new(document);
    for operation in document.operations() {
        let at = join(&operation.pointer(), "responses");
        for (status, response) in operation.responses() {
            let content = get(get(response, "content"), JSON);
            let here = join(&at, status);
            if !get(content, "schema").is_null() && entries(get(content, "examples")).count() == 0 {
                faults.add(&here, "expected a named example under `examples`, found none");
            }
            media(document, &validator, content, &here, faults);
        }
    }
    for (name, item) in entries(document.at("/x-webhooks")) {
        let content = get(get(get(get(item, "post"), "requestBody"), "content"), JSON);
        media(document, &validator, content, &join("/x-webhooks", name), faults);
    }
    schema::visit(document, &mut |at, schema| {
        if let Some(example) = schema.get("example") {
            compare(&validator, schema, example, &join(at, "example"), faults);
        }
    });
}

fn media(
    document: &Document,
    validator: &Validator,
    content: &Value,
    at: &str,
    faults: &mut Faults,
) {
    for (name, example) in entries(get(content, "examples")) {
        let here = join(&join(at, "examples"), name);
        match document.resolve(example).get("value") {
            Some(value) => compare(validator, get(content, "schema"), value, &here, faults),
            None => faults.add(here, "expected `value`, found none"),
        }
    }
}

fn compare(validator: &Validator, schema: &Value, value: &Value, at: &str, faults: &mut Faults) {
    for fault in validator.faults(schema, value) {
        faults.add(at, format!("the example is not what its schema admits: {fault}"));
    }
}
