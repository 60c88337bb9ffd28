//! Runs rows, one after the other, in a sandbox of its own.

use std::process::Command;

use chatwork_sandbox::WebhookSeed;
use chatwork_sdk::RoomId;
use tempfile::TempDir;
use tokio::runtime::Handle;

use super::checks::{self, Checked};
use super::row::{Csv, End, Row};
use crate::support::{Desk, ROOM, Ran, copy_folder, finish, terminal, until};

const ID: RoomId = RoomId(93_207_172);
const WEBHOOK_TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";

/// A person with a sandbox, and the homes from which each run begins.
pub(super) struct Worker {
    desk: Desk,
    plain: TempDir,
    with_archive: TempDir,
    mine: String,
    theirs: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Terminal,
    Piped,
    Json,
    Csv,
}

impl Worker {
    pub(super) async fn new() -> Self {
        let mut desk = Desk::new().await;
        let plain = home_of(&desk);
        desk.move_into_copy_of(plain.path());
        desk.run(&["archive", "sync", ROOM]).ok();
        desk.run(&["archive", "export", "--format", "jsonl", "-o", "all.jsonl"]).ok();
        let with_archive = tempfile::tempdir().unwrap();
        copy_folder(desk.home(), with_archive.path());
        let (mine, theirs) = messages(&desk).await;
        Self { desk, plain, with_archive, mine, theirs }
    }

    /// Runs a row in the four ways, each with a world and a home as at the start. Returns what is
    /// wrong.
    pub(super) fn run(&mut self, row: &Row) -> Vec<String> {
        let ways = [Way::Terminal, Way::Piped, Way::Json, Way::Csv];
        ways.into_iter().filter_map(|way| self.fault(row, way)).collect()
    }

    fn fault(&mut self, row: &Row, way: Way) -> Option<String> {
        self.begin(row);
        let ran = self.ran(row, way);
        let checked = match way {
            Way::Terminal => checks::on_terminal(row, &ran),
            Way::Piped => checks::piped(row, &ran),
            Way::Json => checks::json(row, &ran),
            Way::Csv => checks::csv(row, &ran).and_then(|()| self.changed_nothing(row)),
        };
        let fault = checked.err()?;
        Some(format!("chatwork {} {:?} ({way:?}): {fault}\n{ran:?}", row.command, row.args))
    }

    fn begin(&mut self, row: &Row) {
        self.desk.sandbox.reset();
        let home = if row.has_archive { &self.with_archive } else { &self.plain };
        self.desk.move_into_copy_of(home.path());
        if let Some(before) = row.before {
            self.desk.run(before).ok();
        }
    }

    fn ran(&self, row: &Row, way: Way) -> Ran {
        let base_url = self.desk.sandbox.base_url();
        let fill = |arg: &&str| {
            let arg = arg.replace("{base_url}", &base_url);
            arg.replace("{mine}", &self.mine).replace("{theirs}", &self.theirs)
        };
        let mut args: Vec<String> = row.command.split(' ').map(str::to_owned).collect();
        args.extend(row.args.iter().map(fill));
        match way {
            Way::Json => args.push("--json".to_owned()),
            Way::Csv => args.push("--csv".to_owned()),
            Way::Terminal | Way::Piped => {}
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let command = match way {
            Way::Terminal => terminal(&self.desk, &args),
            _ => self.desk.command(&args),
        };
        match row.end {
            _ if way == Way::Csv && row.csv == Csv::Refused => finish(command, b""),
            End::Itself => finish(command, row.input.as_bytes()),
            end => self.ended(command, end, way),
        }
    }

    /// Runs a command that goes on until something happens.
    fn ended(&self, command: Command, end: End, way: Way) -> Ran {
        let is_terminal = way == Way::Terminal;
        match end {
            End::Itself => finish(command, b""),
            End::Event(ready) => until(command, ready, is_terminal, |_, _| self.post()),
            End::Delivery(ready) => until(command, ready, is_terminal, |_, line| {
                let address = line.split_whitespace().find(|word| word.starts_with("http://"));
                let address = format!("{}/hook", address.unwrap().trim_end_matches(['.', '/']));
                let seed = WebhookSeed::room("hanako", ID, &address).token(WEBHOOK_TOKEN);
                self.desk.sandbox.webhooks().add(&seed).unwrap();
                self.post();
            }),
            End::Interrupt(ready) => {
                until(command, ready, is_terminal, |running, _| running.interrupt(is_terminal))
            }
        }
    }

    fn post(&self) {
        let room = self.desk.client("ken").room(ID);
        Handle::current().block_on(async { room.post("新しい知らせ").await.unwrap() });
    }

    /// Checks that a command that refuses `--csv` has sent nothing that changes something.
    fn changed_nothing(&self, row: &Row) -> Checked {
        let requests = self.desk.sandbox.requests();
        match requests.iter().find(|request| request.method != "GET") {
            Some(request) if row.csv == Csv::Refused => {
                Err(format!("--csv is refused after {} {}", request.method, request.path))
            }
            _ => Ok(()),
        }
    }
}

/// Makes a home as a sign-in leaves it, with files to upload and to read.
fn home_of(desk: &Desk) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config/chatwork");
    std::fs::create_dir_all(&config).unwrap();
    let (base_url, token) = (desk.sandbox.base_url(), desk.sandbox.token("hanako"));
    let profile = format!(
        "version = 1\nprofile = \"default\"\nlanguage = \"en\"\n\n[profiles.default]\n\
         base_url = \"{base_url}\"\naccount_id = 1484814\naccount_name = \"山田 花子\"\n"
    );
    let tokens = format!(
        "version = 1\n\n[tokens.default]\nbase_url = \"{base_url}\"\ntoken = \"{token}\"\n"
    );
    for (path, text) in [
        (config.join("config.toml"), profile.as_str()),
        (config.join("credentials.toml"), tokens.as_str()),
        (home.path().join("report.txt"), "報告\n"),
        (home.path().join("notes.txt"), "メモ\n"),
        (home.path().join("hook.txt"), WEBHOOK_TOKEN),
    ] {
        std::fs::write(path, text).unwrap();
    }
    home
}

/// Returns the addresses of a message of hanako's and of one of another person. Their ids are the
/// same in each world.
async fn messages(desk: &Desk) -> (String, String) {
    let messages = desk.client("ken").room(ID).latest_messages().await.unwrap();
    let newest = |is_mine: bool| {
        let is_wanted = |it: &&chatwork_sdk::types::Message| {
            (it.account.account_id.0 == 1_484_814) == is_mine && it.body.contains("ました")
        };
        let message = messages.iter().rev().find(is_wanted).unwrap();
        format!("{ROOM}-{}", message.message_id)
    };
    (newest(true), newest(false))
}
