//! The texts of the program, in both languages.
//!
//! Each text has both languages or does not compile. `{name}` stands for a value. The help of
//! commands is in `help.ja.txt`: see [`localize`](crate::localize).

#![cfg_attr(not(all(feature = "archive", feature = "mcp", feature = "sandbox")), allow(dead_code))]

use std::fmt::Display;

use crate::lang::{Lang, lang};

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) ja: &'static str,
}

impl Words {
    /// Returns the text in the chosen language.
    pub(crate) fn text(self) -> &'static str {
        match lang() {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }

    /// Returns the text with values in place of their names. The values are shown as they are: make
    /// what other people wrote visible before.
    pub(crate) fn fill(self, values: &[(&str, &dyn Display)]) -> String {
        let mut text = String::new();
        let mut rest = self.text();
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            text.push_str(before);
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                text.push_str(&value.to_string());
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

macro_rules! words {
    ($($name:ident = $en:literal, $ja:literal;)*) => {
        $(pub(crate) const $name: Words = Words { en: $en, ja: $ja };)*
        #[cfg(test)]
        pub(super) const ALL: &[(&str, Words)] = &[$((stringify!($name), $name)),*];
    };
}

mod accounts;
#[cfg(feature = "archive")]
mod archive;
mod events;
mod heads;
#[cfg(feature = "mcp")]
pub(crate) mod mcp;
mod reasons;

pub(crate) use accounts::*;
#[cfg(feature = "archive")]
pub(crate) use archive::*;
pub(crate) use events::*;
pub(crate) use heads::*;
#[cfg(feature = "mcp")]
pub(crate) use mcp::*;
pub(crate) use reasons::*;

words! {
    // Words of the help that are clap's in English.
    HELP_USAGE = "Usage:", "使い方:";
    HELP_COMMANDS = "Commands", "コマンド";
    HELP_ARGUMENTS = "Arguments", "引数";
    HELP_OPTIONS = "Options", "オプション";
    HELP_GLOBAL = "Options of all commands", "全コマンド共通のオプション";
    HELP_VALUES = "possible values: {values}", "選べる値: {values}";
    HELP_EXAMPLES = "Examples:", "例:";

    // Errors of the command line.
    ERROR = "error:", "エラー:";
    HINT = "hint:", "ヒント:";
    USAGE_HINT = "`{command} --help` explains the command", "`{command} --help` でこのコマンドの説明を表示します";
    USAGE_UNKNOWN = "`{given}` is not an argument of this command", "`{given}` はこのコマンドの引数ではありません";
    USAGE_SIMILAR = "did you mean `{similar}`?", "`{similar}` のことですか？";
    USAGE_SUBCOMMAND = "`{given}` is not a command", "`{given}` というコマンドはありません";
    USAGE_MISSING = "missing: {missing}", "次の引数が必要です: {missing}";
    USAGE_MISSING_COMMAND = "a command is missing", "コマンドを指定してください";
    USAGE_VALUE = "`{value}` is not a value of {argument}", "`{value}` は {argument} の値として使えません";
    USAGE_NO_VALUE = "{argument} needs a value", "{argument} には値が必要です";
    USAGE_VALUES = "expected one of: {values}", "次のいずれかを指定してください: {values}";
    USAGE_CONFLICT = "{argument} cannot be used with {other}", "{argument} は {other} と同時に使えません";
    USAGE_TWICE = "{argument} was given twice", "{argument} が2回指定されています";
    USAGE_UTF8 = "an argument is not UTF-8", "引数が UTF-8 ではありません";
    USAGE_OTHER = "the arguments do not fit this command", "引数がこのコマンドに合いません";
    JSON_SPACE = "the fields of --json stand behind `=`", "--json のフィールドは `=` の後に書きます";
    JSON_SPACE_HINT = "write `--json={fields}`", "`--json={fields}` と書いてください";
    JSON_FIELD = "there is no field `{field}` here", "`{field}` というフィールドはありません";
    JSON_FIELDS = "the fields are: {fields}", "使えるフィールド: {fields}";
    NO_FIELDS = "this command writes no fields that --json could choose", "このコマンドには --json で選べるフィールドがありません";
    NO_FIELDS_HINT = "leave out `=` and the fields", "`=` 以降のフィールドを外してください";
    CSV_NOT_HERE = "this command has no table to write as CSV", "このコマンドには CSV にできる表がありません";
    TWO_FORMS = "--json and --csv cannot be used together", "--json と --csv は同時に使えません";
    ZONE_UNKNOWN = "`{zone}` is not a time zone", "`{zone}` というタイムゾーンはありません";
    ZONE_HINT = "expected e.g. Asia/Tokyo, UTC, +09:00 or local", "例: Asia/Tokyo、UTC、+09:00、local";

    // Names.
    ROOM_UNKNOWN = "there is no room `{name}`", "`{name}` というルームはありません";
    ROOM_AMBIGUOUS = "several rooms have the name `{name}`", "`{name}` という名前のルームが複数あります";
    PERSON_UNKNOWN = "there is no person `{name}` here", "`{name}` という人はここにいません";
    PERSON_AMBIGUOUS = "several people have the name `{name}`", "`{name}` という名前の人が複数います";
    MESSAGE_UNKNOWN = "`{name}` does not name a message", "`{name}` はメッセージの指定ではありません";
    ROOM_HINT = "a room is its id, its address, an alias, `my` or its exact name: see `chatwork rooms list`", "ルームは、ID・アドレス・別名・`my`・正確な名前のいずれかで指定します。`chatwork rooms list` を参照してください";
    PERSON_HINT = "a person is an account id, `me`, an alias, or an exact name: see `chatwork rooms members` and `chatwork contacts list`", "人は、アカウントID・`me`・別名・正確な名前のいずれかで指定します。`chatwork rooms members` と `chatwork contacts list` を参照してください";
    MESSAGE_HINT = "expected its address (https://www.chatwork.com/#!rid1-2) or ROOM_ID-MESSAGE_ID", "アドレス（https://www.chatwork.com/#!rid1-2）または ルームID-メッセージID で指定してください";
    CANDIDATES = "use the id of one of these:", "次のいずれかの ID で指定してください:";
    ALIAS_FORM = "`{name}` cannot be an alias: it is empty, or has spaces at an end or a control character", "`{name}` は別名にできません。空、前後の空白、制御文字は使えません";
    ALIAS_TAKEN = "`{name}` cannot be an alias: it would be read as an id, an address or a word of its own", "`{name}` は別名にできません。ID・アドレス・予約語として読まれます";
    DAY_FORM = "`{given}` is not a day", "`{given}` は日付ではありません";
    DAY_NONE = "`{given}` is a day that the calendar does not have", "`{given}` という日はありません";
    DAY_TIME = "`{given}` has a time that no day has", "`{given}` の時刻は正しくありません";
    DAY_HINT = "expected e.g. {forms}", "例: {forms}";

    // Refusals and failures.
    FORBIDDEN = "Chatwork does not allow this: {reason}", "Chatwork に許可されませんでした: {reason}";
    FORBIDDEN_HINT = "the room does not exist, you are not in it, or your role does not allow it", "ルームが存在しない、参加していない、または権限が足りません";
    FORBIDDEN_SCOPES = "the consent lacks a scope; one of these allows it: {scopes}", "同意のスコープが足りません。次のいずれかが必要です: {scopes}";
    NOT_FOUND = "Chatwork does not find it: {reason}", "見つかりません: {reason}";
    NOT_FOUND_HINT = "check the id", "ID を確認してください";
    HIDDEN = "the plan of this account hides the message", "このアカウントのプランでは、このメッセージは表示できません";
    REFUSED = "Chatwork refuses this: {reason}", "Chatwork に拒否されました: {reason}";
    SERVICE_FAILED = "Chatwork failed with status {status}", "Chatwork でエラーが起きました（ステータス {status}）";
    TRY_AGAIN = "try again in a few minutes", "数分後にもう一度お試しください";
    MAYBE_DONE = "it may have been done all the same: look before you repeat it", "実行済みの可能性があります。繰り返す前に確認してください";
    WAS_DONE = "it was done; only the reply could not be read", "処理は実行されました。返信だけが読み取れませんでした";
    RATE_ACCOUNT = "the rate limit of the account is used up until {time}", "アカウントの回数制限に達しました。{time} まで送信できません";
    RATE_ROOM = "the room takes no more posts until {time}", "このルームには {time} まで投稿できません";
    WAIT_ACCOUNT = "Waiting {seconds} s for the rate limit of the account.", "アカウントの回数制限のため {seconds} 秒待ちます。";
    WAIT_ROOM = "Waiting {seconds} s for the limit of room {room}.", "ルーム {room} の投稿制限のため {seconds} 秒待ちます。";
    RATE_HINT = "other programs with the same account use the same limit: `chatwork limits` shows it", "同じアカウントを使う他のプログラムと制限は共通です。`chatwork limits` で確認できます";
    UNREACHABLE = "cannot reach {address}", "{address} に接続できません";
    UNREACHABLE_HINT = "check the network, a proxy (HTTPS_PROXY), and the address", "ネットワーク、プロキシ（HTTPS_PROXY）、接続先を確認してください";
    TIMED_OUT = "{address} did not answer in time", "{address} から時間内に返信がありませんでした";
    NETWORK = "the connection to {address} failed", "{address} との通信に失敗しました";
    UNREADABLE = "the reply of Chatwork cannot be read: {operation}, status {status}, place {place}", "Chatwork の返信を読み取れません: {operation}、ステータス {status}、位置 {place}";
    UNREADABLE_HINT = "the API may have changed: `chatwork api` shows the reply as it is", "API が変わった可能性があります。`chatwork api` で返信をそのまま表示できます";
    LENGTH = "`{field}` has {given} characters: expected {min} to {max}", "`{field}` は {given} 文字です。{min}〜{max} 文字にしてください";
    LENGTH_HINT_BODY = "`--split` sends a long text as several messages", "`--split` を付けると、長い文章を複数のメッセージに分けて送ります";
    BYTES = "`{field}` has {given} bytes: expected at most {max}", "`{field}` は {given} バイトです。{max} バイト以下にしてください";
    EMPTY_LIST = "`{field}` is empty: expected at least one", "`{field}` が空です。1つ以上指定してください";
    CONFIG_INVALID = "{path} is invalid: {reason}", "{path} が正しくありません: {reason}";
    CONFIG_HINT = "correct the file, or remove it", "ファイルを修正するか、削除してください";
    CONFIG_NEWER = "{path} was written by a newer version of this program", "{path} は、より新しいバージョンのプログラムが書いたファイルです";
    UPDATE_HINT = "update this program", "このプログラムを更新してください";
    FILE_FAILED = "cannot access {path}: {reason}", "{path} にアクセスできません: {reason}";
    NO_HOME = "this user has no home folder", "ホームフォルダーが見つかりません";
    NO_HOME_HINT = "set HOME", "環境変数 HOME を設定してください";
    VARIABLE = "the variable {name} is invalid", "環境変数 {name} の値が正しくありません";
    SETTINGS = "this cannot be used: {reason}", "この設定は使えません: {reason}";
    INSECURE_HINT = "`chatwork auth login --allow-insecure-http`, or CHATWORK_API_ALLOW_INSECURE_HTTP=1 for CHATWORK_API_TOKEN, allows http:// to another machine: the token is then readable in the network", "他のマシンへの http:// は `chatwork auth login --allow-insecure-http`（CHATWORK_API_TOKEN には CHATWORK_API_ALLOW_INSECURE_HTTP=1）で許可できます。ただしトークンがネットワーク上で読まれます";
    OUTPUT_FAILED = "the output failed: {reason}", "出力に失敗しました: {reason}";
    WRITTEN = "it was done; only the output failed", "処理は実行されました。出力だけが失敗しました";
    WRITTEN_IDS = "it was done; only the output failed: {ids}", "処理は実行されました。出力だけが失敗しました: {ids}";
    INPUT_FAILED = "the standard input cannot be read: {reason}", "標準入力を読み取れません: {reason}";
    INTERRUPTED = "interrupted", "中断しました";
    OTHER_FAILURE = "{reason}", "{reason}";

    // Asking.
    ASK = "{question} [y/N] ", "{question} [y/N] ";
    NOT_CONFIRMED = "nothing was done", "何も実行しませんでした";
    NEEDS_YES = "{question}", "{question}";
    NEEDS_YES_HINT = "this asks first; without a terminal, `--yes` is the answer", "確認が必要です。端末以外では `--yes` を付けてください";
    ASK_TOALL = "Notify every member of room {room}? A notification cannot be taken back.", "ルーム {room} の全員に通知しますか？ 通知は取り消せません。";
    ASK_LEAVE = "Leave room {room}? Your tasks in it are deleted.", "ルーム {room} から退席しますか？ このルームの自分のタスクは削除されます。";
    ASK_DELETE_ROOM = "Delete room {room} with all messages, tasks and files, for everybody?", "ルーム {room} を、全員分のメッセージ・タスク・ファイルごと削除しますか？";
    ASK_REMOVE_MEMBERS = "Remove {people} from room {room}? They can no longer read it.", "ルーム {room} から {people} を外しますか？ ルームを読めなくなります。";
    ASK_DELETE_MESSAGE = "Delete message {message} in room {room}? Its text is lost, for everybody.", "ルーム {room} のメッセージ {message} を削除しますか？ 本文は全員から見えなくなり、元に戻せません。";
    ASK_DELETE_LINK = "Delete the invitation link of room {room}? Nobody can join by it any more.", "ルーム {room} の招待リンクを削除しますか？ このリンクからは参加できなくなります。";
    ASK_DECLINE = "Decline request {request}? The request is then gone.", "リクエスト {request} を拒否しますか？ リクエストは一覧から消えます。";
    ASK_LOGOUT = "Remove the profile `{profile}` ({account}, {address}) and its token from this machine?", "プロファイル `{profile}`（{account}、{address}）とトークンをこのマシンから削除しますか？";
    ASK_REPLACE = "Replace the profile `{profile}` ({account}, {address})? Its token is removed from this machine. --profile signs in to another one.", "プロファイル `{profile}`（{account}、{address}）を置き換えますか？ そのトークンはこのマシンから削除されます。--profile で別のプロファイルにサインインできます。";
    ASK_DEMOTE = "Make {people} in room {room} `{role}`, with fewer rights than they have?", "ルーム {room} の {people} を `{role}` にして、権限を下げますか？";
    ASK_API_DELETE = "Send DELETE {path}? It cannot be undone.", "DELETE {path} を送信しますか？ 元に戻せません。";
    ASK_API_MEMBERS = "Send PUT {path}? It replaces all members of the room.", "PUT {path} を送信しますか？ ルームのメンバー全員が置き換わります。";
    ASK_API_LINK = "Send PUT {path} without `code`? The address of the link is replaced by a random one, and the old one no longer works.", "`code` なしで PUT {path} を送信しますか？ リンクのアドレスがランダムなものに変わり、今のアドレスは使えなくなります。";
    WOULD_ASK = "would ask: {question}", "実行時に確認します: {question}";
    ASK_LEAVE_COUNTS = "Leave room {room}? It has {messages} messages; your tasks in it ({tasks} open) are deleted, and you cannot come back by yourself.", "ルーム {room}（メッセージ {messages} 件）から退席しますか？ このルームの自分のタスク（未完了 {tasks} 件）は削除され、自分では戻れません。";
    ASK_DELETE_ROOM_COUNTS = "Delete room {room} with all {messages} messages, {tasks} tasks and {files} files, for everybody?", "ルーム {room} を、全員分のメッセージ {messages} 件、タスク {tasks} 件、ファイル {files} 件ごと削除しますか？";
    DRY_RUN_FILES = "Nothing is sent. To room {room}, {files} file(s):", "送信しません。ルーム {room}、ファイル {files} 件:";
    ASK_API_TOALL = "Send {method} {path}? It notifies every member of the room.", "{method} {path} を送信しますか？ ルームの全員に通知されます。";

    // Texts.
    NO_TEXT = "there is no text", "本文がありません";
    NO_TEXT_HINT = "give it as an argument, as `-` for the standard input, or by --file", "引数、標準入力を表す `-`、または --file で指定してください";
    TWO_TEXTS = "a text is given twice: as an argument and by --file", "本文が引数と --file の両方で指定されています";
    NOT_UTF8 = "the text is not UTF-8", "本文が UTF-8 ではありません";
    ONLY_MARKS = "the text has only question marks: the pipe has probably lost its characters", "本文が `?` だけです。パイプで文字が失われた可能性があります";
    ENCODING_HINT = "save it as UTF-8 and use `--file`: a pipe of PowerShell 5.1 cannot carry Japanese", "UTF-8 で保存して `--file` を使ってください。PowerShell 5.1 のパイプは日本語を正しく渡せません";
    DRY_RUN = "Nothing is sent. To room {room}, {parts} message(s), {characters} characters:", "送信しません。ルーム {room}、メッセージ {parts} 件、{characters} 文字:";
    DRY_RUN_TASK = "For {assignees}. Due: {due}", "担当者: {assignees}　期限: {due}";
    LOST_MARKDOWN = "without a counterpart in Chatwork, so only the text stays: {what}", "Chatwork に対応する書式がないため、文字だけになります: {what}";
    SPLIT_STOPPED = "only {posted} of {parts} messages were sent: {reason}", "{parts} 件中 {posted} 件だけ送信されました: {reason}";
    SPLIT_POSTED = "sent: {ids}", "送信済み: {ids}";
    SPLIT_UNCERTAIN = "sent: {ids}; part {part} may have been sent, too: look before you repeat it", "送信済み: {ids}。{part} 件目も送信された可能性があります。繰り返す前に確認してください";
    PART_STOPPED = "only {done} of {all} were done: {reason}", "{all} 件中 {done} 件だけ実行されました: {reason}";
    PART_DONE = "done: {names}", "実行済み: {names}";
    PART_UNKNOWN = "perhaps done, so look before you repeat it: {names}", "実行済みの可能性あり（繰り返す前に確認してください）: {names}";
    PART_REST = "not done: {names}", "未実行: {names}";
    LOST_HEADING = "headings", "見出し";
    LOST_BOLD = "bold", "太字";
    LOST_ITALICS = "italics", "斜体";
    LOST_STRIKE = "strikethrough", "取り消し線";
    LOST_CODE = "code in a line", "行内のコード";
    LOST_TABLE = "tables", "表";
    LOST_HTML = "HTML", "HTML";

    // What commands say.
    HIDDEN_OLDER = "The plan of this account hides older messages.", "このアカウントのプランでは、古いメッセージは表示されません。";
    NEWEST_ALONE = "The API shows the newest 100 messages; `chatwork archive` keeps all.", "API で見えるのは最新の100件です。`chatwork archive` なら全件を保存できます。";
    UNREADABLE_ITEMS = "{count} entries of the reply could not be read and are not shown.", "返信のうち {count} 件は読み取れないため、表示していません。";
    MARKED_READ = "Marked as read: {count} rooms.", "{count} ルームを既読にしました。";
    ALREADY_READ = "It was read already.", "すでに既読です。";
    ALREADY_UNREAD = "It was unread already.", "すでに未読です。";
    DELETED = "(deleted)", "（削除済み）";
    LEFT = "Left room {room}.", "ルーム {room} から退席しました。";
    DELETED_ROOM = "Deleted room {room}.", "ルーム {room} を削除しました。";
    DELETED_LINK = "Deleted the invitation link of room {room}.", "ルーム {room} の招待リンクを削除しました。";
    DECLINED = "Declined request {request}.", "リクエスト {request} を拒否しました。";
    ALREADY_MEMBERS = "They are members already, and keep their roles.", "すでに全員メンバーです。権限は変更していません。";
    NO_LINK = "Room {room} has no invitation link.", "ルーム {room} に招待リンクはありません。";
    SAVED = "Saved {path}", "保存しました: {path}";
    FILE_EXISTS = "{path} exists already", "{path} はすでに存在します";
    FILE_EXISTS_HINT = "choose another path, or `--force` replaces it", "別のパスを指定するか、`--force` で置き換えてください";
    NOTHING_TO_CHANGE = "there is nothing to change", "変更する項目がありません";
    NOTHING_TO_CHANGE_HINT = "give at least one of the options: see --help", "オプションを1つ以上指定してください。--help を参照してください";
    CONFIG_KEY = "there is no setting `{key}`", "`{key}` という設定はありません";
    CONFIG_KEYS = "the settings are: {keys}", "設定できる項目: {keys}";
    CONFIG_VALUE = "`{value}` is not a value of {key}", "`{value}` は {key} の値として使えません";
    API_METHOD = "`{method}` is not a method", "`{method}` というメソッドはありません";
    API_FIELD = "`{field}` is not of the form name=value", "`{field}` は 名前=値 の形ではありません";
    API_UPLOAD = "a file is uploaded by `chatwork files put`: this operation takes multipart/form-data", "ファイルの送信には `chatwork files put` を使ってください（multipart/form-data のため）";
    PAGES_WRITTEN = "Wrote {count} pages to {path}", "{path} に {count} ページを書き出しました";

    // Values.
    YES = "yes", "はい";
    NEVER = "never", "なし";
    SANDBOX_LISTENING = "The sandbox listens on {address}. Sign in with: chatwork auth login --profile sandbox --base-url {address}. Ctrl-C ends it.", "サンドボックスを {address} で起動しました。サインイン: chatwork auth login --profile sandbox --base-url {address}。Ctrl-C で終了します。";
    SANDBOX_FAILED = "the sandbox cannot start: {reason}", "サンドボックスを起動できません: {reason}";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|it| it.split('}').next()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn all() -> impl Iterator<Item = &'static (&'static str, Words)> {
        let parts = [ALL, accounts::ALL, events::ALL, heads::ALL, reasons::ALL];
        let parts = parts.into_iter();
        #[cfg(feature = "archive")]
        let parts = parts.chain([archive::ALL]);
        #[cfg(feature = "mcp")]
        let parts = parts.chain([mcp::ALL]);
        parts.flatten()
    }

    #[test]
    fn both_languages_have_the_same_values() {
        for (name, words) in all() {
            assert!(!words.en.is_empty() && !words.ja.is_empty(), "{name}");
            assert_eq!(names(words.en), names(words.ja), "{name}");
        }
    }

    #[test]
    fn japanese_texts_are_japanese() {
        // What is the same in both languages, or a value alone.
        let same = [
            "ID",
            "CHATWORK_ID",
            "STATUS_ENVIRONMENT",
            "LOST_HTML",
            "ASK",
            "OTHER_FAILURE",
            "NEEDS_YES",
            "IO_OTHER",
        ];
        for (name, words) in all() {
            let is_japanese = words.ja.chars().any(|it| u32::from(it) > 0x3000);
            assert_eq!(is_japanese, !same.contains(name), "{name}");
            assert!(words.en.is_ascii(), "{name}");
        }
    }

    #[test]
    fn values_stand_in_place_of_their_names() {
        let text = Words { en: "a {x} b {y}{x}", ja: "-" }.fill(&[("x", &1), ("y", &"{x}")]);
        assert_eq!(text, "a 1 b {x}1");
    }
}
