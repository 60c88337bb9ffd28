use serde_json::json;

use crate::common::{GET, LIST, SCHEMAS};
use crate::{fault, remove, set};

const REPLY: &str = "/responses/200/content/application~1json/examples";
const DELIVERY: &str = "/requestBody/content/application~1json/examples/sent/value";

fn unfit(base: &str, rest: &str, why: &str) -> String {
    let message = format!("the example is not what its schema admits: {why}");
    fault(base, rest, &message)
}

broken! {
    a_reply_without_example:
        set(GET, REPLY, json!({}))
        => fault(
            GET,
            "/responses/200",
            "expected a named example under `examples`, found none"
        );
    an_example_without_value:
        remove(GET, &format!("{REPLY}/message/value"))
        => fault(GET, "/responses/200/examples/message", "expected `value`, found none");
    a_reply_that_its_schema_does_not_admit:
        set(GET, &format!("{REPLY}/message/value/sender_id"), "seven")
        => unfit(
            GET,
            "/responses/200/examples/message",
            "at /sender_id: value is not of type \"integer\""
        );
    a_null_where_no_null_may_be:
        set(LIST, &format!("{REPLY}/channels/value/0/name"), json!(null))
        => unfit(
            LIST,
            "/responses/200/examples/channels",
            "at /0/name: value is not of type \"string\""
        );
    a_shared_example_that_its_schema_does_not_admit:
        set("/components/examples", "/WrongToken/value", json!({ "errors": "Unknown" })),
        remove("/paths", "/~1channels~1{channel_id}"),
        remove("/paths", "/~1channels~1{channel_id}~1messages~1{message_id}"),
        remove("/paths", "/~1channels~1{channel_id}~1files")
        => unfit(
            LIST,
            "/responses/401/examples/wrongToken",
            "at /errors: value is not of type \"array\""
        );
    a_delivery_that_its_schema_does_not_admit:
        remove("/x-webhooks/messageSent/post", &format!("{DELIVERY}/message/body"))
        => unfit(
            "/x-webhooks/messageSent",
            "/examples/sent",
            "at /message: \"body\" is a required property"
        );
    an_example_of_a_schema_that_it_does_not_admit:
        set(SCHEMAS, "/FileId/example", 0)
        => unfit(SCHEMAS, "/FileId/example", "value is less than the minimum of 1");
    a_schema_that_cannot_be_used:
        set(SCHEMAS, "/Icon/pattern", "("),
        set(SCHEMAS, "/Icon/example", "anchor")
        => unfit(
            SCHEMAS,
            "/Icon/example",
            "the schema cannot be used: value is not a \"regex\""
        );
}
