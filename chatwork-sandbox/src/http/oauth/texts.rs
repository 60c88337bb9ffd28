//! Descriptions of the scopes in Japanese. The English ones are in the API document.

use chatwork_api::operations::Scope;

pub(super) fn japanese(scope: Scope) -> &'static str {
    match scope {
        Scope::OfflineAccess => "期限のない更新用トークンを保持する",
        Scope::UsersAllRead => "自分のアカウントに関するすべての情報を読む",
        Scope::UsersProfileMeRead => "自分のプロフィールを読む",
        Scope::UsersStatusMeRead => "自分の未読数とタスク数を読む",
        Scope::UsersTasksMeRead => "自分のタスクを読む",
        Scope::RoomsAllReadWrite => "参加しているチャットの情報をすべて読み、変更する",
        Scope::RoomsAllRead => "参加しているチャットの情報をすべて読む",
        Scope::RoomsAllWrite => "参加しているチャットの情報をすべて変更する",
        Scope::RoomsWrite => "チャットを作成、退席、削除する",
        Scope::RoomsInfoRead => "参加しているチャットの概要と招待リンクを読む",
        Scope::RoomsInfoWrite => "参加しているチャットの概要と招待リンクを変更する",
        Scope::RoomsMembersRead => "参加しているチャットのメンバーを読む",
        Scope::RoomsMembersWrite => "参加しているチャットのメンバーを変更する",
        Scope::RoomsMessagesRead => "参加しているチャットのメッセージを読む",
        Scope::RoomsMessagesWrite => {
            "参加しているチャットにメッセージを投稿し、編集、削除、既読・未読の変更をする"
        }
        Scope::RoomsTasksRead => "参加しているチャットのタスクを読む",
        Scope::RoomsTasksWrite => "参加しているチャットにタスクを追加し、完了・未完了を変更する",
        Scope::RoomsFilesRead => "参加しているチャットのファイルを読む",
        Scope::RoomsFilesWrite => "参加しているチャットにファイルをアップロードする",
        Scope::ContactsAllReadWrite => "コンタクトとコンタクト承認依頼を読み、依頼に回答する",
        Scope::ContactsAllRead => "コンタクトとコンタクト承認依頼を読む",
        Scope::ContactsAllWrite => "コンタクト承認依頼に回答する",
        // A scope that the document has and this file has not yet: its name is shown.
        other => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_has_its_text() {
        for scope in Scope::ALL {
            assert_ne!(japanese(scope), scope.as_str());
        }
    }
}
