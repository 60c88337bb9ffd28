//! The pages, in Japanese and English. They have no script, and every text in them is escaped.

use axum::http::HeaderName;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_FRAME_OPTIONS};
use bytes::Bytes;
use chatwork_api::operations::Scope;

use super::{AUTHORIZE, PARAMETERS, texts};
use crate::http::form::Form;
use crate::http::html::escape;
use crate::http::reply::Reply;
use crate::state::{Account, Asked, OAuthRefusal, State};

const STYLE: &str = "body{font:16px/1.6 sans-serif;max-width:34em;margin:2em auto;padding:0 1em}\
                     small,code{color:#555}li{margin:.4em 0}\
                     button{font:inherit;padding:.4em 1.5em}";
const REFERRER_POLICY: HeaderName = HeaderName::from_static("referrer-policy");

/// The consent page.
pub(super) fn consent(state: &State, form: &Form, asked: &Asked) -> Reply {
    let app = escape(&asked.app.name);
    let scopes: String = asked.scopes.iter().map(|scope| item(*scope)).collect();
    let accounts: String = state.accounts().map(option).collect();
    let hidden: String = PARAMETERS.iter().filter_map(|name| hidden(form, name)).collect();
    let body = format!(
        "<h1>「{app}」にアクセスを許可しますか？<br><small>Allow “{app}” to act for you?</small></h1>\
         <p>このアプリは次の操作の許可を求めています。<br>\
         <small>The app asks for your consent to:</small></p><ul>{scopes}</ul>\
         <form method=\"post\" action=\"{AUTHORIZE}\">{hidden}\
         <p><label>アカウント / Account: <select name=\"account_id\">{accounts}</select></label></p>\
         <p><button name=\"decision\" value=\"allow\">許可する / Allow</button> \
         <button name=\"decision\" value=\"deny\">拒否する / Deny</button></p></form>"
    );
    page(200, "アクセスの許可 / Consent", &body)
}

/// The page for a refusal without a certain redirect address.
pub(super) fn refused(refusal: &OAuthRefusal) -> Reply {
    let (code, text) = (escape(refusal.code), escape(&refusal.description));
    let body = format!(
        "<h1>リクエストに誤りがあります<br><small>The request cannot be answered</small></h1>\
         <p><code>{code}</code>: {text}</p>"
    );
    page(400, "エラー / Error", &body)
}

fn page(status: u16, title: &str, body: &str) -> Reply {
    let mut reply = Reply::empty(status);
    reply.body = Bytes::from(format!(
        "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{body}\
         <p><small>chatwork-sandbox</small></p></body></html>"
    ));
    reply
        .with(CONTENT_TYPE, "text/html; charset=utf-8")
        .with(CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'")
        .with(X_FRAME_OPTIONS, "DENY")
        // With `no-referrer` a browser would send `Origin: null` for the form.
        .with(REFERRER_POLICY, "same-origin")
}

fn item(scope: Scope) -> String {
    let (name, japanese) = (scope.as_str(), texts::japanese(scope));
    let english = scope.description();
    format!("<li>{japanese}<br><small>{english} (<code>{name}</code>)</small></li>")
}

fn option(account: &Account) -> String {
    let name = escape(account.name());
    format!("<option value=\"{}\">{name} ({})</option>", account.id, account.id)
}

fn hidden(form: &Form, name: &str) -> Option<String> {
    let value = escape(form.text(name).ok().flatten()?);
    Some(format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"))
}
