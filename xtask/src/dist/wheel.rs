//! Wheels: hatchling packs the Python package with the program beside it.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{EPOCH, Packing, Product, files};

/// Writes the wheel of a product into `python/`. `python` has hatchling.
pub(super) fn pack(packing: &Packing<'_>, product: &Product, python: &Path) -> Result<()> {
    let source = Path::new("packages/python").join(product.package);
    let folder = packing.work.join("python").join(product.package);
    files::copy_package(packing.root, &source, &folder)?;
    let about = packing.about(product.package);
    files::copy(&about.join("THIRD-PARTY.txt"), &folder.join("THIRD-PARTY.txt"))?;
    let mut hatchling = Command::new(python);
    hatchling.args(["-m", "hatchling", "build", "--target", "wheel", "--directory"]);
    hatchling.arg(packing.out.join("python")).current_dir(&folder);
    hatchling.env("CHATWORK_WHEEL_PROGRAM", packing.programs.path(product.program));
    hatchling.env("CHATWORK_WHEEL_PLATFORM", packing.platform.wheel);
    hatchling.env("CHATWORK_WHEEL_SBOM", about.join("sbom.cdx.json"));
    hatchling.env("SOURCE_DATE_EPOCH", EPOCH.to_string());
    files::succeed(&mut hatchling, "hatchling")
}
