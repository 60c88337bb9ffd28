//! The heads of columns.

use super::Words;

words! {
    ACCOUNT = "ACCOUNT", "アカウント";
    ADDRESS = "ADDRESS", "アドレス";
    ASSIGNED_BY = "BY", "依頼者";
    ASSIGNEE = "ASSIGNEE", "担当者";
    BODY = "TEXT", "本文";
    CHATWORK_ID = "CHATWORK ID", "Chatwork ID";
    CONSENT = "CONSENT ENDS", "同意の期限";
    COMPLETE_SINCE = "COMPLETE SINCE", "欠けなしの始点";
    DANGER = "DANGER", "要注意";
    DEPARTMENT = "DEPARTMENT", "部署";
    DUE = "DUE", "期限";
    FILE_ID = "FILE", "ファイル";
    FROM = "FROM", "送信者";
    ID = "ID", "ID";
    KEY = "KEY", "項目";
    LAST_UPDATE = "UPDATED", "更新";
    MENTIONS = "TO ME", "自分宛";
    MESSAGE = "MESSAGE", "メッセージ";
    MESSAGES = "MESSAGES", "メッセージ数";
    NAME = "NAME", "名前";
    ORGANIZATION = "ORGANIZATION", "組織";
    PROFILE = "PROFILE", "プロファイル";
    ROLE = "ROLE", "権限";
    ROOM = "ROOM", "ルーム";
    ROOM_ID = "ROOM ID", "ルームID";
    SIZE = "SIZE", "サイズ";
    STATUS = "STATUS", "状態";
    STORAGE = "STORAGE", "保存先";
    TASK = "TASK", "タスク";
    TIME = "TIME", "時刻";
    TYPE = "TYPE", "種類";
    UNREAD = "UNREAD", "未読";
    VALUE = "VALUE", "値";
    ADMIN = "ADMIN", "管理者";
    MEMBER = "MEMBER", "メンバー";
    READONLY = "READONLY", "閲覧のみ";
    CURRENT = "CURRENT", "使用中";
    LOST = "LOST", "欠落";
    LIMIT = "LIMIT", "上限";
    REMAINING = "LEFT", "残り";
    RESET = "UNTIL", "リセット";
    TASKS = "TASKS", "タスク";
    PUBLIC = "OPEN", "公開";
    APPROVAL = "APPROVAL", "承認";
}
