use serde_json::json;

use crate::common::PUT;
use crate::{diagnostic, set};

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
