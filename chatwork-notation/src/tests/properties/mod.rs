//! What holds for every text.

mod model;
mod soup;

use proptest::prelude::*;

use super::splitting::checked;
use super::*;
use model::{build, expected, parts, shown};
use soup::soup;

proptest! {
    #[test]
    fn any_string_is_written_as_it_was_read(text in any::<String>()) {
        prop_assert_eq!(parse(&text).to_string(), text);
    }

    #[test]
    fn any_mix_of_tags_is_written_as_it_was_read(text in soup()) {
        prop_assert_eq!(parse(&text).to_string(), text.as_str());
    }

    #[test]
    fn the_nodes_of_a_level_follow_each_other_without_gaps(text in soup()) {
        let tree = parse(&text);
        let all: String = tree.nodes().map(|node| node.source()).collect();
        prop_assert_eq!(all, text.as_str());
        for node in tree.walk().filter(|node| node.children().next().is_some()) {
            let inner: String = node.children().map(|child| child.source()).collect();
            prop_assert_eq!(inner, node.inner());
        }
    }

    #[test]
    fn all_nodes_are_reached_by_walking_and_by_levels(text in soup()) {
        let tree = parse(&text);
        let mut todo: Vec<_> = tree.nodes().collect();
        let mut count = 0;
        while let Some(node) = todo.pop() {
            count += 1;
            todo.extend(node.children());
        }
        prop_assert_eq!(tree.walk().count(), count);
    }

    #[test]
    fn no_two_texts_stand_side_by_side(text in soup()) {
        let tree = parse(&text);
        let is_text = |node: &Node<'_, '_>| matches!(node.kind(), Kind::Text(_));
        let top: Vec<_> = tree.nodes().collect();
        prop_assert!(!top.windows(2).any(|pair| pair.iter().all(is_text)));
    }

    #[test]
    fn any_built_text_parses_to_what_was_built(parts in parts()) {
        let built = build(&parts);
        let tree = built.tree();
        prop_assert_eq!(shown(tree.nodes()), expected(&parts));
    }

    #[test]
    fn literal_text_is_no_tag_in_any_context(text in soup()) {
        let literal = MessageText::new().text(&text);
        prop_assert!(is_text(literal.as_str()));
        let content = parse(literal.as_str()).plain_text(|_| None);
        prop_assert_eq!(&content, &text);
        let nested = MessageText::new()
            .titled_info(&text, MessageText::new().quote_of(AccountId(1), None, &text).info(&text))
            .code(&text)
            .text(&text);
        let tags = nested.tree().walk().filter(|it| !matches!(it.kind(), Kind::Text(_))).count();
        prop_assert_eq!(tags, 5);
        prop_assert!(nested.tree().mentions().is_empty());
    }

    #[test]
    fn literal_text_mentions_nobody_after_other_notation(before in soup(), text in soup()) {
        // Only a tag that is itself cut off could take the text into it; a line ends it.
        let alone = MessageText::from(&before).notation("\n");
        let followed = alone.clone().text(&text);
        let (alone, followed) = (alone.tree().mentions(), followed.tree().mentions());
        prop_assert!(alone.all() || !followed.all());
        prop_assert!(followed.accounts().iter().all(|account| alone.contains(*account)));
    }

    #[test]
    fn code_reads_as_it_was(text in soup()) {
        let built = MessageText::new().code(&text);
        prop_assert_eq!(built.tree().plain_text(|_| None), text);
    }

    #[test]
    fn parts_are_within_the_limit_and_keep_all_text(text in soup(), limit in 200..400_usize) {
        checked(&text.repeat(5), limit);
    }

    #[test]
    fn no_part_mentions_whom_the_whole_does_not(text in soup(), limit in 200..400_usize) {
        let text = text.repeat(5);
        let tree = parse(&text);
        let whole = tree.mentions();
        for part in checked(&text, limit) {
            let own = parse(&part.text).mentions();
            prop_assert!(!own.all() || whole.all());
            prop_assert!(own.accounts().iter().all(|account| whole.contains(*account)));
        }
    }

    #[test]
    fn built_texts_are_split_without_loss(parts in parts(), limit in 200..400_usize) {
        checked(build(&parts).as_str(), limit);
    }

    #[test]
    fn plain_text_grows_no_more_than_in_proportion(text in soup()) {
        let plain = parse(&text).plain_text(|_| None);
        prop_assert!(plain.len() <= 32 * text.len());
    }

    #[test]
    fn a_command_is_part_of_the_text(text in soup()) {
        if let Some(command) = parse(&text).command(AccountId(1)) {
            prop_assert!(text.contains(command.rest()) && text.ends_with(command.body()));
        }
    }
}
