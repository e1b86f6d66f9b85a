"""A tester of others', which knows the API by its description alone, finds nothing wrong with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

RUN = "from schemathesis.cli import schemathesis; schemathesis()"


def test_schemathesis_finds_no_failure(address: str, tmp_path: Path) -> None:
    words = [
        "run",
        f"{address}/api/v1/openapi.json",
        "--max-examples",
        "2",
        "--workers",
        "4",
        "--seed",
        "1",
        "--no-color",
    ]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    asked = httpx.get(f"{address}/api/v1/openapi.json").json()["paths"]
    assert f"{len(asked)} passed" in done.stdout
