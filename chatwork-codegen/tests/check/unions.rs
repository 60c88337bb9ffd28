use serde_json::json;

use crate::common::SCHEMAS;
use crate::{diagnostic, remove, set};

const EITHER: &str = "expected a component with a `discriminator`, or a required property that \
                      is either a string or an integer";
const MAPPING: &str = "expected one value for each `$ref` of `oneOf`, and no other";

broken! {
    a_union_without_discriminator:
        remove(SCHEMAS, "/Event/discriminator")
        => diagnostic(SCHEMAS, "/Event/oneOf", EITHER);
    a_union_without_a_name:
        set(SCHEMAS, "/Message/properties/more", json!({
            "description": "More.",
            "oneOf": [{ "$ref": "#/components/schemas/MessageSentEvent" }],
            "discriminator": { "propertyName": "event_type" },
        }))
        => diagnostic(SCHEMAS, "/Message/properties/more/oneOf", EITHER);
    a_number_or_text_that_may_be_left_out:
        set(SCHEMAS, "/UploadedFile/required", json!([]))
        => diagnostic(SCHEMAS, "/UploadedFile/properties/file_id/oneOf", EITHER);
    a_union_with_a_choice_that_has_no_value:
        remove(SCHEMAS, "/Event/discriminator/mapping/message_sent")
        => diagnostic(SCHEMAS, "/Event/discriminator/mapping", MAPPING);
    a_union_with_a_value_that_is_no_choice:
        set(SCHEMAS, "/Event/discriminator/mapping/other", "#/components/schemas/Message")
        => diagnostic(SCHEMAS, "/Event/discriminator/mapping", MAPPING);
    a_union_with_two_values_for_one_choice:
        set(SCHEMAS, "/Event/discriminator/mapping/other", "#/components/schemas/MessageSentEvent")
        => diagnostic(SCHEMAS, "/Event/discriminator/mapping", MAPPING);
    a_union_with_a_choice_that_is_not_told_apart:
        set(SCHEMAS, "/MessageRemovedEvent/required", json!(["message_id"]))
        => diagnostic(
            SCHEMAS,
            "/Event/discriminator/propertyName",
            "`event_type` is not required by #/components/schemas/MessageRemovedEvent: expected a \
             property that every schema of `oneOf` requires"
        );
    two_tags_for_one_schema:
        set(SCHEMAS, "/Event/oneOf/1/$ref", "#/components/schemas/MessageSentEvent"),
        set(
            SCHEMAS,
            "/Event/discriminator/mapping/message_removed",
            "#/components/schemas/MessageSentEvent"
        )
        => diagnostic(SCHEMAS, "/Event/oneOf", "expected two schemas or more, each of them once");
    an_inline_schema_beside_references:
        set(SCHEMAS, "/Event/oneOf/-", json!({ "type": "string", "description": "More." }))
        => diagnostic(
            SCHEMAS,
            "/Event/discriminator/mapping",
            "expected one value for each `$ref` of `oneOf`, and no other"
        );
}
