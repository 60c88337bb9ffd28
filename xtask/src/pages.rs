//! The document for readers: a Japanese edition, and each language as an HTML page with samples.

use std::path::Path;

use anyhow::{Context, Result, bail};
use chatwork_codegen::Document;
use chatwork_codegen::edition::{self, Language};
use chatwork_codegen::samples;

use crate::{npm, samples as functions};

/// Where the script of Redoc is in the folder that npm fills.
const SCRIPT: &str = "node_modules/redoc/bundles/redoc.standalone.js";

/// Writes `chatwork.ja.yaml`, `chatwork.en.html` and `chatwork.ja.html` into a folder.
pub(crate) fn run(root: &Path, document: &Document, out: &Path) -> Result<()> {
    let diagnostics = edition::missing(document);
    if let Some(first) = diagnostics.first() {
        bail!("{} errors in the Japanese texts; the first: {first}", diagnostics.len());
    }
    // Only the script is needed: what it is built from is in it.
    let tools = npm::install(root, "pages", &["--omit=peer", "--ignore-scripts"])?;
    let script = tools.join(SCRIPT);
    let script = std::fs::read_to_string(&script)
        .with_context(|| format!("cannot read {}", script.display()))?;
    std::fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let japanese = edition::edition(document, Language::Japanese);
    write(&out.join("chatwork.ja.yaml"), &edition::yaml(&japanese)?)?;
    let document = samples::with_samples(document, &functions::rust(root, document)?);
    for language in Language::ALL {
        let name = format!("chatwork.{}.html", language.tag());
        write(&out.join(name), &edition::page(&document, language, &script))?;
    }
    Ok(())
}

/// The licences of what is inside of the pages: Redoc, and what Redoc is built from. They are there
/// once the pages have been written.
pub(crate) fn licences(root: &Path) -> Result<[(&'static str, String); 2]> {
    let redoc = root.join("target/pages/node_modules/redoc");
    let read = |name: &str| {
        let file = redoc.join(name);
        let text = std::fs::read_to_string(&file);
        text.with_context(|| format!("cannot read {}", file.display()))
    };
    Ok([
        ("LICENSE-redoc.txt", read("LICENSE")?),
        ("LICENSE-redoc-parts.txt", read("bundles/redoc.standalone.js.LICENSE.txt")?),
    ])
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}
