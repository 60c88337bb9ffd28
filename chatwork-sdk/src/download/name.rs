//! File names that are safe on every common system.

/// The largest number of bytes of a file name on common file systems.
const NAME_MAX: usize = 255;
/// The largest number of bytes of an extension, with its dot.
const EXTENSION_MAX: usize = 16;
/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Returns a name that stays in its folder and that every common system accepts.
///
/// Another person chose the name. So the result is not hidden (`.bashrc`), is not an option of a
/// command (`-rf`), does not show its extension reversed (U+202E) and is not a device (`NUL.txt`).
pub(super) fn safe_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    let name = name.trim().trim_end_matches(is_trailing);
    let name = match name.chars().next() {
        None => return "file".to_owned(),
        Some(first @ ('.' | '-' | '~')) => format!("_{}", &name[first.len_utf8()..]),
        Some(_) if is_device(name) => format!("_{name}"),
        Some(_) => name.to_owned(),
    };
    // A shortened name can end with a dot or a space, which Windows removes.
    shortened(&name, "").trim_end_matches(is_trailing).to_owned()
}

/// Returns the name with a number before its extension: `a (2).txt`.
pub(super) fn numbered(name: &str, number: u32) -> String {
    shortened(name, &format!(" ({number})"))
}

fn is_trailing(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Returns whether a character separates folders, is refused by a file system, or is invisible.
fn is_unsafe(c: char) -> bool {
    c.is_control() || "/\\:*?\"<>|".contains(c) || crate::text::is_invisible(c)
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let digit = |port: &str| {
        let mut digits = port.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    DEVICES.contains(&stem.as_str()) || port.is_some_and(digit)
}

/// Inserts `mark` before the extension, and shortens the stem to keep [`NAME_MAX`].
fn shortened(name: &str, mark: &str) -> String {
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= EXTENSION_MAX => name.split_at(dot),
        _ => (name, ""),
    };
    let mut stem = stem.to_owned();
    while stem.len() + mark.len() + extension.len() > NAME_MAX {
        stem.pop();
    }
    stem + mark + extension
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(safe_name("../../etc/passwd"), "_._.._etc_passwd");
        assert_eq!([safe_name(".."), safe_name(". ."), safe_name("")], ["file"; 3]);
    }

    #[test]
    fn a_safe_name_is_kept_in_any_script() {
        for name in ["議事録 10月.pdf", "a.b.tar.gz", "CONSOLE.txt", "com10", "COMX", "a-b.~c"]
        {
            assert_eq!(safe_name(name), name);
        }
    }

    #[test]
    fn a_name_is_neither_hidden_nor_an_option_nor_a_home_folder() {
        let names = [".bashrc", "-rf", "~", "~root", " .ssh"].map(safe_name);
        assert_eq!(names, ["_bashrc", "_rf", "_", "_root", "_ssh"]);
    }

    #[test]
    fn an_invisible_character_is_replaced() {
        for mark in
            ['\u{202E}', '\u{2066}', '\u{200F}', '\u{061C}', '\u{200B}', '\u{FEFF}', '\u{2028}']
        {
            assert_eq!(safe_name(&format!("photo{mark}gpj.exe")), "photo_gpj.exe");
        }
    }

    #[test]
    fn a_name_that_windows_reserves_is_changed() {
        for name in ["CON", "nul.txt", "Com1.tar.gz", "LPT9", "com\u{B9}", "aux .c", "CONIN$"] {
            assert_eq!(safe_name(name), format!("_{name}"));
        }
    }

    #[test]
    fn a_name_ends_with_neither_a_dot_nor_a_space_even_if_it_is_shortened() {
        assert_eq!(safe_name("report. . "), "report");
        let cut = safe_name(&format!("{}. {}", "x".repeat(253), "y".repeat(40)));
        assert_eq!(cut, "x".repeat(253));
    }

    #[test]
    fn a_number_stands_before_the_extension_and_fits() {
        assert_eq!(numbered("a.txt", 2), "a (2).txt");
        let long = numbered(&safe_name(&format!("{}.txt", "あ".repeat(200))), 10);
        assert!(long.len() <= NAME_MAX && long.ends_with(" (10).txt"), "{long}");
    }
}
