//! Packages from PyPI, at the versions of a list.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Installs what `list` names into a virtual environment in `folder`, once. A copy of the list in the
/// folder records what is there. Returns the Python that has the packages, `module` among them.
pub(crate) fn install(list: &Path, folder: &Path, module: &str) -> Result<PathBuf> {
    let wanted = std::fs::read(list).with_context(|| format!("cannot read {}", list.display()))?;
    let stamp = folder.join("installed.txt");
    let venv = folder.join("venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let same = std::fs::read(&stamp).is_ok_and(|installed| installed == wanted);
    if same && succeeds(Command::new(&python).args(["-c", &format!("import {module}")])) {
        return Ok(python);
    }
    fresh(folder)?;
    println!("installing the packages of {} into {}", list.display(), folder.display());
    make_venv(&venv)?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(list);
    if !pip.status().context("cannot run pip")?.success() {
        bail!("pip cannot install the packages of {}: see its output above", list.display());
    }
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// Creates an empty folder: files of an earlier run could change what the next one does.
pub(crate) fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn make_venv(venv: &Path) -> Result<()> {
    let python = system_python()?;
    if !succeeds(Command::new(python).args(["-m", "venv"]).arg(venv)) {
        bail!("{python} cannot create a virtual environment: install python3-venv");
    }
    Ok(())
}

/// The first Python on the path that is new enough for the tools.
fn system_python() -> Result<&'static str> {
    let test = "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)";
    let mut names = ["python3", "python"].into_iter();
    names
        .find(|name| succeeds(Command::new(name).args(["-c", test])))
        .context("no Python 3.11 or later on the PATH")
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
