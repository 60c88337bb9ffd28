use serde_json::json;

use crate::common::{DELETE, FORM, PARTS, PUT, UPLOAD};
use crate::{diagnostic, remove, set};

const BODY: &str = "/requestBody";
const CONTENT: &str = "/requestBody/content";
const MEDIA: &str = "expected one of `application/x-www-form-urlencoded` and \
                     `multipart/form-data`, found";
const SCALAR: &str = "expected type string, integer or boolean: a form has no other values \
                      (a list is a string with commas, `x-comma-separated`)";

broken! {
    no_description:
        remove(PUT, "/requestBody/description")
        => diagnostic(PUT, BODY, "expected a description of the body, found none");
    a_schema_behind_a_reference:
        set("", FORM, json!({ "$ref": "#/components/schemas/Channel" }))
        => diagnostic("", FORM, "expected the schema of the body here, not behind a `$ref`");
    a_body_of_another_media_type:
        set(DELETE, CONTENT, json!({ "text/plain": {
            "schema": {
                "type": "object",
                "description": "What.",
                "properties": { "way": { "$ref": "#/components/schemas/WayOut" } },
            },
        } })),
        set(DELETE, "/requestBody/required", false)
        => diagnostic(DELETE, CONTENT, &format!("{MEDIA} [\"text/plain\"]"));
    no_media_type:
        set(DELETE, CONTENT, json!({}))
        => diagnostic(DELETE, CONTENT, &format!("{MEDIA} []"));
    an_encoding_for_what_is_no_property:
        set(UPLOAD, "/requestBody/content/multipart~1form-data/encoding", json!({ "boat": {} }))
        => diagnostic(
            UPLOAD,
            "/requestBody/content/multipart~1form-data/encoding/boat",
            "`boat` is not a field of the body: expected one of file, caption"
        );
    a_body_that_may_be_left_out_though_a_field_may_not:
        set(PUT, "/requestBody/required", false)
        => diagnostic(PUT, "/requestBody/required", "expected true: a field of it is required");
    a_body_that_is_required_though_no_field_is:
        remove(FORM, "/required")
        => diagnostic(PUT, "/requestBody/required", "expected false: no field of it is required");
    a_body_that_is_no_object:
        set("", FORM, json!({ "type": "string", "description": "What." })),
        set(PUT, "/requestBody/required", false)
        => diagnostic(
            FORM,
            "/type",
            "expected a schema of type object, whose properties are the fields"
        ),
        diagnostic(FORM, "/properties", "expected at least one field, found none");
    a_body_without_fields:
        set(FORM, "/properties", json!({})),
        remove(FORM, "/required"),
        set(PUT, "/requestBody/required", false)
        => diagnostic(FORM, "/properties", "expected at least one field, found none");
    a_field_that_is_a_list:
        set(FORM, "/properties/topic", json!({
            "type": "array",
            "description": "What.",
            "items": { "type": "string" },
        }))
        => diagnostic(FORM, "/properties/topic", SCALAR);
    a_field_that_is_an_object_behind_a_reference:
        set(FORM, "/properties/topic", json!({ "$ref": "#/components/schemas/Message" }))
        => diagnostic(FORM, "/properties/topic", SCALAR);
    a_file_behind_a_reference:
        set("/components/schemas", "/Blob", json!({
            "type": "string",
            "format": "binary",
            "description": "Bytes.",
        })),
        set(PARTS, "/properties/file", json!({ "$ref": "#/components/schemas/Blob" }))
        => diagnostic(PARTS, "/properties/file", "expected the file here, not behind a `$ref`"),
        diagnostic(
            PARTS,
            "/properties/file",
            "expected `x-max-bytes`, the largest size of the file in bytes"
        );
    a_file_in_a_form_without_parts:
        set(FORM, "/properties/topic", json!({
            "type": "string",
            "format": "binary",
            "description": "Bytes.",
            "x-max-bytes": 1,
        }))
        => diagnostic(FORM, "/properties/topic", "a file is sent as `multipart/form-data` only");
    a_file_of_any_size:
        remove(PARTS, "/properties/file/x-max-bytes")
        => diagnostic(
            PARTS,
            "/properties/file",
            "expected `x-max-bytes`, the largest size of the file in bytes"
        );
    a_body_that_is_required_in_a_word:
        set(PUT, "/requestBody/required", "yes")
        => diagnostic(PUT, "/requestBody/required", "expected true or false, found a string");
    a_secret_among_parts:
        set(PARTS, "/properties/caption/format", "password")
        => diagnostic(
            PARTS,
            "/properties/caption",
            "expected another format: a secret is not sent as a part of a form"
        );
    a_required_part_that_may_be_null:
        set(PARTS, "/properties/caption/nullable", true),
        set(PARTS, "/required", json!(["file", "caption"]))
        => diagnostic(
            PARTS,
            "/properties/caption",
            "a part cannot be null: expected it to be left out of `required`"
        );
}
