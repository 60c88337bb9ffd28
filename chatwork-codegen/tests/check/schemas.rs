use serde_json::json;

use crate::common::{GET, SCHEMAS};
use crate::{Edit, diagnostic, remove, set};

const NAMELESS: &str = "expected a schema under `components/schemas`, so that its type has a name";
const KEYWORD: &str = "`maxLenght` is not a valid keyword of a schema: expected one of allOf, \
                       description, discriminator, enum, example, exclusiveMaximum, \
                       exclusiveMinimum, format, items, maxItems, maxLength, maximum, minItems, \
                       minLength, minimum, nullable, oneOf, pattern, properties, required, type";
const TYPE: &str = "expected one of array, boolean, integer, number, object, string";

/// Gives a message one more property, which examples do not have.
fn property(schema: serde_json::Value) -> Edit {
    set(SCHEMAS, "/Message/properties/more", schema)
}

fn property_diagnostic(rest: &str, message: &str) -> String {
    diagnostic(SCHEMAS, &format!("/Message/properties/more{rest}"), message)
}

broken! {
    a_component_without_description:
        remove(SCHEMAS, "/ErrorResponse/description")
        => diagnostic(
            SCHEMAS,
            "/ErrorResponse",
            "expected a description of the schema, found none"
        );
    a_default:
        property(json!({ "type": "string", "description": "More.", "default": "a" }))
        => property_diagnostic(
            "/default",
            "some generators always send a declared default: \
             expected it in the description instead"
        );
    a_keyword_that_is_misspelt:
        property(json!({ "type": "string", "description": "More.", "maxLenght": 1 }))
        => property_diagnostic("/maxLenght", KEYWORD);
    a_schema_without_type:
        property(json!({ "description": "More." }))
        => property_diagnostic("/type", TYPE);
    a_parameter_of_a_type_that_does_not_exist:
        set(GET, "/parameters/-", json!({
            "name": "more",
            "in": "query",
            "description": "More.",
            "schema": { "type": "file" },
        }))
        => diagnostic(
            GET,
            "/parameters/5/schema",
            "expected a schema of type string, integer or boolean"
        ),
        diagnostic(GET, "/parameters/5/schema/type", TYPE);
    a_number_of_32_bits:
        property(json!({ "type": "integer", "description": "More." }))
        => property_diagnostic("", "expected `format: int64` on an integer: ids exceed 32 bits");
    a_list_without_items:
        property(json!({ "type": "array", "description": "More." }))
        => property_diagnostic("", "expected `items` on an array, found none");
    an_object_without_a_name:
        property(json!({ "type": "object", "description": "More." }))
        => property_diagnostic("", NAMELESS);
    a_list_of_objects_without_a_name:
        property(json!({
            "type": "array",
            "description": "More.",
            "items": { "type": "object" },
        }))
        => property_diagnostic("/items", NAMELESS);
    a_format_that_needs_a_crate:
        property(json!({ "type": "string", "format": "date-time", "description": "More." }))
        => property_diagnostic("/format", "expected one of binary, int64, password");
    nullable_without_a_type:
        property(json!({
            "nullable": true,
            "description": "More.",
            "allOf": [{ "$ref": "#/components/schemas/FileId" }],
        }))
        => property_diagnostic(
            "",
            "`nullable` has no effect without a type: expected `type` beside it"
        );
    a_component_that_may_be_null:
        set(SCHEMAS, "/FileId/nullable", true)
        => diagnostic(
            SCHEMAS,
            "/FileId/nullable",
            "expected `nullable` on the properties that may be null, not on the component"
        );
    an_all_of_two:
        property(json!({ "description": "More.", "allOf": [
            { "$ref": "#/components/schemas/Channel" },
            { "$ref": "#/components/schemas/Message" },
        ] }))
        => property_diagnostic(
            "/allOf",
            "expected an `allOf` of one `$ref`, which gives it a description of its own"
        );
    an_enum_without_values:
        property(json!({ "type": "string", "description": "More.", "enum": [] }))
        => property_diagnostic("/enum", "expected at least one value, found none");
    an_enum_with_a_value_of_another_type:
        property(json!({ "type": "string", "description": "More.", "enum": [3] }))
        => property_diagnostic("/enum", "expected values of the declared `type`");
    an_enum_without_a_name:
        property(json!({ "type": "string", "description": "More.", "enum": ["a", "b"] }))
        => property_diagnostic("/enum", NAMELESS);
    a_property_without_description:
        property(json!({ "type": "string" }))
        => property_diagnostic("", "expected a description of the property, found none");
    a_required_name_that_is_no_property:
        set(SCHEMAS, "/Icon/required", json!(["size"]))
        => diagnostic(
            SCHEMAS,
            "/Icon/required",
            "`size` is required but is not a property: expected a property, the schema has none"
        );
    an_enum_of_numbers:
        property(json!({
            "type": "integer",
            "format": "int64",
            "description": "More.",
            "enum": [1, 2, 3],
        }))
        => property_diagnostic("/enum", "expected a string enum, or a flag of 0 and 1");
    an_enum_of_one_number:
        set(SCHEMAS, "/Level", json!({ "type": "integer", "description": "More.", "enum": [1] }))
        => diagnostic(SCHEMAS, "/Level/enum", "expected a string enum, or a flag of 0 and 1");
}
