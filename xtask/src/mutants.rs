//! A seeded sample of mutants, tested by cargo-mutants.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::Value;

/// A part of the workspace, with the tests that are to catch its mutants.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Group {
    /// Rate limits, calls and retries of chatwork-sdk
    Calls,
    /// OAuth and webhooks of chatwork-sdk
    Oauth,
    /// Watching rooms in chatwork-sdk
    Watch,
    /// chatwork-notation
    Notation,
    /// Uploads, downloads and errors of chatwork-sdk
    Files,
    /// chatwork-codegen
    Codegen,
    /// chatwork-sandbox
    Sandbox,
    /// chatwork-archive
    Archive,
}

impl Group {
    /// The files to mutate.
    fn files(self) -> &'static [&'static str] {
        match self {
            Self::Calls => &[
                "chatwork-sdk/src/pace/**",
                "chatwork-sdk/src/call/**",
                "chatwork-sdk/src/policy/**",
                "chatwork-sdk/src/retry.rs",
            ],
            Self::Oauth => &["chatwork-sdk/src/oauth/**", "chatwork-sdk/src/webhook/**"],
            Self::Watch => &["chatwork-sdk/src/watch/**"],
            Self::Notation => &["chatwork-notation/src/**"],
            Self::Files => &[
                "chatwork-sdk/src/upload/**",
                "chatwork-sdk/src/download/**",
                "chatwork-sdk/src/error/**",
            ],
            Self::Codegen => &["chatwork-codegen/src/**"],
            Self::Sandbox => &["chatwork-sandbox/src/**"],
            Self::Archive => &["chatwork-archive/src/**"],
        }
    }

    /// The package to mutate.
    fn package(self) -> &'static str {
        match self {
            Self::Calls | Self::Oauth | Self::Watch | Self::Files => "chatwork-sdk",
            Self::Notation => "chatwork-notation",
            Self::Codegen => "chatwork-codegen",
            Self::Sandbox => "chatwork-sandbox",
            Self::Archive => "chatwork-archive",
        }
    }

    /// The package whose tests try the mutants that the first tests missed.
    fn last_tests(self) -> &'static str {
        match self {
            Self::Sandbox => "tests",
            _ => self.package(),
        }
    }

    /// The test targets that run code of the mutated package.
    fn targets(self) -> &'static [&'static str] {
        match self {
            // The other tests compile generated code, which takes minutes for each mutant.
            Self::Codegen => &[
                "--lib",
                "--test",
                "check",
                "--test",
                "edition",
                "--test",
                "evolution",
                "--test",
                "generated",
                "--test",
                "golden",
                "--test",
                "load",
                "--test",
                "output",
            ],
            _ => &["--tests"],
        }
    }

    /// Arguments for the tests that run first: those of the same part. Mutants that these miss are
    /// tried again with all tests.
    fn own_tests(self) -> &'static [&'static str] {
        match self {
            Self::Calls => {
                &["--skip", "oauth", "--skip", "watch", "--skip", "wire", "--skip", "simulation"]
            }
            Self::Oauth => &["oauth", "webhook", "tokens"],
            Self::Watch => &["watch"],
            Self::Files => &["upload", "download", "error", "save", "faults", "effects"],
            // Months of use and processes that are killed, which take longer than all others.
            Self::Archive => &["--skip", "scenario", "--skip", "kill"],
            Self::Notation | Self::Codegen | Self::Sandbox => &[],
        }
    }

    /// Whether other tests than the first ones can catch what those miss.
    fn has_last_tests(self) -> bool {
        !self.own_tests().is_empty() || self.last_tests() != self.package()
    }
}

#[derive(Args)]
pub(crate) struct Mutants {
    /// The part of the workspace to mutate
    group: Group,
    /// How many mutants to test
    #[arg(long, default_value_t = 60)]
    sample: usize,
    /// Which sample: the same seed and the same code give the same mutants
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The least percentage of mutants that tests must catch
    #[arg(long, default_value_t = 90)]
    least: usize,
}

/// Tests a sample of the mutants of a group; fails if too many are missed.
pub(crate) fn run(root: &Path, arguments: &Mutants) -> Result<()> {
    let group = arguments.group;
    let all = list(root, group)?;
    let names = sample(all.clone(), arguments.sample, arguments.seed);
    let folder = root.join("target/mutants");
    leave_out(&folder, all.iter().filter(|name| !names.contains(name)))?;
    let mut summaries = test(root, group, &folder, group.package(), group.own_tests())?;
    let is_missed = |summary: &String| summary == "MissedMutant";
    if group.has_last_tests() && summaries.values().any(is_missed) {
        summaries.extend(test(root, group, &folder, group.last_tests(), &[])?);
    }
    judge(&summaries, &names, arguments.least)
}

