//! What a change of the document changes in the code, without a line in this crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use chatwork_codegen::Output;
use common::{DELETE, GET, LIST, PUT, SCHEMAS, generate, remove, set, small};
use quote::ToTokens;
use serde_json::{Value, json};
use syn::{ImplItem, ImplItemFn, Item};

fn items(output: &Output, file: &str) -> Vec<Item> {
    syn::parse_file(output.file(file).unwrap()).unwrap().items
}

/// The fields of a struct in `types.rs` with their types, as `name : type`.
fn fields(output: &Output, name: &str) -> Vec<String> {
    let found = items(output, "types.rs").into_iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(item.fields),
        _ => None,
    });
    let fields = found.unwrap_or_else(|| panic!("no struct {name}"));
    let field = |field: &syn::Field| {
        let ty = text(&field.ty);
        format!("{}: {ty}", field.ident.as_ref().unwrap())
    };
    fields.iter().map(field).collect()
}

/// The variants of an enum in `types.rs`.
fn variants(output: &Output, name: &str) -> Vec<String> {
    let found = items(output, "types.rs").into_iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(item.variants),
        _ => None,
    });
    let variants = found.unwrap_or_else(|| panic!("no enum {name}"));
    variants.iter().map(|variant| variant.ident.to_string()).collect()
}

/// A method of the client.
fn method(output: &Output, name: &str) -> ImplItemFn {
    let methods = items(output, "client.rs").into_iter().filter_map(|item| match item {
        Item::Impl(block) => Some(block.items),
        _ => None,
    });
    let found = methods.flatten().find_map(|item| match item {
        ImplItem::Fn(method) if method.sig.ident == name => Some(method),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no method {name}"))
}

/// Code without blanks.
fn text(code: &impl ToTokens) -> String {
    code.to_token_stream().to_string().replace(' ', "")
}

/// An operation of the small document, to be made another.
fn operation(pointer: &str, id: &str) -> Value {
    let mut operation = small().pointer(pointer).unwrap().clone();
    operation["operationId"] = json!(id);
    operation
}

#[test]
fn a_new_field_of_a_schema_is_a_field_of_the_struct() {
    let mut root = small();
    let field = json!({ "type": "boolean", "description": "Whether it is pinned." });
    set(&mut root, &format!("{SCHEMAS}/Message/properties/pinned"), field);
    let before = fields(&generate(small()), "Message");
    let mut after = fields(&generate(root), "Message");
    after.retain(|field| !before.contains(field));
    assert_eq!(after, ["pinned: ::std::option::Option<bool>"]);
}

#[test]
fn a_new_value_of_an_enum_is_a_variant() {
    let mut root = small();
    set(&mut root, &format!("{SCHEMAS}/ChannelKind/enum/-"), "under-water");
    let output = generate(root);
    let expected = ["Public", "Private", "Floating", "UnderWater", "Unknown"];
    assert_eq!(variants(&output, "ChannelKind"), expected);
}

#[test]
fn a_new_operation_with_a_form_body_is_a_method_with_a_struct() {
    let mut root = small();
    let mut post = operation(DELETE, "renameChannel");
    let body = "/requestBody/content/application~1x-www-form-urlencoded/schema";
    set(
        &mut post,
        body,
        json!({
            "type": "object",
            "description": "The name.",
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "description": "The name.", "maxLength": 9 },
            },
        }),
    );
    set(&mut root, "/paths/~1channels~1{channel_id}/post", post);
    let output = generate(root);
    assert_eq!(fields(&output, "RenameChannelBody"), ["name: ::std::string::String"]);
    let method = method(&output, "rename_channel");
    let (signature, body) = (text(&method.sig), text(&method.block));
    assert!(signature.contains("body:&'atypes::RenameChannelBody"), "{signature}");
    assert!(body.contains("self.client.post(url).form_urlencoded(&body)?"), "{body}");
    assert!(output.file("limits.rs").unwrap().contains("pub mod rename_channel"));
    assert!(output.file("operations.rs").unwrap().contains("pub const RENAME_CHANNEL: Operation"));
}

