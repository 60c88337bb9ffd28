//! The texts of `watch` and `webhooks`.

use super::Words;

words! {
    WATCHING = "Watching. Ctrl-C ends it.", "監視しています。Ctrl-C で終了します。";
    LISTENING = "Listening on {address}. Chatwork must reach it by https: put a tunnel or a proxy in front. Ctrl-C ends it.", "{address} で待ち受けています。Chatwork から https で届くよう、トンネルやプロキシを前に置いてください。Ctrl-C で終了します。";
    WATCH_ENDING = "Finishing this event. Ctrl-C again ends at once, and the event comes again.", "このイベントの処理を終えてから終了します。もう一度 Ctrl-C を押すとすぐに終了し、このイベントは次回また届きます。";
    EVENTS_FAILED = "{failed} of {count} events could not be handled", "{count} 件中 {failed} 件のイベントを処理できませんでした";
    EXEC_FAILED = "the command failed with code {code}", "コマンドが終了コード {code} で失敗しました";
    EXEC_KILLED = "the command was ended by a signal", "コマンドがシグナルで終了しました";
    EXEC_NOT_STARTED = "the command could not be started: {reason}", "コマンドを起動できません: {reason}";
    FORWARD_FAILED = "{address} answered {status}", "{address} の返信は {status} でした";
    FORWARD_UNREACHABLE = "{address} could not be reached", "{address} に接続できません";
    FORWARD_INVALID = "`{address}` is not an http or https address", "`{address}` は http または https のアドレスではありません";
    WATCH_ENDED = "the watch has ended: {reason}", "監視が終了しました: {reason}";
    WEBHOOK_TOKEN = "the token of the webhook is missing", "Webhook のトークンがありません";
    WEBHOOK_TOKEN_HINT = "set CHATWORK_WEBHOOK_TOKEN, or name a file by --token-file", "CHATWORK_WEBHOOK_TOKEN を設定するか、--token-file でファイルを指定してください";
    WEBHOOK_TOKEN_INVALID = "this is not the token of a webhook: {reason}", "これは Webhook のトークンではありません: {reason}";
    WEBHOOK_REFUSED = "refused a delivery: {reason}", "配信を拒否しました: {reason}";
    WEBHOOK_ENDING = "Accepting no more deliveries; finishing {count} for at most {seconds} s. Ctrl-C ends at once.", "新しい配信の受け付けを終了しました。残り {count} 件を最大 {seconds} 秒で処理します。もう一度 Ctrl-C を押すとすぐに終了します。";
    WEBHOOK_LOST = "not delivered: {event} {message}", "未処理: {event} {message}";
    WEBHOOK_STOPPED = "interrupted; {count} deliveries were accepted and not delivered", "中断しました。受け付けた配信のうち {count} 件は処理していません";
    WEBHOOK_LISTEN = "cannot listen on {address}: {reason}", "{address} で待ち受けられません: {reason}";
}
