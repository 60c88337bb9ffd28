//! The table of the README is that of the tools.

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

/// `UPDATE_EXPECT=1` writes the table again.
#[test]
fn the_table_of_the_readme_has_all_tools() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let head = "| tool | set | what it does | needs |\n|---|---|---|---|\n";
    let rows: String = all_tools().iter().map(row).collect();
    expect_file![path].assert_eq(&format!("{before}{START}{head}{rows}{END}{after}"));
}
