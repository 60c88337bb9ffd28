//! Editions of the document: one language each, and a page without requests to a network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

use chatwork_codegen::edition::{self, Language, Recorded, edition, missing, page, served_page};
use chatwork_codegen::{Diagnostic, Document};
use serde_json::{Value, json};

fn chatwork() -> Document {
    Document::parse(include_str!("../../spec/chatwork.yaml")).unwrap()
}

fn diagnostics(root: Value) -> Vec<String> {
    missing(&Document::from_value(root)).iter().map(ToString::to_string).collect()
}

#[test]
fn no_text_of_the_document_of_chatwork_lacks_its_translation() {
    assert_eq!(missing(&chatwork()), []);
}

/// Every kind of object that has a text, so that none is left out by the walk.
#[test]
fn a_translation_is_missed_wherever_a_text_stands() {
    let document = chatwork();
    for place in [
        "/info/x-description-ja",
        "/externalDocs/x-description-ja",
        "/servers/0/x-description-ja",
        "/tags/0/x-description-ja",
        "/tags/0/x-name-ja",
        "/x-rate-limits/account/x-description-ja",
        "/paths/~1rooms/get/x-summary-ja",
        "/paths/~1rooms/get/x-description-ja",
        "/paths/~1rooms/get/externalDocs/x-description-ja",
        "/paths/~1my~1tasks/get/parameters/0/x-description-ja",
        "/paths/~1rooms/post/requestBody/x-description-ja",
        "/paths/~1rooms/get/responses/200/x-description-ja",
        "/components/headers/XRateLimitLimit/x-description-ja",
        "/components/parameters/RoomIdPath/x-description-ja",
        "/components/responses/Unauthorized/x-description-ja",
        "/components/examples/ErrorFileNotFound/x-summary-ja",
        "/components/securitySchemes/OAuth2/x-description-ja",
        "/components/securitySchemes/OAuth2/flows/authorizationCode/x-scopes-ja/rooms:write",
        "/components/schemas/RoomDetails/x-description-ja",
        "/components/schemas/RoomDetails/properties/description/x-description-ja",
        "/components/schemas/UpdatedTask/properties/task_id/oneOf/0/x-description-ja",
        "/components/schemas/RoomMemberIds/properties/admin/x-description-ja",
        "/x-webhooks/mentionToMe/post/x-summary-ja",
    ] {
        let mut root = document.root().clone();
        let (parent, key) = place.rsplit_once('/').unwrap();
        let object = root.pointer_mut(parent).and_then(Value::as_object_mut);
        let removed = object.and_then(|object| object.shift_remove(key));
        assert!(removed.is_some(), "there is no {place}");
        let expected = format!("#{place}: expected the text in Japanese, found none");
        assert_eq!(diagnostics(root), [expected]);
    }
}

#[test]
fn a_translation_that_is_english_is_none() {
    let root = json!({ "info": { "description": "Rooms", "x-description-ja": "Rooms" } });
    let expected = "#/info/x-description-ja: expected the text in Japanese, found none";
    assert_eq!(diagnostics(root), [expected]);
}

#[test]
fn a_translation_names_the_code_that_the_text_names() {
    let root = json!({ "info": { "description": "`a`, ``b`c``", "x-description-ja": "`a`と`d`" } });
    let expected = [
        "#/info/x-description-ja: expected `b`c`, as in the English text",
        "#/info/x-description-ja: `d` is not in the English text: expected its code spans only",
    ];
    assert_eq!(diagnostics(root), expected);
}

#[test]
fn a_scope_that_is_not_declared_has_no_translation() {
    let root = json!({ "flow": { "scopes": {}, "x-scopes-ja": { "boats": "船" } } });
    let expected =
        "#/flow/x-scopes-ja/boats: `boats` is not a valid scope: expected one of `scopes`";
    assert_eq!(diagnostics(root), [expected]);
}

#[test]
fn data_that_looks_like_a_text_needs_no_translation() {
    let root = json!({
        "components": {
            "schemas": { "description": { "example": { "description": "a" }, "enum": ["a"] } },
            "examples": { "summary": { "value": { "summary": "a" } } },
        },
    });
    assert_eq!(diagnostics(root), Vec::<String>::new());
}

/// Everything but the texts: what a program reads.
fn without_texts(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, value)| {
                let text = ["summary", "description", "x-displayName"].contains(&key.as_str());
                !(text && value.is_string()) && *key != "scopes" && !key.ends_with("-ja")
            });
            kept.map(|(key, value)| (key.clone(), without_texts(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_texts).collect(),
        other => other.clone(),
    }
}

#[test]
fn an_edition_differs_in_its_texts_only() {
    let document = chatwork();
    for language in Language::ALL {
        let edition = edition(&document, language);
        assert_eq!(without_texts(edition.root()), without_texts(document.root()), "{language:?}");
        let text = edition.root().to_string();
        for key in ["x-summary-ja", "x-description-ja", "x-name-ja", "x-scopes-ja"] {
            assert!(!text.contains(&format!("\"{key}\"")), "{language:?} {key}");
        }
    }
}

