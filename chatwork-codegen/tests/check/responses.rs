use serde_json::json;

use crate::common::{DELETE, GET, LIST};
use crate::{diagnostic, remove, set};

const SUCCESS: &str = "expected one success with a body, and at most 204 beside it";

broken! {
    no_success:
        remove(DELETE, "/responses/204")
        => diagnostic(
            DELETE,
            "/responses",
            "expected a status of success (200 or 204), found none"
        );
    two_successes_with_a_body:
        set(GET, "/responses/201", json!({
            "description": "New.",
            "content": { "application/json": {
                "schema": { "type": "string" },
                "examples": { "text": { "value": "a" } },
            } },
        }))
        => diagnostic(GET, "/responses", SUCCESS);
    two_successes_without_a_body:
        set(DELETE, "/responses/205", json!({ "description": "Gone." }))
        => diagnostic(DELETE, "/responses", SUCCESS),
        diagnostic(
            DELETE,
            "/responses/205/content",
            "expected content of `application/json` with a schema"
        );
    no_401:
        remove(LIST, "/responses/401")
        => diagnostic(
            LIST,
            "/responses",
            "expected the status 401 to be documented, found none"
        );
    no_429:
        remove(LIST, "/responses/429")
        => diagnostic(
            LIST,
            "/responses",
            "expected the status 429 to be documented, found none"
        );
    a_status_that_is_a_word:
        set(LIST, "/responses/default", json!({ "$ref": "#/components/responses/Unauthorized" }))
        => diagnostic(
            LIST,
            "/responses/default",
            "expected a status of three digits, found `default`"
        );
    a_status_of_four_digits:
        set(LIST, "/responses/4000", json!({ "$ref": "#/components/responses/Unauthorized" }))
        => diagnostic(LIST, "/responses/4000", "expected a status of three digits, found `4000`");
    a_status_with_a_sign:
        set(LIST, "/responses/+40", json!({ "$ref": "#/components/responses/Unauthorized" }))
        => diagnostic(LIST, "/responses/+40", "expected a status of three digits, found `+40`");
    a_reply_without_description:
        remove(LIST, "/responses/204/description")
        => diagnostic(LIST, "/responses/204", "expected a description of the reply, found none");
    a_204_with_content:
        set(DELETE, "/responses/204/content", json!({ "application/json": {} }))
        => diagnostic(DELETE, "/responses/204/content", "204 has no body: expected no `content`");
    a_200_without_content:
        remove(GET, "/responses/200/content")
        => diagnostic(
            GET,
            "/responses/200/content",
            "expected content of `application/json` with a schema"
        );
    an_error_of_a_schema_of_its_own:
        set(GET, "/responses/404", json!({
            "description": "Not there.",
            "content": { "application/json": {
                "schema": { "type": "string" },
                "examples": { "text": { "value": "a" } },
            } },
        }))
        => diagnostic(
            GET,
            "/responses/404/content/application~1json/schema",
            "expected `$ref: '#/components/schemas/ErrorResponse'` as the schema"
        );
    a_header_without_description:
        remove("/components/headers", "/RateLimitLimit/description")
        => diagnostic(
            "/components/headers",
            "/RateLimitLimit",
            "expected a description of the header, found none"
        );
    a_shared_reply_without_description_is_told_once:
        remove("/components/responses", "/Unauthorized/description")
        => diagnostic(
            "/components/responses",
            "/Unauthorized",
            "expected a description of the reply, found none"
        );
    a_second_media_type:
        set(LIST, "/responses/200/content/text~1plain", json!({ "schema": { "type": "string" } }))
        => diagnostic(
            LIST,
            "/responses/200/content/text~1plain",
            "expected content of `application/json` alone"
        );
}
