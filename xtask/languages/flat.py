"""The clients that openapi-generator writes from the flat edition, where the tools of their language
are installed: Ruby with typhoeus, PHP with guzzle, Go with the packages of Debian."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from clients import BIN, Client, Outcome
from common import FILE_BYTES, ROOT, SERVER, Failure, Sandbox, Stage, fresh, run

FLAT = ROOT / "packages/spec/chatwork.flat.yaml"
HERE = Path(__file__).parent


class OpenapiGenerator(Client):
    """A program in the language calls one operation by its name."""

    generator = ""

    @property
    def key(self) -> str:
        return self.generator

    def version(self) -> str:
        return importlib.metadata.version("openapi-generator-cli")

    def installed(self) -> bool:
        """Whether the tools of the language are here."""
        raise NotImplementedError

    def command(self) -> list[str | Path]:
        raise NotImplementedError

    def build(self) -> None:
        """Compiles the client, in a language that is compiled."""

    def prepare(self) -> None:
        self.folder = fresh(self.generator)
        self.client = self.folder / "client"
        generate = ["generate", "-i", FLAT, "-g", self.generator, "-o", self.client]
        run(BIN / "openapi-generator-cli", *generate, cwd=self.folder)
        self.build()

    def call(self, stage: Stage) -> Outcome:
        call = stage.example()
        file = None
        if call["file"]:
            path = self.folder / call["file"]["name"]
            path.write_bytes(FILE_BYTES)
            file = {"field": call["file"]["field"], "path": str(path)}
        order = [part[1:-1] for part in call["template"].split("/") if part.startswith("{")]
        names = {"id": call["id"], "tag": call["tag"], "order": order, "path": call["path"]}
        arguments = {**call["path"], **call["query"], **(call["form"] or {})}
        api = {"base_url": stage.sandbox.base_url, "token": stage.token}
        text = json.dumps({**api, **names, "arguments": arguments, "file": file})
        command = [str(word) for word in self.command()]
        result = subprocess.run(
            command, input=text, capture_output=True, text=True, cwd=self.client, check=False
        )
        if result.returncode != 0:
            raise Failure((result.stdout + result.stderr).strip()[-600:])
        found = json.loads(result.stdout.strip().splitlines()[-1])
        return Outcome(value=found.get("value"), raised=found.get("raised"))

    def document(self, program: str, sandbox: Sandbox) -> str:
        command = self.documented(program.replace(SERVER, sandbox.base_url), sandbox)
        env = {"CHATWORK_API_TOKEN": sandbox.token("hanako")}
        return run(*command, cwd=self.client, env=env)

    def documented(self, program: str, sandbox: Sandbox) -> list[str | Path]:
        """Writes a program of spec/LANGUAGES.md. Returns how to run it."""
        raise NotImplementedError


class Ruby(OpenapiGenerator):
    name = "openapi-generator, flat edition: ruby"
    language = "Ruby"
    generator = "ruby"

    def installed(self) -> bool:
        return works("ruby", "-e", 'require "typhoeus"')

    def command(self) -> list[str | Path]:
        return ["ruby", "-I", self.client / "lib", HERE / "call.rb"]

    def documented(self, program: str, sandbox: Sandbox) -> list[str | Path]:
        begin = "OpenapiClient.configure do |config|\n"
        address = urlsplit(sandbox.base_url)
        # The client takes the address in parts.
        parts = f'  config.scheme, config.host = "{address.scheme}", "{address.netloc}"\n'
        (self.folder / "documented.rb").write_text(program.replace(begin, begin + parts))
        return ["ruby", "-I", self.client / "lib", self.folder / "documented.rb"]


class Php(OpenapiGenerator):
    name = "openapi-generator, flat edition: php"
    language = "PHP"
    generator = "php"

    def installed(self) -> bool:
        return works("php", "-r", 'require "GuzzleHttp/autoload.php";')

    def command(self) -> list[str | Path]:
        return [*self._php(), HERE / "call.php"]

    def documented(self, program: str, sandbox: Sandbox) -> list[str | Path]:
        (self.folder / "documented.php").write_text(program)
        return [*self._php(), self.folder / "documented.php"]

    @staticmethod
    def _php() -> list[str | Path]:
        return ["php", "-d", f"auto_prepend_file={HERE / 'autoload.php'}"]


class Go(OpenapiGenerator):
    name = "openapi-generator, flat edition: go"
    language = "Go"
    generator = "go"

    def installed(self) -> bool:
        packages = ["golang.org/x/oauth2", "gopkg.in/validator.v2"]
        return works("go", "list", *packages, env=self._env(Path("/nowhere")))

    def _env(self, folder: Path) -> dict[str, str]:
        # Without modules: the two packages that the client needs are Debian's.
        path = f"{folder}:/usr/share/gocode"
        return {"GO111MODULE": "off", "GOPATH": path, "GOFLAGS": "", "GOTOOLCHAIN": "local"}

    def build(self) -> None:
        source = self.folder / "go/src/chatwork"
        shutil.copytree(self.client, source, ignore=shutil.ignore_patterns("test"))
        program = self.folder / "go/src/call"
        program.mkdir()
        shutil.copy(HERE / "call.go", program)
        run("go", "vet", "chatwork", cwd=program, env=self._env(self.folder / "go"))
        build = ["build", "-o", self.folder / "call", "."]
        run("go", *build, cwd=program, env=self._env(self.folder / "go"))

    def command(self) -> list[str | Path]:
        return [self.folder / "call"]

    def documented(self, program: str, sandbox: Sandbox) -> list[str | Path]:
        source = self.folder / "go/src/documented"
        source.mkdir()
        (source / "main.go").write_text(program)
        build = ["build", "-o", self.folder / "documented", "."]
        run("go", *build, cwd=source, env=self._env(self.folder / "go"))
        return [self.folder / "documented"]


def works(*command: str, env: dict[str, str] | None = None) -> bool:
    if shutil.which(command[0]) is None:
        return False
    quiet = subprocess.DEVNULL
    result = subprocess.run(
        command,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        env={**os.environ, **(env or {})},
        check=False,
    )
    return result.returncode == 0


def here() -> list[Client]:
    """The clients whose tools are installed. Names the others."""
    if not works("java", "-version"):
        print("openapi-generator needs Java: its clients are not run", file=sys.stderr)
        return []
    clients: list[OpenapiGenerator] = [Ruby(), Php(), Go()]
    for client in clients:
        if not client.installed():
            print(
                f"the tools of {client.language} are not installed: it is not run", file=sys.stderr
            )
    return [client for client in clients if client.installed()]
