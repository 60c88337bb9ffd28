//! What the documentation of each request says, read from the source.

use std::fs;
use std::path::Path;

use chatwork_api::operations;

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
    assert_eq!(pages.len(), operations::ALL.len());
    for (page, _) in pages {
        let name = page.split([' ', ';', '(']).nth(3).unwrap();
        let is_it = |line: &str| line.split([' ', ';', '(']).nth(2) == Some(name);
        let (_, docs) = structs.iter().find(|(line, _)| is_it(line)).expect(name);
        assert!(docs.trim_start().starts_with('`') && docs.contains(" /"), "{name}: {docs}");
        assert!(docs.contains("Returns") && docs.contains("Options:"), "{name}: {docs}");
    }
}

/// The source files of the crate, with all folders.
fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        match path.is_dir() {
            true => found.extend(sources(&path)),
            false => found.push(fs::read_to_string(path).unwrap()),
        }
    }
    found
}

/// The code in the `impl` blocks of a type.
fn methods(text: &str, name: &str) -> String {
    let is_of = |block: &&str| {
        let head = block.split('{').next().unwrap_or_default();
        head.split([' ', '<']).any(|word| word == name)
    };
    text.split("\nimpl").filter(is_of).collect()
}

/// `support::calls` calls these methods of each request that it lists. This test finds a type of
/// request that is not listed there.
#[test]
fn each_type_that_is_awaited_can_be_sent_limited_in_time_and_asked_for_its_meta() {
    let mut awaited = Vec::new();
    for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        for after in text.split(" IntoFuture for ").skip(1) {
            let name = after.split(['<', ' ']).next().unwrap();
            let wanted: &[&str] = match name {
                "WithMeta" => &["send"], // made of a request that has the others
                _ => &["send", "timeout", "with_meta"],
            };
            let methods = methods(&text, name);
            for method in wanted {
                assert!(methods.contains(&format!("fn {method}(self")), "{name} has no `{method}`");
            }
            awaited.push(name.to_owned());
        }
    }
    awaited.sort_unstable();
    let known = ["ChangeMembers", "DownloadRequest", "EditLink", "MarkAllRead", "PostAll"];
    assert_eq!(awaited[..5], known, "a new request belongs into `support::calls`, too");
    assert_eq!(awaited[5..], ["Request", "WithMeta"]);
}

/// The dependencies whose types are in no public signature.
const PRIVATE: [&str; 13] = [
    "base64",
    "fs4",
    "getrandom",
    "hmac-sha256",
    "http-body-util",
    "hyper-util",
    "mime_guess",
    "percent-encoding",
    "rustls",
    "rustls-platform-verifier",
    "serde_urlencoded",
    "tokio-util",
    "tracing",
];

/// The text between two lines of a file of the repository.
fn section(file: &str, from: &str, to: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).unwrap();
    let (_, text) = text.split_once(from).unwrap_or_else(|| panic!("{file} has no {from}"));
    text.split(to).next().unwrap().to_owned()
}

#[test]
fn each_dependency_is_private_or_among_the_crates_that_the_public_api_shows() {
    let dependencies = section("Cargo.toml", "[dependencies]\n", "\n[");
    let names = dependencies.lines().filter(|line| !line.starts_with('#'));
    let names = names.filter_map(|line| line.split(['.', ' ']).next().filter(|it| !it.is_empty()));
    let public: Vec<&str> = names.filter(|name| !PRIVATE.contains(name)).collect();
    assert!(public.contains(&"bytes"), "{public:?}");
    let documented = [
        section("src/lib.rs", "# Types of other crates", "# Traits"),
        section("../README.md", "## What is stable", "\n## "),
        section("../README.ja.md", "## 互換性の方針", "\n## "),
    ];
    for name in public.into_iter().chain(["reqwest", "schemars"]) {
        for text in &documented {
            assert!(text.contains(&format!("`{name}`")), "`{name}` is missing in:{text}");
        }
    }
}

#[test]
fn each_public_trait_is_sealed_or_meant_to_be_implemented() {
    let documented = section("src/lib.rs", "# Traits", "# Where each operation is");
    for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        for after in text.split("\npub trait ").skip(1) {
            let name = after.split([':', '<', ' ']).next().unwrap();
            assert!(documented.contains(&format!("{name}`")), "{name} is missing in:{documented}");
        }
    }
}

/// The lines of a program without its comments, which are in the language of the README.
fn without_comments(code: &str) -> Vec<&str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split("; //").next().unwrap_or_default().trim_end_matches(';')).collect()
}

/// A doc test leaves out functions with `#[test]`, so the tests in the READMEs are compared with files
/// that are run here.
#[test]
fn each_test_in_the_readmes_is_one_that_runs_here() {
    let programs = ["tests/it/readme_test.rs", "src/watch/example_test.rs"];
    for readme in ["../README.md", "../README.ja.md"] {
        let text = section(readme, "# ", "\0");
        let code = text.split("```rust\n").skip(1).filter_map(|it| it.split("```").next());
        let shown: Vec<_> = code.filter(|code| code.contains("#[tokio::test")).collect();
        assert_eq!(shown.len(), programs.len(), "{readme}");
        for (shown, program) in shown.iter().zip(programs) {
            let program = section(program, "", "\0");
            assert_eq!(without_comments(shown), without_comments(&program), "{readme}");
        }
    }
}

/// The package has neither the sandbox nor the crate `tests`: they are dev-dependencies without a
/// version.
#[test]
fn each_doc_test_compiles_in_the_package() {
    let texts = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut unpackaged = texts
        .iter()
        .filter(|text| text.contains("use chatwork_sandbox") || text.contains("use tests::"));
    // The files that the documentation includes as ignored examples, and `it` runs.
    assert!(unpackaged.all(|text| text.starts_with("use ") && text.contains("#[tokio::test")));
}
