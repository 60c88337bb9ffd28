//! Who is mentioned, what is answered, what is quoted.

use super::*;

#[test]
fn mentions_are_to_and_reply_each_account_once_in_order() {
    let tree = parse("[To:2][rp aid=1 to=5-6][To:2] [info][To:3][/info]");
    assert_eq!(tree.mentions().accounts(), accounts(&[2, 1, 3]));
    assert!(!tree.mentions().all());
}

#[test]
fn names_and_icons_mention_nobody() {
    assert!(parse("[picon:1][pname:2][piconname:3]").mentions().is_empty());
}

#[test]
fn toall_mentions_all_and_no_account_by_its_id() {
    let mentions = parse("[toall]").mentions();
    assert!(mentions.all() && !mentions.is_empty() && !mentions.contains(AccountId(1)));
}

#[test]
fn quotes_code_and_file_names_mention_nobody() {
    let text = "[qt][qtmeta aid=1][toall][info][To:2][/info][/qt][code][To:3][/code]\
                [download:4][To:5][/download]";
    assert!(parse(text).mentions().is_empty());
}

#[test]
fn a_mention_after_a_quote_counts() {
    let tree = parse("[qt][qt][To:1][/qt][/qt][To:2]");
    assert_eq!(tree.mentions().accounts(), accounts(&[2]));
}

#[test]
fn replies_within_quotes_are_left_out() {
    let tree = parse("[qt][rp aid=1 to=2-3][/qt][rp aid=4 to=5-6][rp aid=7]");
    assert_eq!(tree.reply().unwrap().account(), AccountId(4));
    assert_eq!(tree.replies().count(), 2);
}

#[test]
fn quotes_come_outermost_wherever_they_stand() {
    let tree = parse("[qt]a[qt]b[/qt][/qt] [info][qt]c[/qt][/info]");
    let quotes: Vec<_> = tree.quotes().map(|quote| quote.source()).collect();
    assert_eq!(quotes, ["[qt]a[qt]b[/qt][/qt]", "[qt]c[/qt]"]);
}

#[test]
fn without_quotes_is_the_rest_as_it_was() {
    let tree = parse("a[qt]b[/qt]c[info][qt]d[qt]e[/qt][/qt][hr][/info][qt]");
    assert_eq!(tree.without_quotes(), "ac[info][hr][/info][qt]");
}

#[test]
fn a_node_tells_where_it_stands() {
    let tree = parse("あ[hr]");
    assert_eq!(tree.walk().map(|node| node.offset()).collect::<Vec<_>>(), [0, 3]);
}
