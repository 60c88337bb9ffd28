//! The programs of a release, packed for those who have no Rust: archives, wheels, npm packages.
//!
//! A program is built once for each platform. Archive, wheel and npm package carry the same bytes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chatwork_codegen::Document;
use clap::Args;

mod archive;
mod files;
mod inventory;
mod npm;
mod platform;
mod programs;
mod sbom;
mod sums;
mod third_party;
mod wheel;

pub(crate) use archive::zip;
pub(crate) use files::expected;
use inventory::Inventory;
use platform::Platform;
use programs::Programs;
pub(crate) use sums::wrong;

use crate::python;

/// The time of every file in what is packed, in seconds: 1980-01-01, the first that zip can hold.
const EPOCH: u64 = 315_532_800;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A program, the crate that has it, and the name of its packages.
struct Product {
    package: &'static str,
    program: &'static str,
}

const PRODUCTS: [Product; 2] = [
    Product { package: "chatwork-cli", program: "chatwork" },
    Product { package: "chatwork-sandbox", program: "chatwork-sandbox" },
];

#[derive(Args)]
pub(crate) struct Dist {
    /// The platform to pack for; without it, that of this machine
    #[arg(long, value_name = "NAME", value_parser = platform::parse)]
    platform: Option<&'static Platform>,
    /// The folder with the programs; without it, they are built
    #[arg(long, value_name = "DIR")]
    programs: Option<PathBuf>,
    /// A `chatwork` that runs here, for manual pages and completions; without it, the packed one
    #[arg(long, value_name = "FILE")]
    pages_by: Option<PathBuf>,
    /// Only write SHA256SUMS for what is in the folder, for example from several machines
    #[arg(long)]
    sums: bool,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What is packed, and where.
struct Packing<'a> {
    root: &'a Path,
    platform: &'static Platform,
    programs: Programs,
    /// A folder for files on the way.
    work: PathBuf,
    out: PathBuf,
}

/// Packs everything for one platform. The same programs and files make the same bytes.
pub(crate) fn run(root: &Path, document: &Document, arguments: &Dist) -> Result<()> {
    let out = arguments.out.clone().unwrap_or_else(|| root.join("dist"));
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    // npm and Python run in other folders.
    let out = out.canonicalize().with_context(|| format!("cannot open {}", out.display()))?;
    if arguments.sums {
        return sums::write(&out);
    }
    let platform = match arguments.platform {
        Some(platform) => platform,
        None => platform::of_this_machine()?,
    };
    let folder = root.join("target/packing");
    let tools = root.join("xtask/dist/requirements.txt");
    let python = python::install(&tools, &folder.join("tools"), "hatchling")?;
    let programs = match &arguments.programs {
        Some(folder) => Programs::in_folder(folder, platform)?,
        None => programs::build(root, platform, &python)?,
    };
    let work = folder.join(platform.name);
    python::fresh(&work)?;
    let packing = Packing { root, platform, programs, work, out };
    packing.pack(document, &python, arguments.pages_by.as_deref())
}

impl Packing<'_> {
    fn pack(&self, document: &Document, python: &Path, pages_by: Option<&Path>) -> Result<()> {
        for product in &PRODUCTS {
            let inventory = Inventory::of(self.root, &[product.package], self.platform.triple)?;
            self.describe(product.package, &inventory)?;
            wheel::pack(self, product, python)?;
            npm::pack(self, product)?;
        }
        npm::document(self)?;
        let all = PRODUCTS.each_ref().map(|product| product.package);
        self.describe("chatwork", &Inventory::of(self.root, &all, self.platform.triple)?)?;
        archive::pack(self, document, pages_by)?;
        sums::write(&self.out)
    }

    /// Writes what is inside of a product, with the licences, beside what is packed.
    fn describe(&self, name: &str, inventory: &Inventory) -> Result<()> {
        let folder = self.about(name);
        files::write(&folder.join("THIRD-PARTY.txt"), third_party::text(inventory)?.as_bytes())?;
        files::write(&folder.join("sbom.cdx.json"), &sbom::json(name, inventory)?)
    }

    /// The folder with the SBOM and the licences of a product.
    fn about(&self, name: &str) -> PathBuf {
        self.work.join("about").join(name)
    }
}
