"""The test of the README, as it is written there."""

import re
from importlib.metadata import metadata


def test_the_test_of_the_readme_passes(chatwork_sandbox):
    readme = metadata("chatwork-sandbox").get_payload()
    code = re.search(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL).group(1)
    names = {}
    exec(code, names)
    names["test_a_post_reaches_the_sandbox"](chatwork_sandbox)
