//! The texts of `mcp`.

use super::Words;

words! {
    TOOL = "TOOL", "ツール";
    TOOLSET = "SET", "セット";
    DESTRUCTIVE = "DELETES", "削除系";
    TITLE = "TITLE", "内容";

    // Options.
    MCP_NO_TOOL = "there is no tool `{name}`", "`{name}` というツールはありません";
    MCP_TOOLS_ARE = "the tools are: {known}", "ツール: {known}";
    MCP_POST_ROOMS_HINT = "expected ids, addresses or aliases with commas: 1,2 for these rooms alone, !3 for all but these", "ID・アドレス・別名をコンマで区切って指定してください。`1,2` はそのルームだけ、`!3` はそれ以外のすべてです";
    MCP_SAME_PROFILE = "the profile `{name}` is named twice", "プロファイル `{name}` が2回指定されています";
    MCP_PROFILE_NAME = "agents cannot name the profile `{name}`", "エージェントはプロファイル名 `{name}` を使えません";
    MCP_PROFILE_NAME_HINT = "expected 1 to 64 letters, digits, `-`, `_`, `.` or `@`: sign in under another name", "英数字と `-` `_` `.` `@` の 1〜64 文字にしてください。別の名前でサインインし直せます";
    MCP_FOLDERS = "the folders {upload} and {download} overlap", "フォルダー {upload} と {download} が重なっています";
    MCP_FOLDERS_HINT = "expected two folders, none of them inside of the other", "互いに含まれない2つのフォルダーを指定してください";
    MCP_HTTP_FILES = "files are not served over HTTP", "HTTP ではファイルを扱えません";
    MCP_HTTP_FILES_HINT = "leave out --upload-dir and --download-dir, or --http", "--upload-dir と --download-dir、または --http を外してください";
    MCP_NOT_LOOPBACK = "other machines can reach {address}", "{address} には他のマシンからも接続できます";
    MCP_NOT_LOOPBACK_HINT = "expected an address such as 127.0.0.1:8080. --allow-remote allows it: nothing then asks who calls, so put a proxy that does in front", "127.0.0.1:8080 のように指定してください。--allow-remote で許可できますが、呼び出し元は確認されません。認証するプロキシを前に置いてください";

    // Serving.
    MCP_LISTENING = "Serving agents at {address}. Ctrl-C ends it.", "エージェントを {address} で待ち受けています。Ctrl-C で終了します。";
    MCP_PROTOCOL = "the client did not start a session: {reason}", "クライアントがセッションを開始しませんでした: {reason}";
    MCP_PROTOCOL_HINT = "an MCP client starts this command and speaks with it: see `chatwork mcp install`", "このコマンドは MCP クライアントが起動して通信します。`chatwork mcp install` を参照してください";
    MCP_CONNECTION = "the connection to the client failed: {reason}", "クライアントとの通信に失敗しました: {reason}";

    // The configuration of clients.
    MCP_ENTRY = "The entry for {client}. It belongs into {path}; --write merges it into that file.", "{client} 用の設定です。{path} に追加してください。--write を付けるとファイルに書き込みます。";
    MCP_ADDED = "Added the server to {client}: {path}. Start the client again.", "{client} にサーバーを追加しました: {path}。クライアントを再起動してください。";
    MCP_REPLACED = "Changed the server in {client}: {path}. Start the client again.", "{client} のサーバー設定を変更しました: {path}。クライアントを再起動してください。";
    MCP_UNCHANGED = "{client} has this server already: {path}", "{client} には同じ設定がすでにあります: {path}";
    MCP_BACKUP = "The file as it was: {path}. --undo takes the change back.", "変更前のファイル: {path}。--undo で元に戻せます。";
    MCP_RESTORED = "{path} is as it was before.", "{path} を変更前の状態に戻しました。";
    MCP_FILE_REMOVED = "Removed {path}, which had this server alone.", "このサーバーだけが書かれていた {path} を削除しました。";
    MCP_ENTRY_RESTORED = "{path} was changed since: the earlier entry is back, everything else stays.", "{path} はその後変更されています。以前の設定だけを戻し、他はそのままにしました。";
    MCP_ENTRY_REMOVED = "Removed the server from {path}; everything else stays.", "{path} からサーバーを削除しました。他はそのままです。";
    MCP_NEEDS_PROFILE = "an entry names a profile, and the account is from CHATWORK_API_TOKEN", "設定にはプロファイル名が必要ですが、アカウントは CHATWORK_API_TOKEN で指定されています";
    MCP_NEEDS_PROFILE_HINT = "unset CHATWORK_API_TOKEN and sign in with `chatwork auth login`: a token is not written into the file of another program", "CHATWORK_API_TOKEN を解除し、`chatwork auth login` でサインインしてください。他のプログラムのファイルにトークンは書き込みません";
    MCP_NO_PROJECT = "{client} has no configuration for a project", "{client} にはプロジェクト用の設定がありません";
    MCP_NAME = "`{name}` is not the name of a server", "`{name}` はサーバー名として使えません";
    MCP_NAME_HINT = "expected 1 to 64 letters, digits, `-` and `_`", "英数字と `-` `_` の 1〜64 文字で指定してください";
    MCP_PROGRAM = "the path of this program cannot be written: {path}", "このプログラムのパスを書き込めません: {path}";
    MCP_VARIABLE = "{client} would replace the variable in `{text}`", "{client} は `{text}` の中の変数を置き換えます";
    MCP_VARIABLE_HINT = "use a path and names without `$`", "`$` を含まないパスと名前を使ってください";
    MCP_BROKEN_LINK = "the link {path} leads to no file: {to} is missing", "リンク {path} の先のファイルがありません: {to}";
    MCP_BROKEN_LINK_HINT = "create that file, or remove the link; nothing was changed", "そのファイルを作るか、リンクを削除してください。何も変更していません";
    MCP_SYNTAX = "{path} cannot be parsed: line {line}, column {column}: {reason}", "{path} を解析できません（{line} 行 {column} 文字目）: {reason}";
    MCP_SYNTAX_HINT = "correct the file first; it was not changed", "先にファイルを修正してください。ファイルは変更していません";
    MCP_SHAPE = "{path}: `{key}` is not an object of servers by name", "{path}: `{key}` がサーバー名のオブジェクトではありません";
    MCP_TWICE = "{path} has the key `{key}` twice", "{path} にキー `{key}` が2つあります";
    MCP_FOREIGN = "{path} has another server with the name `{name}`", "{path} に `{name}` という名前の別のサーバーがあります";
    MCP_FOREIGN_HINT = "choose another name by --name, or remove that server", "--name で別の名前を指定するか、そのサーバーを削除してください";
    MCP_NOT_THERE = "{path} has no entry of this program with the name `{name}`", "{path} に、このプログラムの `{name}` という設定はありません";
    MCP_CHANGED = "another program changed {path} meanwhile", "他のプログラムが {path} を同時に変更しました";
    MCP_CHANGED_HINT = "close the client and try again; the file was not changed", "クライアントを終了してからもう一度お試しください。ファイルは変更していません";
}
