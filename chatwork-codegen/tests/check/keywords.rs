use serde_json::{Value, json};

use crate::common::SCHEMAS;
use crate::{Edit, diagnostic, set};

/// Gives a message one more property, a string with one keyword more.
fn keyword(key: &str, value: impl Into<Value>) -> Edit {
    let mut schema = json!({ "type": "string", "description": "More." });
    schema[key] = value.into();
    set(SCHEMAS, "/Message/properties/more", schema)
}

fn wrong(key: &str, message: &str) -> String {
    diagnostic(SCHEMAS, &format!("/Message/properties/more/{key}"), message)
}

broken! {
    a_length_that_is_a_string:
        keyword("maxLength", "255")
        => wrong("maxLength", "expected a whole number from 0, found a string");
    a_length_below_0:
        keyword("minLength", -1)
        => wrong("minLength", "expected a whole number from 0, found -1");
    a_bound_that_is_a_word:
        keyword("minimum", "one") => wrong("minimum", "expected a number, found a string");
    a_null_that_is_a_string:
        keyword("nullable", "true") => wrong("nullable", "expected true or false, found a string");
    a_pattern_that_is_a_number:
        keyword("pattern", 3) => wrong("pattern", "expected a string, found 3");
    a_required_that_is_a_word:
        keyword("required", "yes") => wrong("required", "expected a list, found a string");
    properties_that_are_a_list:
        keyword("properties", json!([])) => wrong("properties", "expected a mapping, found a list");
    a_shortest_above_the_longest:
        keyword("minLength", 9),
        set(SCHEMAS, "/Message/properties/more/maxLength", 8)
        => wrong("minLength", "expected at most `maxLength`, which is 8, found 9");
    a_minimum_above_the_maximum:
        keyword("minimum", 0.5),
        set(SCHEMAS, "/Message/properties/more/maximum", 0)
        => wrong("minimum", "expected at most `maximum`, which is 0, found 0.5");
    a_pattern_that_is_no_regular_expression:
        set(SCHEMAS, "/MessageId/pattern", "[")
        => diagnostic(SCHEMAS, "/MessageId/pattern", "expected a regular expression");
}
