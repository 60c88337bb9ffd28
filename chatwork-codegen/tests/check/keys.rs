use serde_json::json;

use crate::common::{GET, PUT, SCHEMAS, UPLOAD};
use crate::{diagnostic, set};

const PATH: &str = "a path: expected one of summary, description, parameters, get, put, post, \
                    delete, options, head, patch, trace";
const PARAMETER: &str = "a parameter: expected one of name, in, required, description, \
                         allowEmptyValue, style, explode, schema, example, examples";
const HEADER: &str = "a header: expected one of description, required, schema, example, \
                      examples";
const REPLY: &str = "a reply: expected one of description, headers, content";
const EXAMPLE: &str = "an example: expected one of summary, description, value";

const ENCODING: &str = "/requestBody/content/multipart~1form-data/encoding";

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
    a_key_of_the_contact:
        set("/info", "/contact", json!({ "mail": "harbour@harbour.example" }))
        => diagnostic("/info", "/contact/mail", &unknown(
            "mail",
            "`contact`: expected one of name, url, email"
        ));
    a_key_of_the_license:
        set("/info", "/license", json!({ "name": "MIT", "link": "https://harbour.example" }))
        => diagnostic("/info", "/license/link", &unknown(
            "link",
            "`license`: expected one of name, url"
        ));
    a_key_of_a_rate_limit:
        set("/x-rate-limits", "/channel_posting/eror", "Too many.")
        => diagnostic("/x-rate-limits", "/channel_posting/eror", &unknown(
            "eror",
            "a rate limit: expected one of description, requests, seconds, per, error"
        ));
    a_key_of_the_scheme_of_a_token:
        set("/components/securitySchemes", "/Token/inn", "header")
        => diagnostic("/components/securitySchemes", "/Token/inn", &unknown(
            "inn",
            "a scheme of `type: apiKey`: expected one of type, description, name, in"
        ));
    a_key_of_the_scheme_of_oauth:
        set("/components/securitySchemes", "/OAuth/flow", json!({}))
        => diagnostic("/components/securitySchemes", "/OAuth/flow", &unknown(
            "flow",
            "a scheme of `type: oauth2`: expected one of type, description, flows"
        ));
    a_flow_that_is_misspelt:
        set("/components/securitySchemes", "/OAuth/flows/authorizationCodes", json!({}))
        => diagnostic("/components/securitySchemes", "/OAuth/flows/authorizationCodes", &unknown(
            "authorizationCodes",
            "`flows`: expected one of implicit, password, clientCredentials, authorizationCode"
        ));
    a_key_of_a_flow:
        set("/components/securitySchemes", "/OAuth/flows/authorizationCode/tokenURL", "")
        => diagnostic(
            "/components/securitySchemes",
            "/OAuth/flows/authorizationCode/tokenURL",
            &unknown(
                "tokenURL",
                "a flow: expected one of authorizationUrl, tokenUrl, refreshUrl, scopes"
            )
        );
    a_key_of_a_discriminator:
        set(SCHEMAS, "/Event/discriminator/mappings", json!({}))
        => diagnostic(SCHEMAS, "/Event/discriminator/mappings", &unknown(
            "mappings",
            "a `discriminator`: expected one of propertyName, mapping"
        ));
    a_key_of_the_reference_page_of_an_operation:
        set(PUT, "/externalDocs/link", "https://harbour.example")
        => diagnostic(PUT, "/externalDocs/link", &unknown(
            "link",
            "`externalDocs`: expected one of description, url"
        ));
    a_key_of_an_encoding:
        set(UPLOAD, ENCODING, json!({ "file": { "contenttype": "image/png" } }))
        => diagnostic(UPLOAD, &format!("{ENCODING}/file/contenttype"), &unknown(
            "contenttype",
            "an encoding: expected one of contentType, headers, style, explode, allowReserved"
        ));
    a_key_of_a_delivery:
        set("/x-webhooks", "/messageSent/post/requestbody", json!({}))
        => diagnostic("/x-webhooks", "/messageSent/post/requestbody", &unknown(
            "requestbody",
            "a delivery: expected one of operationId, summary, x-summary-ja, description, \
             x-description-ja, externalDocs, tags, security, x-rate-limits, x-retry-safety, \
             parameters, requestBody, responses"
        ));
}
