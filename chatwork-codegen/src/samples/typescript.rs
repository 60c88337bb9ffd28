//! Samples for TypeScript, with the npm package `chatwork-openapi`.

use serde_json::Value;

use super::{Body, Call, FILE_NAME, TOKEN};

/// The program, an ES module.
pub(super) fn sample(call: &Call<'_>) -> String {
    let mut lines = vec!["import { createChatwork } from \"chatwork-openapi\";".to_owned()];
    if matches!(call.body, Body::File { .. }) {
        lines.insert(0, "import { openAsBlob } from \"node:fs\";".to_owned());
    }
    lines.push(String::new());
    lines.push(format!("const chatwork = createChatwork(process.env.{TOKEN} ?? \"\");"));
    let request = match &call.body {
        Body::File { field, fields } => upload(call, field, fields),
        _ => request(call),
    };
    match call.replies() {
        (true, _) => lines.extend([format!("const result = {request};"), log()]),
        (false, _) => lines.push(format!("{request};")),
    }
    lines.join("\n") + "\n"
}

fn log() -> String {
    "console.log(JSON.stringify(result));".to_owned()
}

fn request(call: &Call<'_>) -> String {
    let mut init = Vec::new();
    let places = [("path", &call.path), ("query", &call.query)];
    let params = places.into_iter().filter(|(_, values)| !values.is_empty());
    let params: Vec<_> =
        params.map(|(place, values)| format!("{place}: {{ {} }}", inline(values))).collect();
    if !params.is_empty() {
        init.push(format!("  params: {{ {} }},\n", params.join(", ")));
    }
    if let Body::Form(fields) = &call.body {
        init.push(format!("  body: {{\n{}  }},\n", block(fields, "    ")));
    }
    let (method, path) = (call.operation.method, call.operation.path);
    if init.is_empty() {
        return format!("await chatwork.{method}(\"{path}\")");
    }
    format!("await chatwork.{method}(\"{path}\", {{\n{}}})", init.concat())
}

/// The upload helper of the package takes the parameters of the path first.
fn upload(call: &Call<'_>, field: &str, fields: &[(&str, Value)]) -> String {
    let path: Vec<_> = call.path.iter().map(|(_, value)| value.to_string()).collect();
    format!(
        "await chatwork.upload({}, {{\n  {field}: await openAsBlob(\"{FILE_NAME}\"),\n  \
         name: \"{FILE_NAME}\",\n{}}})",
        path.join(", "),
        block(fields, "  ")
    )
}

fn inline(values: &[(&str, Value)]) -> String {
    values.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
}

/// A line for each value. JSON is valid TypeScript.
fn block(values: &[(&str, Value)], indent: &str) -> String {
    values.iter().map(|(name, value)| format!("{indent}{name}: {value},\n")).collect()
}