/// Tests the mutants of a group that no earlier run in the folder has caught. Returns what became of
/// each, by its name.
fn test(
    root: &Path,
    group: Group,
    folder: &Path,
    package: &str,
    filter: &[&str],
) -> Result<HashMap<String, String>> {
    let mut command = mutants(root, group);
    command.arg("--output").arg(folder).args(["--test-package", package, "--iterate"]);
    command.args(["--no-shuffle", "--timeout", "70", "--all-features"]);
    // Without the doc tests, which take longer than all other tests and catch no mutant that those
    // miss. Incremental builds without debug information make a mutant three times as fast.
    command.arg("--").args(group.targets()).arg("--").args(filter);
    command.env("CARGO_INCREMENTAL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    // Whether too many are missed is decided by the caller, from the outcomes.
    command.status().context("cannot run cargo mutants")?;
    let outcomes = std::fs::read(folder.join("mutants.out/outcomes.json"))
        .context("cargo mutants left no outcomes: is the unmutated code green?")?;
    Ok(summaries(&serde_json::from_slice(&outcomes)?))
}

fn summaries(outcomes: &Value) -> HashMap<String, String> {
    let outcomes = outcomes["outcomes"].as_array().into_iter().flatten();
    let summaries = outcomes.filter_map(|one| {
        let name = one.pointer("/scenario/Mutant/name")?.as_str()?;
        Some((name.to_owned(), one.get("summary")?.as_str()?.to_owned()))
    });
    summaries.collect()
}

/// All mutants of a group, by name, without those that `.cargo/mutants.toml` leaves out.
fn list(root: &Path, group: Group) -> Result<Vec<String>> {
    let output = mutants(root, group).arg("--list").stderr(Stdio::inherit()).output();
    let output = output.context("cannot run cargo mutants: `cargo install cargo-mutants`")?;
    if !output.status.success() {
        bail!("cargo mutants --list failed: is it installed? `cargo install cargo-mutants`");
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

fn mutants(root: &Path, group: Group) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("mutants").args(["--package", group.package()]).current_dir(root);
    command.args(group.files().iter().flat_map(|file| ["--file", file]));
    command
}

/// Lists the mutants that are not in the sample as caught by an earlier run: `--iterate` leaves them
/// out. `--re` would not: it lets the mutants that delete a field through.
fn leave_out<'a>(folder: &Path, names: impl Iterator<Item = &'a String>) -> Result<()> {
    let results = folder.join("mutants.out");
    if results.exists() {
        std::fs::remove_dir_all(&results)
            .with_context(|| format!("cannot remove {}", results.display()))?;
    }
    std::fs::create_dir_all(&results)
        .with_context(|| format!("cannot create {}", results.display()))?;
    let file = results.join("previously_caught.txt");
    let names: String = names.flat_map(|name| [name.as_str(), "\n"]).collect();
    std::fs::write(&file, names).with_context(|| format!("cannot write {}", file.display()))
}

/// Draws so many names: a partial Fisher-Yates shuffle by SplitMix64.
fn sample(mut names: Vec<String>, size: usize, mut seed: u64) -> Vec<String> {
    let size = size.min(names.len());
    for place in 0..size {
        let left = names.len() - place;
        let other = place + usize::try_from(next(&mut seed) % left as u64).unwrap_or_default();
        names.swap(place, other);
    }
    names.truncate(size);
    names
}

fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Prints the result for the mutants of the sample. A mutant that does not compile is not
/// counted.
fn judge(summaries: &HashMap<String, String>, names: &[String], least: usize) -> Result<()> {
    let (mut caught, mut missed, mut unviable) = (0, Vec::new(), 0);
    for name in names {
        match summaries.get(name).map(String::as_str) {
            Some("CaughtMutant" | "Timeout") => caught += 1,
            Some("MissedMutant") => missed.push(name.as_str()),
            Some("Unviable") => unviable += 1,
            other => bail!("cargo mutants did not test `{name}`: {}", other.unwrap_or("no result")),
        }
    }
    let tested = caught + missed.len();
    println!("{caught} of {tested} mutants caught, {unviable} did not compile");
    missed.iter().for_each(|name| println!("missed: {name}"));
    if tested == 0 {
        bail!("no mutant was tested");
    }
    if caught * 100 < least * tested {
        bail!("fewer than {least} % of the mutants were caught: see target/mutants/mutants.out");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names() -> Vec<String> {
        (0..100).map(|number| number.to_string()).collect()
    }

    #[test]
    fn a_seed_draws_the_same_names_and_another_one_others() {
        assert_eq!(sample(names(), 10, 1), sample(names(), 10, 1));
        assert_ne!(sample(names(), 10, 1), sample(names(), 10, 2));
    }

    #[test]
    fn no_name_is_drawn_twice() {
        let mut drawn = sample(names(), 60, 7);
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), 60);
    }

    /// Outcomes as cargo-mutants writes them, of mutants called `0`, `1`, …
    fn outcomes(summaries: &[&str]) -> Value {
        let outcomes = summaries.iter().enumerate().map(|(number, summary)| {
            json!({ "scenario": { "Mutant": { "name": number.to_string() } }, "summary": summary })
        });
        json!({ "outcomes": outcomes.collect::<Vec<_>>() })
    }

    fn judged(summaries: &[&str], sample: usize) -> bool {
        judge(&super::summaries(&outcomes(summaries)), &names()[..sample], 90).is_ok()
    }

    #[test]
    fn too_many_missed_mutants_are_a_failure() {
        let mut summaries = ["CaughtMutant"; 10];
        summaries[3] = "Timeout";
        summaries[9] = "MissedMutant";
        assert!(judged(&summaries, 10));
        summaries[8] = "MissedMutant";
        assert!(!judged(&summaries, 10));
        assert!(!judged(&["Unviable"; 3], 3));
    }

    #[test]
    fn a_mutant_that_was_not_drawn_does_not_count_and_one_that_was_not_tested_is_a_failure() {
        assert!(judged(&["CaughtMutant", "MissedMutant"], 1));
        assert!(!judged(&["CaughtMutant"], 2));
    }

    #[test]
    fn what_was_not_drawn_counts_as_caught_before() {
        let folder = std::env::temp_dir().join(format!("mutants-{}", std::process::id()));
        leave_out(&folder, ["a.rs:1:1: x".to_owned(), "b.rs:2:1: y".to_owned()].iter()).unwrap();
        let file = folder.join("mutants.out/previously_caught.txt");
        assert_eq!(std::fs::read_to_string(file).unwrap(), "a.rs:1:1: x\nb.rs:2:1: y\n");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
