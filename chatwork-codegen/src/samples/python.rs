//! Samples for Python, with httpx.

use serde_json::Value;

use super::{Api, Body, Call, FILE_NAME, TOKEN};

/// The program.
pub(super) fn sample(api: &Api<'_>, call: &Call<'_>) -> String {
    let imports = match call.replies() {
        (true, _) => "import json\nimport os\n\nimport httpx\n",
        (false, _) => "import os\n\nimport httpx\n",
    };
    let mut program = format!(
        "{imports}\nchatwork = httpx.Client(\n    base_url=\"{}\",\n    \
         headers={{\"{}\": os.environ[\"{TOKEN}\"]}},\n)\n",
        api.base_url, api.header
    );
    program += &match &call.body {
        Body::File { .. } => format!(
            "with open(\"{FILE_NAME}\", \"rb\") as file:\n    response = {}",
            request(call, "    ")
        ),
        _ => format!("response = {}", request(call, "")),
    };
    program += "\nresponse.raise_for_status()\n";
    program += match call.replies() {
        (true, true) => {
            "result = response.json() if response.content else []\n\
             print(json.dumps(result, ensure_ascii=False))\n"
        }
        (true, false) => "print(json.dumps(response.json(), ensure_ascii=False))\n",
        (false, _) => "",
    };
    program
}

fn request(call: &Call<'_>, indent: &str) -> String {
    let mut arguments = vec![format!("\"{}\"", call.filled_path())];
    if !call.query.is_empty() {
        arguments.push(format!("params={{{}}}", inline(&call.query)));
    }
    match &call.body {
        Body::None => {}
        Body::Form(fields) => arguments.push(data(fields, indent)),
        Body::File { field, fields } => {
            arguments.push(format!("files={{\"{field}\": file}}"));
            arguments.push(data(fields, indent));
        }
    }
    // httpx has no body for the method `delete`.
    let method = match (call.operation.method, &call.body) {
        (method @ ("get" | "post" | "put"), _) | (method, Body::None) => method.to_owned(),
        (method, _) => {
            arguments.insert(0, format!("\"{}\"", method.to_uppercase()));
            "request".to_owned()
        }
    };
    if call.body == Body::None {
        return format!("chatwork.{method}({})", arguments.join(", "));
    }
    let lines: String =
        arguments.iter().map(|argument| format!("{indent}    {argument},\n")).collect();
    format!("chatwork.{method}(\n{lines}{indent})")
}

/// The fields of a form, one on each line.
fn data(fields: &[(&str, Value)], indent: &str) -> String {
    let lines: String = fields
        .iter()
        .map(|(name, value)| format!("{indent}        \"{name}\": {value},\n"))
        .collect();
    format!("data={{\n{lines}{indent}    }}")
}

/// Strings and numbers of JSON are valid Python.
fn inline(values: &[(&str, Value)]) -> String {
    values.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect::<Vec<_>>().join(", ")
}
