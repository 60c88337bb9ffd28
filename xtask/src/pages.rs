//! The document for readers: a Japanese edition, and each language as an HTML page with samples.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use chatwork_codegen::Document;
use chatwork_codegen::edition::{self, Language};
use chatwork_codegen::samples;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::{npm, samples as functions};

/// Where the script of Redoc is in the folder that npm fills.
const SCRIPT: &str = "node_modules/redoc/bundles/redoc.standalone.js";

/// The folder with what the sandbox serves. The crate contains it: nothing else has to be there to
/// build it.
const SERVED: &str = "chatwork-sandbox/reference";
/// Where the sandbox serves the script of Redoc.
const SCRIPT_PATH: &str = "/_sandbox/api/redoc.js";

/// Writes `chatwork.ja.yaml`, `chatwork.en.html` and `chatwork.ja.html` into a folder.
pub(crate) fn run(root: &Path, document: &Document, out: &Path) -> Result<()> {
    let (script, samples) = prepare(root, document)?;
    std::fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let japanese = edition::edition(document, Language::Japanese);
    write(&out.join("chatwork.ja.yaml"), &edition::yaml(&japanese)?)?;
    for language in Language::ALL {
        let name = format!("chatwork.{}.html", language.tag());
        write(&out.join(name), &edition::page(&samples, language, &script))?;
    }
    Ok(())
}

/// Writes the pages that the sandbox serves, or fails if they are not up to date.
pub(crate) fn serve(root: &Path, spec: &Path, document: &Document, check: bool) -> Result<()> {
    let folder = root.join(SERVED);
    let (script, samples) = prepare(root, document)?;
    let script = edition::script(&script);
    let mut packed = GzBuilder::new().mtime(0).read(script.as_bytes(), Compression::best());
    let mut bytes = Vec::new();
    packed.read_to_end(&mut bytes).context("cannot compress the script of Redoc")?;
    let mut files = vec![("redoc.js.gz".to_owned(), bytes)];
    let japanese = edition::yaml(&edition::edition(document, Language::Japanese))?;
    files.push(("chatwork.ja.yaml".to_owned(), japanese.into_bytes()));
    let english = std::fs::read(spec).with_context(|| format!("cannot read {}", spec.display()))?;
    files.push(("chatwork.yaml".to_owned(), english));
    for language in Language::ALL {
        let page = edition::served_page(&samples, language, SCRIPT_PATH);
        files.push((format!("chatwork.{}.html", language.tag()), page.into_bytes()));
    }
    let licences = licences(root)?;
    files.extend(licences.map(|(name, text)| (name.to_owned(), text.into_bytes())));
    for (name, bytes) in files {
        let path = folder.join(&name);
        let found = std::fs::read(&path).unwrap_or_default();
        if unpacked(&found) == unpacked(&bytes) {
            continue;
        }
        if check {
            bail!("{SERVED}/{name} is out of date: run `cargo xtask pages --sandbox`");
        }
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

/// What a file contains: two compressors make other bytes of the same text.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    match GzDecoder::new(bytes).read_to_end(&mut text) {
        Ok(_) => text,
        Err(_) => bytes.to_vec(),
    }
}

/// Returns the script of Redoc, and the document with samples.
fn prepare(root: &Path, document: &Document) -> Result<(String, Document)> {
    let diagnostics = edition::missing(document);
    if let Some(first) = diagnostics.first() {
        bail!("{} errors in the Japanese texts; the first: {first}", diagnostics.len());
    }
    // Only the script is needed: what it is built from is in it.
    let tools = npm::install(root, "pages", &["--omit=peer", "--ignore-scripts"])?;
    let script = tools.join(SCRIPT);
    let script = std::fs::read_to_string(&script)
        .with_context(|| format!("cannot read {}", script.display()))?;
    Ok((script, samples::with_samples(document, &functions::rust(root, document)?)))
}

/// The licences of what is inside of the pages: Redoc, and what Redoc is built from. They are there
/// once the pages have been written.
fn licences(root: &Path) -> Result<[(&'static str, String); 2]> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_by_whatever_it_is_compressed() {
        let pack = |level| {
            let mut bytes = Vec::new();
            let mut packed = GzBuilder::new().read(&b"aaaaaaaaaabbbbbbbbbb"[..], level);
            packed.read_to_end(&mut bytes).unwrap();
            bytes
        };
        let (none, best) = (pack(Compression::none()), pack(Compression::best()));
        assert_ne!(none, best);
        assert_eq!(unpacked(&none), unpacked(&best));
        assert_eq!(unpacked(b"plain"), b"plain");
    }
}
