//! Names that differ in the document differ in code, too, where only letters and digits count.

use std::collections::{HashMap, HashSet};

use syn::Ident;

use crate::diagnostic::Diagnostics;
use crate::document::{
    Document, Operation, entries, get, items, join, properties, string_enum, text,
};
use crate::workarounds::{has_optional_body, has_options, is_optional};
use crate::{naming, schema};

/// Names that generated code uses without a path, as types or as functions.
const TYPES: [&str; 10] =
    ["Err", "Flag", "None", "Ok", "Option", "Result", "Secret", "Some", "String", "Vec"];
/// The functions that the client has besides its operations, and the constants beside those of the
/// operations.
const METHODS: [&str; 16] = [
    "all",
    "api_version",
    "authorization_url",
    "base_url",
    "baseurl",
    "client",
    "exec",
    "inner",
    "new",
    "new_with_client",
    "operation_info",
    "post",
    "pre",
    "send",
    "token_url",
    "with_settings",
];

pub(super) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    let mut operations = Names::new("/paths", naming::method);
    operations.reserve(METHODS);
    let mut types = Names::new("/components/schemas", naming::pascal);
    types.reserve(TYPES);
    let mut ids = HashSet::new();
    for operation in document.operations() {
        let at = join(&operation.pointer(), "operationId");
        // `operations` reports an id that is declared twice.
        if ids.insert(operation.id()) {
            operations.add_at(&at, operation.id(), diagnostics);
        }
        if has_options(&operation) {
            types.reserve([naming::options(operation.id()).as_str()]);
        }
        sent(&operation, diagnostics);
        let at = join(&operation.pointer(), "parameters");
        let mut parameters = Names::new(&at, naming::snake);
        if operation.body().is_some() {
            types.reserve([naming::body(operation.id()).as_str()]);
            parameters.reserve(["body"]);
        }
        for (place, parameter) in operation.parameter_places() {
            let parameter = document.resolve(parameter);
            let name = text(parameter, "name");
            if is_reserved(&operation, parameter) {
                diagnostics.add(&place, reserved(name));
            } else {
                parameters.add_at(&place, name, diagnostics);
            }
        }
    }
    methods_with_options(document, diagnostics);
    document.schemas().for_each(|(name, _)| types.add(name, diagnostics));
    components(document, diagnostics);
    headers(document, diagnostics);
    let mut limits = Names::new("/x-rate-limits", naming::pascal);
    entries(document.at("/x-rate-limits")).for_each(|(name, _)| limits.add(name, diagnostics));
    let mut scopes = Names::new("/components/securitySchemes", naming::pascal);
    let mut seen = HashSet::new();
    for (scope, at) in scope_places(document) {
        // A scope that several flows offer is one scope.
        if seen.insert(scope) {
            scopes.add_at(&at, scope, diagnostics);
        }
    }
    schema::visit(document, &mut |at, schema| members(schema, at, diagnostics));
}

/// Whether a parameter has a name that the method with options, or the struct of them, needs.
fn is_reserved(operation: &Operation<'_>, parameter: &serde_json::Value) -> bool {
    let name = naming::snake(text(parameter, "name"));
    let names: &[&str] = match is_optional(parameter) {
        // A field has a setter of its name, beside these functions of the struct.
        true if has_optional_body(operation) => &["new", "default", "into_form"],
        true => &["new", "default"],
        // An argument stands beside the one of the options.
        false => &["options"],
    };
    has_options(operation) && names.iter().any(|reserved| name == reserved)
}

/// No operation is called as the method that takes the options of another one.
fn methods_with_options(document: &Document, diagnostics: &mut Diagnostics) {
    for operation in document.operations().filter(has_options) {
        let with = naming::method_with(operation.id());
        let is_it = |other: &Operation<'_>| naming::method(other.id()) == with;
        if let Some(other) = document.operations().find(is_it) {
            let message = format!(
                "`{}` is reserved for the method that takes options: expected another name",
                other.id()
            );
            diagnostics.add(join(&other.pointer(), "operationId"), message);
        }
    }
}

/// The characters that OpenAPI admits in the name of a component.
fn components(document: &Document, diagnostics: &mut Diagnostics) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    for (section, members) in entries(document.at("/components")) {
        for (name, _) in entries(members).filter(|(name, _)| !name.chars().all(plain)) {
            let message = "expected a name of ASCII letters, digits, `.`, `_` and `-`";
            diagnostics.add(join(&join("/components", section), name), message);
        }
    }
}

/// The headers of tokens and of replies: one constant for each name, in any case.
fn headers(document: &Document, diagnostics: &mut Diagnostics) {
    let mut names = Names::new("", naming::constant);
    let mut seen = HashSet::new();
    for (_, scheme) in entries(document.at("/components/securitySchemes")) {
        if text(scheme, "in") == "header" && seen.insert(text(scheme, "name").to_lowercase()) {
            names.take(text(scheme, "name"));
        }
    }
    for operation in document.operations() {
        for (_, place, response) in operation.response_places() {
            for (name, _) in entries(get(response, "headers")) {
                if seen.insert(name.to_lowercase()) {
                    names.add_at(&join(&join(&place, "headers"), name), name, diagnostics);
                }
            }
        }
    }
}

