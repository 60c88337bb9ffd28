//! npm packages: one for each platform with the program, and one that depends on all of them.
//!
//! npm installs those of the optional dependencies whose `os`, `cpu` and `libc` fit.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::platform::{self, Platform};
use super::{Packing, Product, VERSION, files};

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Writes both packages of a product into `npm/` and `npm/platforms/`.
pub(super) fn pack(packing: &Packing<'_>, product: &Product) -> Result<()> {
    platform_package(packing, product)?;
    let folder = packing.work.join("npm").join(product.package);
    let source = Path::new("packages/npm").join(product.package);
    files::copy_package(packing.root, &source, &folder)?;
    files::copy(&packing.root.join("packages/npm/program.js"), &folder.join("program.js"))?;
    let manifest = folder.join("package.json");
    let found = serde_json::from_slice(&files::read(&manifest)?)
        .with_context(|| format!("{} is not JSON", manifest.display()))?;
    files::write(&manifest, &text(&with_platforms(found, product))?)?;
    finish(packing, &folder, "npm")
}

/// Packs `chatwork-openapi`, which has no program: it builds itself.
pub(super) fn document(packing: &Packing<'_>) -> Result<()> {
    let folder = packing.root.join("packages/npm/chatwork-openapi");
    let mut install = npm(&folder);
    files::succeed(install.args(["ci", "--no-audit", "--no-fund"]), "npm ci")?;
    run_pack(packing, &folder, "npm", &[])
}

fn platform_package(packing: &Packing<'_>, product: &Product) -> Result<()> {
    let platform = packing.platform;
    let name = format!("{}-{}", product.package, platform.name);
    let folder = packing.work.join("npm").join(&name);
    let file = platform.file(product.program);
    files::copy(&packing.programs.path(product.program), &folder.join("bin").join(file))?;
    let readme = format!(
        "# {name}\n\nThe program `{}` for {}. Install `{}`, which depends on it.\n",
        product.program, platform.triple, product.package,
    );
    files::write(&folder.join("README.md"), readme.as_bytes())?;
    for name in ["THIRD-PARTY.txt", "sbom.cdx.json"] {
        files::copy(&packing.about(product.package).join(name), &folder.join(name))?;
    }
    files::write(&folder.join("package.json"), &text(&platform_manifest(product, platform))?)?;
    finish(packing, &folder, "npm/platforms")
}

fn platform_manifest(product: &Product, platform: &Platform) -> Value {
    let mut manifest = json!({
        "name": format!("{}-{}", product.package, platform.name),
        "version": VERSION,
        "description": format!("The program {} for {}.", product.program, platform.triple),
        "license": "MIT OR Apache-2.0",
        "os": [platform.os],
        "cpu": [platform.cpu],
        // Yarn would leave it in an archive, where no program can be started.
        "preferUnplugged": true,
    });
    if let (Some(libc), Some(manifest)) = (platform.libc, manifest.as_object_mut()) {
        manifest.insert("libc".to_owned(), json!([libc]));
    }
    manifest
}

/// The manifest of the repository with the packages of all platforms, at the same version.
fn with_platforms(mut manifest: Map<String, Value>, product: &Product) -> Value {
    let names = platform::ALL.iter().map(|it| format!("{}-{}", product.package, it.name));
    let platforms: Map<String, Value> = names.map(|name| (name, json!(VERSION))).collect();
    manifest.insert("optionalDependencies".to_owned(), platforms.into());
    // They are for the repository: what they copy is in the folder already.
    manifest.remove("scripts");
    manifest.into()
}

fn text(manifest: &Value) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.push(b'\n');
    Ok(text)
}

fn finish(packing: &Packing<'_>, folder: &Path, to: &str) -> Result<()> {
    for name in LICENCES {
        files::copy(&packing.root.join(name), &folder.join(name))?;
    }
    run_pack(packing, folder, to, &["--ignore-scripts"])
}

/// `npm pack` gives every file the same time and owner.
fn run_pack(packing: &Packing<'_>, folder: &Path, to: &str, options: &[&str]) -> Result<()> {
    let out = packing.out.join(to);
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let mut pack = npm(folder);
    pack.args(["pack", "--silent", "--pack-destination"]).arg(out).args(options);
    files::succeed(&mut pack, "npm pack")
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder);
    npm
}

#[cfg(test)]
mod tests {
    use super::super::PRODUCTS;
    use super::*;

    #[test]
    fn a_package_of_a_platform_is_for_no_other_one() {
        let [product, _] = &PRODUCTS;
        let manifest = |name| platform_manifest(product, platform::parse(name).unwrap());
        let musl = manifest("linux-arm64-musl");
        assert_eq!(musl["name"], "chatwork-cli-linux-arm64-musl");
        assert_eq!((&musl["os"], &musl["cpu"]), (&json!(["linux"]), &json!(["arm64"])));
        assert_eq!(musl["libc"], json!(["musl"]));
        assert!(manifest("win32-x64")["libc"].is_null());
    }

    #[test]
    fn the_package_depends_on_those_of_all_platforms_at_its_own_version() {
        let [_, product] = &PRODUCTS;
        let found = json!({ "scripts": { "prepack": "cp" } }).as_object().unwrap().clone();
        let manifest = with_platforms(found, product);
        let platforms = manifest["optionalDependencies"].as_object().unwrap();
        assert_eq!(platforms.len(), platform::ALL.len());
        assert_eq!(platforms["chatwork-sandbox-darwin-arm64"], VERSION);
        assert!(manifest["scripts"].is_null());
    }
}
