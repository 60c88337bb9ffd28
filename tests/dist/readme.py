"""Prints the first code block of a language in a README: readme.py FILE LANGUAGE."""

import re
import sys

file, language = sys.argv[1:]
with open(file, encoding="utf-8") as readme:
    block = re.search(rf"^```{language}\n(.*?)^```$", readme.read(), re.MULTILINE | re.DOTALL)
if block is None:
    sys.exit(f"{file} has no block of code in {language}")
print(block.group(1), end="")
