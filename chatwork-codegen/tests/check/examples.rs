use serde_json::json;

use crate::common::{GET, LIST, PUT, SCHEMAS, UPLOAD};
use crate::{diagnostic, remove, set};

const REPLY: &str = "/responses/200/content/application~1json/examples";
const DELIVERY: &str = "/requestBody/content/application~1json/examples/sent/value";
const BODY: &str = "/requestBody/content/application~1x-www-form-urlencoded";
const UPLOADED: &str = "/requestBody/content/multipart~1form-data";

fn unfit(base: &str, rest: &str, why: &str) -> String {
    let message = format!("the example does not match its schema: {why}");
    diagnostic(base, rest, &message)
}

broken! {
    a_reply_without_example:
        set(GET, REPLY, json!({}))
        => diagnostic(
            GET,
            REPLY,
            "expected a named example under `examples`, found none"
        );
    an_example_without_value:
        remove(GET, &format!("{REPLY}/message/value"))
        => diagnostic(GET, &format!("{REPLY}/message/value"), "expected `value`, found none");
    a_reply_that_its_schema_does_not_admit:
        set(GET, &format!("{REPLY}/message/value/sender_id"), "seven")
        => unfit(
            GET,
            &format!("{REPLY}/message/value"),
            "at /sender_id: value is not of type \"integer\""
        );
    a_null_where_no_null_may_be:
        set(LIST, &format!("{REPLY}/channels/value/0/name"), json!(null))
        => unfit(
            LIST,
            &format!("{REPLY}/channels/value"),
            "at /0/name: value is not of type \"string\""
        );
    a_shared_example_that_its_schema_does_not_admit:
        set("/components/examples", "/WrongToken/value", json!({ "errors": "Unknown" }))
        => unfit(
            "/components/examples",
            "/WrongToken/value",
            "at /errors: value is not of type \"array\""
        );
    a_delivery_that_its_schema_does_not_admit:
        remove("/x-webhooks/messageSent/post", &format!("{DELIVERY}/message/body"))
        => unfit(
            "/x-webhooks/messageSent/post",
            DELIVERY,
            "at /message: \"body\" is a required property"
        );
    an_example_of_a_schema_that_it_does_not_admit:
        set(SCHEMAS, "/FileId/example", 0)
        => unfit(SCHEMAS, "/FileId/example", "value is less than the minimum of 1");
    a_body_that_its_schema_does_not_admit:
        set(PUT, &format!("{BODY}/examples"), json!({ "long": { "value": { "topic": 1 } } }))
        => unfit(
            PUT,
            &format!("{BODY}/examples/long/value"),
            "at /topic: value is not of type \"string\""
        ),
        unfit(
            PUT,
            &format!("{BODY}/examples/long/value"),
            "\"name\" is a required property"
        );
    a_body_of_parts_is_shown_without_its_file:
        set(UPLOAD, &format!("{UPLOADED}/example"), json!({ "caption": 1 }))
        => unfit(
            UPLOAD,
            &format!("{UPLOADED}/example"),
            "at /caption: value is not of type \"string\""
        );
    a_parameter_whose_example_its_schema_does_not_admit:
        set(GET, "/parameters/2/example", 2),
        set(GET, "/parameters/3/examples", json!({ "word": { "value": "bold" } }))
        => unfit(GET, "/parameters/2/example", "value is not one of 0 or 1"),
        unfit(
            GET,
            "/parameters/3/examples/word/value",
            "value is not one of \"plain\" or \"rich\""
        );
    a_shared_parameter_whose_example_its_schema_does_not_admit:
        set("/components/parameters", "/ChannelIdPath/example", 0)
        => unfit(
            "/components/parameters",
            "/ChannelIdPath/example",
            "value is less than the minimum of 1"
        );
    a_body_with_a_field_that_its_schema_does_not_have:
        set(PUT, &format!("{BODY}/example"), json!({ "name": "Pier", "topc": "Boats" }))
        => unfit(
            PUT,
            &format!("{BODY}/example"),
            "Additional properties are not allowed ('topc' was unexpected)"
        );
    an_example_with_a_property_that_no_schema_has:
        set("/components/examples/WrongToken/value", "/eror", 1)
        => diagnostic(
            "/components/examples/WrongToken/value",
            "",
            "the example does not match its schema: \
             Additional properties are not allowed ('eror' was unexpected)"
        );
}
