//! What is written, and what is left alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chatwork_codegen::{Output, Written};
use tempfile::TempDir;

/// What every generated file begins with.
const HEADER: &str = "// Written by `cargo xtask codegen` from spec/chatwork.yaml. \
                      Do not edit: change the document and\n";

fn written(names: &[&str]) -> Written {
    let written = names.iter().map(|name| (*name).to_owned()).collect();
    Written { written, removed: Vec::new() }
}

/// Two files: `a.rs` and `b.rs`.
fn output(a: &str, b: &str) -> Output {
    let files = [("a.rs", a), ("b.rs", b)];
    let owned = files.map(|(name, text)| (name.to_owned(), format!("{HEADER}{text}")));
    Output::new(BTreeMap::from(owned))
}

/// A folder with `a.rs` and `b.rs` in it.
fn folder(a: &str, b: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    output(a, b).write(folder.path()).unwrap();
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    let text = fs::read_to_string(folder.path().join(name)).unwrap();
    text.strip_prefix(HEADER).unwrap_or(&text).to_owned()
}

/// The names of everything in a folder, hidden files among it.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_is_not_there_is_made_and_filled() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("src/generated");
    assert_eq!(output("one", "two").write(&folder).unwrap(), written(&["a.rs", "b.rs"]));
    assert_eq!(names(&folder), ["a.rs", "b.rs"]);
}

#[test]
fn what_is_there_already_is_not_written() {
    let folder = folder("one", "two");
    let done = output("one", "two").write(folder.path()).unwrap();
    assert_eq!(done, Written::default());
}

#[test]
fn only_the_file_that_differs_is_written() {
    let folder = folder("one", "two");
    assert_eq!(output("one", "three").write(folder.path()).unwrap(), written(&["b.rs"]));
    assert_eq!(read(&folder, "b.rs"), "three");
}

#[test]
fn a_file_that_is_no_longer_generated_is_removed() {
    let folder = folder("one", "two");
    fs::write(folder.path().join("old.rs"), HEADER).unwrap();
    let done = output("one", "two").write(folder.path()).unwrap();
    assert_eq!(done, Written { written: Vec::new(), removed: vec!["old.rs".to_owned()] });
    assert_eq!(names(folder.path()), ["a.rs", "b.rs"]);
}

#[test]
fn a_rust_file_that_was_not_generated_is_an_error_and_no_file_changes() {
    for (name, text) in [("mine.rs", "mine"), ("mine.rs", ""), ("b.rs", "mine")] {
        let folder = folder("one", "two");
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let before = (names(folder.path()), read(&folder, "a.rs"));
        let error = output("three", "four").write(folder.path()).unwrap_err();
        let expected = format!(
            "{} is not a generated file: move it, because every Rust file of this folder is \
             replaced or removed",
            path.display()
        );
        assert_eq!(error.to_string(), expected);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!((names(folder.path()), read(&folder, "a.rs")), before);
    }
}

#[test]
fn a_file_of_another_kind_stays() {
    let folder = folder("one", "two");
    fs::write(folder.path().join("README.md"), "read").unwrap();
    output("one", "three").write(folder.path()).unwrap();
    assert_eq!(read(&folder, "README.md"), "read");
}

#[test]
fn a_folder_that_is_a_file_is_an_error_that_names_it() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("generated");
    fs::write(&folder, "a file").unwrap();
    let error = output("one", "two").write(&folder).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot read {}", folder.display()));
    assert_eq!(fs::read_to_string(&folder).unwrap(), "a file");
}

#[test]
fn no_file_is_written_if_one_of_them_cannot_be() {
    let folder = folder("one", "two");
    let blocked = folder.path().join("b.rs");
    fs::remove_file(&blocked).unwrap();
    fs::create_dir(&blocked).unwrap();
    let error = output("three", "four").write(folder.path()).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot read {}", blocked.display()));
    assert_eq!(read(&folder, "a.rs"), "one");
    assert_eq!(names(folder.path()), ["a.rs", "b.rs"]);
}

#[test]
fn changes_are_none_where_everything_is_as_generated() {
    let folder = folder("one", "two");
    assert_eq!(output("one", "two").changes(folder.path()).unwrap(), []);
}

#[test]
fn changes_show_a_diff_of_what_differs() {
    let folder = folder("same\nold\n", "two");
    let changes = output("same\nnew\n", "two").changes(folder.path()).unwrap();
    let expected = "--- a.rs (as it is)\n\
                    +++ a.rs (as generated)\n\
                    @@ -1,3 +1,3 @@\n \
                    // Written by `cargo xtask codegen` from spec/chatwork.yaml. \
                    Do not edit: change the document and\n \
                    same\n\
                    -old\n\
                    +new\n";
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].diff, expected);
}

#[test]
fn changes_name_missing_files_and_files_that_are_no_longer_generated() {
    let folder = folder("one", "two");
    fs::rename(folder.path().join("a.rs"), folder.path().join("old.rs")).unwrap();
    let changes = output("one", "two").changes(folder.path()).unwrap();
    let changed: Vec<&str> = changes.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(changed, ["a.rs", "old.rs"]);
}

#[test]
fn changes_leave_the_folder_alone() {
    let folder = folder("one", "two");
    output("three", "four").changes(folder.path()).unwrap();
    assert_eq!((read(&folder, "a.rs"), read(&folder, "b.rs")), ("one".into(), "two".into()));
}

#[test]
fn one_document_gives_the_same_bytes_each_time() {
    assert_eq!(common::generate(common::small()), common::generate(common::small()));
}

#[test]
fn every_file_says_on_top_who_wrote_it() {
    for (name, text) in common::generate(common::small()).files() {
        assert!(text.starts_with("// Written by `cargo xtask codegen`"), "{name}");
    }
}
