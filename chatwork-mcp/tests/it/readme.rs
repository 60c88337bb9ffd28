//! The tables of both READMEs are that of the tools.

use chatwork_mcp::{ToolInfo, all_tools};
use expect_test::expect_file;

const START: &str = "<!-- tools: this table is checked by a test -->\n";
const END: &str = "<!-- end of tools -->";

fn row(tool: &ToolInfo) -> String {
    let needs = match tool {
        it if it.needs_archive => "an archive",
        it if it.needs_uploads => "a folder for uploads",
        it if it.is_destructive => "permission, or the person's consent",
        _ => "",
    };
    let set = tool.toolset.as_str();
    format!("| `{}` | {set} | {} | {needs} |\n", tool.name, tool.description)
}

fn row_ja(tool: &ToolInfo) -> String {
    let needs = match tool {
        it if it.needs_archive => "アーカイブ",
        it if it.needs_uploads => "アップロード用フォルダー",
        it if it.is_destructive => "許可、または利用者の同意",
        _ => "",
    };
    let set = tool.toolset.as_str();
    format!("| `{}` | {set} | {} | {needs} |\n", tool.name, tool.title_ja)
}

/// `UPDATE_EXPECT=1` writes the table again.
fn check(path: &str, head: &str, row: fn(&ToolInfo) -> String) {
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let rows: String = all_tools().iter().map(row).collect();
    expect_file![path].assert_eq(&format!("{before}{START}{head}{rows}{END}{after}"));
}

#[test]
fn the_table_of_the_readme_has_all_tools() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    check(path, "| tool | set | what it does | needs |\n|---|---|---|---|\n", row);
}

#[test]
fn the_table_of_the_japanese_readme_has_all_tools() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.ja.md");
    check(path, "| ツール | セット | 内容 | 必要なもの |\n|---|---|---|---|\n", row_ja);
}

/// Returns the program of a README.
fn program(readme: &str) -> &str {
    let (_, rest) = readme.split_once("```rust").unwrap();
    rest.split_once("```").unwrap().0
}

/// Returns how many headings a README has, of each level.
fn headings(readme: &str) -> Vec<usize> {
    let lines = readme.lines().filter(|line| line.starts_with("## ") || line.starts_with("### "));
    lines.map(|line| line.bytes().take_while(|byte| *byte == b'#').count()).collect()
}

#[test]
fn both_readmes_have_the_same_parts_and_the_same_program() {
    let (english, japanese) = (include_str!("../../README.md"), include_str!("../../README.ja.md"));
    assert_eq!(program(english), program(japanese));
    assert_eq!(headings(english), headings(japanese));
    let points = |readme: &str| readme.lines().filter(|line| line.starts_with("- ")).count();
    assert_eq!(points(english), points(japanese));
}