/// What a caller sends: the fields of one struct, and the constants of their limits.
fn sent(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some(at) = operation.body_pointer() else { return };
    let at = join(&at, "properties");
    let mut limits = Names::new(&at, naming::constant);
    let mut fields = Names::new(&at, naming::snake);
    fields.reserve(["new", "into_form"]);
    if has_optional_body(operation) {
        // A setter of this name would hide the one of the trait.
        fields.reserve(["default"]);
    }
    for (_, parameter) in operation.parameter_places() {
        let parameter = operation.resolve(parameter);
        let name = text(parameter, "name");
        if is_limited(operation, get(parameter, "schema")) {
            limits.take(name);
        }
        // Without a required field the body is one struct with the query parameters.
        if text(parameter, "in") == "query" && has_optional_body(operation) {
            fields.take(name);
        }
    }
    for (name, schema) in operation.body().into_iter().flat_map(|(_, body)| properties(body)) {
        let here = join(&at, name);
        let before = diagnostics.0.len();
        fields.add_at(&here, name, diagnostics);
        if diagnostics.0.len() == before && is_limited(operation, schema) {
            limits.add_at(&here, name, diagnostics);
        }
    }
}

/// Whether the table of limits has a constant for what has this schema.
fn is_limited<'a>(operation: &Operation<'a>, schema: &'a serde_json::Value) -> bool {
    let target = operation.resolve(items(get(schema, "allOf")).next().unwrap_or(schema));
    let keys = ["maxLength", "minLength", "pattern", "x-max-bytes"];
    keys.iter().any(|key| schema.get(key).is_some() || target.get(key).is_some())
}

fn members(schema: &serde_json::Value, at: &str, diagnostics: &mut Diagnostics) {
    let mut fields = Names::new(&join(at, "properties"), naming::snake);
    properties(schema).for_each(|(name, _)| fields.add(name, diagnostics));
    let mut variants = Names::new(&join(at, "enum"), naming::pascal);
    let values = string_enum(schema);
    for (index, value) in items(get(schema, "enum")).enumerate() {
        if let Some(value) = value.as_str().filter(|value| values.contains(value)) {
            variants.add_at(&join(&join(at, "enum"), index), value, diagnostics);
        }
    }
    let mapping = join(&join(at, "discriminator"), "mapping");
    let mut tags = Names::new(&mapping, naming::pascal);
    let tagged = get(get(schema, "discriminator"), "mapping");
    entries(tagged).for_each(|(tag, _)| tags.add(tag, diagnostics));
}

/// The OAuth scopes, with where each is declared.
fn scope_places(document: &Document) -> Vec<(&str, String)> {
    let mut places = Vec::new();
    let at = "/components/securitySchemes";
    for (scheme, value) in entries(document.at(at)) {
        let at = join(&join(at, scheme), "flows");
        for (flow, value) in entries(get(value, "flows")) {
            let at = join(&join(&at, flow), "scopes");
            let scopes = entries(get(value, "scopes"));
            places.extend(scopes.map(|(scope, _)| (scope, join(&at, scope))));
        }
    }
    places
}

fn reserved(name: &str) -> String {
    format!("`{name}` is reserved for generated code: expected another name")
}

/// The names of one scope, by what they are in code.
struct Names {
    at: String,
    to_ident: fn(&str) -> Ident,
    taken: HashMap<String, Option<String>>,
}

impl Names {
    fn new(at: &str, to_ident: fn(&str) -> Ident) -> Self {
        let at = at.to_owned();
        let taken = HashMap::new();
        Self { at, to_ident, taken }
    }

    /// Keeps names for what the generator adds.
    fn reserve<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let names = names.into_iter().map(|name| (name.to_owned(), None));
        self.taken.extend(names);
    }

    /// Takes a name that is reported elsewhere if it is taken.
    fn take(&mut self, name: &str) {
        let ident = (self.to_ident)(name).to_string();
        self.taken.entry(ident).or_insert_with(|| Some(name.to_owned()));
    }

    fn add(&mut self, name: &str, diagnostics: &mut Diagnostics) {
        self.add_at(&join(&self.at, name), name, diagnostics);
    }

    fn add_at(&mut self, at: &str, name: &str, diagnostics: &mut Diagnostics) {
        let ident = (self.to_ident)(name).to_string();
        let message = match self.taken.get(&ident) {
            None => {
                self.taken.insert(ident, Some(name.to_owned()));
                return;
            }
            Some(None) => reserved(name),
            Some(Some(first)) if first == name => {
                format!("`{name}` is declared twice: expected each name once")
            }
            Some(Some(first)) => format!(
                "`{name}` and `{first}` both become `{ident}` in generated code: \
                 expected names that differ in more than case and punctuation"
            ),
        };
        diagnostics.add(at, message);
    }
}
