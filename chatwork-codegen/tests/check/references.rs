use serde_json::json;

use crate::common::{GET, PUT, SCHEMAS};
use crate::{fault, remove, set};

const SENDER: &str = "/Message/properties/sender_id";

broken! {
    a_reference_to_another_document:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "ids.yaml#/AccountId")
        => fault(
            SCHEMAS,
            SENDER,
            "`$ref: ids.yaml#/AccountId` leaves the document: expected `#/components/…`"
        );
    a_reference_to_nothing:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "#/components/schemas/Acount")
        => fault(
            SCHEMAS,
            SENDER,
            "`$ref: #/components/schemas/Acount` leads to nothing in this document"
        );
    references_in_a_circle:
        set(SCHEMAS, "/Hen", json!({ "$ref": "#/components/schemas/Egg" })),
        set(SCHEMAS, "/Egg", json!({ "$ref": "#/components/schemas/Hen" }))
        => fault(SCHEMAS, "/Hen", "`$ref: #/components/schemas/Egg` leads back to itself"),
        fault(SCHEMAS, "/Egg", "`$ref: #/components/schemas/Hen` leads back to itself");
    a_schema_that_wraps_itself:
        set(SCHEMAS, "/Hen", json!({
            "description": "A hen.",
            "allOf": [{ "$ref": "#/components/schemas/Hen" }],
        }))
        => fault(
            SCHEMAS,
            "/Hen/allOf/0",
            "`$ref: #/components/schemas/Hen` leads back to itself"
        );
    a_union_that_is_a_choice_of_itself:
        set(SCHEMAS, "/Event/oneOf/0/$ref", "#/components/schemas/Event")
        => fault(
            SCHEMAS,
            "/Event/oneOf/0",
            "`$ref: #/components/schemas/Event` leads back to itself"
        );
    a_reference_to_a_part_of_a_component:
        set(SCHEMAS, &format!("{SENDER}/$ref"), "#/components/schemas/Channel/properties/name")
        => fault(
            SCHEMAS,
            SENDER,
            "`$ref: #/components/schemas/Channel/properties/name`: \
             expected a component of `#/components/schemas/`"
        );
    a_parameter_that_is_a_schema:
        set(GET, "/parameters/0/$ref", "#/components/schemas/ChannelId")
        => fault(
            GET,
            "/parameters/0",
            "`$ref: #/components/schemas/ChannelId`: \
             expected a component of `#/components/parameters/`"
        );
    a_body_behind_a_reference:
        set(PUT, "/requestBody", json!({ "$ref": "#/components/requestBodies/Change" })),
        set("/components", "/requestBodies", json!({ "Change": {} }))
        => fault(PUT, "/requestBody", "expected no `$ref` here, but what it leads to");
    a_path_behind_a_reference:
        set("/paths", "/~1boats", json!({ "$ref": "#/paths/~1channels" }))
        => fault("/paths", "/~1boats", "expected no `$ref` here, but what it leads to");
    a_key_beside_a_reference:
        set(SCHEMAS, "/Channel/properties/kind/nullabel", true)
        => fault(
            SCHEMAS,
            "/Channel/properties/kind/nullabel",
            "`nullabel` beside a `$ref` has no effect: \
             expected the `$ref` alone, or in an `allOf` of one"
        );
}

#[test]
fn other_rules_are_silent_while_a_reference_is_broken() {
    crate::assert_faults(
        vec![
            set(GET, "/parameters/0/$ref", "#/components/parameters/Boat"),
            remove("", "/info/title"),
        ],
        &[fault(
            GET,
            "/parameters/0",
            "`$ref: #/components/parameters/Boat` leads to nothing in this document",
        )],
    );
}

#[test]
fn a_schema_with_a_property_of_its_own_kind_is_no_circle() {
    let answer = json!({ "$ref": "#/components/schemas/Message" });
    crate::assert_faults(vec![set(SCHEMAS, "/Message/properties/answer_to", answer)], &[]);
}
