"""Checks what was packed: contents.py FOLDER. Needs cyclonedx-python-lib with its validator."""

import io
import json
import stat
import sys
import tarfile
import zipfile
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

folder = Path(sys.argv[1])
strict = JsonStrictValidator(SchemaVersion.V1_5)


def check_sbom(text: str, where: Path, crate: str) -> None:
    error = strict.validate_str(text)
    assert error is None, f"{where}: {error}"
    names = {component["name"] for component in json.loads(text)["components"]}
    assert {crate, "tokio", "serde"} <= names, f"{where}: {sorted(names)}"
    # Only tests and other members of the workspace need these.
    assert not {"proptest", "redis", "tempdir", "insta"} & names, f"{where}: {sorted(names)}"


def check_licences(text: str, where: Path) -> None:
    for part in ("\ntokio 1.", "Copyright (c) Tokio Contributors", "Apache License"):
        assert part in text, f"{where}: THIRD-PARTY.txt has no {part.strip()}"


[archive] = (folder / "archives").glob("*.tar.gz")
with tarfile.open(archive) as tar:
    members = tar.getmembers()
    names = [member.name for member in members]
    assert names == sorted(names), "the entries are sorted"
    assert {(it.uid, it.gid, it.mtime) for it in members} == {(0, 0, 315532800)}
    top = archive.name.removesuffix(".tar.gz")
    text = {
        it.name.removeprefix(f"{top}/"): tar.extractfile(it).read()
        for it in members
        if it.size < 20_000_000
    }
    modes = {it.name.removeprefix(f"{top}/"): it.mode for it in members}
for name in ("chatwork", "chatwork-sandbox"):
    assert modes[name] & stat.S_IXUSR, f"{name} can be executed"
wanted = "README.md README.ja.md LICENSE-MIT LICENSE-APACHE man/chatwork.1 completions/_chatwork"
wanted += " completions/chatwork.bash completions/chatwork.fish api/chatwork.en.html"
for name in [*wanted.split(), "api/chatwork.ja.html", "api/chatwork.yaml", "api/LICENSE-redoc.txt", "SANDBOX.md"]:
    assert text[name], f"{name} is empty"
check_sbom(text["sbom.cdx.json"].decode(), archive, "chatwork-cli")
check_licences(text["THIRD-PARTY.txt"].decode(), archive)

wheels = sorted((folder / "python").glob("*.whl"))
assert len(wheels) == 2, wheels
for wheel in wheels:
    crate = wheel.name.split("-")[0].replace("_", "-")
    with zipfile.ZipFile(wheel) as files:
        assert {it.date_time for it in files.infolist()} == {(1980, 1, 1, 0, 0, 0)}, wheel
        [sbom] = [name for name in files.namelist() if name.endswith("sboms/sbom.cdx.json")]
        check_sbom(files.read(sbom).decode(), wheel, crate)
        [licences] = [name for name in files.namelist() if name.endswith("THIRD-PARTY.txt")]
        check_licences(files.read(licences).decode(), wheel)

for package in sorted((folder / "npm" / "platforms").glob("*.tgz")):
    with tarfile.open(fileobj=io.BytesIO(package.read_bytes())) as tar:
        [program] = [it for it in tar.getmembers() if it.name.startswith("package/bin/")]
        assert program.mode & stat.S_IXUSR, f"{package}: the program can be executed"
        manifest = json.load(tar.extractfile("package/package.json"))
        assert manifest["os"] == ["linux"], manifest
print(f"{folder}: as expected")
