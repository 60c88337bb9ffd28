//! The archive of a platform: the programs, their manual pages and completions, the pages of the API.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use chatwork_codegen::Document;
use flate2::{Compression, GzBuilder};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{EPOCH, PRODUCTS, Packing, VERSION, files};
use crate::pages;

/// Files of the repository, and their names in the archive.
const FILES: [(&str, &str); 11] = [
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("chatwork-cli/README.md", "README.md"),
    ("chatwork-cli/README.ja.md", "README.ja.md"),
    ("chatwork-cli/COOKBOOK.md", "COOKBOOK.md"),
    ("chatwork-cli/COOKBOOK.ja.md", "COOKBOOK.ja.md"),
    ("chatwork-cli/ERRORS.md", "ERRORS.md"),
    ("chatwork-cli/JSON.md", "JSON.md"),
    ("chatwork-sandbox/README.md", "SANDBOX.md"),
    ("spec/chatwork.yaml", "api/chatwork.yaml"),
];

/// The shells, and the files that they look for.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "chatwork.bash"),
    ("elvish", "chatwork.elv"),
    ("fish", "chatwork.fish"),
    ("powershell", "_chatwork.ps1"),
    ("zsh", "_chatwork"),
];

/// Files by their names, with their rights.
type Entries<'a> = BTreeMap<&'a str, (&'a [u8], u32)>;

/// Writes the archive into `archives/`.
pub(super) fn pack(
    packing: &Packing<'_>,
    document: &Document,
    pages_by: Option<&Path>,
) -> Result<()> {
    let chatwork = packing.programs.path("chatwork");
    let chatwork = pages_by.unwrap_or(&chatwork);
    let mut files = BTreeMap::new();
    for product in &PRODUCTS {
        let bytes = files::read(&packing.programs.path(product.program))?;
        files.insert(packing.platform.file(product.program), (bytes, 0o755));
    }
    let mut add = |name: String, path: &Path| -> Result<()> {
        files.insert(name, (files::read(path)?, 0o644));
        Ok(())
    };
    for (from, to) in FILES {
        add(to.to_owned(), &packing.root.join(from))?;
    }
    for name in ["THIRD-PARTY.txt", "sbom.cdx.json"] {
        add(name.to_owned(), &packing.about("chatwork").join(name))?;
    }
    for (folder, path) in made(packing, document, chatwork)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        add(format!("{folder}/{name}"), &path)?;
    }
    let top = format!("chatwork-{VERSION}-{}/", packing.platform.name);
    let files: BTreeMap<_, _> =
        files.into_iter().map(|(name, it)| (top.clone() + &name, it)).collect();
    let entries = files.iter().map(|(name, (bytes, mode))| (name.as_str(), (&bytes[..], *mode)));
    let entries = entries.collect();
    let bytes = if packing.platform.os == "win32" { zip(&entries)? } else { tar_gz(&entries)? };
    files::write(&packing.out.join(files::archive_file(packing.platform)), &bytes)
}

/// Makes manual pages, completions and the pages of the API. Returns them with their folders.
fn made(
    packing: &Packing<'_>,
    document: &Document,
    chatwork: &Path,
) -> Result<Vec<(&'static str, PathBuf)>> {
    let (man, completions) = (packing.work.join("man"), packing.work.join("completions"));
    ask(packing, chatwork, &["man", "--dir", &man.to_string_lossy()])?;
    for (shell, name) in SHELLS {
        let text = ask(packing, chatwork, &["completion", shell])?;
        files::write(&completions.join(name), &text)?;
    }
    let api = packing.work.join("api");
    pages::run(packing.root, document, &api)?;
    for (name, text) in pages::licences(packing.root)? {
        files::write(&api.join(name), text.as_bytes())?;
    }
    let mut list = Vec::new();
    for (folder, path) in [("man", man), ("completions", completions), ("api", api)] {
        let entries = std::fs::read_dir(&path);
        for entry in entries.with_context(|| format!("cannot list {}", path.display()))? {
            list.push((folder, entry?.path()));
        }
    }
    Ok(list)
}

/// Runs `chatwork`, in English and without the settings of a person.
fn ask(packing: &Packing<'_>, chatwork: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new(chatwork);
    command.args(arguments).env("CHATWORK_LANG", "en").env("NO_COLOR", "1");
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env(name, packing.work.join("home"));
    }
    let output = command.output().with_context(|| {
        let file = chatwork.display();
        format!("cannot run {file}: name a `chatwork` that runs here by --pages-by")
    })?;
    if !output.status.success() {
        bail!(
            "chatwork {} fails: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}

/// Returns the bytes of a zip archive. Entries are sorted and have a fixed time.
pub(crate) fn zip(entries: &Entries<'_>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, (bytes, mode)) in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(*mode);
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Returns the bytes of a tar archive. Entries are sorted, have a fixed time, and belong to root.
fn tar_gz(entries: &Entries<'_>) -> Result<Vec<u8>> {
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut tar = tar::Builder::new(gzip);
    for (name, (bytes, mode)) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(*mode);
        header.set_mtime(EPOCH);
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, name, *bytes)?;
    }
    Ok(tar.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use flate2::read::GzDecoder;

    use super::*;

    fn entries() -> Entries<'static> {
        BTreeMap::from([
            ("a/README.md", (&b"read"[..], 0o644)),
            ("a/chatwork", (&b"run"[..], 0o755)),
        ])
    }

    #[test]
    fn every_entry_of_a_tar_archive_has_the_same_time_and_owner() {
        let bytes = tar_gz(&entries()).unwrap();
        let mut tar = tar::Archive::new(GzDecoder::new(&bytes[..]));
        let found: Vec<_> = tar
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let header = entry.header();
                assert_eq!(header.mtime().unwrap(), EPOCH);
                assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
                (entry.path().unwrap().display().to_string(), header.mode().unwrap())
            })
            .collect();
        let expected = [("a/README.md", 0o644), ("a/chatwork", 0o755)];
        assert_eq!(found, expected.map(|(name, mode)| (name.to_owned(), mode)));
    }

    #[test]
    fn the_same_files_make_the_same_archive() {
        assert_eq!(tar_gz(&entries()).unwrap(), tar_gz(&entries()).unwrap());
        assert_eq!(zip(&entries()).unwrap(), zip(&entries()).unwrap());
    }

    #[test]
    fn each_file_of_the_repository_in_the_archive_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (file, _) in FILES {
            assert!(root.join(file).is_file(), "{file}");
        }
    }
}
