//! The table of all commands.

use super::row::Csv::{Refused, Same};
use super::row::Json::{Any, Lines, Of, Own};
use super::row::{End, Row, act, entries, text};
use crate::support::ROOM;

pub(super) const ROWS: &[Row] = &[
    // Accounts.
    act("auth login", &["--base-url", "{base_url}", "--storage", "file"], "Signed in as 山田 花子")
        .input("hanako-sandbox-token\n")
        .json(Of("auth status")),
    entries("auth status", &[], "山田 花子").note("of 300 requests are left"),
    act("auth switch", &["default"], "The profile is now `default`"),
    act("auth logout", &["default", "--yes"], "Removed the profile `default`"),
    entries("me", &[], "1484814"),
    entries("status", &[], "unread_num\t").shown("UNREAD"),
    entries("limits", &[], "300"),
    // Rooms.
    entries("rooms list", &[], "新製品プロジェクト"),
    entries("rooms view", &[ROOM], "新製品プロジェクト"),
    entries("rooms create", &["計画", "--member", "佐藤 健"], ""),
    entries("rooms edit", &[ROOM, "--description", "説明"], ROOM),
    act("rooms leave", &["93310055", "--yes"], "Left room 93310055"),
    act("rooms delete", &[ROOM, "--yes"], "Deleted room 93207172"),
    entries("rooms members", &[ROOM], "Deploy Bot"),
    entries("rooms add", &[ROOM, "2861671", "--role", "member"], "2861671"),
    entries("rooms remove", &[ROOM, "Deploy Bot", "--yes"], "1484814"),
    entries("rooms role", &[ROOM, "readonly", "Deploy Bot", "--yes"], "4520017"),
    entries("link show", &[ROOM], "new-product_2025"),
    entries("link create", &[ROOM, "--open"], ROOM).before(&["link", "delete", ROOM, "--yes"]),
    entries("link edit", &[ROOM, "--description", "どうぞ"], "どうぞ"),
    act("link delete", &[ROOM, "--yes"], "Deleted the invitation link").json(Own).csv(Same),
    // Messages.
    entries("messages list", &[ROOM], "会議室は予約しました"),
    entries("messages view", &["{mine}"], "確認しました"),
    entries("messages send", &[ROOM, "お知らせ"], ""),
    entries("messages reply", &["{theirs}", "答え"], ""),
    entries("messages edit", &["{mine}", "別の文"], ""),
    entries("messages delete", &["{mine}", "--yes"], ""),
    entries("messages read", &[ROOM], ROOM),
    entries("messages unread", &["{mine}"], ROOM),
    entries("send", &[ROOM, "お知らせ"], ""),
    entries("send", &[ROOM, "お知らせ", "--dry-run"], "お知らせ")
        .note("Nothing is sent")
        .json(Of("--dry-run"))
        .csv(Refused),
    // Tasks and files.
    entries("tasks list", &[], "見積書を確認して返信する"),
    entries("tasks list", &[ROOM], "見積書を確認して返信する").json(Of("tasks list ROOM")),
    entries("tasks view", &[ROOM, "3071284"], "見積書を確認して返信する"),
    entries("tasks add", &[ROOM, "議事録", "--due", "明日", "--to", "佐藤 健"], ""),
    entries("tasks add", &[ROOM, "議事録", "--dry-run"], "議事録")
        .note("Nothing is sent")
        .json(Of("tasks add --dry-run"))
        .csv(Refused),
    entries("tasks done", &[ROOM, "3071284", "3071290"], "3071290"),
    entries("tasks reopen", &[ROOM, "3070500", "3071284"], "3070500"),
    entries("files list", &[ROOM], "logo.png"),
    entries("files view", &[ROOM, "1341384457"], "議事録_6月.txt"),
    entries("files put", &[ROOM, "report.txt", "notes.txt"], ""),
    entries("files put", &[ROOM, "report.txt", "--dry-run"], "report.txt")
        .note("Nothing is sent")
        .json(Of("files put --dry-run")),
    entries("files get", &[ROOM, "1341384457"], "議事録_6月.txt"),
    text("files get", &[ROOM, "1341384457", "-o", "-"], "見積書は花子さんが確認する").csv(Refused),
    // People.
    entries("contacts list", &[], "佐藤 健"),
    entries("requests list", &[], "高橋 大地"),
    entries("requests accept", &["1204857"], "高橋 大地"),
    act("requests decline", &["1204992", "--yes"], "Declined request 1204992"),
    // Events.
    text("watch", &[ROOM, "--every", "1", "--limit", "1"], "\"event\":\"message_created\"")
        .json(Lines)
        .csv(Refused)
        .end(End::Event("Watching")),
    text(
        "webhooks listen",
        &["--listen", "127.0.0.1:0", "--token-file", "hook.txt", "--limit", "1"],
        "\"webhook_event\"",
    )
    .json(Lines)
    .csv(Refused)
    .end(End::Delivery("Listening on")),
    // The archive.
    act("archive sync", &[ROOM], "deleted messages in").json(Own),
    act("archive follow", &[ROOM], "Watching").end(End::Interrupt("Watching")),
    entries("archive status", &[], "新製品プロジェクト").with_archive(),
    entries("archive search", &["会議"], "室は予約しました").with_archive(),
    entries("archive show", &["{mine}"], "確認しました").with_archive(),
    text("archive export", &["--format", "jsonl"], "会議室は予約しました")
        .json(Lines)
        .with_archive(),
    act("archive import", &["all.jsonl", "--archive", "new.chatwork"], "Imported").with_archive(),
    act("archive verify", &[], "all is well").json(Own).with_archive(),
    act("archive backup", &["copy.chatwork"], "Copied the archive").with_archive(),
    act("archive forget", &["--room", ROOM, "--yes"], "Removed").json(Own).with_archive(),
    // Agents.
    act("mcp serve", &["--http", "127.0.0.1:0"], "Serving agents at")
        .end(End::Interrupt("Serving agents at")),
    entries("mcp tools", &[], "get_me"),
    text("mcp install", &["claude-code"], "\"serve\"").json(Own).csv(Refused),
    // Tools.
    text("api", &["GET", "/me"], "1484814").json(Any).csv(Refused),
    text("sandbox", &["--port", "0"], "\"base_url\"")
        .json(Lines)
        .csv(Refused)
        .end(End::Interrupt("The sandbox listens on")),
    text("completion", &["bash"], "chatwork"),
    text("man", &[], ".TH chatwork 1"),
    text("help", &["rooms", "list"], "chatwork rooms list"),
    entries("config list", &[], "language"),
    text("config get", &["language"], "en"),
    act("config set", &["time_zone", "UTC"], "").csv(Same),
    act("config unset", &["language"], "").csv(Same),
    text("config path", &[], "config.toml"),
];
