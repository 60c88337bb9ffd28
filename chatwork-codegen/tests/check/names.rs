use serde_json::json;

use crate::common::{self, FORM, GET, PUT, SCHEMAS};

const TOO_MANY: &str = "/components/responses/TooManyRequests";
const LIMIT: &str = "#/components/headers/RateLimitLimit";
use crate::{diagnostic, remove, set};

/// The sentence about two names that are one in code.
fn same(name: &str, first: &str, ident: &str) -> String {
    format!(
        "`{name}` and `{first}` both become `{ident}` in generated code: \
         expected names that differ in more than case and punctuation"
    )
}

fn taken(name: &str) -> String {
    format!("`{name}` is reserved for generated code: expected another name")
}

broken! {
    two_operations:
        set(PUT, "/operationId", "listCHANNELS")
        => diagnostic(
            PUT,
            "/operationId",
            &same("listCHANNELS", "listChannels", "list_channels")
        );
    two_schemas:
        set(SCHEMAS, "/file_id", json!({ "type": "string", "description": "More." }))
        => diagnostic(SCHEMAS, "/file_id", &same("file_id", "FileId", "FileId"));
    a_schema_called_as_a_type_of_the_generator:
        set(SCHEMAS, "/Secret", json!({ "type": "string", "description": "More." }))
        => diagnostic(SCHEMAS, "/Secret", &taken("Secret"));
    a_schema_called_as_a_variant_of_the_prelude:
        set(SCHEMAS, "/Ok", json!({ "type": "string", "description": "More." }))
        => diagnostic(SCHEMAS, "/Ok", &taken("Ok"));
    a_schema_called_as_the_body_of_an_operation:
        set(SCHEMAS, "/UpdateChannelBody", json!({ "type": "string", "description": "More." }))
        => diagnostic(SCHEMAS, "/UpdateChannelBody", &taken("UpdateChannelBody"));
    two_properties:
        set(SCHEMAS, "/Message/properties/sentAt", json!({
            "type": "string",
            "description": "More.",
        }))
        => diagnostic(
            SCHEMAS,
            "/Message/properties/sentAt",
            &same("sentAt", "sent_at", "sent_at")
        );
    two_values_of_an_enum:
        set(SCHEMAS, "/Icon/enum/-", "light_house")
        => diagnostic(
            SCHEMAS,
            "/Icon/enum/2",
            &same("light_house", "light-house", "LightHouse")
        );
    a_value_of_an_enum_that_stands_twice:
        set(SCHEMAS, "/Icon/enum/-", "anchor")
        => diagnostic(
            SCHEMAS,
            "/Icon/enum/2",
            "`anchor` is declared twice: expected each name once"
        );
    two_values_of_a_union:
        set(SCHEMAS, "/Event/discriminator/mapping/message-sent",
            "#/components/schemas/MessageSentEvent")
        => diagnostic(
            SCHEMAS,
            "/Event/discriminator/mapping",
            "expected one value for each `$ref` of `oneOf`, and no other"
        ),
        diagnostic(
            SCHEMAS,
            "/Event/discriminator/mapping/message-sent",
            &same("message-sent", "message_sent", "MessageSent")
        );
    two_parameters_in_different_places:
        set(GET, "/parameters/4/name", "message_id")
        => diagnostic(
            GET,
            "/parameters/4",
            "`message_id` is declared twice: expected each name once"
        );
    a_parameter_called_as_the_argument_of_the_body:
        set(PUT, "/parameters/-", json!({
            "name": "body",
            "in": "query",
            "description": "More.",
            "schema": { "type": "string" },
        }))
        => diagnostic(PUT, "/parameters/1", &taken("body"));
    two_rate_limits:
        set("/x-rate-limits", "/Account", json!({
            "description": "More.",
            "requests": 1,
            "seconds": 1,
            "per": "account",
        }))
        => diagnostic("/x-rate-limits", "/Account", &same("Account", "account", "Account"));
    two_scopes:
        set(
            "/components/securitySchemes",
            "/OAuth/flows/authorizationCode/scopes/channels.read",
            "More"
        )
        => diagnostic(
            "/components/securitySchemes",
            "/OAuth/flows/authorizationCode/scopes/channels.read",
            &same("channels.read", "channels:read", "ChannelsRead")
        );
    an_operation_called_as_a_constructor:
        set(PUT, "/operationId", "newWithClient")
        => diagnostic(PUT, "/operationId", &taken("newWithClient"));
    an_operation_called_as_a_method_of_the_client:
        set(PUT, "/operationId", "withSettings")
        => diagnostic(PUT, "/operationId", &taken("withSettings"));
    an_operation_called_as_what_the_client_is_asked_for:
        set(PUT, "/operationId", "apiVersion")
        => diagnostic(PUT, "/operationId", &taken("apiVersion"));
    an_operation_called_as_the_constant_of_the_address:
        set(PUT, "/operationId", "baseUrl")
        => diagnostic(PUT, "/operationId", &taken("baseUrl"));
    an_operation_called_as_the_list_of_all:
        set(PUT, "/operationId", "all")
        => diagnostic(PUT, "/operationId", "expected a name such as `listRooms`, found `all`"),
        diagnostic(PUT, "/operationId", &taken("all"));
    a_schema_whose_name_openapi_does_not_admit:
        set(SCHEMAS, "/部屋", json!({ "type": "string", "description": "More." }))
        => diagnostic(
            SCHEMAS,
            "/部屋",
            "expected a name of ASCII letters, digits, `.`, `_` and `-`"
        );
    an_operation_called_as_a_constant:
        set(PUT, "/operationId", "tokenUrl") => diagnostic(PUT, "/operationId", &taken("tokenUrl"));
    an_operation_called_as_another_constant:
        set(PUT, "/operationId", "authorizationUrl")
        => diagnostic(PUT, "/operationId", &taken("authorizationUrl"));
    an_operation_called_as_the_method_with_options:
        set(PUT, "/operationId", "getMessageWith")
        => diagnostic(
            PUT,
            "/operationId",
            "`getMessageWith` is reserved for the method that takes options: expected another name"
        );
    a_schema_called_as_the_options_of_an_operation:
        set(SCHEMAS, "/GetMessageOptions", json!({ "type": "string", "description": "More." }))
        => diagnostic(SCHEMAS, "/GetMessageOptions", &taken("GetMessageOptions"));
    two_headers_of_a_reply:
        set(TOO_MANY, "/headers/x-req-id", json!({ "$ref": LIMIT })),
        set(TOO_MANY, "/headers/X-ReqId", json!({ "$ref": LIMIT }))
        => diagnostic(TOO_MANY, "/headers/X-ReqId", &same("X-ReqId", "x-req-id", "X_REQ_ID"));
    a_header_of_a_reply_and_the_one_of_the_token:
        set(TOO_MANY, "/headers/X_HarbourToken", json!({ "$ref": LIMIT }))
        => diagnostic(
            TOO_MANY,
            "/headers/X_HarbourToken",
            &same("X_HarbourToken", "X-Harbour-Token", "X_HARBOUR_TOKEN")
        );
    a_parameter_and_a_field_with_limits_of_one_name:
        set(PUT, "/parameters/-", json!({
            "name": "name", "in": "query", "description": "More.",
            "schema": { "type": "string", "maxLength": 5 },
        }))
        => diagnostic(
            FORM,
            "/properties/name",
            "`name` is declared twice: expected each name once"
        );
    a_field_that_is_called_as_its_constructor:
        set(FORM, "/properties/new", json!({ "type": "string", "description": "More." }))
        => diagnostic(FORM, "/properties/new", &taken("new"));
    a_field_of_an_optional_body_that_is_called_as_its_default:
        remove(FORM, "/required"),
        remove(PUT, "/requestBody/required"),
        set(FORM, "/properties/default", json!({ "type": "string", "description": "More." }))
        => diagnostic(FORM, "/properties/default", &taken("default"));
    an_optional_parameter_that_is_called_as_its_default:
        set(GET, "/parameters/3/name", "default")
        => diagnostic(GET, "/parameters/3", &taken("default"));
    an_optional_parameter_that_is_called_as_the_encoding_of_the_body_beside_it:
        remove(FORM, "/required"),
        remove(PUT, "/requestBody/required"),
        set(PUT, "/parameters/-", json!({
            "name": "into_form",
            "in": "query",
            "description": "More.",
            "schema": { "type": "string" },
        }))
        => diagnostic(PUT, "/parameters/1", &taken("into_form"));
    a_required_parameter_that_is_called_as_the_argument_of_the_options:
        set(GET, "/parameters/3/required", true),
        set(GET, "/parameters/3/name", "options")
        => diagnostic(GET, "/parameters/3", &taken("options"));
    a_part_of_the_path_that_is_called_as_the_argument_of_the_options:
        set(GET, "/parameters/1/name", "options")
        => diagnostic(
            GET,
            "/parameters",
            "the path has {message_id}: expected a path parameter of that name"
        ),
        diagnostic(
            GET,
            "/parameters",
            "`options` is not in the path: \
             expected {options} in /channels/{channel_id}/messages/{message_id}"
        ),
        diagnostic(GET, "/parameters/1", &taken("options"));
    an_operation_called_as_the_method_with_options_in_other_letters:
        set(PUT, "/operationId", "getMessageWITH")
        => diagnostic(
            PUT,
            "/operationId",
            "`getMessageWITH` is reserved for the method that takes options: expected another name"
        );
    a_parameter_called_options_without_any_that_may_be_left_out_is_valid:
        set(PUT, "/parameters/-", json!({
            "name": "options",
            "in": "query",
            "required": true,
            "description": "More.",
            "schema": { "type": "string" },
        }))
        => ;
    an_optional_parameter_called_options_is_valid:
        set(GET, "/parameters/3/name", "options") => ;
    an_optional_parameter_that_is_called_as_its_constructor:
        set(GET, "/parameters/3/name", "new") => diagnostic(GET, "/parameters/3", &taken("new"));
}

#[test]
fn a_parameter_may_be_called_as_the_encoding_of_a_body_that_is_required() {
    let mut root = common::small();
    common::set(
        &mut root,
        &format!("{PUT}/parameters/-"),
        json!({
            "name": "into_form",
            "in": "query",
            "description": "More.",
            "schema": { "type": "string" },
        }),
    );
    common::generate(root);
}
