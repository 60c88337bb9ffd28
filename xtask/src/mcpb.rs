//! The server for agents as a bundle that clients install by a click: an `.mcpb` file.
//!
//! A bundle is a zip archive with `manifest.json` in it. The form of the manifest:
//! <https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md>, version 0.3.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::dist::zip;

/// The version of the manifest's form.
const MANIFEST_VERSION: &str = "0.3";

/// Files of the repository that are in the bundle, and their names there.
const FILES: [(&str, &str); 4] = [
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("chatwork-mcp/SKILL.md", "SKILL.md"),
    ("chatwork-mcp/SKILL.ja.md", "SKILL.ja.md"),
];

#[derive(Args)]
pub(crate) struct Mcpb {
    /// The program `chatwork` to bundle; without it, it is built in release mode
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The system that the program is for; without it, this one
    #[arg(long, value_name = "SYSTEM", value_enum)]
    platform: Option<Platform>,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// A system, by the name that manifests have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Platform {
    Darwin,
    Linux,
    Win32,
}

impl Platform {
    fn of_this_machine() -> Self {
        match std::env::consts::OS {
            "macos" => Self::Darwin,
            "windows" => Self::Win32,
            _ => Self::Linux,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Darwin => "darwin",
            Self::Linux => "linux",
            Self::Win32 => "win32",
        }
    }

    /// The name of the program in the bundle.
    const fn entry_point(self) -> &'static str {
        match self {
            Self::Win32 => "server/chatwork.exe",
            _ => "server/chatwork",
        }
    }
}

/// Writes the bundle, and prints its path. The same program and files make the same bytes.
pub(crate) fn run(root: &Path, arguments: &Mcpb) -> Result<()> {
    let platform = arguments.platform.unwrap_or_else(Platform::of_this_machine);
    let program = match &arguments.program {
        Some(program) => program.clone(),
        None => build(root)?,
    };
    let manifest = manifest(platform, env!("CARGO_PKG_VERSION"), tools(&program)?);
    let bytes = bundle(&manifest, platform, &read(&program)?, &files(root)?)?;
    let out = arguments.out.clone().unwrap_or_else(|| root.join("target/mcpb"));
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let name = format!("chatwork-{}-{}.mcpb", env!("CARGO_PKG_VERSION"), platform.name());
    let path = out.join(name);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

fn build(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "-p", "chatwork-cli"]).current_dir(root);
    if !cargo.status().context("cannot run cargo")?.success() {
        bail!("chatwork-cli does not build");
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| root.join("target"));
    Ok(target.join("release").join(format!("chatwork{}", std::env::consts::EXE_SUFFIX)))
}

/// Asks the program for its tools.
fn tools(program: &Path) -> Result<Value> {
    let mut command = Command::new(program);
    command.args(["mcp", "tools", "--all", "--json=name,description"]);
    let output = command.output().with_context(|| format!("cannot run {}", program.display()))?;
    if !output.status.success() {
        bail!("{} does not list its tools: {}", program.display(), output.status);
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("the tools of {} are not JSON", program.display()))
}

fn files(root: &Path) -> Result<BTreeMap<&'static str, Vec<u8>>> {
    FILES.into_iter().map(|(from, to)| Ok((to, read(&root.join(from))?))).collect()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn manifest(platform: Platform, version: &str, tools: Value) -> Value {
    json!({
        "manifest_version": MANIFEST_VERSION,
        "name": "chatwork",
        "display_name": "Chatwork",
        "version": version,
        "description": "Reads, searches and, if you allow it, writes Chatwork. Not by Chatwork.",
        "long_description": "Typed tools with fences: without a further option the tools only \
            read, and reading marks nothing as read. Results are short. The API token is kept by \
            the application that installs this bundle.",
        "author": { "name": "The authors of the Chatwork SDK" },
        "license": "MIT OR Apache-2.0",
        "keywords": ["chatwork", "chat", "tasks", "messages"],
        "server": {
            "type": "binary",
            "entry_point": platform.entry_point(),
            "mcp_config": {
                "command": format!("${{__dirname}}/{}", platform.entry_point()),
                "args": ["mcp", "serve", "--toolsets", "${user_config.toolsets}"],
                "env": { "CHATWORK_API_TOKEN": "${user_config.api_token}" },
            },
        },
        "tools": tools,
        // Which of them there are depends on the sets, and on what the application can ask.
        "tools_generated": true,
        "compatibility": { "platforms": [platform.name()] },
        "user_config": {
            "api_token": {
                "type": "string",
                "title": "API token",
                "description": "Chatwork shows it under Service Integration, API Token.",
                "sensitive": true,
                "required": true,
            },
            "toolsets": {
                "type": "string",
                "title": "Sets of tools",
                "description": "read, or with commas also write (messages, tasks, files) and \
                    admin (rooms, members, links).",
                "default": "read",
                "required": false,
            },
        },
    })
}

