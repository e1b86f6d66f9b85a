"""axe-core finds nothing serious in any state of the page, in either theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store import GraphReader
from kg.view import write_view
from tests.view.browsing import ENTER, Person, needs_browser
from tests.view.conftest import HOSTILE_TITLE

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = [
    *needs_browser,
    pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (pip install --editable . brings it)"),
]


def violations(person: Person) -> list[str]:
    """What axe finds, but for trifles; it is run past the page's policy, which rightly forbids strange scripts."""
    person.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    found = person.driver.execute_async_script(
        "axe.run({resultTypes: ['violations']}).then((result) => arguments[0](result.violations))"
    )
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("renderer", ["pyvis", "webgl"])
def test_no_serious_violation(person: Person, reader: GraphReader, tmp_path: Path, renderer: str, dark: bool) -> None:
    write_view(reader, tmp_path / "kg.html", renderer=renderer)  # type: ignore[arg-type]
    person.open(tmp_path / "kg.html", dark=dark)
    assert violations(person) == []
    person.type("#search", "g")
    assert violations(person) == []
    person.open(tmp_path / "kg.html", "#node=model/gpt-4&to=method/grpo", dark=dark)
    assert violations(person) == []
    person.type("#search", HOSTILE_TITLE)
    person.press(ENTER)
    assert person.text("#panel .warning") == "RETRACTED"
    assert violations(person) == []
    person.click("#as-table")
    assert violations(person) == []
    person.click("#show-help")
    assert violations(person) == []


def test_no_serious_violation_on_a_phone(person: Person, reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html")
    person.open(tmp_path / "kg.html", "#node=method/ppo", narrow=True)
    assert violations(person) == []
    person.click("#filters summary")
    assert violations(person) == []
