//! Files and folders of what is packed.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::platform::{self, Platform};
use super::{PRODUCTS, VERSION};

/// The files of a release, below its folder. `SHA256SUMS` is not among them.
pub(crate) fn expected() -> Vec<String> {
    let mut files = vec![npm_file("npm", "chatwork-openapi")];
    for product in &PRODUCTS {
        files.push(npm_file("npm", product.package));
        for platform in &platform::ALL {
            files.push(wheel_file(product.package, platform));
            let name = format!("{}-{}", product.package, platform.name);
            files.push(npm_file("npm/platforms", &name));
        }
    }
    files.extend(platform::ALL.iter().map(archive_file));
    files.sort();
    files
}

fn npm_file(folder: &str, name: &str) -> String {
    format!("{folder}/{name}-{VERSION}.tgz")
}

fn wheel_file(name: &str, platform: &Platform) -> String {
    format!("python/{}-{VERSION}-py3-none-{}.whl", name.replace('-', "_"), platform.wheel)
}

/// The archive of a platform.
pub(super) fn archive_file(platform: &Platform) -> String {
    let kind = if platform.os == "win32" { "zip" } else { "tar.gz" };
    format!("archives/chatwork-{VERSION}-{}.{kind}", platform.name)
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, and its folder if it is missing.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Copies a file with its rights, and makes its folder.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &[])?;
    std::fs::copy(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// Copies the files of a package that git knows: builds leave others beside them. A link becomes the
/// file it leads to.
pub(super) fn copy_package(root: &Path, package: &Path, to: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]).arg(package);
    let output = git.current_dir(root).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let list = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    for file in list.split('\0').filter(|file| !file.is_empty()) {
        let name = Path::new(file).strip_prefix(package)?;
        if !name.starts_with("test") && !name.starts_with("tests") {
            copy(&root.join(file), &to.join(name))?;
        }
    }
    Ok(())
}

/// Runs a tool that packs. What it writes to its standard output is shown only if it fails.
pub(super) fn succeed(command: &mut Command, what: &str) -> Result<()> {
    command.stdin(Stdio::null());
    let output = command.output().with_context(|| format!("cannot run {what}"))?;
    if !output.status.success() {
        let (out, err) = (&output.stdout, &output.stderr);
        let text = [out, err].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
        bail!("{what} fails: {}", text.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_a_file_of_each_kind_for_each_platform() {
        let files = expected();
        for platform in &platform::ALL {
            let of = |ending: &str| files.iter().filter(|file| file.ends_with(ending)).count();
            assert_eq!(of(&format!("{}.whl", platform.wheel)), 2, "{}", platform.name);
            assert_eq!(of(&format!("-{}-{VERSION}.tgz", platform.name)), 2, "{}", platform.name);
            assert!(files.contains(&archive_file(platform)), "{}", platform.name);
        }
        assert_eq!(files.len(), 3 + 5 * platform::ALL.len());
    }
}
