//! The texts of `archive`.

use super::Words;

words! {
    ARCHIVE_FILES_STOPPED = "the messages are in the archive, but the files failed: {reason}", "メッセージは保存しましたが、ファイルの取得に失敗しました: {reason}";
    // The archive.
    ARCHIVE_SYNCED = "{created} new, {edited} edited and {deleted} deleted messages in {rooms} rooms.", "{rooms} ルームで、新規 {created} 件、編集 {edited} 件、削除 {deleted} 件。";
    ARCHIVE_ROOM_FAILED = "room {room}: {reason}", "ルーム {room}: {reason}";
    ARCHIVE_FILES = "{stored} files stored, {failed} failed, {gone} no longer exist.", "ファイル {stored} 件を保存、{failed} 件は失敗、{gone} 件はすでに存在しません。";
    ARCHIVE_FILE_FAILED = "file {file} of room {room}: {reason}", "ルーム {room} のファイル {file}: {reason}";
    ARCHIVE_FILES_MISSING = "{count} files could not be had", "取得できないファイルが {count} 件ありました";
    ARCHIVE_AGAIN_HINT = "run it again later: what is missing is tried again", "後でもう一度実行すると、足りないものを再度取得します";
    ARCHIVE_LATER = "will be tried again: {reason}", "後で再試行します: {reason}";
    ARCHIVE_PARTIAL = "some rooms could not be read", "読み取れないルームがありました";
    ARCHIVE_NOT_LISTED = "not in the list of your rooms, so not read: {rooms}", "参加中のルームの一覧にないため、読み取っていません: {rooms}";
    ARCHIVE_NOT_LISTED_HINT = "`chatwork rooms list` shows your rooms", "`chatwork rooms list` で参加中のルームを確認できます";
    ARCHIVE_NONE = "there is no archive at {path}", "{path} にアーカイブがありません";
    ARCHIVE_NONE_HINT = "`chatwork archive sync` makes one", "`chatwork archive sync` で作成できます";
    ARCHIVE_SEVERAL = "there are several archives", "アーカイブが複数あります";
    ARCHIVE_SEVERAL_HINT = "choose one by --archive: {paths}", "--archive で選んでください: {paths}";
    ARCHIVE_SUMMARY = "{messages} messages, last run {time}.", "メッセージ {messages} 件、最終実行 {time}。";
    ARCHIVE_PROBLEMS = "{count} problems", "問題が {count} 件あります";
    ARCHIVE_FINE = "Compared {texts} texts and {files} files: all is well.", "本文 {texts} 件、ファイル {files} 件を確認しました。問題ありません。";
    ARCHIVE_REPAIR_HINT = "`chatwork archive verify --repair` makes the search index anew", "`chatwork archive verify --repair` で検索索引を作り直せます";
    ARCHIVE_FILES_HINT = "`chatwork archive verify --repair`, then `chatwork archive sync --files`", "`chatwork archive verify --repair` の後に `chatwork archive sync --files` を実行してください";
    ARCHIVE_WANTED = "{files} files are fetched again by `chatwork archive sync --files`.", "{files} 件のファイルは `chatwork archive sync --files` で再取得します。";
    ARCHIVE_REINDEXED = "Indexed {texts} texts anew.", "{texts} 件の検索索引を作り直しました。";
    ARCHIVE_BACKUP = "Copied the archive to {path}", "アーカイブを {path} にコピーしました";
    ARCHIVE_IMPORTED = "Imported {lines} lines.", "{lines} 行を取り込みました。";
    ARCHIVE_FORGOTTEN = "Removed {messages} messages, {revisions} earlier texts and {files} files.", "メッセージ {messages} 件、以前の本文 {revisions} 件、ファイル {files} 件を削除しました。";
    ARCHIVE_PENDING = "another program still reads the archive: run this again when it has ended", "他のプログラムがアーカイブを読んでいます。終了後にもう一度実行してください";
    ARCHIVE_FORGET_NEEDS = "say what to forget: --room, --person, --message or --before", "削除する対象を --room、--person、--message、--before のいずれかで指定してください";
    ARCHIVE_MORE = "There are more: `--cursor {cursor}` continues.", "続きがあります: `--cursor {cursor}` を付けて実行してください";
    ARCHIVE_CLOUD = "the archive is in a folder that another program synchronises, or on a network: move it, or it may be damaged", "アーカイブが同期フォルダーまたはネットワーク上にあります。破損のおそれがあるため移動してください";
    ARCHIVE_FAILED = "the archive failed: {reason}", "アーカイブでエラーが起きました: {reason}";
    ARCHIVE_ACCOUNT = "the archive belongs to another account", "このアーカイブは別のアカウントのものです";
    ARCHIVE_ACCOUNT_HINT = "use one archive for each account: see --archive", "アカウントごとに別のアーカイブを使ってください（--archive）";
    ARCHIVE_LOCKED = "another program writes to the archive", "他のプログラムがアーカイブに書き込んでいます";
    ARCHIVE_LOCKED_HINT = "wait until it ends", "終了するまでお待ちください";
    ARCHIVE_DANGER_MANY = "too many by {time}", "{time} までに100件超のおそれ";
    ARCHIVE_DANGER_PLAN = "hidden by {time}", "{time} に非表示のおそれ";
    HTML_NEEDS_FOLDER = "--format html writes a folder: name it by --output", "--format html はフォルダーに書き出します。--output で指定してください";
    JSONL_HAS_ALL = "--format jsonl writes the whole archive: --room, --except, --since and --until do not go with it", "--format jsonl はアーカイブ全体を書き出します。--room、--except、--since、--until は指定できません";
    JSONL_HAS_ALL_HINT = "--format csv, markdown and html take them", "--format csv、markdown、html では指定できます";
    ARCHIVE_NOT_RANKED = "Newest first, and not by rank: there is no word, or more than {most} texts have it. Add a word.", "語がないか、該当が {most} 件を超えるため、関連度順ではなく新しい順です。語を追加してください。";

    // Asking.
    ASK_FORGET_ROOM = "Remove room {room} with {messages} messages ({revisions} earlier texts) and their files from the archive for good?", "ルーム {room} のメッセージ {messages} 件（以前の本文 {revisions} 件）とそのファイルを、アーカイブから完全に削除しますか？";
    ASK_FORGET_PERSON = "Remove {messages} messages ({revisions} earlier texts), the files and the tasks of {person} in all rooms from the archive for good?", "全ルームの {person} のメッセージ {messages} 件（以前の本文 {revisions} 件）、ファイル、タスクを、アーカイブから完全に削除しますか？";
    ASK_FORGET_MESSAGE = "Remove message {message} of {person} of {time} in room {room} with {revisions} earlier texts and its files from the archive for good?", "ルーム {room} の {person} のメッセージ {message}（{time}、以前の本文 {revisions} 件）とそのファイルを、アーカイブから完全に削除しますか？";
    ASK_FORGET_UNSEEN = "The archive has no message {message} in room {room}. Note that it is never stored?", "アーカイブのルーム {room} に、メッセージ {message} はありません。今後も保存しないよう記録しますか？";
    ASK_FORGET_BEFORE = "Remove {messages} messages ({revisions} earlier texts) of all rooms before {time}, and their files, from the archive for good?", "全ルームの {time} より前のメッセージ {messages} 件（以前の本文 {revisions} 件）とそのファイルを、アーカイブから完全に削除しますか？";
    ASK_FORGET_ROOM_BEFORE = "Remove {messages} messages ({revisions} earlier texts) of room {room} before {time}, and their files, from the archive for good?", "ルーム {room} の {time} より前のメッセージ {messages} 件（以前の本文 {revisions} 件）とそのファイルを、アーカイブから完全に削除しますか？";
}
