"""Checks that the programs in the wheels of a folder run with glibc 2.28: glibc.py FOLDER."""

import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

NEWEST = (2, 28)
# What every Linux with glibc has: PEP 600 lets a wheel use these.
SHARED = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"}
SHARED |= {"libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

for wheel in sorted((Path(sys.argv[1]) / "python").glob("*manylinux_2_28*.whl")):
    with zipfile.ZipFile(wheel) as files:
        [program] = [name for name in files.namelist() if ".data/scripts/" in name]
        elf = ELFFile(BytesIO(files.read(program)))
    dynamic = elf.get_section_by_name(".dynamic")
    libraries = {tag.needed for tag in dynamic.iter_tags() if tag.entry.d_tag == "DT_NEEDED"}
    assert libraries <= SHARED, f"{wheel.name} needs {sorted(libraries - SHARED)}"
    needs = [it for it in elf.iter_sections() if isinstance(it, GNUVerNeedSection)]
    versions = {
        tuple(map(int, found.group(1).split(".")))
        for section in needs
        for _, names in section.iter_versions()
        for name in names
        if (found := re.fullmatch(r"GLIBC_([0-9.]+)", name.name))
    }
    assert versions, f"{wheel.name} names no version of glibc"
    newest = max(versions)
    assert newest <= NEWEST, f"{wheel.name} needs glibc {'.'.join(map(str, newest))}"
    print(f"{wheel.name}: glibc {'.'.join(map(str, newest))}")
