//! The page that people see.

use chatwork_sandbox::{AppSeed, Clock, Sandbox, World};

use super::flow::{App, but};
use crate::support::HANAKO;

#[tokio::test]
async fn the_page_names_the_app_and_the_scopes_in_both_languages() {
    let app = App::confidential().await;
    let html = app.open(&but(app.request(), "auto", "")).await.html;
    for text in [
        "日報アプリ (Daily Report)",
        "rooms.all:read",
        "Read everything in your rooms",
        "参加しているチャットの情報をすべて読む",
        "許可する / Allow",
        "拒否する / Deny",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
}

#[tokio::test]
async fn the_page_offers_every_account() {
    let app = App::confidential().await;
    let html = app.open(&but(app.request(), "auto", "")).await.html;
    for account in app.sandbox.accounts() {
        let option = format!("<option value=\"{}\">{}", account.account_id, account.name);
        assert!(html.contains(&option), "{option}: {html}");
    }
}

#[tokio::test]
async fn its_form_brings_the_decision_and_everything_that_was_asked() {
    let app = App::confidential().await;
    let html = app.open(&but(app.request(), "auto", "")).await.html;
    let request = but(app.request(), "auto", "");
    for (name, value) in &request {
        let value = value.replace('&', "&amp;");
        let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert!(html.contains(&field), "{field}: {html}");
    }
    let hanako = HANAKO.to_string();
    let form = but(but(request, "decision", "allow"), "account_id", &hanako);
    let code = app.submit(&form).await.back("code");
    assert_eq!(app.token(&app.form(&code)).await.status, 200);
}

#[tokio::test]
async fn a_denial_on_the_page_redirects_to_the_app() {
    let app = App::confidential().await;
    let shown = app.submit(&but(app.request(), "decision", "deny")).await;
    assert_eq!(shown.back("error"), "access_denied");
}

#[tokio::test]
async fn a_form_without_a_decision_is_refused() {
    let app = App::confidential().await;
    let shown = app.submit(&app.request()).await;
    assert_eq!((shown.status, shown.location), (400, None));
}

#[tokio::test]
async fn names_and_parameters_of_an_app_are_escaped_in_the_page() {
    let evil = "\"><script>alert('x')</script>";
    let mut world = World::standard().unwrap();
    world.apps = vec![AppSeed {
        name: evil.to_owned(),
        client_id: "evil".to_owned(),
        client_secret: Some("s".to_owned()),
        redirect_uris: vec!["https://evil.example/".to_owned()],
        test_redirect_uris: Vec::new(),
        scopes: None,
    }];
    world.accounts[0].name = evil.to_owned();
    let sandbox = Sandbox::builder().clock(Clock::manual(0)).world(world).start().await.unwrap();
    let app = App::new(sandbox, "evil");
    let query = but(but(app.request(), "auto", ""), "state", evil);
    let shown = app.open(&but(query, "redirect_uri", "https://evil.example/")).await;
    assert!(shown.status == 200 && !shown.html.contains("<script"), "{}", shown.html);
    assert_eq!(shown.html.matches("&lt;script&gt;").count(), 4, "{}", shown.html);
    let shown = app.open(&[("client_id", "evil"), ("client_id", evil)]).await;
    assert!(shown.status == 400 && !shown.html.contains("<script"), "{}", shown.html);
}

/// The status of an authorization request that a browser sends with these headers.
async fn status_with(app: &App, headers: &[(&str, &str)]) -> u16 {
    let mut request = app.http.get(app.sandbox.authorization_url()).query(&app.request());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn an_image_or_a_script_of_a_page_of_another_site_gets_no_code() {
    let app = App::confidential().await;
    let site = ("sec-fetch-site", "cross-site");
    for headers in [&[site][..], &[site, ("sec-fetch-mode", "no-cors")]] {
        assert_eq!(status_with(&app, headers).await, 403, "{headers:?}");
        let reason = app.sandbox.requests().pop().unwrap().reason.unwrap();
        assert!(reason.contains("Sec-Fetch-Site"), "{reason}");
    }
}

#[tokio::test]
async fn a_link_from_another_site_and_a_page_on_this_machine_get_a_code() {
    let app = App::confidential().await;
    let site = ("sec-fetch-site", "cross-site");
    for headers in [
        &[site, ("sec-fetch-mode", "navigate")][..],
        &[site, ("sec-fetch-mode", "cors"), ("origin", "http://localhost:3000")],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "no-cors")],
    ] {
        assert_eq!(status_with(&app, headers).await, 302, "{headers:?}");
    }
}

#[tokio::test]
async fn the_page_has_no_script_and_is_not_cached() {
    let app = App::confidential().await;
    let headers = app.open(&but(app.request(), "auto", "")).await.headers;
    assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert_eq!(
        (&headers["x-frame-options"], &headers["cache-control"]),
        (&"DENY".parse().unwrap(), &"no-store".parse().unwrap())
    );
}
