//! Counts the instructions that `chatwork --version` takes, beside an empty program with clap.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The pages that show the table.
const PAGES: [&str; 2] = ["chatwork-cli/README.md", "chatwork-cli/README.ja.md"];
/// What stands before and behind the table in a page.
const BEGIN: &str = "<!-- cargo xtask measure startup --write -->\n";
const END: &str = "<!-- end -->\n";

/// Prints the instructions of both programs and their ratio. `write` puts them into the READMEs, too.
/// Both programs are built in release mode.
pub(crate) fn run(root: &Path, write: bool) -> Result<()> {
    build(root)?;
    let folder = target(root).join("release");
    let suffix = std::env::consts::EXE_SUFFIX;
    let empty = count(root, &folder.join(format!("examples/empty{suffix}")))?;
    let chatwork = count(root, &folder.join(format!("chatwork{suffix}")))?;
    println!("`chatwork --version`: {chatwork} instructions");
    println!("an empty program with clap: {empty} instructions");
    println!("ratio: {}", ratio(chatwork, empty));
    if write {
        for (page, table) in PAGES.iter().zip([english(chatwork, empty), japanese(chatwork, empty)])
        {
            put(&root.join(page), &table)?;
            println!("wrote {page}");
        }
    }
    Ok(())
}

fn build(root: &Path) -> Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "-p", "chatwork-cli"]).current_dir(root);
    cargo.args(["--bin", "chatwork", "--example", "empty"]);
    match cargo.status().context("cannot run cargo")?.success() {
        true => Ok(()),
        false => bail!("chatwork-cli does not build"),
    }
}

fn target(root: &Path) -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").map(|folder| root.join(folder));
    named.unwrap_or_else(|| root.join("target"))
}

/// Counts the instructions of `--version`, in a home without a configuration.
fn count(root: &Path, program: &Path) -> Result<u64> {
    let home = target(root).join("measure/home");
    std::fs::create_dir_all(&home).with_context(|| format!("cannot create {}", home.display()))?;
    let run = |tool: &str, arguments: &[&str]| {
        let mut command = Command::new(tool);
        command.args(arguments).arg(program).arg("--version");
        command.env_remove("COMPLETE").env("HOME", &home).env("XDG_CONFIG_HOME", &home);
        command.env("LANG", "C.UTF-8").output().ok().filter(|output| output.status.success())
    };
    let valgrind = run("valgrind", &["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = match valgrind {
        Some(output) => Some(output),
        None => run("perf", &["stat", "-x", ",", "-e", "instructions:u", "--"]),
    };
    let output = output.context("neither valgrind nor `perf stat` runs: install valgrind")?;
    let text = String::from_utf8_lossy(&output.stderr);
    read(&text).with_context(|| format!("no number of instructions in: {text}"))
}

/// Reads the report of callgrind (`==1== Collected : 123`) or of perf (`123,,instructions:u,…`).
fn read(report: &str) -> Option<u64> {
    let collected = report.lines().find_map(|line| line.split_once("Collected :"));
    match collected {
        Some((_, number)) => number.trim().parse().ok(),
        None => {
            let line = report.lines().find(|line| line.contains("instructions"))?;
            line.split(',').next()?.trim().parse().ok()
        }
    }
}

/// Returns a ratio with one digit behind the point.
fn ratio(chatwork: u64, empty: u64) -> String {
    let tenths = chatwork.saturating_mul(10).checked_div(empty).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Returns a number of instructions in millions, with one digit behind the point.
fn millions(count: u64) -> String {
    let tenths = count / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn english(chatwork: u64, empty: u64) -> String {
    format!(
        "## Start-up\n\n| program, with `--version` | instructions |\n|---|--:|\n\
         | `chatwork` | {} million |\n| an empty program with clap | {} million |\n\n\
         That is {} times as many. `cargo xtask measure startup` counts them anew, with `valgrind`.\n",
        millions(chatwork),
        millions(empty),
        ratio(chatwork, empty)
    )
}

fn japanese(chatwork: u64, empty: u64) -> String {
    format!(
        "## 起動\n\n| プログラム（`--version`） | 命令数 |\n|---|--:|\n\
         | `chatwork` | {} 百万 |\n| clap だけの空のプログラム | {} 百万 |\n\n\
         {} 倍です。`cargo xtask measure startup` が `valgrind` で数え直します。\n",
        millions(chatwork),
        millions(empty),
        ratio(chatwork, empty)
    )
}

/// Replaces the table of a page.
fn put(path: &Path, table: &str) -> Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = replaced(&text, table)
        .with_context(|| format!("{} has no place for the table", path.display()))?;
    std::fs::write(path, page).with_context(|| format!("cannot write {}", path.display()))
}

fn replaced(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, behind) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}\n{END}{behind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tools_are_read() {
        assert_eq!(read("==7== \n==7== Collected : 1234567\n==7==\n"), Some(1_234_567));
        assert_eq!(read("chatwork 0.1.0\n987654,,instructions:u,1,100.00,,\n"), Some(987_654));
        assert_eq!(read("nothing"), None);
    }

    #[test]
    fn numbers_have_one_digit_behind_the_point() {
        assert_eq!((ratio(25, 10).as_str(), ratio(1, 0).as_str()), ("2.5", "0.0"));
        assert_eq!(millions(1_260_000), "1.2");
    }

    #[test]
    fn the_table_replaces_an_older_one_in_both_pages() {
        for page in [
            include_str!("../../chatwork-cli/README.md"),
            include_str!("../../chatwork-cli/README.ja.md"),
        ] {
            let once = replaced(page, "one\n").unwrap();
            let twice = replaced(&once, "two\n").unwrap();
            assert!(twice.contains("two\n") && !twice.contains("one\n\n<!--"));
            assert_eq!(replaced(&twice, "two\n").unwrap(), twice);
        }
    }
}
