"""Puts a program into the wheel: `cargo xtask dist` names it. Both packages link to this file."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Program(BuildHookInterface):
    """Reads CHATWORK_WHEEL_PROGRAM, CHATWORK_WHEEL_PLATFORM and CHATWORK_WHEEL_SBOM."""

    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        program = os.environ.get("CHATWORK_WHEEL_PROGRAM")
        if not program:
            if self.config.get("required"):
                raise ValueError("CHATWORK_WHEEL_PROGRAM names no program: run `cargo xtask dist`")
            return
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + os.environ["CHATWORK_WHEEL_PLATFORM"]
        build_data["shared_scripts"][program] = os.path.basename(program)
        build_data["sbom_files"].append(os.environ["CHATWORK_WHEEL_SBOM"])
