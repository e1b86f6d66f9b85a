from __future__ import annotations

from pathlib import Path

import pytest

from kg.store import GraphReader
from tests.conftest import Invoke


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "6 entities and 4 papers; open it"),
        (("--types", "method, benchmark"), "4 entities and 3 papers (the graph has 6 entities and 4 papers)"),
        (("--min-papers", "2"), "1 entity and 3 papers"),
        (("--since", "2024-01-04"), "1 entity and 1 paper (the graph"),
        (("--top", "2"), "2 entities"),
        (("--focus", "GPT-4", "--depth", "2", "--renderer", "webgl"), "5 entities and 3 papers"),
    ],
)
def test_options_draw_a_part(invoke: Invoke, reader: GraphReader, options: tuple[str, ...], said: str) -> None:
    result = invoke("view", "--db", reader.path, "-o", "out.html", *options)
    assert result.exit_code == 0, result.stderr
    assert said in result.stderr
    assert Path("out.html").is_file()


@pytest.mark.parametrize(
    "options",
    [("--types", "person"), ("--since", "yesterday"), ("--depth", "4"), ("--focus", "GSM9K"), ("--min-papers", "50")],
)
def test_what_cannot_be_drawn_is_an_error_and_writes_nothing(
    invoke: Invoke, reader: GraphReader, options: tuple[str, ...]
) -> None:
    result = invoke("view", "--db", reader.path, "-o", "out.html", *options)
    assert result.exit_code == (1 if "GSM9K" in options else 2)  # 1: nothing found, as grep does
    assert not Path("out.html").exists()
