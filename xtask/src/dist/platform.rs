//! The platforms that programs are built for.

use anyhow::{Result, bail};

/// A platform. Its name has the words of Node.js for the system and the processor.
#[derive(Debug, PartialEq)]
pub(super) struct Platform {
    pub(super) name: &'static str,
    /// The target of rustc.
    pub(super) triple: &'static str,
    /// The tag of a wheel: <https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/>.
    pub(super) wheel: &'static str,
    /// `os`, `cpu` and `libc` of a `package.json`.
    pub(super) os: &'static str,
    pub(super) cpu: &'static str,
    pub(super) libc: Option<&'static str>,
}

/// The oldest glibc that a program for Linux runs with.
const GLIBC: &str = "2.28";

pub(super) const ALL: [Platform; 7] = [
    Platform {
        name: "linux-x64",
        triple: "x86_64-unknown-linux-gnu",
        wheel: "manylinux_2_28_x86_64",
        os: "linux",
        cpu: "x64",
        libc: Some("glibc"),
    },
    Platform {
        name: "linux-arm64",
        triple: "aarch64-unknown-linux-gnu",
        wheel: "manylinux_2_28_aarch64",
        os: "linux",
        cpu: "arm64",
        libc: Some("glibc"),
    },
    Platform {
        name: "linux-x64-musl",
        triple: "x86_64-unknown-linux-musl",
        wheel: "musllinux_1_2_x86_64",
        os: "linux",
        cpu: "x64",
        libc: Some("musl"),
    },
    Platform {
        name: "linux-arm64-musl",
        triple: "aarch64-unknown-linux-musl",
        wheel: "musllinux_1_2_aarch64",
        os: "linux",
        cpu: "arm64",
        libc: Some("musl"),
    },
    Platform {
        name: "darwin-x64",
        triple: "x86_64-apple-darwin",
        wheel: "macosx_10_12_x86_64",
        os: "darwin",
        cpu: "x64",
        libc: None,
    },
    Platform {
        name: "darwin-arm64",
        triple: "aarch64-apple-darwin",
        wheel: "macosx_11_0_arm64",
        os: "darwin",
        cpu: "arm64",
        libc: None,
    },
    Platform {
        name: "win32-x64",
        triple: "x86_64-pc-windows-msvc",
        wheel: "win_amd64",
        os: "win32",
        cpu: "x64",
        libc: None,
    },
];

impl Platform {
    /// The name of a program's file.
    pub(super) fn file(&self, program: &str) -> String {
        if self.os == "win32" { format!("{program}.exe") } else { program.to_owned() }
    }

    /// The target that `cargo zigbuild` builds, or `None` where cargo builds without zig.
    pub(super) fn zig_target(&self) -> Option<String> {
        match self.libc? {
            "glibc" => Some(format!("{}.{GLIBC}", self.triple)),
            _ => Some(self.triple.to_owned()),
        }
    }
}

pub(super) fn parse(name: &str) -> Result<&'static Platform> {
    match ALL.iter().find(|platform| platform.name == name) {
        Some(platform) => Ok(platform),
        None => {
            let names = ALL.each_ref().map(|platform| platform.name);
            bail!("expected one of {}", names.join(", "))
        }
    }
}

pub(super) fn of_this_machine() -> Result<&'static Platform> {
    let (os, cpu) = (std::env::consts::OS, std::env::consts::ARCH);
    let os = match os {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let cpu = match cpu {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    match ALL.iter().find(|platform| platform.os == os && platform.cpu == cpu) {
        Some(platform) => Ok(platform),
        None => bail!("no platform of a release is {os} {cpu}: name one by --platform"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_is_found_by_its_name() {
        for platform in &ALL {
            assert_eq!(parse(platform.name).unwrap(), platform);
        }
        let error = parse("linux").unwrap_err().to_string();
        assert!(error.contains("linux-x64, linux-arm64"), "{error}");
    }

    #[test]
    fn the_names_are_those_that_node_has_for_system_and_processor() {
        for platform in &ALL {
            let name = format!("{}-{}", platform.os, platform.cpu);
            let name = if platform.libc == Some("musl") { name + "-musl" } else { name };
            assert_eq!(platform.name, name);
        }
    }

    #[test]
    fn a_program_for_linux_is_built_for_an_old_glibc_or_for_musl() {
        let targets = ALL.iter().filter_map(Platform::zig_target).collect::<Vec<_>>();
        let expected = [
            "x86_64-unknown-linux-gnu.2.28",
            "aarch64-unknown-linux-gnu.2.28",
            "x86_64-unknown-linux-musl",
            "aarch64-unknown-linux-musl",
        ];
        assert_eq!(targets, expected);
    }

    #[test]
    fn a_wheel_promises_no_older_glibc_than_the_program_is_built_for() {
        let tag = format!("manylinux_{}_", GLIBC.replace('.', "_"));
        for platform in ALL.iter().filter(|it| it.libc == Some("glibc")) {
            assert!(platform.wheel.starts_with(&tag), "{}", platform.wheel);
        }
    }
}
