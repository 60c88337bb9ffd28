//! How names of the document become names of Rust: as progenitor and typify make them.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use quote::format_ident;
use syn::Ident;

/// The method of an operation: `listRooms` becomes `list_rooms`.
pub(crate) fn method(operation_id: &str) -> Ident {
    format_ident!("{}", operation_id.to_snake_case())
}

/// The type of an operation's body: `createRoom` becomes `CreateRoomBody`.
pub(crate) fn body(operation_id: &str) -> String {
    format!("{}Body", operation_id.to_pascal_case())
}

/// A type or an enum variant: `message_created` becomes `MessageCreated`.
pub(crate) fn pascal(name: &str) -> Ident {
    ident(&name.to_pascal_case())
}

/// A constant: `listRooms` becomes `LIST_ROOMS`.
pub(crate) fn constant(name: &str) -> Ident {
    format_ident!("{}", name.to_shouty_snake_case())
}

/// A field or module: `type` becomes `type_`.
pub(crate) fn snake(name: &str) -> Ident {
    ident(&name.to_snake_case())
}

fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| format_ident!("{}_", name))
}
