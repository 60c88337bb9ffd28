use serde_json::json;

use crate::common::{GET, PUT, SCHEMAS};
use crate::{diagnostic, remove, set};

const SENDER: &str = "/Message/properties/sender_id";

broken! {
    a_reference_to_another_document:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "ids.yaml#/AccountId")
        => diagnostic(
            SCHEMAS,
            SENDER,
            "`$ref: ids.yaml#/AccountId` is outside this document: expected `#/components/…`"
        );
    a_reference_to_a_missing_component:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "#/components/schemas/Acount")
        => diagnostic(
            SCHEMAS,
            SENDER,
            "`$ref: #/components/schemas/Acount` does not exist in this document: expected one \
             that does"
        );
    references_in_a_circle:
        set(SCHEMAS, "/Hen", json!({ "$ref": "#/components/schemas/Egg" })),
        set(SCHEMAS, "/Egg", json!({ "$ref": "#/components/schemas/Hen" }))
        => diagnostic(
            SCHEMAS,
            "/Hen",
            "`$ref: #/components/schemas/Egg` is circular: expected a schema that does not contain \
             itself"
        ),
        diagnostic(
            SCHEMAS,
            "/Egg",
            "`$ref: #/components/schemas/Hen` is circular: expected a schema that does not contain \
             itself"
        );
    a_schema_that_wraps_itself:
        set(SCHEMAS, "/Hen", json!({
            "description": "A hen.",
            "allOf": [{ "$ref": "#/components/schemas/Hen" }],
        }))
        => diagnostic(
            SCHEMAS,
            "/Hen/allOf/0",
            "`$ref: #/components/schemas/Hen` is circular: expected a schema that does not contain \
             itself"
        );
    a_union_that_is_a_choice_of_itself:
        set(SCHEMAS, "/Event/oneOf/0/$ref", "#/components/schemas/Event")
        => diagnostic(
            SCHEMAS,
            "/Event/oneOf/0",
            "`$ref: #/components/schemas/Event` is circular: expected a schema that does not \
             contain itself"
        );
    a_reference_to_a_part_of_a_component:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "#/components/schemas/Channel/properties/name")
        => diagnostic(
            SCHEMAS,
            SENDER,
            "`$ref: #/components/schemas/Channel/properties/name`: \
             expected a component of `#/components/schemas/`"
        );
    a_parameter_that_is_a_schema:
        set(GET, "/parameters/0/$ref", "#/components/schemas/ChannelId")
        => diagnostic(
            GET,
            "/parameters/0",
            "`$ref: #/components/schemas/ChannelId`: \
             expected a component of `#/components/parameters/`"
        );
    a_body_behind_a_reference:
        set(PUT, "/requestBody", json!({ "$ref": "#/components/requestBodies/Change" })),
        set("/components", "/requestBodies", json!({ "Change": {} }))
        => diagnostic(
            PUT,
            "/requestBody",
            "a `$ref` is not allowed here: expected the value itself"
        );
    a_path_behind_a_reference:
        set("/paths", "/~1boats", json!({ "$ref": "#/paths/~1channels" }))
        => diagnostic(
            "/paths",
            "/~1boats",
            "a `$ref` is not allowed here: expected the value itself"
        );
    a_key_beside_a_reference:
        set(SCHEMAS, "/Channel/properties/kind/nullabel", true)
        => diagnostic(
            SCHEMAS,
            "/Channel/properties/kind/nullabel",
            "`nullabel` beside a `$ref` has no effect: \
             expected the `$ref` alone, or in an `allOf` of one"
        );
}

#[test]
fn other_rules_are_silent_while_a_reference_is_broken() {
    crate::assert_diagnostics(
        vec![
            set(GET, "/parameters/0/$ref", "#/components/parameters/Boat"),
            remove("", "/info/title"),
        ],
        &[diagnostic(
            GET,
            "/parameters/0",
            "`$ref: #/components/parameters/Boat` does not exist in this document: expected one \
             that does",
        )],
    );
}

#[test]
fn a_schema_with_a_property_of_its_own_kind_is_no_circle() {
    let answer = json!({ "$ref": "#/components/schemas/Message" });
    crate::assert_diagnostics(vec![set(SCHEMAS, "/Message/properties/answer_to", answer)], &[]);
}