#[test]
fn a_new_operation_with_200_and_204_returns_an_option() {
    let mut root = small();
    set(&mut root, "/paths/~1boats", json!({ "get": operation(LIST, "listBoats") }));
    let method = method(&generate(root), "list_boats");
    let (signature, body) = (text(&method.sig), text(&method.block));
    let returned = "ResponseValue<::std::option::Option<::std::vec::Vec<types::Channel>>>";
    assert!(signature.contains(returned), "{signature}");
    assert!(body.contains("204u16=>Ok(response.none())"), "{body}");
}

#[test]
fn an_operation_that_is_removed_leaves_no_trace() {
    let mut root = small();
    remove(&mut root, LIST);
    for (name, text) in generate(root).files() {
        let traces = ["list_channels", "LIST_CHANNELS", "listChannels"];
        assert!(!traces.iter().any(|trace| text.contains(trace)), "{name}");
    }
}

#[test]
fn an_enum_that_only_a_webhook_sends_keeps_unknown_values() {
    let mut root = small();
    let weather =
        json!({ "type": "string", "description": "The weather.", "enum": ["sun", "rain"] });
    set(&mut root, &format!("{SCHEMAS}/Weather"), weather);
    let reference = json!({ "$ref": "#/components/schemas/Weather" });
    set(&mut root, &format!("{SCHEMAS}/MessageSentEvent/properties/weather"), reference);
    assert_eq!(variants(&generate(root), "Weather"), ["Sun", "Rain", "Unknown"]);
}

#[test]
fn a_header_in_two_spellings_is_one_constant() {
    let mut root = small();
    let header = json!({ "$ref": "#/components/headers/RateLimitLimit" });
    set(
        &mut root,
        &format!("{LIST}/responses/200/headers"),
        json!({ "X-RateLimit-Limit": header }),
    );
    let output = generate(root);
    let headers = output.file("headers.rs").unwrap();
    assert_eq!(headers.matches("\"x-ratelimit-limit\"").count(), 1, "{headers}");
}

#[test]
fn a_retry_safety_by_a_text_compares_with_the_text_alone() {
    let mut root = small();
    let when = json!({ "parameter": "markup", "equals": "plain" });
    set(&mut root, &format!("{GET}/x-retry-safety/safe-when"), when);
    let output = generate(root);
    let operations = output.file("operations.rs").unwrap();
    assert!(operations.contains("equals: \"plain\""), "{operations}");
}

#[test]
fn a_component_called_as_a_key_of_data_is_checked_and_lowered_like_any_other() {
    let mut root = small();
    for name in ["default", "example"] {
        let parameter = json!({
            "name": format!("{name}_flag"), "in": "query", "description": "A flag.",
            "schema": { "type": "integer", "enum": [0, 1] },
        });
        set(&mut root, &format!("/components/parameters/{name}"), parameter);
        let reference = json!({ "$ref": format!("#/components/parameters/{name}") });
        set(&mut root, &format!("{PUT}/parameters/-"), reference);
    }
    let expected = ["default_flag: Option<crate::Flag>", "example_flag: Option<crate::Flag>"];
    assert_eq!(fields(&generate(root), "UpdateChannelOptions"), expected);
}

#[test]
fn the_constant_of_the_token_keeps_its_name_when_a_reply_spells_the_header_in_another_way() {
    let mut root = small();
    let header = json!({ "$ref": "#/components/headers/RateLimitLimit" });
    set(&mut root, &format!("{LIST}/responses/200/headers"), json!({ "X-HarBour-Token": header }));
    let output = generate(root);
    let headers = output.file("headers.rs").unwrap();
    assert!(headers.contains("X_HARBOUR_TOKEN"), "{headers}");
    assert!(!headers.contains("X_HAR_BOUR_TOKEN"), "{headers}");
}