#[test]
fn the_japanese_edition_has_japanese_texts_under_the_keys_that_tools_know() {
    let edition = edition(&chatwork(), Language::Japanese);
    let get = "/paths/~1rooms/get";
    assert_eq!(edition.at(&format!("{get}/summary")), "自分が参加しているチャットの一覧を取得する");
    assert_eq!(edition.at("/tags/0/x-displayName"), "自分の情報");
    let scopes = "/components/securitySchemes/OAuth2/flows/authorizationCode/scopes";
    assert_eq!(edition.at(&format!("{scopes}/rooms:write")), "チャットの作成・退席・削除をする");
    // Data is as it was, also where it is called like a text.
    let reply = "/responses/200/content/application~1json/examples/room/value/description";
    assert_eq!(
        edition.at(&format!("/paths/~1rooms~1{{room_id}}/get{reply}")),
        "新製品の企画と進行\n議事録はファイル一覧へ"
    );
}

#[test]
fn the_english_edition_is_the_document_without_the_japanese_texts() {
    let edition = edition(&chatwork(), Language::English);
    assert_eq!(edition.at("/paths/~1rooms/get/summary"), "List the rooms that you are in");
    assert!(edition.at("/tags/0/x-displayName").is_null());
}

#[test]
fn the_yaml_of_an_edition_reads_back_as_it_was() {
    for language in Language::ALL {
        let edition = edition(&chatwork(), language);
        let yaml = edition::yaml(&edition).unwrap();
        assert!(Document::parse(&yaml).unwrap() == edition, "{language:?}");
    }
}

#[test]
fn a_page_is_complete_and_makes_no_request() {
    let script = "loadLogo(\"https://cdn.redoc.ly/redoc/logo-mini.svg\"); \"</script>{{title}}\"";
    for language in Language::ALL {
        let page = page(&chatwork(), language, script);
        assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
        let revision = &chatwork().at("/info/x-revision").clone();
        let title = format!("<title>Chatwork API 2.0.0, revision {revision}</title>");
        assert!(page.contains(&title), "no {title}");
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("cdn.redoc.ly"));
        assert!(!page.contains(" src=") && !page.contains("<link"));
        // The script ends where the template ends it, and is not filled in itself.
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(page.contains("<\\/script>{{title}}"));
        assert!(page.trim_end().ends_with("</html>"));
    }
}

#[test]
fn a_page_of_a_server_loads_its_script_from_there_and_nothing_else() {
    let page = served_page(&chatwork(), Language::English, "/api/redoc.js");
    assert!(page.contains("<script src=\"/api/redoc.js\"></script>"));
    assert!(page.contains("default-src 'none'; script-src 'unsafe-inline' 'self';"));
    assert_eq!(page.matches(" src=").count(), 1);
    let script = edition::script("load(\"https://cdn.redoc.ly/redoc/logo-mini.svg\")</script>");
    assert_eq!(script, "load(\"data:,\")</script>");
}

#[test]
fn a_page_has_a_section_on_authentication() {
    let page = |language| page(&chatwork(), language, "");
    assert!(
        page(Language::English).contains("# Authentication\\n\\n\\u003cSecurityDefinitions />")
    );
    assert!(page(Language::Japanese).contains("# 認証\\n\\n\\u003cSecurityDefinitions />"));
}

#[test]
fn the_words_of_the_page_itself_are_in_its_language() {
    let page = |language| page(&chatwork(), language, "");
    let word = "\"responseSamples\":\"レスポンスの例\"";
    assert!(page(Language::Japanese).contains(word));
    assert!(!page(Language::English).contains("\"labels\""));
}

#[test]
fn a_text_cannot_end_the_script_of_a_page() {
    let mut root = chatwork().root().clone();
    root["info"]["title"] = json!("a</title><b>");
    root["info"]["description"] = json!("</script><script>alert(1)</script>");
    let page = page(&Document::from_value(root), Language::English, "");
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(page.contains("<title>a&lt;/title&gt;&lt;b&gt; 2.0.0"));
    assert!(page.contains("\\u003c/script>"));
}

/// A document with one text.
fn boat(english: &str, japanese: &str) -> Document {
    let info = json!({ "description": english, "x-description-ja": japanese });
    Document::from_value(json!({ "info": info }))
}

fn places(found: Vec<Diagnostic>) -> Vec<String> {
    found.into_iter().map(|diagnostic| diagnostic.pointer).collect()
}

#[test]
fn a_translation_is_stale_if_the_english_text_alone_has_changed() {
    let recorded = Recorded::of(&boat("A boat.", "船です。"));
    let changed = boat("A red boat.", "船です。");
    assert_eq!(places(recorded.stale(&changed)), ["/info/x-description-ja"]);
    assert_eq!(places(recorded.new_texts(&changed)), [""; 0]);
}

#[test]
fn a_changed_translation_is_new_and_not_stale() {
    let recorded = Recorded::of(&boat("A boat.", "船です。"));
    for changed in [boat("A red boat.", "赤い船です。"), boat("A boat.", "ボートです。")]
    {
        assert_eq!(places(recorded.stale(&changed)), [""; 0]);
        assert_eq!(places(recorded.new_texts(&changed)), ["/info/x-description-ja"]);
    }
}

#[test]
fn a_record_is_read_back_as_it_was_written() {
    let recorded = Recorded::of(&chatwork());
    assert_eq!(Recorded::parse(&recorded.to_string()), recorded);
}

#[test]
fn the_translations_of_chatworks_document_are_recorded_and_not_stale() {
    let recorded = Recorded::parse(include_str!("../../spec/translations.txt"));
    assert_eq!(places(recorded.stale(&chatwork())), [""; 0]);
    assert_eq!(places(recorded.new_texts(&chatwork())), [""; 0]);
}
