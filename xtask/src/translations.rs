//! The record of the translations, `translations.txt` beside the document.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chatwork_codegen::edition::Recorded;
use chatwork_codegen::{Diagnostic, Document};

fn file(spec: &Path) -> PathBuf {
    spec.with_file_name("translations.txt")
}

fn read(spec: &Path) -> Result<Recorded> {
    let file = file(spec);
    let text = std::fs::read_to_string(&file).with_context(|| {
        format!("cannot read {}: `cargo xtask translations` writes it", file.display())
    })?;
    Ok(Recorded::parse(&text))
}

/// Returns the texts of the document that are stale or not recorded.
pub(crate) fn unrecorded(spec: &Path, document: &Document) -> Result<Vec<Diagnostic>> {
    let recorded = read(spec)?;
    let mut found = recorded.stale(document);
    found.extend(recorded.new_texts(document));
    Ok(found)
}

/// Writes the record. Fails if a translation is stale, unless `keep` confirms it.
pub(crate) fn record(spec: &Path, keep: bool) -> Result<()> {
    let document = crate::load(spec)?;
    let file = file(spec);
    if !keep && file.exists() {
        let stale = read(spec)?.stale(&document);
        crate::print(&stale);
        match stale.len() {
            0 => {}
            1 => bail!("{}: 1 translation is out of date", spec.display()),
            n => bail!("{}: {n} translations are out of date", spec.display()),
        }
    }
    std::fs::write(&file, Recorded::of(&document).to_string())
        .with_context(|| format!("cannot write {}", file.display()))
}
