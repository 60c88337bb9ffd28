use serde_json::json;

use crate::common::{FORM, GET, LIST, PARTS, SCHEMAS};
use crate::{diagnostic, set};

const KNOWN: &str = "unknown extension: expected one of x-comma-separated, x-description-ja, \
                     x-max-bytes, x-name-ja, x-rate-limits, x-retry-safety, x-revision, \
                     x-scopes-ja, x-summary-ja, x-webhooks";
const LIMITS: &str = "expected a list of the limits that count: account, channel_posting";
const RETRY: &str = "expected `safe`, `unsafe`, or `safe-when` with `parameter` (one of this \
                     operation's) and `equals`";
const COUNTED: &str = "expected `account`, or a path parameter of every operation that counts \
                       against the limit";
const BYTES: &str = "expected a number of bytes above 0, on a schema of `format: binary`";
const LIST_OF: &str = "expected the `$ref` of a string (no secret) or an integer (no flag), on a \
                       component of `type: string`";

broken! {
    an_undocumented_extension:
        set(SCHEMAS, "/Message/x-rust-type", "Message")
        => diagnostic(SCHEMAS, "/Message/x-rust-type", KNOWN);
    a_japanese_text_that_is_empty:
        set(SCHEMAS, "/Icon/x-description-ja", " ")
        => diagnostic(SCHEMAS, "/Icon/x-description-ja", "expected a Japanese text");
    a_japanese_text_that_is_a_number:
        set(SCHEMAS, "/Icon/x-description-ja", 1)
        => diagnostic(SCHEMAS, "/Icon/x-description-ja", "expected a Japanese text");
    a_japanese_text_without_an_english_one:
        set(SCHEMAS, "/Icon/x-summary-ja", "絵")
        => diagnostic(
            SCHEMAS,
            "/Icon/x-summary-ja",
            "expected the English text `summary` beside it"
        );
    a_japanese_name_of_what_is_no_tag:
        set(SCHEMAS, "/Icon/x-name-ja", "絵")
        => diagnostic(SCHEMAS, "/Icon/x-name-ja", "expected `x-name-ja` on a tag only");
    japanese_scopes_without_scopes:
        set("/components", "/securitySchemes/Token/x-scopes-ja", json!({}))
        => diagnostic(
            "/components",
            "/securitySchemes/Token/x-scopes-ja",
            "expected `x-scopes-ja` beside `scopes` only"
        );
    a_revision_that_is_no_number:
        set("", "/info/x-revision", "2025-06-25")
        => diagnostic("", "/info/x-revision", "expected a whole number above 0, in `info`");
    a_revision_of_a_part_of_the_document:
        set(SCHEMAS, "/Icon/x-revision", 2)
        => diagnostic(SCHEMAS, "/Icon/x-revision", "expected a whole number above 0, in `info`");
    a_rate_limit_whose_error_is_not_a_text:
        set("/x-rate-limits", "/channel_posting/error", 429)
        => diagnostic(
            "/x-rate-limits",
            "/channel_posting/error",
            "expected the text of the error, as a string"
        );
    a_rate_limit_of_no_requests:
        set("/x-rate-limits", "/account/requests", 0)
        => diagnostic("/x-rate-limits", "/account/requests", "expected a whole number above 0");
    a_rate_limit_of_half_a_second:
        set("/x-rate-limits", "/account/seconds", 0.5)
        => diagnostic("/x-rate-limits", "/account/seconds", "expected a whole number above 0");
    a_rate_limit_without_a_parameter:
        set("/x-rate-limits", "/account/per", "")
        => diagnostic("/x-rate-limits", "/account/per", COUNTED);
    a_rate_limit_without_description:
        set("/x-rate-limits", "/account/description", "")
        => diagnostic(
            "/x-rate-limits",
            "/account/description",
            "expected `description`, found none"
        );
    an_operation_without_rate_limit:
        set(LIST, "/x-rate-limits", json!([])) => diagnostic(LIST, "/x-rate-limits", LIMITS);
    a_rate_limit_that_is_not_declared:
        set(LIST, "/x-rate-limits/0", "boats") => diagnostic(LIST, "/x-rate-limits", LIMITS);
    a_retry_safety_that_is_another_word:
        set(LIST, "/x-retry-safety", "maybe") => diagnostic(LIST, "/x-retry-safety", RETRY);
    a_retry_safety_by_a_parameter_that_the_operation_does_not_have:
        set(GET, "/x-retry-safety/safe-when/parameter", "boat")
        => diagnostic(GET, "/x-retry-safety", RETRY);
    a_retry_safety_without_a_value_to_compare_with:
        set(GET, "/x-retry-safety/safe-when/equals", json!(null))
        => diagnostic(GET, "/x-retry-safety", RETRY);
    a_largest_size_of_0_bytes:
        set(PARTS, "/properties/file/x-max-bytes", 0)
        => diagnostic(PARTS, "/properties/file/x-max-bytes", BYTES);
    a_largest_size_of_a_text:
        set(PARTS, "/properties/caption/x-max-bytes", 10)
        => diagnostic(PARTS, "/properties/caption/x-max-bytes", BYTES);
    a_list_with_commas_of_an_unknown_type:
        set(SCHEMAS, "/AccountIdList/x-comma-separated", true)
        => diagnostic(SCHEMAS, "/AccountIdList/x-comma-separated", LIST_OF);
    a_list_with_commas_of_objects:
        set(SCHEMAS, "/AccountIdList/x-comma-separated/$ref", "#/components/schemas/Message")
        => diagnostic(SCHEMAS, "/AccountIdList/x-comma-separated", LIST_OF);
    a_list_with_commas_that_is_no_string:
        set(SCHEMAS, "/FileId/x-comma-separated", json!({ "$ref": "#/components/schemas/Icon" }))
        => diagnostic(SCHEMAS, "/FileId/x-comma-separated", LIST_OF);
    a_list_with_commas_without_a_name:
        set(
            FORM,
            "/properties/topic/x-comma-separated",
            json!({ "$ref": "#/components/schemas/AccountId" })
        )
        => diagnostic(FORM, "/properties/topic/x-comma-separated", LIST_OF);
    a_rate_limit_by_what_its_operations_do_not_have:
        set("/x-rate-limits", "/channel_posting/per", "no_such")
        => diagnostic("/x-rate-limits", "/channel_posting/per", COUNTED);
    a_rate_limit_by_what_one_of_its_operations_does_not_have:
        set(LIST, "/x-rate-limits/-", "channel_posting")
        => diagnostic("/x-rate-limits", "/channel_posting/per", COUNTED);
    a_retry_safety_by_a_value_that_is_never_sent:
        set(GET, "/x-retry-safety/safe-when/equals", 7)
        => diagnostic(
            GET,
            "/x-retry-safety/safe-when/equals",
            "expected a value of the parameter: value is not one of 0 or 1"
        );
    a_retry_safety_by_true_where_a_number_is_sent:
        set(GET, "/x-retry-safety/safe-when/equals", true)
        => diagnostic(
            GET,
            "/x-retry-safety/safe-when/equals",
            "expected a value of the parameter: value is not of type \"integer\""
        ), diagnostic(
            GET,
            "/x-retry-safety/safe-when/equals",
            "expected a value of the parameter: value is not one of 0 or 1"
        );
    a_retry_safety_with_another_condition:
        set(GET, "/x-retry-safety/safe-when/or", 2) => diagnostic(GET, "/x-retry-safety", RETRY);
    a_retry_safety_with_another_word:
        set(GET, "/x-retry-safety/or", "safe") => diagnostic(GET, "/x-retry-safety", RETRY);
    a_list_with_commas_of_secrets:
        set(SCHEMAS, "/Key", json!({
            "type": "string", "format": "password", "description": "A key.",
        })),
        set(SCHEMAS, "/AccountIdList/x-comma-separated/$ref", "#/components/schemas/Key")
        => diagnostic(SCHEMAS, "/AccountIdList/x-comma-separated", LIST_OF);
    a_list_with_commas_of_flags:
        set(SCHEMAS, "/Bit", json!({
            "type": "integer", "enum": [0, 1], "description": "A flag.",
        })),
        set(SCHEMAS, "/AccountIdList/x-comma-separated/$ref", "#/components/schemas/Bit")
        => diagnostic(SCHEMAS, "/AccountIdList/x-comma-separated", LIST_OF);
}

#[test]
fn a_property_or_a_schema_may_be_called_as_an_extension() {
    crate::assert_diagnostics(
        vec![
            set(
                SCHEMAS,
                "/Message/properties/x-foo",
                json!({
                    "type": "string", "description": "More.",
                }),
            ),
            set(SCHEMAS, "/x-boat", json!({ "type": "string", "description": "More." })),
        ],
        &[],
    );
}
