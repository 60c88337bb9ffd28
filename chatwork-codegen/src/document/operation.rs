//! One operation of the document.

use serde_json::Value;

use super::{Document, JSON, entries, get, items, join, text};

/// One operation of the document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    pub(super) document: &'a Document,
    pub(super) item: &'a Value,
    /// The path template, for example `/rooms/{room_id}`.
    pub path: &'a str,
    /// The method in lower case.
    pub method: &'a str,
    /// The operation object.
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    /// Returns the operationId, or an empty text.
    pub fn id(&self) -> &'a str {
        text(self.value, "operationId")
    }

    /// Follows the `$ref` of an object of this operation, as [`Document::resolve`] does.
    pub fn resolve(&self, value: &'a Value) -> &'a Value {
        self.document.resolve(value)
    }

    /// The JSON pointer of the operation.
    pub fn pointer(&self) -> String {
        join(&join("/paths", self.path), self.method)
    }

    /// The parameters, resolved: those of the path item first.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let document = self.document;
        self.parameter_places().map(move |(_, parameter)| document.resolve(parameter))
    }

    /// The parameters as they stand in the lists, with their JSON pointers.
    pub fn parameter_places(&self) -> impl Iterator<Item = (String, &'a Value)> + use<'a> {
        let list = |holder: &'a Value, at: String| {
            let at = join(&at, "parameters");
            let found = items(get(holder, "parameters")).enumerate();
            found.map(move |(index, parameter)| (join(&at, index), parameter))
        };
        list(self.item, join("/paths", self.path)).chain(list(self.value, self.pointer()))
    }

    /// The media type and schema of the request body. Chatwork's bodies have one media type.
    pub fn body(&self) -> Option<(&'a str, &'a Value)> {
        let body = self.document.resolve(get(self.value, "requestBody"));
        entries(get(body, "content"))
            .next()
            .map(|(media, content)| (media, self.document.resolve(get(content, "schema"))))
    }

    /// The JSON pointer of the schema of the request body.
    pub fn body_pointer(&self) -> Option<String> {
        let at = join(&join(&self.pointer(), "requestBody"), "content");
        self.body().map(|(media, _)| join(&join(&at, media), "schema"))
    }

    /// The replies by status with where they stand, shared ones among the components.
    pub fn response_places(&self) -> impl Iterator<Item = (&'a str, String, &'a Value)> + use<'a> {
        let (document, at) = (self.document, join(&self.pointer(), "responses"));
        entries(get(self.value, "responses")).map(move |(status, response)| {
            let (place, response) = document.place(join(&at, status), response);
            (status, place, response)
        })
    }

    /// The replies by status, resolved, in the document's order.
    pub fn responses(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let document = self.document;
        entries(get(self.value, "responses"))
            .map(move |(status, response)| (status, document.resolve(response)))
    }

    /// The statuses of success (2xx) with the JSON schema of their body, if they have one.
    pub fn successes(&self) -> impl Iterator<Item = (u16, Option<&'a Value>)> + use<'a> {
        self.responses().filter_map(|(status, response)| {
            let code: u16 = status.parse().ok()?;
            let schema = get(get(get(response, "content"), JSON), "schema");
            (200..300).contains(&code).then(|| (code, (!schema.is_null()).then_some(schema)))
        })
    }

    /// The names of the OAuth scopes of which the caller needs one.
    pub fn scopes(&self) -> Vec<&'a str> {
        let requirements = items(get(self.value, "security"));
        let lists = requirements.flat_map(entries);
        lists.flat_map(|(_, scopes)| items(scopes)).filter_map(Value::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Document;

    #[test]
    fn parameters_of_the_path_come_before_those_of_the_operation() {
        let document = Document::from_value(json!({ "paths": { "/a": {
            "parameters": [{ "name": "first" }],
            "get": { "parameters": [{ "name": "second" }] },
        } } }));
        let operation = document.operations().next();
        let names = operation.into_iter().flat_map(|it| it.parameters().cloned());
        let expected = [json!({ "name": "first" }), json!({ "name": "second" })];
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }
}
