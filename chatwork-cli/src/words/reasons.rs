//! Why things fail: a sentence for each typed error that reaches a person.

use super::Words;

words! {
    // Of the operating system.
    IO_NOT_FOUND = "it does not exist", "存在しません";
    IO_PERMISSION = "you may not access it", "アクセス権がありません";
    IO_EXISTS = "it exists already", "すでに存在します";
    IO_FOLDER = "it is a folder", "フォルダーです";
    IO_NO_FOLDER = "a part of the path is not a folder", "パスの途中がフォルダーではありません";
    IO_FULL = "the disk is full", "ディスクの空きがありません";
    IO_READ_ONLY = "it is on a read-only disk", "読み取り専用のディスクにあります";
    IO_IN_USE = "another program uses it", "他のプログラムが使用中です";
    IO_UTF8 = "it is not UTF-8", "UTF-8 ではありません";
    IO_ENDED = "it ended too early", "途中で終わっています";
    IO_OTHER = "{reason}", "{reason}";

    // Arguments that are refused before they are sent.
    INPUT_CHARACTER = "`{field}` has a character at position {position} that is not one of {allowed}", "`{field}` の {position} 文字目に、{allowed} 以外の文字があります";
    INPUT_TWICE = "account {id} is in both `{field}` and `{other}`", "アカウント {id} が `{field}` と `{other}` の両方にあります";
    INPUT_PATH = "not sent: `path` is not a path of the API: expected e.g. /rooms/1", "送信しませんでした: `path` は API のパスではありません。例: /rooms/1";
    INPUT_DUE = "the due date is not a day of the years 1970 to 9999", "期限は1970年から9999年までの日時にしてください";
    INPUT_FILE = "the name of the file is empty or has a control character", "ファイル名が空か、制御文字を含んでいます";
    INPUT_FILE_HINT = "`--name` gives the file another name", "`--name` で別の名前を付けられます";
    INPUT_NO_LINK = "the room has no invitation link to change", "変更する招待リンクがありません";
    INPUT_NO_LINK_HINT = "`chatwork link create` makes one", "`chatwork link create` で作成できます";
    INPUT_LINK_CODE = "the code of the link cannot be read from its address, and would be reset", "リンクのコードをアドレスから読み取れないため、リセットされるおそれがあります";
    INPUT_LINK_CODE_HINT = "give it by --code", "--code で指定してください";
    INPUT_APPROVAL = "Chatwork does not say whether the link needs approval, and it would be reset", "承認の要否を確認できないため、リセットされるおそれがあります";
    INPUT_APPROVAL_HINT = "give --open or --closed", "--open または --closed を指定してください";
    INPUT_OTHER = "not sent: `{field}` is not valid", "送信しませんでした: `{field}` の値が正しくありません";

    // Requests.
    SOURCE_FAILED = "what was to be uploaded cannot be read: {reason}", "アップロードする内容を読み取れません: {reason}";
    TOKEN_WAIT = "no access token was there within {seconds} s, so nothing was sent", "{seconds} 秒以内にアクセストークンを取得できなかったため、送信していません";
    OTHER_CHANGE = "another change of the same room did not end within {seconds} s, so nothing was sent", "同じルームの別の変更が {seconds} 秒以内に終わらなかったため、送信していません";
    TOKEN_SOURCE = "no access token could be had: {reason}", "アクセストークンを取得できません: {reason}";
    LIMIT_STORE = "the shared count of requests cannot be used, so nothing was sent: {reason}", "共有の回数記録を使えないため、送信していません: {reason}";
    BODY_CUT = "the reply of {address} broke off", "{address} からの返信が途中で切れました";
    FILE_HOST = "the host of the file did not send it", "ファイルの配布元から受信できませんでした";
    FILE_ADDRESS = "Chatwork names no address for the file", "ファイルのダウンロード先が返信にありません";
    SETTINGS_URL = "the address of the API is invalid: expected an https address without user name, query and fragment", "API のアドレスが正しくありません。ユーザー名・クエリ・フラグメントのない https のアドレスを指定してください";
    SETTINGS_HTTP = "http:// to another machine would send the token in clear text", "他のマシンへの http:// では、トークンが暗号化されずに送られます";

    // Signing in by a consent.
    OAUTH_CONFIG = "the app cannot be used: {reason}", "このアプリは使えません: {reason}";
    OAUTH_STATE = "this address does not belong to this sign-in: paste the one that the browser came back to just now", "このアドレスは今回のサインインのものではありません。ブラウザに今戻ってきたアドレスを貼り付けてください";
    OAUTH_CALLBACK = "this address has neither a code nor an error: paste the whole address that the browser came back to", "このアドレスにはコードもエラーもありません。ブラウザに戻ってきたアドレス全体を貼り付けてください";
    OAUTH_DENIED = "the consent was denied", "同意が拒否されました";
    OAUTH_REFUSED = "Chatwork refuses the sign-in: {reason}", "Chatwork にサインインを拒否されました: {reason}";
    OAUTH_UNREACHABLE = "the token endpoint cannot be reached", "トークンエンドポイントに接続できません";
    OAUTH_TIMEOUT = "the token endpoint did not answer in time", "トークンエンドポイントから時間内に返信がありませんでした";
    OAUTH_NETWORK = "the connection to the token endpoint failed", "トークンエンドポイントとの通信に失敗しました";
    OAUTH_REPLY = "the reply of the token endpoint cannot be read (status {status})", "トークンエンドポイントの返信を読み取れません（ステータス {status}）";
    OAUTH_STORE = "the tokens cannot be stored or read: {reason}", "トークンを保存または読み取りできません: {reason}";
    OAUTH_RUNTIME = "the work was stopped before its end", "処理が途中で停止しました";

    // Folders and variables.
    OPEN_FOLDER = "other people can open {path}, and its permissions cannot be changed", "{path} は他のユーザーも開けますが、権限を変更できません";
    OPEN_FOLDER_HINT = "tokens are stored in it: make it yours alone, for example by `chmod 700`", "トークンの保存先です。`chmod 700` などで本人だけが使えるようにしてください";
    EXPECTED_FLAG = "expected 1 or 0", "1 または 0 を指定してください";
    EXPECTED_UTF8 = "expected UTF-8", "UTF-8 で指定してください";

    // The archive.
    ARCHIVE_FOREIGN = "{path} is a file of another program", "{path} は他のプログラムのファイルです";
    ARCHIVE_PATH_HINT = "choose another path", "別のパスを指定してください";
    ARCHIVE_NEWER = "the archive has version {found}, and this program reads versions up to {supported}", "アーカイブのバージョンは {found} で、このプログラムは {supported} までしか読めません";
    ARCHIVE_OLDER = "the archive has an older version", "アーカイブのバージョンが古いため、更新が必要です";
    ARCHIVE_OLDER_HINT = "`chatwork archive sync` updates it", "`chatwork archive sync` で更新されます";
    ARCHIVE_DAMAGED = "the archive at {path} is damaged", "アーカイブ {path} が破損しています";
    ARCHIVE_DAMAGED_HINT = "restore a backup, or export what can be read", "バックアップから復元するか、読める分を書き出してください";
    ARCHIVE_FULL = "the disk is full; what was being written is not there in part", "ディスクの空きがありません。書きかけのデータは残っていません";
    ARCHIVE_FULL_HINT = "free some space, and run this again", "空きを作ってから、もう一度実行してください";
    ARCHIVE_READ_ONLY = "{path} cannot be written to", "{path} に書き込めません";
    ARCHIVE_READ_ONLY_HINT = "change its permissions, or choose another path", "権限を変更するか、別のパスを指定してください";
    ARCHIVE_CURSOR = "the cursor belongs to another search", "カーソルが別の検索のものです";
    ARCHIVE_CURSOR_HINT = "start again without --cursor", "--cursor を付けずにやり直してください";
    ARCHIVE_NO_MESSAGE = "the archive has no message {message} in room {room}", "アーカイブのルーム {room} に、メッセージ {message} はありません";
    ARCHIVE_NO_MESSAGE_HINT = "check the ids, or run `chatwork archive sync` first", "ID を確認するか、先に `chatwork archive sync` を実行してください";
    ARCHIVE_IMPORT = "line {line} cannot be imported: {reason}; nothing was imported", "{line} 行目を取り込めません: {reason}。何も取り込んでいません";
    ARCHIVE_USED = "the archive was used already: an import needs a new one", "このアーカイブは使用済みです。取り込みには新しいアーカイブが必要です";
    ARCHIVE_USED_HINT = "name another file by --archive", "--archive で別のファイルを指定してください";
    ARCHIVE_RULE = "a reply breaks a rule of the archive's tables (SQLite code {code})", "応答がアーカイブの表の規則に反しています (SQLite エラーコード {code})";
    ARCHIVE_SQLITE = "SQLite failed with code {code}: {reason}", "SQLite がエラーコード {code} を返しました: {reason}";
    ARCHIVE_VALUE = "`{column}` of the archive holds an invalid value", "アーカイブの `{column}` に不正な値があります";
    ARCHIVE_VALUE_HINT = "`chatwork archive verify` looks for more", "`chatwork archive verify` で確認してください";
    ARCHIVE_STOPPED = "the work on the archive was stopped", "アーカイブの処理が停止しました";
    QUERY_AT = "character {position} of the search: {reason}", "検索語の {position} 文字目: {reason}";
    QUERY_EMPTY = "expected a word, a phrase or a filter such as from:me", "言葉、フレーズ、または from:me などの条件を指定してください";
    QUERY_UNCLOSED = "the quote is not closed: expected another \" behind it", "引用符が閉じていません。後ろに \" が必要です";
    QUERY_GLUED = "expected a space behind the closing quote: for a quote inside of a phrase, write \"\"", "閉じ引用符の後ろには空白が必要です。フレーズの中の引用符は \"\" と書きます";
    QUERY_BLANK = "expected at least one visible character", "目に見える文字が1つ以上必要です";
    QUERY_OR = "OR needs a word or a phrase on either side: to search for it, write \"OR\"", "OR の両側には言葉かフレーズが必要です。OR という語を探すには \"OR\" と書きます";
    QUERY_NOT_IN_OR = "a word with - cannot be joined by OR", "- の付いた言葉は OR でつなげません";
    QUERY_NO_VALUE = "expected a value behind {filter}:", "{filter}: の後に値が必要です";
    QUERY_DATE = "expected a date such as 2026-04-01, 2026-04 or 2026", "2026-04-01、2026-04、2026 のような日付を指定してください";
    QUERY_NEGATED = "{filter}: cannot be negated", "{filter}: は否定できません";
    QUERY_NO_ACCOUNT = "the archive knows no account with this id or name", "この ID または名前のアカウントはアーカイブにありません";
    QUERY_NO_ROOM = "the archive knows no room with this id or name", "この ID または名前のルームはアーカイブにありません";
    QUERY_OTHER = "the search cannot be understood", "検索語を解釈できません";
    PROBLEM_DATABASE = "the database is damaged: {reason}", "データベースが破損しています: {reason}";
    PROBLEM_INDEX = "text {row} is not in the search index", "本文 {row} が検索索引にありません";
    PROBLEM_STRAY = "row {row} of the search index has no text", "検索索引の {row} 行目に対応する本文がありません";
    PROBLEM_SPANS = "what is said to be complete of room {room} is not in order", "ルーム {room} の欠けのない範囲の記録に矛盾があります";
    PROBLEM_GAPS = "room {room} has a gap that is not noted", "ルーム {room} に記録のない欠落があります";
    PROBLEM_FILE = "file {file} of room {room} is missing or was changed", "ルーム {room} のファイル {file} がないか、変更されています";
    PROBLEM_CONTENT = "no file of the archive has the content {name}", "内容 {name} に対応するファイルの記録がありません";
    PROBLEM_OTHER = "something is wrong that this version cannot name", "このバージョンでは説明できない問題があります";

    // Watching and webhooks.
    WATCH_STORE = "how far the watch is cannot be kept: {reason}", "監視の進み具合を保存できません: {reason}";
    WATCH_OTHER = "a request failed: {reason}", "リクエストに失敗しました: {reason}";
    HOOK_TOO_LARGE = "the body is too large", "本文が大きすぎます";
    HOOK_TIMED_OUT = "the body was not complete in time", "本文が時間内に届きませんでした";
    HOOK_BROKEN = "the connection broke before the body was complete", "本文が届く前に接続が切れました";
    HOOK_UNSIGNED = "it is not signed", "署名がありません";
    HOOK_MALFORMED = "its signature has {length} characters: expected 44 characters of base64", "署名が {length} 文字です。44文字の base64 が必要です";
    HOOK_WRONG = "its signature does not fit any of {tokens} tokens", "署名が {tokens} 個のトークンのいずれにも合いません";
    HOOK_TIME = "its time {time} is too far from the clock of this machine", "時刻 {time} がこのマシンの時計と離れすぎています";
    HOOK_NO_TIME = "it has no time", "時刻がありません";
    HOOK_UNREADABLE = "its body is not JSON: reading stopped at line {line}, column {column}", "本文が JSON ではありません（{line} 行 {column} 列目）";
    HOOK_OTHER = "it is not valid", "正しい配信ではありません";
    HOOK_TOKEN_EMPTY = "it is empty", "空です";
    HOOK_TOKEN_SPACE = "it contains white space", "空白を含んでいます";
    HOOK_TOKEN_API = "it has the form of an API token", "API トークンの形をしています";
    HOOK_TOKEN_SHORT = "it has only {length} characters", "{length} 文字しかありません";
    HOOK_TOKEN_BASE64 = "it is not base64 with padding", "base64 の形式ではありません";
    HOOK_TOKEN_LONG = "it has a character too many at its end", "末尾に余分な文字があります";
    HOOK_TOKEN_OTHER = "it has another form", "形式が違います";

    // The sandbox.
    SANDBOX_PORT = "port {port} cannot be opened: {reason}", "ポート {port} を開けません: {reason}";
    SANDBOX_WORLD = "the world is invalid: {reason}", "ワールドが正しくありません: {reason}";
}
