use serde_json::json;

use crate::common::PUT;
use crate::{diagnostic, remove, set};

const TOKEN: &str = "expected the API token as the first alternative";

broken! {
    no_scope:
        set(PUT, "/security", json!([{ "Token": [] }]))
        => diagnostic(
            PUT,
            "/security",
            "expected the OAuth scopes that allow the operation, found none"
        );
    a_scope_that_is_not_declared:
        set(PUT, "/security/1/OAuth/0", "boats:write")
        => diagnostic(
            PUT,
            "/security",
            "`boats:write` is not a valid scope: expected one of channels:read, channels:write, \
             everything:write"
        );
    two_scopes_in_one_alternative:
        set(PUT, "/security/1/OAuth/-", "channels:read")
        => diagnostic(
            PUT,
            "/security/1",
            "scopes in one list are all needed together: expected one alternative for each"
        );
    a_scheme_that_is_not_declared:
        set(PUT, "/security/-", json!({ "Oauth": ["channels:write"] }))
        => diagnostic(
            PUT,
            "/security/3/Oauth",
            "`Oauth` is not a declared scheme: expected one of Token, OAuth"
        );
    oauth_without_a_scope:
        set(PUT, "/security/1/OAuth", json!([]))
        => diagnostic(PUT, "/security/1/OAuth", "expected a scope in the list, found none");
    a_token_with_a_scope:
        set(PUT, "/security/0/Token", json!(["channels:write"]))
        => diagnostic(PUT, "/security/0/Token", "only OAuth has scopes: expected an empty list");
    an_alternative_without_a_scheme:
        set(PUT, "/security/-", json!({}))
        => diagnostic(
            PUT,
            "/security/3",
            "an alternative without a scheme lets anybody in: expected one of Token, OAuth"
        );
    two_schemes_in_one_alternative:
        set(PUT, "/security/0", json!({ "Token": [], "OAuth": ["channels:write"] }))
        => diagnostic(
            PUT,
            "/security/0",
            "schemes in one alternative are all needed together, and a client sends one: \
             expected one alternative for each"
        );
    a_scheme_of_the_document_that_is_not_declared:
        set("", "/security", json!([{ "Key": [] }]))
        => diagnostic(
            "",
            "/security/0/Key",
            "`Key` is not a declared scheme: expected one of Token, OAuth"
        );
    oauth_without_a_flow:
        set("/components/securitySchemes", "/Other", json!({ "type": "oauth2" })),
        set(PUT, "/security/-", json!({ "Other": ["channels:write"] }))
        => diagnostic(
            "/components/securitySchemes",
            "/Other/flows",
            "expected a flow such as `authorizationCode`, found none"
        );
    a_flow_without_the_address_of_tokens:
        remove("/components/securitySchemes", "/OAuth/flows/authorizationCode/tokenUrl")
        => diagnostic(
            "/components/securitySchemes",
            "/OAuth/flows/authorizationCode/tokenUrl",
            "expected `tokenUrl`, an address that the flow needs, found none"
        );
    a_flow_without_scopes:
        set("/components/securitySchemes", "/OAuth/flows/password", json!({
            "tokenUrl": "https://harbour.example/token",
        }))
        => diagnostic(
            "/components/securitySchemes",
            "/OAuth/flows/password/scopes",
            "expected `scopes`, each scope with a description, found none"
        );
    a_token_without_a_name:
        remove("/components/securitySchemes", "/Token/name")
        => diagnostic(
            "/components/securitySchemes",
            "/Token/name",
            "expected `name`, the name of the header that holds the token, found none"
        );
    a_token_without_a_place:
        remove("/components/securitySchemes", "/Token/in")
        => diagnostic(
            "/components/securitySchemes",
            "/Token/in",
            "expected `in: header`, found none"
        );
    a_token_in_the_query:
        set("/components/securitySchemes", "/Token/in", "query")
        => diagnostic(
            "/components/securitySchemes",
            "/Token/in",
            "expected `in: header`, found `query`"
        );
    no_token:
        set(PUT, "/security", json!([{ "OAuth": ["channels:write"] }]))
        => diagnostic(PUT, "/security", TOKEN);
    the_token_second:
        set(PUT, "/security", json!([{ "OAuth": ["channels:write"] }, { "Token": [] }]))
        => diagnostic(PUT, "/security", TOKEN);
    a_scheme_of_another_type:
        set("/components/securitySchemes", "/Other", json!({ "type": "http" }))
        => diagnostic(
            "/components/securitySchemes",
            "/Other/type",
            "expected one of apiKey, oauth2"
        ),
        diagnostic(
            "/components/securitySchemes",
            "/Other",
            "expected a scheme that an operation uses"
        );
    a_scheme_that_no_operation_uses:
        set("/components/securitySchemes", "/Other", json!({
            "type": "apiKey", "in": "header", "name": "X-Other", "description": "Another.",
        }))
        => diagnostic(
            "/components/securitySchemes",
            "/Other",
            "expected a scheme that an operation uses"
        );
}
