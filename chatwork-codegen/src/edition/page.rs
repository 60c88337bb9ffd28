//! An edition as one HTML page without requests to a network.

use serde_json::{Value, json};

use super::{Language, edition};
use crate::document::{Document, get, text};

/// The page; names in double braces stand for what [`page`] puts in.
const TEMPLATE: &str = include_str!("page.html");
/// The only address that the script of Redoc loads by itself: a logo below the menu.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";
/// The extensions that a reader of the page sees.
const SHOWN: [&str; 4] = ["x-rate-limits", "x-retry-safety", "x-max-bytes", "x-revision"];

/// Returns a document in one language as an HTML page that shows it with Redoc.
///
/// `script` is the standalone script of Redoc (`redoc.standalone.js`), which becomes part of the
/// page. The page works without a network: its policy forbids the browser to load anything.
pub fn page(document: &Document, language: Language, script: &str) -> String {
    let script = self::script(script).replace("</script", "<\\/script");
    with_script(document, language, &[("scripts", ""), ("source", ""), ("script", &script)])
}

/// Returns the same page for a server that also has the script of Redoc, at a path.
///
/// The page loads the script from there and nothing else. [`script`] is what the server has.
pub fn served_page(document: &Document, language: Language, path: &str) -> String {
    let source = format!(" src=\"{}\"", escape(path));
    with_script(document, language, &[("scripts", " 'self'"), ("source", &source), ("script", "")])
}

/// Returns the script of Redoc without the one address that it loads by itself.
pub fn script(redoc: &str) -> String {
    redoc.replace(LOGO, "data:,")
}

fn with_script(document: &Document, language: Language, script: &[(&str, &str); 3]) -> String {
    let edition = with_security(edition(document, language), language);
    let info = edition.at("/info");
    let revision = get(info, "x-revision");
    let title = format!("{} {}, revision {revision}", text(info, "title"), text(info, "version"));
    let (document, options) = (inline(edition.root()), inline(&options(language)));
    let title = escape(&title);
    let texts = [("language", language.tag()), ("title", &title), ("document", &document)];
    fill(&[&texts[..], &[("options", &options)], script].concat())
}

/// Adds a section with the security schemes: Redoc shows them only where a description asks for it.
fn with_security(document: Document, language: Language) -> Document {
    let mut root = document.root().clone();
    if let Some(Value::String(description)) = root.pointer_mut("/info/description") {
        let heading = match language {
            Language::English => "Authentication",
            Language::Japanese => "認証",
        };
        description.push_str(&format!("\n\n# {heading}\n\n<SecurityDefinitions />\n"));
    }
    Document::from_value(root)
}

/// Fills in the template in one pass: what is put in is not searched for names again.
fn fill(values: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = behind;
    }
    page + rest
}

/// JSON that may stand in a script of a page: `</script>` would end it.
fn inline(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The options of Redoc.
fn options(language: Language) -> Value {
    let fonts = "system-ui, -apple-system, 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', \
                 'Yu Gothic UI', Meiryo, sans-serif";
    let mut options = json!({
        "showExtensions": SHOWN,
        "downloadFileName": format!("chatwork.{}.json", language.tag()),
        "jsonSamplesExpandLevel": "all",
        "theme": { "typography": { "fontFamily": fonts, "headings": { "fontFamily": fonts } } },
    });
    if let (Language::Japanese, Some(object)) = (language, options.as_object_mut()) {
        object.insert("labels".to_owned(), labels());
    }
    options
}

/// The words of Redoc that have a setting. The others stay in English.
fn labels() -> Value {
    json!({
        "enum": "値",
        "enumSingleValue": "値",
        "enumArray": "要素の値",
        "default": "既定値",
        "deprecated": "非推奨",
        "example": "例",
        "examples": "例",
        "recursive": "再帰",
        "arrayOf": "配列：",
        "webhook": "イベント",
        "const": "値",
        "noResultsFound": "見つかりませんでした",
        "download": "ダウンロード",
        "downloadSpecification": "OpenAPI文書をダウンロード",
        "responses": "レスポンス",
        "callbackResponses": "コールバックのレスポンス",
        "requestSamples": "リクエストの例",
        "responseSamples": "レスポンスの例",
    })
}
