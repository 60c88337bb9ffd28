//! The frame of a page.

use sha2::{Digest, Sha256};

use super::escape::escape;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.7 system-ui,'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP',Meiryo,sans-serif;\
max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}\
h1{font-size:1.3rem}h2{font-size:1rem;border-bottom:1px solid #8885;margin:2rem 0 1rem}\
nav,small,time{color:#777;font-size:.85rem}\
.list{list-style:none;padding:0}.list li{padding:.4rem 0;border-bottom:1px solid #8883}\
article{margin:0 0 1.2rem}article:target{outline:2px solid #4a90d9;outline-offset:.4rem}\
article header{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}\
p{margin:.2rem 0;white-space:pre-wrap}del p{color:#777}\
bdi{unicode-bidi:isolate}i{color:#a60;font-size:.8em;font-style:normal}";

pub(super) const FOOT: &str = "</main>\n</body>\n</html>\n";

/// Returns the beginning of a page, with a link to the page above it.
pub(super) fn head(title: &str, up: Option<(&str, &str)>) -> String {
    let hash = base64(&Sha256::digest(STYLE.as_bytes()));
    let title = escape(title);
    let up = up.map(|(href, name)| format!("<nav><a href=\"{href}\">{}</a></nav>\n", escape(name)));
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{}<main>\n<h1>{title}</h1>\n",
        up.unwrap_or_default()
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * digit) & 63).unwrap_or_default();
            let character = DIGITS.get(index).copied().unwrap_or(b'A');
            text.push(if digit > chunk.len() { '=' } else { char::from(character) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_one_style_and_no_script() {
        let head = head("題 <x>", Some(("index.html", "上")));
        assert!(head.contains("default-src 'none'; style-src 'sha256-"));
        assert!(head.contains("<title>題 &lt;x&gt;</title>"));
        assert!(!head.contains("<script") && !head.contains("unsafe"));
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (text, encoded) in cases {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }
}
