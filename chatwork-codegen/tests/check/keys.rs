use serde_json::json;

use crate::common::{GET, PUT};
use crate::{fault, set};

const PATH: &str = "a path: it has summary, description, parameters, get, put, post, delete, \
                    options, head, patch, trace";
const PARAMETER: &str = "a parameter: it has name, in, required, description, allowEmptyValue, style, explode, schema, example, examples";
const HEADER: &str = "a header: it has description, required, schema, example, \
                      examples";
const REPLY: &str = "a reply: it has description, headers, content";
const EXAMPLE: &str = "an example: it has summary, description, value";

fn unknown(key: &str, what: &str) -> String {
    format!("`{key}` is no key of {what}")
}

broken! {
    a_key_of_the_document:
        set("", "/tag", json!([]))
        => fault("", "/tag", &unknown("tag", "a document: it has openapi, info, externalDocs, \
                                              servers, tags, security, paths, components"));
    a_key_of_the_info:
        set("/info", "/licence", "MIT")
        => fault("/info", "/licence", &unknown("licence", "`info`: it has title, description, \
                                                           termsOfService, contact, license, \
                                                           version"));
    a_method_that_is_misspelt:
        set("/paths", "/~1channels/gett", json!({}))
        => fault("/paths", "/~1channels/gett", &unknown("gett", PATH));
    a_kind_of_component:
        set("/components", "/parameter", json!({}))
        => fault("/components", "/parameter", &unknown(
            "parameter",
            "`components`: it has securitySchemes, parameters, headers, responses, examples, \
             schemas"
        ));
    a_key_of_a_parameter:
        set(GET, "/parameters/2/requird", true)
        => fault(GET, "/parameters/2/requird", &unknown("requird", PARAMETER));
    a_key_of_a_shared_parameter:
        set("/components/parameters", "/ChannelIdPath/requird", true)
        => fault(
            "/components/parameters",
            "/ChannelIdPath/requird",
            &unknown("requird", PARAMETER)
        );
    a_key_of_a_body:
        set(PUT, "/requestBody/contents", json!({}))
        => fault(
            PUT,
            "/requestBody/contents",
            &unknown("contents", "a request body: it has description, required, content")
        );
    a_key_of_a_reply:
        set(GET, "/responses/200/header", json!({}))
        => fault(GET, "/responses/200/header", &unknown("header", REPLY));
    a_key_of_a_shared_reply:
        set("/components/responses", "/Unauthorized/header", json!({}))
        => fault("/components/responses", "/Unauthorized/header", &unknown("header", REPLY));
    a_key_of_a_header:
        set("/components/headers", "/RateLimitLimit/type", "integer")
        => fault("/components/headers", "/RateLimitLimit/type", &unknown("type", HEADER));
    a_key_of_a_media_type:
        set(GET, "/responses/200/content/application~1json/exampels", json!({}))
        => fault(
            GET,
            "/responses/200/content/application~1json/exampels",
            &unknown("exampels", "a media type: it has schema, example, examples, encoding")
        );
    a_key_of_an_example:
        set("/components/examples", "/WrongToken/sumary", "Wrong")
        => fault("/components/examples", "/WrongToken/sumary", &unknown("sumary", EXAMPLE));
    a_key_of_a_delivery:
        set("/x-webhooks", "/messageSent/post/requestbody", json!({}))
        => fault("/x-webhooks", "/messageSent/post/requestbody", &unknown(
            "requestbody",
            "a delivery: it has operationId, summary, x-summary-ja, description, x-description-ja, externalDocs, tags, security, \
             x-rate-limits, x-retry-safety, parameters, requestBody, responses"
        ));
}
