//! Samples for the shell.

use super::{Api, Body, Call, FILE_NAME, TOKEN, plain};

/// The command, with an option on each line.
pub(super) fn sample(api: &Api<'_>, call: &Call<'_>) -> String {
    let method = call.operation.method.to_uppercase();
    let mut lines = Vec::new();
    let url = format!("{}{}{}", api.base_url, call.filled_path(), query(call));
    // curl takes POST for a request with a body, and GET for one without.
    let known = if call.body == Body::None { "GET" } else { "POST" };
    match method == known {
        true => lines.push(format!("curl {}", quoted(&url))),
        false => lines.push(format!("curl -X {method} {}", quoted(&url))),
    }
    lines.push(format!("-H \"{}: ${TOKEN}\"", api.header));
    match &call.body {
        Body::None => {}
        Body::Form(fields) => lines.extend(fields.iter().map(|(name, value)| {
            format!("--data-urlencode {}", quoted(&format!("{name}={}", plain(value))))
        })),
        Body::File { field, fields } => {
            lines.push(format!("-F {}", quoted(&format!("{field}=@{FILE_NAME}"))));
            lines.extend(fields.iter().map(|(name, value)| {
                format!("--form-string {}", quoted(&format!("{name}={}", plain(value))))
            }));
        }
    }
    lines.join(" \\\n  ") + "\n"
}

fn query(call: &Call<'_>) -> String {
    let pairs: Vec<_> =
        call.query.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// A word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quote_does_not_end_a_word() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
