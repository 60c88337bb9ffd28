//! Entries in the configuration of each client: written, written again, taken back, refused.

#![cfg(feature = "install")]
// clippy knows tests, and not the functions that tests call.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod existing;
mod fresh;
mod refused;
mod undo;

use std::path::{Path, PathBuf};

use chatwork_mcp::install::{Client, Entry, Folders, Target};

/// A home folder with nothing in it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn target(&self, client: Client) -> Target {
        Target::of_user(client, &Folders::below(self.0.path()))
    }

    /// A file of the client with a text.
    fn with(&self, client: Client, text: &str) -> Target {
        let target = self.target(client);
        std::fs::create_dir_all(target.path().parent().unwrap()).unwrap();
        std::fs::write(target.path(), text).unwrap();
        target
    }
}

/// The path of a program that is absolute on this system.
fn program() -> PathBuf {
    let root = if cfg!(windows) { "C:\\bin" } else { "/bin" };
    Path::new(root).join("chatwork")
}

fn entry_of(profile: &str) -> Entry {
    Entry::new("chatwork", &program(), ["mcp", "serve", "--profile", profile]).unwrap()
}

fn entry() -> Entry {
    entry_of("work")
}

fn text(target: &Target) -> String {
    std::fs::read_to_string(target.path()).unwrap()
}

/// Files beside the file of a client.
fn others(target: &Target) -> Vec<String> {
    let folder = std::fs::read_dir(target.path().parent().unwrap()).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let own = target.path().file_name().unwrap().to_str().unwrap();
    let mut names: Vec<_> = names.filter(|name| name != own).collect();
    names.sort();
    names
}

/// A configuration with comments and another server, as a person writes it, and where the entry
/// goes.
fn lived_in(client: Client) -> &'static str {
    match client {
        Client::Codex => {
            "# my settings\nmodel = \"o9\" # the newest\n\n[mcp_servers.docs]\n\
             command = \"docs\" # keep\nenv = { KEY = \"k\" }\n\n[tui]\ntheme = \"dark\"\n"
        }
        Client::VsCode => {
            "{\n\t// of the team\n\t\"servers\": {\n\t\t\"docs\": { \"type\": \"stdio\", \
             \"command\": \"docs\" }, // keep\n\t},\n\t\"inputs\": [],\n}\n"
        }
        _ => {
            "{\n    \"theme\": \"dark\", // mine\n    \"mcpServers\": {\n        /* keep */\n        \
             \"docs\": { \"command\": \"docs\", \"env\": { \"KEY\": \"k\" } }\n    },\n    \
             \"projects\": { \"/a\": { \"history\": [1, 2.50, \"x\"] } }\n}\n"
        }
    }
}

/// The words of a text that must not be lost.
fn kept(client: Client) -> &'static [&'static str] {
    match client {
        Client::Codex => &["# my settings", "# the newest", "command = \"docs\" # keep", "[tui]"],
        Client::VsCode => &["// of the team", "}, // keep", "\"inputs\": [],"],
        _ => &["// mine", "/* keep */", "\"KEY\": \"k\"", "[1, 2.50, \"x\"]"],
    }
}
