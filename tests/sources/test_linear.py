"""Input that repeats itself is read or refused in time that grows with its length, not with a power of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import environment

UNITS = [
    " ", "\t", "\n", "\r", "<!--", "<!-- a -->", "<?a?>", "<!DOCTYPE a [", "<a ", "<a>", "'", '"', "{", "[", "(", "@a{",
    "\\", "$", "# a\n", "- a\n", "  - a\n", "> ", "*a_ ", "`", "|", "| a ", "a|b\n", "[a](", "![", "[[", "http://",
    "[1]: a\n", "a,", '",', "{'a':", '{"a":', "TY  - A\n", "a: b\n", "A  - \n", "\u00b7\n", "\u2022 3 authors\n",
    "Subscribe\n", "We count. ", "x" * 70 + "\n", "---\n", "<details>", "\u00e9", "2024-01-01 ", "prefix ", "[-] 3\n",
    "&amp;", "\x1b$B",
    "\n@a{b,", "\n@a(", "\n@", "@", "}", "=", "#", ",", " and ", "a, ", ";", "~", "a={b}", "crossref={a},", "\nTI  - A",
    "\n   a",
    "\nER", "\n%A a", "\nAU  - a", "a/0000-0002-1825-0097;", "\\url{", "10.1234/", "doi:", "2024-",
]  # fmt: skip
STARTS = {
    "nothing": "",
    "a comment": "<!-- papers I saved -->",
    "a banner": "Subscribe\nDaily Papers\n",
    "a digest": "# [A Title Here](https://arxiv.org/abs/2403.00011)\n",
    "a dictionary": "{'a': 'b'}\n",
    "an entry": "@article{a, title = {A}}\n",
    "a value in braces": "@article{a, title = {A}, author = {",
    "a value in quotes": '@article{a, title = "',
    "a key": "@article{",
    "RIS": "TY  - JOUR\nTI  - A\nDO  - ",
    "Web of Science": "PT J\nTI A\nOI ",
    "MEDLINE": "PMID- 1\nTI  - A\nAID - ",
    "EndNote": "%0 Book\n%T A\n%8 ",
}
READ = """
import ast, sys
from kg.errors import SourceError
from kg.sources import SourceFile, read_source
start, *units = ast.literal_eval(sys.argv[1])
for unit in units:
    data = (start + unit * (30_000 // len(unit))).encode()
    try:
        for row in read_source(SourceFile("key", "hostile", None, data)):
            pass
    except SourceError:
        pass
"""


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_repetitions_take_no_more_than_seconds(start: str) -> None:
    # What grows with the square of 30,000 takes minutes for each of these.
    command = [sys.executable, "-c", READ, repr([start, *UNITS])]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=200, check=False)
    assert (done.returncode, done.stderr) == (0, "")
