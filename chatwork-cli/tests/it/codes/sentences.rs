//! What the errors of `ERRORS.md` say: the sentence, and what to do. `…` stands for any text.

/// The code, its sentence, and its hint; an empty one for none.
const SENTENCES: &[(&str, &str, &str)] = &[
    // Command lines, texts, names, files and outputs.
    ("usage", "`lits` is not a command", "did you mean `list…`?"),
    ("interrupted", "interrupted", ""),
    ("events_failed", "1 of 1 events could not be handled", ""),
    ("partly_handled", "1 of 2 events could not be handled", ""),
    ("partly_sent", "only 1 of 2 messages were sent: Chatwork refuses this: …", "sent: …"),
    (
        "partly_done",
        "only 1 of 2 were done: Chatwork does not find it: …",
        "done: 3071284; not done: 1",
    ),
    ("not_confirmed", "nothing was done", ""),
    ("unknown_name", "there is no room `新製品`", "use the id of one of these:"),
    ("ambiguous_name", "several rooms have the name `営業部`", "use the id of one of these:"),
    ("input", "`body` has 0 characters: expected 1 to 65535", ""),
    ("encoding", "the text is not UTF-8", "save it as UTF-8 and use `--file`: …"),
    ("file", "cannot access missing.txt: it does not exist", ""),
    ("output", "the output failed: the disk is full", ""),
    ("listen", "cannot listen on 127.0.0.1:…: another program uses it", ""),
    ("sandbox", "…: another program uses it", ""),
    ("failed", "the watch has ended: how far the watch is cannot be kept: …", ""),
    // Accounts.
    (
        "not_signed_in",
        "you are not signed in to https://api.chatwork.com/v2",
        "`chatwork auth login` signs in; in CI, set CHATWORK_API_TOKEN",
    ),
    ("no_profile", "there is no profile `nobody`", "the profiles are: default"),
    (
        "other_address",
        "the profile `default` is bound to http://127.0.0.1:…, and CHATWORK_API_BASE_URL names …",
        "unset CHATWORK_API_BASE_URL, or choose another profile: …",
    ),
    ("unauthorized", "Chatwork does not accept the token", "check the variable CHATWORK_API_TOKEN"),
    ("consent_needed", "the consent (OAuth 2.0) has ended", "`chatwork auth login` signs in; …"),
    ("oauth", "the app cannot be used: …", ""),
    (
        "settings",
        "http:// to another machine would send the token in clear text",
        "`chatwork auth login --allow-insecure-http`, or …",
    ),
    ("not_a_token", "no token was given", "paste the API token alone, as Chatwork shows it"),
    (
        "keyring",
        "the keyring of the system does not work: …",
        "`chatwork auth login --storage file` stores the token in a file …",
    ),
    (
        "open_folder",
        "other people can open …, and its permissions cannot be changed",
        "tokens are stored in it: make it yours alone, …",
    ),
    ("configuration", "…config.toml is invalid: …", "correct the file, or remove it"),
    // Requests.
    (
        "rate_limited",
        "the rate limit of the account is used up until …",
        "other programs with the same account use the same limit: `chatwork limits` shows it",
    ),
    (
        "forbidden",
        "Chatwork does not allow this: …",
        "the room does not exist, you are not in it, or your role does not allow it",
    ),
    ("not_found", "Chatwork does not find it: …", "check the id"),
    ("hidden", "the plan of this account hides the message", ""),
    ("refused", "Chatwork refuses this: …", ""),
    (
        "service",
        "Chatwork failed with status 500",
        "it may have been done all the same: look before you repeat it",
    ),
    (
        "network",
        "the connection to http://127.0.0.1:… failed",
        "it may have been done all the same: look before you repeat it",
    ),
    (
        "timeout",
        "http://127.0.0.1:… did not answer in time",
        "it may have been done all the same: look before you repeat it",
    ),
    (
        "unreadable",
        "the reply of Chatwork cannot be read: getMe, status 200, place .",
        "the API may have changed: `chatwork api` shows the reply as it is",
    ),
    (
        "unreachable",
        "cannot reach http://127.0.0.1:1/v2",
        "check the network, a proxy (HTTPS_PROXY), and the address",
    ),
    // The archive.
    ("no_archive", "there is no archive at …", "`chatwork archive sync` makes one"),
    ("archive", "…notes.txt is a file of another program", "choose another path"),
    (
        "archive_account",
        "the archive belongs to another account",
        "use one archive for each account: see --archive",
    ),
    ("archive_locked", "another program writes to the archive", "wait until it ends"),
    ("partly_read", "some rooms could not be read", "run it again later: …"),
    ("files_missing", "1 files could not be had", "run it again later: …"),
    ("problems", "… problems", "`chatwork archive verify --repair`, then …"),
    ("pending", "another program still reads the archive: …", ""),
    // Agents.
    (
        "mcp",
        "the client did not start a session: …",
        "an MCP client starts this command and speaks with it: see `chatwork mcp install`",
    ),
    (
        "client_config",
        "…broken.json cannot be parsed: line …",
        "correct the file first; it was not changed",
    ),
];

/// Returns the sentence and the hint of a code.
pub(super) fn of(code: &str) -> (&'static str, &'static str) {
    let found = SENTENCES.iter().find(|(known, ..)| *known == code);
    let (_, sentence, hint) = found.unwrap_or_else(|| panic!("no sentence for `{code}`"));
    (sentence, hint)
}

/// Returns whether a text is what a pattern says.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut is_open = false;
    for part in parts {
        is_open = part.is_empty();
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    is_open || rest.is_empty()
}

#[test]
fn a_pattern_has_gaps_and_ends_where_it_says() {
    assert!(is_like("a b c", "a … c") && is_like("a b c", "a …") && is_like("a b", "…b"));
    assert!(!is_like("a b c", "a b") && !is_like("x a", "a") && !is_like("a", "a b…"));
}
