//! The parts of `docs/agents.md` and `docs/agents.ja.md` that are made of the two files.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::actions::Action;
use crate::jobs::{Cost, Job};

/// A text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) en: String,
    pub(crate) ja: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Ja,
}

impl Words {
    fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}

/// Compares a part of both pages with what it should be. The part is between two comments.
pub(crate) fn check(part: &str, text: impl Fn(Lang) -> String) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    for (lang, name) in [(Lang::En, "agents.md"), (Lang::Ja, "agents.ja.md")] {
        let path = docs.join(name);
        let page = std::fs::read_to_string(&path).unwrap();
        let (begin, end) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->\n"));
        let (before, rest) = page.split_once(&begin).unwrap();
        let (_, behind) = rest.split_once(&end).unwrap();
        let expected = format!("{before}{begin}{}{end}{behind}", text(lang));
        expect_test::expect_file![path].assert_eq(&expected);
    }
}

/// Returns the table of costs, and below it the calls of each job.
pub(crate) fn jobs(jobs: &[Job], costs: &[Cost], lang: Lang) -> String {
    let mut text = String::from(match lang {
        Lang::En => "\n| job | calls | characters |\n|---|--:|--:|\n",
        Lang::Ja => "\n| 仕事 | 呼び出し | 文字数 |\n|---|--:|--:|\n",
    });
    for (job, cost) in jobs.iter().zip(costs) {
        let title = job.title.of(lang);
        text.push_str(&format!("| {title} | {} | {} |\n", cost.calls, cost.characters));
    }
    for (number, job) in jobs.iter().enumerate() {
        let (title, about) = (job.title.of(lang), job.about.of(lang));
        text.push_str(&format!("\n### {}. {title}\n\n{about}\n", number + 1));
        text.push_str(&needs(job, lang));
        text.push_str("\n```text\n");
        for step in &job.steps {
            text.push_str(&format!("{} {}\n", step.tool, arguments(&step.arguments)));
        }
        text.push_str("```\n");
    }
    text.push('\n');
    text
}

/// Returns what a server needs besides the tools that read.
fn needs(job: &Job, lang: Lang) -> String {
    let mut flags = Vec::new();
    if !job.toolsets.is_empty() {
        flags.push(format!("`--toolsets {}`", job.toolsets.join(",")));
    }
    if !job.files.is_empty() {
        flags.push("`--upload-dir`".to_owned());
    }
    if job.archive {
        flags.push("`chatwork archive sync`".to_owned());
    }
    match (flags.is_empty(), lang) {
        (true, _) => String::new(),
        (_, Lang::En) => format!("It needs {}.\n", flags.join(", ")),
        (_, Lang::Ja) => format!("{} が必要です。\n", flags.join("、")),
    }
}

/// Returns the table of actions.
pub(crate) fn actions(actions: &[Action], lang: Lang) -> String {
    let mut text = String::from(match lang {
        Lang::En => "\n| action | platforms | tool and arguments |\n|---|---|---|\n",
        Lang::Ja => "\n| アクション | サービス | ツールと引数 |\n|---|---|---|\n",
    });
    for action in actions {
        let call = format!("{} {}", action.tool, arguments(&action.arguments));
        let platforms = action.platforms.join(", ");
        text.push_str(&format!("| {} | {platforms} | `{call}` |\n", action.title.of(lang)));
    }
    text.push('\n');
    text
}

/// Writes arguments as a person reads them: in JSON, on one line, with spaces, the room first.
/// Whether serde_json keeps an order of its own depends on features of other crates.
fn arguments(arguments: &Map<String, Value>) -> String {
    let mut arguments: Vec<_> = arguments.iter().collect();
    arguments.sort_by_key(|(name, _)| (*name != "room", *name));
    let field = |(name, value): (&String, &Value)| format!("\"{name}\": {value}");
    let fields: Vec<_> = arguments.into_iter().map(field).collect();
    match fields.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{ {} }}", fields.join(", ")),
    }
}
