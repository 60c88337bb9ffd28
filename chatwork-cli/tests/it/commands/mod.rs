//! Every command against the sandbox, in four ways: on a pseudo-terminal, piped, with `--json` and
//! with `--csv`.
//!
//! `rows` has the table. A command without a row fails the first test and is named.

mod checks;
mod row;
mod rows;
mod worker;

use std::collections::BTreeSet;
use std::sync::Mutex;

use tokio::runtime::Handle;

use self::row::{Json, Row};
use self::rows::ROWS;
use self::worker::Worker;

/// How many rows run at once. A row waits for processes and for the sandbox most of its time.
const WORKERS: usize = 4;

/// Returns the commands without subcommands. Another test keeps the page as the program writes it.
fn leaves() -> BTreeSet<&'static str> {
    let page = include_str!("../../golden/help.en.txt");
    let sections = page.split("$ chatwork ").skip(1);
    let sections = sections.filter_map(|section| section.split_once(" --help\n"));
    let leaves = sections.filter(|(_, help)| !help.contains("\nCommands:\n"));
    leaves.map(|(command, _)| command).collect()
}

#[test]
fn every_command_has_a_row() {
    let rows: BTreeSet<_> = ROWS.iter().map(|row| row.command).collect();
    let leaves = leaves();
    let missing: Vec<_> = leaves.difference(&rows).collect();
    let unknown: Vec<_> = rows.difference(&leaves).collect();
    assert!(leaves.len() > 50, "{leaves:?}");
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
}

#[test]
fn every_line_of_the_page_of_fields_has_a_row() {
    let used: BTreeSet<_> = ROWS.iter().filter_map(Row::fields).collect();
    let documented: BTreeSet<_> = checks::documented().into_keys().collect();
    let missing: Vec<_> = documented.difference(&used).collect();
    let unknown: Vec<_> = used.difference(&documented).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
    // A command that the page lists is compared with its own line.
    for row in ROWS.iter().filter(|row| documented.contains(row.command)) {
        let is_compared = matches!(row.json, Json::Own | Json::Of(_)) || row.is_variant();
        assert!(is_compared, "{}", row.command);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_runs_on_a_terminal_piped_as_json_and_as_csv() {
    let (handle, rows) = (Handle::current(), Mutex::new(ROWS.iter()));
    let next = || rows.lock().unwrap().next();
    let work = || {
        let _context = handle.enter();
        let mut worker = handle.block_on(Worker::new());
        let mut faults = Vec::new();
        while let Some(row) = next() {
            faults.extend(worker.run(row));
        }
        faults
    };
    let faults: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n\n"));
}
