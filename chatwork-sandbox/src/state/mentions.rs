//! The addressees of a message.

use chatwork_api::types::AccountId;

/// The addressees in the text of a message.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Mentions {
    all: bool,
    accounts: Vec<AccountId>,
}

impl Mentions {
    /// Finds `[To:…]`, `[rp aid=…]` and `[toall]`, except between `[code]` and `[/code]`, the only
    /// place where tags are text.
    pub(super) fn read(body: &str) -> Self {
        let mut found = Self::default();
        let mut rest = body;
        while let Some((tag, tail)) = next_tag(rest) {
            rest = match tag {
                "code" => tail.find("[/code]").and_then(|at| tail.get(at..)).unwrap_or(tail),
                _ => tail,
            };
            found.add(tag);
        }
        found
    }

    fn add(&mut self, tag: &str) {
        if tag == "toall" {
            self.all = true;
        }
        let id = tag.strip_prefix("To:").or_else(|| {
            let attributes = tag.strip_prefix("rp ")?;
            attributes.split_whitespace().find_map(|pair| pair.strip_prefix("aid="))
        });
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            self.accounts.push(AccountId(id));
        }
    }

    /// Whether an account is addressed. `[toall]` does not address the author.
    pub(super) fn include(&self, account: AccountId, author: AccountId) -> bool {
        self.accounts.contains(&account) || (self.all && account != author)
    }
}

/// Splits off the next `[…]`: its content, and the text after it.
fn next_tag(text: &str) -> Option<(&str, &str)> {
    let open = text.find('[')?;
    let inside = text.get(open + 1..)?;
    let close = inside.find(['[', ']'])?;
    let tag = inside.get(..close)?;
    if inside.get(close..)?.starts_with('[') {
        // `[` without its `]`: go on at the next one.
        return Some(("", inside.get(close..)?));
    }
    Some((tag, inside.get(close + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: AccountId = AccountId(1);
    const BOB: AccountId = AccountId(2);

    fn mentions(body: &str) -> bool {
        Mentions::read(body).include(BOB, ANNA)
    }

    #[test]
    fn to_and_replies_address_an_account() {
        assert!(mentions("[To:2]Bob\nhello"));
        assert!(mentions("[rp aid=2 to=7-1928374655918273645] yes"));
        assert!(mentions("[[To:2] and a stray bracket"));
    }

    #[test]
    fn toall_addresses_everybody_but_the_author() {
        let all = Mentions::read("[toall] lunch");
        assert!(all.include(BOB, ANNA));
        assert!(!all.include(ANNA, ANNA));
    }

    #[test]
    fn code_is_literal() {
        assert!(!mentions("[code][To:2][/code]"));
        assert!(mentions("[code]x[/code][To:2]"));
    }

    #[test]
    fn other_tags_address_no_member() {
        for body in ["To:2", "[To:22]", "[piconname:2]", "[qt][qtmeta aid=2 time=1]x[/qt]", "["] {
            assert!(!mentions(body), "{body}");
        }
    }
}
