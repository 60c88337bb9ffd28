//! How names of the document become names of Rust: as progenitor and typify make them.
//!
//! Every text becomes an identifier, an empty one too. That two texts do not become the same one is
//! what `check` sees to.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use quote::format_ident;
use syn::Ident;

/// The method of an operation: `listRooms` becomes `list_rooms`.
pub(crate) fn method(operation_id: &str) -> Ident {
    snake(operation_id)
}

/// The type of an operation's body: `createRoom` becomes `CreateRoomBody`.
pub(crate) fn body(operation_id: &str) -> String {
    format!("{}Body", operation_id.to_pascal_case())
}

/// The type of what a caller may leave out: `listMyTasks` becomes `ListMyTasksOptions`.
pub(crate) fn options(operation_id: &str) -> String {
    format!("{}Options", operation_id.to_pascal_case())
}

/// The method that takes [`options`]: `listMyTasks` becomes `list_my_tasks_with`.
pub(crate) fn method_with(operation_id: &str) -> Ident {
    format_ident!("{}_with", snake(operation_id).to_string().trim_end_matches('_'))
}

/// A type or an enum variant: `message_created` becomes `MessageCreated`.
pub(crate) fn pascal(name: &str) -> Ident {
    ident(name, str::to_pascal_case)
}

/// A constant: `listRooms` becomes `LIST_ROOMS`.
pub(crate) fn constant(name: &str) -> Ident {
    ident(name, str::to_shouty_snake_case)
}

/// A field or module: `type` becomes `type_`.
pub(crate) fn snake(name: &str) -> Ident {
    ident(name, str::to_snake_case)
}

/// The variant for values outside the document: `Unknown`, unless a value has this name.
pub(crate) fn catch_all(variants: &[Ident]) -> Ident {
    let free = |name: &Ident| !variants.contains(name);
    let usual = [format_ident!("Unknown"), format_ident!("Unrecognized")];
    let further = (2u32..).map(|number| format_ident!("Unknown{number}"));
    usual.into_iter().chain(further).find(free).unwrap_or_else(|| format_ident!("Unknown"))
}

fn ident(name: &str, to_case: impl Fn(&str) -> String) -> Ident {
    let name = match name {
        "+1" => "plus1",
        "-1" => "minus1",
        other => other,
    };
    let is_part = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_';
    let words = name.replace('\'', "").replace(|c| !is_part(c), "-");
    let cased = to_case(&words);
    let whole = match cased.chars().next() {
        Some(first) if first.is_alphabetic() => cased,
        _ => format!("{}{cased}", to_case("x")),
    };
    // `gen` is a keyword since the edition of 2024, of which syn does not know.
    match syn::parse_str(&whole) {
        Ok(ident) if whole != "gen" => ident,
        _ => keyword(&whole),
    }
}

/// A keyword gets an underscore; a character that no identifier may hold is replaced by one.
fn keyword(name: &str) -> Ident {
    let plain = name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "_");
    let plain = if name.is_ascii() { name } else { &plain };
    format_ident!("{}_", plain)
}

#[cfg(test)]
mod tests {
    use super::{body, catch_all, constant, pascal, snake};

    #[test]
    fn words_are_found_in_camel_case_and_between_punctuation() {
        assert_eq!(snake("listMyTasks"), "list_my_tasks");
        assert_eq!(pascal("rooms.all:read_write"), "RoomsAllReadWrite");
        assert_eq!(constant("x-ratelimit-limit"), "X_RATELIMIT_LIMIT");
        assert_eq!(body("createRoom"), "CreateRoomBody");
    }

    #[test]
    fn a_keyword_gets_an_underscore() {
        for (name, expected) in [("type", "type_"), ("self", "self_"), ("gen", "gen_")] {
            assert_eq!(snake(name), expected);
        }
        assert_eq!(pascal("self"), "Self_");
    }

    #[test]
    fn a_name_that_begins_with_no_letter_gets_one() {
        assert_eq!(snake("1st"), "x1st");
        assert_eq!(pascal("2"), "X2");
        assert_eq!(constant("3d"), "X3D");
    }

    #[test]
    fn a_text_without_any_letter_gives_a_name_too() {
        assert_eq!(pascal(""), "X");
        assert_eq!(snake("·"), "x");
        assert_eq!(pascal("+1"), "Plus1");
        assert_eq!(pascal("ⓐ"), "__");
    }

    #[test]
    fn a_value_that_is_called_unknown_leaves_the_catch_all_another_name() {
        assert_eq!(catch_all(&[pascal("open")]), "Unknown");
        assert_eq!(catch_all(&[pascal("unknown")]), "Unrecognized");
        let both = [pascal("unknown"), pascal("unrecognized")];
        assert_eq!(catch_all(&both), "Unknown2");
    }
}
