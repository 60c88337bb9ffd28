//! `api`: any path, also what this program has no command for.

use std::path::Path;

use chatwork_sdk::oauth::operations::UPLOAD_ROOM_FILE;
use chatwork_sdk::reqwest::Url;
use chatwork_sdk::{Method, Operation};
use serde_json::Value;

use crate::args::Api;
use crate::ask;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::input;
use crate::out::note;
use crate::words::{self, Words};

pub(in crate::run) async fn run(context: &Context, arguments: Api) -> Done {
    context.out.refuse_csv()?;
    let method = method(&arguments.method)?;
    let (path, mut query) = split(&arguments.path);
    let documented = arguments.method.to_ascii_uppercase().parse().ok();
    let operation = documented.and_then(|method| Operation::find(method, &path));
    if operation.is_some_and(|operation| operation.id == UPLOAD_ROOM_FILE.id) {
        return Err(Failure::usage(words::API_UPLOAD.text()));
    }
    let mut fields = Vec::new();
    for field in &arguments.fields {
        fields.push(pair(field)?);
    }
    for field in &arguments.file_fields {
        fields.push(from_file(field)?);
    }
    // As the commands that have a name do.
    if let Some(question) = question(&method, &path, query.iter().chain(&fields)) {
        let shown = chatwork_app::one_line(&path).into_owned();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("method", &method), ("path", &shown)];
        ask::confirm(context.yes, &question.fill(&values))?;
    }
    let shown_path = path.clone();
    let mut request = context.client().await?.request(method.clone(), path);
    if method == Method::GET {
        query.append(&mut fields);
    }
    if !query.is_empty() {
        request = request.query(&query);
    }
    if !fields.is_empty() {
        request = request.form(&fields);
    }
    match request.send::<Value>().await? {
        // A reply without a body, such as a list without entries (204).
        Value::Null => Ok(()),
        // What was written stays written, and messages that were read are not new any more: fields that
        // are not there are no reason to lose the reply.
        value => {
            let (written, chosen) = match context.out.selected(value.clone()) {
                Ok(selected) => (context.out.json(&selected), Ok(())),
                Err(failure) if method == Method::GET => (context.out.json(&value), Err(failure)),
                Err(failure) => {
                    note(failure.message());
                    (context.out.json(&value), Ok(()))
                }
            };
            let reads_on = path_marks(&shown_path, &method);
            let behind = |failure: Failure| match reads_on {
                true => failure.behind_write(Vec::new()),
                false => failure,
            };
            written.map_err(behind).and(chosen)
        }
    }
}

/// Returns whether a request changes something: a write, or a read of messages, which are not new to
/// the next one.
fn path_marks(path: &str, method: &Method) -> bool {
    *method != Method::GET || path.trim_end_matches('/').ends_with("/messages")
}

/// Returns what is asked before a request that notifies everybody, takes rights away or destroys
/// something.
fn question<'a>(
    method: &Method,
    path: &str,
    fields: impl IntoIterator<Item = &'a (String, String)>,
) -> Option<Words> {
    if *method == Method::DELETE {
        return Some(words::ASK_API_DELETE);
    }
    if *method == Method::PUT && path.trim_end_matches('/').ends_with("/members") {
        return Some(words::ASK_API_MEMBERS);
    }
    let fields: Vec<_> = fields.into_iter().collect();
    let is_link = *method == Method::PUT && path.trim_end_matches('/').ends_with("/link");
    if is_link && !fields.iter().any(|(name, value)| name == "code" && !value.is_empty()) {
        return Some(words::ASK_API_LINK);
    }
    let notifies_all = |(name, text): &&(String, String)| {
        name == "body" && chatwork_sdk::notation::parse(text).mentions().all()
    };
    let is_write = *method != Method::GET;
    (is_write && fields.iter().any(notifies_all)).then_some(words::ASK_API_TOALL)
}

fn method(text: &str) -> Done<Method> {
    match text.to_ascii_uppercase().as_str() {
        "GET" => Ok(Method::GET),
        "POST" => Ok(Method::POST),
        "PUT" => Ok(Method::PUT),
        "DELETE" => Ok(Method::DELETE),
        _ => {
            let given = chatwork_app::one_line(text).into_owned();
            Err(Failure::usage(words::API_METHOD.fill(&[("method", &given)]))
                .hint(words::USAGE_VALUES.fill(&[("values", &"GET, POST, PUT, DELETE")])))
        }
    }
}

/// Returns the path with a slash at its start, and the parameters of its query.
fn split(text: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let url = Url::parse(&format!("http://localhost/?{query}"));
    let pairs = url.iter().flat_map(Url::query_pairs);
    (format!("{slash}{path}"), pairs.map(|(name, value)| (name.into(), value.into())).collect())
}

fn pair(field: &str) -> Done<(String, String)> {
    let (name, value) = field.split_once('=').ok_or_else(|| invalid(field))?;
    Ok((name.to_owned(), value.to_owned()))
}

fn from_file(field: &str) -> Done<(String, String)> {
    let (name, value) = field.split_once('=').ok_or_else(|| invalid(field))?;
    let path = value.strip_prefix('@').ok_or_else(|| invalid(field))?;
    // As the text of a message: what a pipe has ruined is not sent.
    Ok((name.to_owned(), input::text(None, Some(Path::new(path)))?))
}

fn invalid(field: &str) -> Failure {
    // The value may be private: only the name is shown.
    let name = field.split('=').next().unwrap_or_default();
    let name = chatwork_app::one_line(name).into_owned();
    Failure::usage(words::API_FIELD.fill(&[("field", &name)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_have_a_query_and_no_slash() {
        let (path, query) = split("rooms/1/messages?force=1&x=%E4%BC%9A");
        assert_eq!(path, "/rooms/1/messages");
        assert_eq!(query, [("force".into(), "1".into()), ("x".into(), "会".into())]);
        assert_eq!(split("/me"), ("/me".to_owned(), Vec::new()));
    }

    #[test]
    fn a_field_has_a_name_and_a_value() {
        assert_eq!(pair("body=a=b").unwrap(), ("body".to_owned(), "a=b".to_owned()));
        assert!(pair("body").is_err());
        assert!(from_file("body=text").is_err());
    }
}
