//! The programs: built so that the folders of the machine leave no trace in them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::platform::Platform;
use super::{EPOCH, PRODUCTS};

/// A folder with the programs of a platform.
pub(super) struct Programs {
    folder: PathBuf,
    platform: &'static Platform,
}

impl Programs {
    /// # Errors
    ///
    /// Fails if a program is not in the folder.
    pub(super) fn in_folder(folder: &Path, platform: &'static Platform) -> Result<Self> {
        let folder = folder
            .canonicalize()
            .with_context(|| format!("cannot open the folder of programs {}", folder.display()))?;
        let programs = Self { folder, platform };
        for product in &PRODUCTS {
            let file = programs.path(product.program);
            if !file.is_file() {
                bail!("{} is missing: expected the programs for {}", file.display(), platform.name);
            }
        }
        Ok(programs)
    }

    /// The file of a program.
    pub(super) fn path(&self, program: &str) -> PathBuf {
        self.folder.join(self.platform.file(program))
    }
}

/// Builds the programs for a platform. `python` has cargo-zigbuild beside it.
pub(super) fn build(root: &Path, platform: &'static Platform, python: &Path) -> Result<Programs> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.map_or_else(|| root.join("target"), |folder| root.join(folder));
    let mut cargo = command(platform, python)?;
    cargo.args(["--profile", "dist", "--locked", "--bins"]).current_dir(root);
    cargo.args(PRODUCTS.iter().flat_map(|product| ["-p", product.package]));
    let folders = folders(root, &target)?;
    let flags = remap("--remap-path-prefix=", &folders);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", rustflags(flags, platform).join("\u{1f}"));
    if platform.os != "win32" {
        // The C code of dependencies names its files, too.
        cargo.env("CFLAGS", remap("-ffile-prefix-map=", &folders).join(" "));
    }
    // Archivers of macOS write times, unless told not to.
    cargo.env("SOURCE_DATE_EPOCH", EPOCH.to_string()).env("ZERO_AR_DATE", "1");
    if !cargo.status().context("cannot run cargo")?.success() {
        bail!("the programs for {} do not build: see above", platform.name);
    }
    Programs::in_folder(&target.join(platform.triple).join("dist"), platform)
}

fn command(platform: &Platform, python: &Path) -> Result<Command> {
    let Some(target) = platform.zig_target() else {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--target", platform.triple]);
        return Ok(cargo);
    };
    let bin = python.parent().context("the folder of Python is unknown")?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path)))?;
    let mut zig = Command::new(bin.join(format!("cargo-zigbuild{}", std::env::consts::EXE_SUFFIX)));
    zig.args(["zigbuild", "--target", &target]).env("PATH", path);
    Ok(zig)
}

/// Folders of this machine, and what the programs have in place of them. The last one that fits
/// counts, so the more special folder is the later one.
fn folders(root: &Path, target: &Path) -> Result<[(String, &'static str); 3]> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let home = home.context("the folder of cargo is unknown: set CARGO_HOME")?;
    let text = |path: &Path| OsString::from(path).into_string();
    let name = |path: &Path| {
        text(path).map_err(|path| anyhow::anyhow!("the folder {} is not UTF-8", path.display()))
    };
    Ok([(name(&home)?, "/cargo"), (name(root)?, "/chatwork"), (name(target)?, "/target")])
}

fn remap(option: &str, folders: &[(String, &str)]) -> Vec<String> {
    folders.iter().map(|(from, to)| format!("{option}{from}={to}")).collect()
}

fn rustflags(mut flags: Vec<String>, platform: &Platform) -> Vec<String> {
    match platform.os {
        // Without it, the linker writes the time.
        "win32" => flags.push("-Clink-arg=/Brepro".to_owned()),
        "linux" if platform.libc == Some("musl") => {
            flags.push("-Ctarget-feature=+crt-static".to_owned());
        }
        _ => {}
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::super::platform::parse;
    use super::*;

    #[test]
    fn the_folders_of_the_machine_have_other_names_in_the_programs() {
        let folders = folders(Path::new("/home/a/sdk"), Path::new("/home/a/sdk/target")).unwrap();
        let flags = remap("--remap-path-prefix=", &folders);
        assert_eq!(flags.get(1).unwrap(), "--remap-path-prefix=/home/a/sdk=/chatwork");
        assert_eq!(flags.get(2).unwrap(), "--remap-path-prefix=/home/a/sdk/target=/target");
    }

    #[test]
    fn a_program_for_musl_is_static_and_one_for_windows_has_no_time() {
        let flags = |name| rustflags(Vec::new(), parse(name).unwrap());
        assert_eq!(flags("linux-x64-musl"), ["-Ctarget-feature=+crt-static"]);
        assert_eq!(flags("win32-x64"), ["-Clink-arg=/Brepro"]);
        assert!(flags("linux-x64").is_empty());
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("chatwork.exe"), "").unwrap();
        let Err(error) = Programs::in_folder(folder.path(), parse("win32-x64").unwrap()) else {
            panic!("a folder without chatwork-sandbox.exe is not complete");
        };
        assert!(error.to_string().contains("chatwork-sandbox.exe is missing"), "{error}");
    }
}
