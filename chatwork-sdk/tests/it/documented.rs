//! What the documentation of each request says, read from the source.

use std::fs;
use std::path::Path;

/// The lines of documentation and attributes in front of each line of code that `wanted` finds.
fn documented(wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/endpoint");
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let mut docs = String::new();
        // A signature of several lines is one line here.
        let text = text.replace("(\n        &self,\n", "(").replace("\n    ) -> ", ") -> ");
        for line in text.lines().map(str::trim) {
            match line.strip_prefix("///") {
                Some(doc) => docs.push_str(&format!("{doc}\n")),
                None if line.starts_with("#[") => docs.push_str(&format!("{line}\n")),
                None if wanted(line) => found.push((line.to_owned(), std::mem::take(&mut docs))),
                None => docs.clear(),
            }
        }
    }
    found
}

/// Whether a method makes a request: what it returns is not there yet.
fn makes_a_request(line: &str) -> bool {
    let returned = line.split_once("-> ").map_or("", |(_, returned)| returned);
    let several =
        ["ChangeMembers {", "EditLink {", "PostAll {", "DownloadRequest {", "MarkAllRead {"];
    let is_request = returned.starts_with("Request<") || several.contains(&returned);
    line.starts_with("pub fn ") && is_request
}

#[test]
fn each_method_says_in_its_first_lines_what_it_returns_with_a_link() {
    let methods = documented(makes_a_request);
    assert!(methods.len() >= 38, "{}", methods.len());
    for (method, docs) in methods {
        let first = docs.split("\n\n").next().unwrap();
        let returned = first.split_once("Returns").map(|(_, returned)| returned);
        let linked = returned.is_some_and(|it| it.contains("[`") || it.contains(" `()`"));
        assert!(linked, "{method}: {first}");
    }
}

#[test]
fn each_method_names_its_operation_and_is_found_by_another_name() {
    for (method, docs) in documented(makes_a_request) {
        assert!(docs.contains("Calls `"), "{method}");
        assert!(docs.contains("#[doc(alias = "), "{method}");
    }
}

#[test]
fn each_request_has_a_page_with_operation_output_and_options() {
    let pages = documented(|line| line.starts_with("impl Endpoint for"));
    let structs = documented(|line| line.starts_with("pub struct "));
    assert_eq!(pages.len(), 32);
    for (page, _) in pages {
        let name = page.split([' ', ';', '(']).nth(3).unwrap();
        let is_it = |line: &str| line.split([' ', ';', '(']).nth(2) == Some(name);
        let (_, docs) = structs.iter().find(|(line, _)| is_it(line)).expect(name);
        assert!(docs.trim_start().starts_with('`') && docs.contains(" /"), "{name}: {docs}");
        assert!(docs.contains("Returns") && docs.contains("Options:"), "{name}: {docs}");
    }
}
