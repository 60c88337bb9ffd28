//! Small documents in, expected Rust out: one for each workaround, one for each kind of operation.
//!
//! `golden/<case>.yaml` holds the operations and schemas that a case is about, and under `show`
//! the items of the generated code that tell it; `golden/<case>.rs` holds those items. What else a
//! document needs is `golden/frame.yaml`. `UPDATE_EXPECT=1` writes the expected files anew: read
//! what has changed in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use std::collections::BTreeSet;

use chatwork_codegen::{Output, document};
use common::set;
use expect_test::expect_file;
use serde_json::{Map, Value, json};
use syn::{Attribute, File, ImplItem, Item, ItemImpl, Type};

macro_rules! golden {
    ($($case:ident)+) => {
        const CASES: &[&str] = &[$(stringify!($case)),+];

        $(#[test]
        fn $case() {
            let case = common::parse(include_str!(concat!("golden/", stringify!($case), ".yaml")));
            let output = common::generate(framed(&case));
            let wanted = document::items(&case["show"]).map(|line| line.as_str().unwrap());
            let shown: Vec<String> = wanted.map(|what| show(&output, what)).collect();
            expect_file![concat!("golden/", stringify!($case), ".rs")].assert_eq(&shown.join("\n"));
        })+
    };
}

// The workarounds, as in `src/workarounds`.
golden! {
    api_version
    base_url
    client_constructor
    closed_enums
    comma_separated
    constructors
    copy_newtypes
    error_replies
    features
    flags
    form_encoding
    missing_docs
    multipart
    no_content
    number_or_text
    one_exchange
    open_enums
    options
    path_segments
    schemars
    secrets
    serde_derive
    string_limits
    string_newtypes
    tagged_unions
    operation_delete_with_form
    operation_get_list
    operation_get_with_query
    operation_put_with_form
    operation_without_content
    table_of_operations
}

#[test]
fn every_workaround_has_a_case() {
    let mut files = names(concat!(env!("CARGO_MANIFEST_DIR"), "/src/workarounds"), ".rs");
    files.retain(|file| !["mod", "support"].contains(&file.as_str()));
    files.retain(|file| !CASES.contains(&file.as_str()));
    assert_eq!(files, BTreeSet::new());
}

#[test]
fn every_file_is_a_case() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let cases: BTreeSet<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(names(folder, ".rs"), cases);
    let mut documents = names(folder, ".yaml");
    documents.remove("frame");
    assert_eq!(documents, cases);
}

/// The names of the files of a folder, without their ending.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| Some(name.strip_suffix(ending)?.to_owned())).collect()
}

/// The frame with the operations, schemas and webhooks of a case.
fn framed(case: &Value) -> Value {
    let mut root = common::parse(include_str!("golden/frame.yaml"));
    let usual = root.as_object_mut().unwrap().shift_remove("usual").unwrap();
    for (path, item) in document::entries(&case["paths"]) {
        let operations = document::entries(item)
            .map(|(method, operation)| (method.to_owned(), complete(operation, &usual)));
        let item: Map<String, Value> = operations.collect();
        set(&mut root, &document::join("/paths", path), item);
    }
    for (name, schema) in document::entries(&case["schemas"]) {
        set(&mut root, &document::join("/components/schemas", name), schema.clone());
    }
    root
}

/// An operation with what every one has, in the order that every one keeps.
fn complete(operation: &Value, usual: &Value) -> Value {
    let mut whole: Map<String, Value> = Map::new();
    for (key, value) in document::entries(usual) {
        let value = match operation.get(key) {
            Some(Value::Object(own)) if key == "responses" => {
                let mut replies = own.clone();
                let errors = document::entries(value).map(|(k, v)| (k.to_owned(), v.clone()));
                replies.extend(errors);
                json!(replies)
            }
            Some(own) => own.clone(),
            None => value.clone(),
        };
        if !value.is_null() {
            whole.insert(key.to_owned(), value);
        }
    }
    json!(whole)
}

/// The items that a line of `show` asks for:
///
/// - `struct Boat`, `enum Color`: a type
/// - `impl Color`, `impl Display for Color`: a block of methods
/// - `fn get_boat`: a method of the client, without its docs
/// - `docs of get_boat`: those docs, over the signature
/// - `wire_struct Boat`: the call of a macro for a type
/// - `mod set_name`, `const GET_BOAT`: limits, header names, rows of the table of operations
fn show(output: &Output, what: &str) -> String {
    let items: Vec<Item> = match what.split(' ').collect::<Vec<_>>().as_slice() {
        ["fn", name] => vec![method(output, name, true)],
        ["docs", "of", name] => vec![method(output, name, false)],
        ["impl", name] => blocks(output, |block| block.trait_.is_none() && is_for(block, name)),
        ["impl", of, "for", name] => {
            blocks(output, |block| trait_of(block).as_deref() == Some(of) && is_for(block, name))
        }
        [kind, name] => find(output, |item| is(item, kind, name)),
        _ => Vec::new(),
    };
    assert!(!items.is_empty(), "the code has no `{what}`");
    prettyplease::unparse(&File { shebang: None, attrs: Vec::new(), items })
}

fn find(output: &Output, wanted: impl Fn(&Item) -> bool) -> Vec<Item> {
    let files = output.files().map(|(_, text)| syn::parse_file(text).unwrap());
    files.flat_map(|file| file.items).filter(wanted).collect()
}

fn blocks(output: &Output, wanted: impl Fn(&ItemImpl) -> bool) -> Vec<Item> {
    find(output, |item| matches!(item, Item::Impl(block) if wanted(block)))
}

fn is(item: &Item, kind: &str, name: &str) -> bool {
    match item {
        Item::Struct(item) => kind == "struct" && item.ident == name,
        Item::Enum(item) => kind == "enum" && item.ident == name,
        Item::Mod(item) => kind == "mod" && item.ident == name,
        Item::Const(item) => kind == "const" && item.ident == name,
        Item::Macro(item) => {
            let called = item.mac.path.segments.last().is_some_and(|last| last.ident == kind);
            called
                && item.mac.tokens.clone().into_iter().next().is_some_and(|t| t.to_string() == name)
        }
        _ => false,
    }
}

fn is_for(block: &ItemImpl, name: &str) -> bool {
    let Type::Path(ty) = &*block.self_ty else { return false };
    let called = ty.path.segments.last().is_some_and(|last| last.ident == name);
    // The methods of operations are shown one by one.
    let calls = |item: &ImplItem| matches!(item, ImplItem::Fn(it) if it.sig.asyncness.is_some());
    called && !block.items.iter().any(calls)
}

fn trait_of(block: &ItemImpl) -> Option<String> {
    let (_, path, _) = block.trait_.as_ref()?;
    Some(path.segments.last()?.ident.to_string())
}

/// A method of the client: its code without docs, or its docs without code.
fn method(output: &Output, name: &str, code: bool) -> Item {
    let file = syn::parse_file(output.file("client.rs").unwrap()).unwrap();
    let methods = file.items.into_iter().filter_map(|item| match item {
        Item::Impl(block) => Some(block.items),
        _ => None,
    });
    let mut method = methods
        .flatten()
        .find_map(|item| match item {
            ImplItem::Fn(method) if method.sig.ident == name => Some(method),
            _ => None,
        })
        .unwrap_or_else(|| panic!("no method {name}"));
    if code {
        method.attrs.retain(|attribute: &Attribute| !attribute.path().is_ident("doc"));
    } else {
        method.block = syn::parse_quote!({});
    }
    syn::parse_quote!(impl Client { #method })
}
