use serde_json::json;

use crate::common::{GET, PUT};
use crate::{diagnostic, set};

const PATH: &str = "a path: expected one of summary, description, parameters, get, put, post, \
                    delete, options, head, patch, trace";
const PARAMETER: &str = "a parameter: expected one of name, in, required, description, \
                         allowEmptyValue, style, explode, schema, example, examples";
const HEADER: &str = "a header: expected one of description, required, schema, example, \
                      examples";
const REPLY: &str = "a reply: expected one of description, headers, content";
const EXAMPLE: &str = "an example: expected one of summary, description, value";

fn unknown(key: &str, what: &str) -> String {
    format!("`{key}` is not a valid key of {what}")
}

broken! {
    a_key_of_the_document:
        set("", "/tag", json!([]))
        => diagnostic("", "/tag", &unknown(
            "tag",
            "a document: expected one of openapi, info, externalDocs, servers, tags, security, \
             paths, components"
        ));
    a_key_of_the_info:
        set("/info", "/licence", "MIT")
        => diagnostic("/info", "/licence", &unknown(
            "licence",
            "`info`: expected one of title, description, termsOfService, contact, license, version"
        ));
    a_method_that_is_misspelt:
        set("/paths", "/~1channels/gett", json!({}))
        => diagnostic("/paths", "/~1channels/gett", &unknown("gett", PATH));
    a_kind_of_component:
        set("/components", "/parameter", json!({}))
        => diagnostic("/components", "/parameter", &unknown(
            "parameter",
            "`components`: expected one of securitySchemes, parameters, headers, responses, \
             examples, schemas"
        ));
    a_key_of_a_parameter:
        set(GET, "/parameters/2/requird", true)
        => diagnostic(GET, "/parameters/2/requird", &unknown("requird", PARAMETER));
    a_key_of_a_shared_parameter:
        set("/components/parameters", "/ChannelIdPath/requird", true)
        => diagnostic(
            "/components/parameters",
            "/ChannelIdPath/requird",
            &unknown("requird", PARAMETER)
        );
    a_key_of_a_body:
        set(PUT, "/requestBody/contents", json!({}))
        => diagnostic(
            PUT,
            "/requestBody/contents",
            &unknown("contents", "a request body: expected one of description, required, content")
        );
    a_key_of_a_reply:
        set(GET, "/responses/200/header", json!({}))
        => diagnostic(GET, "/responses/200/header", &unknown("header", REPLY));
    a_key_of_a_shared_reply:
        set("/components/responses", "/Unauthorized/header", json!({}))
        => diagnostic("/components/responses", "/Unauthorized/header", &unknown("header", REPLY));
    a_key_of_a_header:
        set("/components/headers", "/RateLimitLimit/type", "integer")
        => diagnostic("/components/headers", "/RateLimitLimit/type", &unknown("type", HEADER));
    a_key_of_a_media_type:
        set(GET, "/responses/200/content/application~1json/exampels", json!({}))
        => diagnostic(
            GET,
            "/responses/200/content/application~1json/exampels",
            &unknown("exampels", "a media type: expected one of schema, example, examples, \
                                  encoding")
        );
    a_key_of_an_example:
        set("/components/examples", "/WrongToken/sumary", "Wrong")
        => diagnostic("/components/examples", "/WrongToken/sumary", &unknown("sumary", EXAMPLE));
    a_key_of_a_delivery:
        set("/x-webhooks", "/messageSent/post/requestbody", json!({}))
        => diagnostic("/x-webhooks", "/messageSent/post/requestbody", &unknown(
            "requestbody",
            "a delivery: expected one of operationId, summary, x-summary-ja, description, \
             x-description-ja, externalDocs, tags, security, x-rate-limits, x-retry-safety, \
             parameters, requestBody, responses"
        ));
}
