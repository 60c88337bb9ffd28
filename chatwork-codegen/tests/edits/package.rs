//! A crate with the code of every edit, each with what `chatwork-api` has by hand.

use std::fs;
use std::path::{Path, PathBuf};

use chatwork_codegen::Output;

use crate::common::workspace::{self, cargo, root, write_manifest, write_package};

pub(crate) struct Package {
    folder: PathBuf,
    modules: String,
    notes: String,
}

impl Package {
    /// An empty crate of the manifest of `chatwork-api`, in a workspace of its own.
    pub(crate) fn new(name: &str) -> Self {
        let folder = workspace::folder(name);
        write_manifest(&folder, &["chatwork-api"]);
        write_package(&folder, "chatwork-api");
        Self { folder, modules: String::new(), notes: String::new() }
    }

    /// Adds the code of an edit as a module.
    pub(crate) fn add(&mut self, seed: u64, output: &Output, what: &str) {
        let name = format!("edit_{seed}");
        let module = self.folder.join("chatwork-api/src").join(&name);
        copy(&root().join("chatwork-api/src"), &module, &name);
        fs::create_dir_all(module.join("generated")).unwrap();
        for (file, text) in output.files() {
            fs::write(module.join("generated").join(file), moved(text, &name)).unwrap();
        }
        fs::rename(module.join("lib.rs"), module.join("mod.rs")).unwrap();
        self.modules.push_str(&format!("pub mod {name};\n"));
        self.note(seed, what);
    }

    /// Writes down what an edit was.
    pub(crate) fn note(&mut self, seed: u64, what: &str) {
        self.notes.push_str(&format!("edit_{seed}: {what}\n"));
    }

    pub(crate) fn finish(&self) {
        let source = format!("//! The code of edited documents.\n\n{}", self.modules);
        fs::write(self.folder.join("chatwork-api/src/lib.rs"), source).unwrap();
        fs::write(self.folder.join("edits.txt"), &self.notes).unwrap();
    }

    /// Runs cargo on the crate with one feature or none. Dependencies are those that `compile.rs`
    /// compiles.
    pub(crate) fn run(&self, command: &[&str], feature: &str, rustdoc: &str) {
        let arguments = [command, &with(feature)].concat();
        self.expect_success(&arguments, rustdoc);
    }

    /// Runs the doc tests of generated code. The programs in hand-written docs are left out: they
    /// call operations that an edit may have renamed.
    pub(crate) fn run_doc_tests(&self) {
        let [alone, features, client] = with("client");
        let arguments = ["test", "--doc", alone, features, client, "--", "generated"];
        self.expect_success(&arguments, "");
    }

    fn expect_success(&self, arguments: &[&str], rustdoc: &str) {
        let done = cargo(&self.folder.join("chatwork-api"), arguments, rustdoc);
        let output = [done.stdout, done.stderr].concat();
        let output = String::from_utf8_lossy(&output);
        let notes = &self.notes;
        assert!(done.status.success(), "cargo {arguments:?}:\n{output}\n{notes}");
    }
}

fn with(feature: &str) -> [&str; 3] {
    ["--no-default-features", "--features", feature]
}

/// Copies the hand-written sources, as those of a module.
fn copy(from: &Path, to: &Path, name: &str) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() && !from.ends_with("generated") {
            copy(&from, &to, name);
        } else if from.extension().is_some_and(|extension| extension == "rs") {
            fs::write(to, moved(&fs::read_to_string(&from).unwrap(), name)).unwrap();
        }
    }
}

/// The source of a crate as that of a module of it.
fn moved(source: &str, name: &str) -> String {
    // The printer of generated code puts a space into a path that is an argument of a macro.
    let source = source.replace("crate ::", "crate::");
    let source = source.replace("crate::", &format!("crate::{name}::"));
    // In the examples of the docs.
    let source = source.replace("chatwork_api::", &format!("chatwork_api::{name}::"));
    source.replace("#[cfg(all(doctest, feature = \"client\"))]", "#[cfg(any())]")
}