/// Returns the bytes of the bundle. Entries are sorted and have a fixed time.
fn bundle(
    manifest: &Value,
    platform: Platform,
    program: &[u8],
    files: &BTreeMap<&'static str, Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.push(b'\n');
    let mut entries: BTreeMap<&str, (&[u8], u32)> =
        files.iter().map(|(name, bytes)| (*name, (bytes.as_slice(), 0o644))).collect();
    entries.insert("manifest.json", (&text, 0o644));
    entries.insert(platform.entry_point(), (program, 0o755));
    zip(&entries)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::{DateTime, ZipArchive};

    use super::*;

    /// A stand-in for the program.
    const PROGRAM: &[u8] = b"#!/bin/sh\nexit 0\n";

    /// The keys that a manifest of version 0.3 may have.
    const KEYS: [&str; 26] = [
        "_meta",
        "author",
        "compatibility",
        "description",
        "display_name",
        "documentation",
        "homepage",
        "icon",
        "icons",
        "keywords",
        "license",
        "localization",
        "long_description",
        "manifest_version",
        "name",
        "privacy_policies",
        "prompts",
        "prompts_generated",
        "repository",
        "screenshots",
        "server",
        "support",
        "tools",
        "tools_generated",
        "user_config",
        "version",
    ];

    fn files_of_test() -> BTreeMap<&'static str, Vec<u8>> {
        BTreeMap::from([("SKILL.md", b"skill".to_vec()), ("LICENSE-MIT", b"MIT".to_vec())])
    }

    fn manifest_of_test(platform: Platform) -> Value {
        manifest(platform, "1.2.3", json!([{"name": "get_me", "description": "Shows you."}]))
    }

    fn bytes(platform: Platform) -> Vec<u8> {
        bundle(&manifest_of_test(platform), platform, PROGRAM, &files_of_test()).unwrap()
    }

    fn open(bytes: Vec<u8>) -> ZipArchive<Cursor<Vec<u8>>> {
        ZipArchive::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn the_entries_are_sorted_have_a_fixed_time_and_the_program_can_be_run() {
        let mut zip = open(bytes(Platform::Linux));
        let mut entries = Vec::new();
        for index in 0..zip.len() {
            let entry = zip.by_index(index).unwrap();
            assert_eq!(entry.last_modified(), Some(DateTime::default()), "{}", entry.name());
            entries.push((entry.name().to_owned(), entry.unix_mode().unwrap() & 0o777));
        }
        let expected = [
            ("LICENSE-MIT", 0o644),
            ("SKILL.md", 0o644),
            ("manifest.json", 0o644),
            ("server/chatwork", 0o755),
        ];
        assert_eq!(entries, expected.map(|(name, mode)| (name.to_owned(), mode)));
    }

    #[test]
    fn the_same_program_makes_the_same_bytes() {
        assert_eq!(bytes(Platform::Darwin), bytes(Platform::Darwin));
    }

    #[test]
    fn the_program_is_in_the_bundle_as_it_is() {
        for (platform, name) in
            [(Platform::Linux, "server/chatwork"), (Platform::Win32, "server/chatwork.exe")]
        {
            let mut zip = open(bytes(platform));
            let mut program = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut program).unwrap();
            assert_eq!(program, PROGRAM);
        }
    }

    #[test]
    fn the_manifest_has_what_the_specification_requires_and_no_more() {
        for platform in [Platform::Darwin, Platform::Linux, Platform::Win32] {
            let mut zip = open(bytes(platform));
            let manifest = zip.by_name("manifest.json").unwrap();
            let manifest: Value = serde_json::from_reader(manifest).unwrap();
            let keys: Vec<_> = manifest.as_object().unwrap().keys().collect();
            assert!(keys.iter().all(|key| KEYS.contains(&key.as_str())), "{keys:?}");
            for key in ["manifest_version", "name", "version", "description", "author", "server"] {
                assert!(!manifest[key].is_null(), "{key}");
            }
            assert_eq!(manifest["version"], "1.2.3");
            assert_eq!(manifest["server"]["entry_point"], platform.entry_point());
            assert_eq!(manifest["compatibility"]["platforms"], json!([platform.name()]));
        }
    }

    #[test]
    fn every_value_that_the_server_gets_is_asked_for_and_the_token_is_kept_secret() {
        let manifest = manifest_of_test(Platform::Linux);
        let config = manifest["server"]["mcp_config"].to_string();
        let asked = manifest["user_config"].as_object().unwrap();
        for (name, option) in asked {
            assert!(config.contains(&format!("${{user_config.{name}}}")), "{name}");
            for field in ["type", "title", "description"] {
                assert!(option[field].is_string(), "{name}: {field}");
            }
        }
        assert_eq!(config.matches("${user_config.").count(), asked.len());
        assert_eq!(asked["api_token"]["sensitive"], true);
    }
}
