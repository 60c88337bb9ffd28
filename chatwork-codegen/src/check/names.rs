//! Names that differ in the document differ in code, too, where only letters and digits count.

use std::collections::{HashMap, HashSet};

use syn::Ident;

use super::Faults;
use crate::document::{Document, entries, get, items, join, properties, string_enum, text};
use crate::{naming, schema};

/// What generated code calls by these names itself.
const TYPES: [&str; 4] = ["Flag", "Result", "Secret", "String"];
/// The functions that the client has besides its operations, and what stands in capitals among the
/// constants of the operations.
const METHODS: [&str; 14] = [
    "all",
    "api_version",
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
    "with_settings",
];

pub(super) fn check(document: &Document, faults: &mut Faults) {
    let mut operations = Names::new("/paths", naming::method);
    operations.reserve(METHODS);
    let mut types = Names::new("/components/schemas", naming::pascal);
    types.reserve(TYPES);
    let mut ids = HashSet::new();
    for operation in document.operations() {
        let at = join(&operation.pointer(), "operationId");
        // An id that stands twice is for `operations` to report.
        if ids.insert(operation.id()) {
            operations.add_at(&at, operation.id(), faults);
        }
        let at = join(&operation.pointer(), "parameters");
        let mut parameters = Names::new(&at, naming::snake);
        if operation.body().is_some() {
            types.reserve([naming::body(operation.id()).as_str()]);
            parameters.reserve(["body"]);
        }
        for (place, parameter) in operation.parameter_places() {
            let name = text(document.resolve(parameter), "name");
            parameters.add_at(&place, name, faults);
        }
    }
    document.schemas().for_each(|(name, _)| types.add(name, faults));
    let mut limits = Names::new("/x-rate-limits", naming::pascal);
    entries(document.at("/x-rate-limits")).for_each(|(name, _)| limits.add(name, faults));
    let mut scopes = Names::new("/components/securitySchemes", naming::pascal);
    let mut seen = HashSet::new();
    for (scope, at) in scope_places(document) {
        // A scope that several flows offer is one scope.
        if seen.insert(scope) {
            scopes.add_at(&at, scope, faults);
        }
    }
    schema::visit(document, &mut |at, schema| members(schema, at, faults));
}

fn members(schema: &serde_json::Value, at: &str, faults: &mut Faults) {
    let mut fields = Names::new(&join(at, "properties"), naming::snake);
    properties(schema).for_each(|(name, _)| fields.add(name, faults));
    let mut variants = Names::new(&join(at, "enum"), naming::pascal);
    let values = string_enum(schema);
    for (index, value) in items(get(schema, "enum")).enumerate() {
        if let Some(value) = value.as_str().filter(|value| values.contains(value)) {
            variants.add_at(&join(&join(at, "enum"), index), value, faults);
        }
    }
    let mapping = join(&join(at, "discriminator"), "mapping");
    let mut tags = Names::new(&mapping, naming::pascal);
    let tagged = get(get(schema, "discriminator"), "mapping");
    entries(tagged).for_each(|(tag, _)| tags.add(tag, faults));
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

    fn add(&mut self, name: &str, faults: &mut Faults) {
        self.add_at(&join(&self.at, name), name, faults);
    }

    fn add_at(&mut self, at: &str, name: &str, faults: &mut Faults) {
        let ident = (self.to_ident)(name).to_string();
        let message = match self.taken.get(&ident) {
            None => {
                self.taken.insert(ident, Some(name.to_owned()));
                return;
            }
            Some(None) => format!("`{name}` is a name that the generator needs: expected another"),
            Some(Some(first)) if first == name => format!("`{name}` stands here twice"),
            Some(Some(first)) => format!(
                "`{name}` and `{first}` are `{ident}` in code: \
                 expected names that differ in more than case and punctuation"
            ),
        };
        faults.add(at, message);
    }
}
