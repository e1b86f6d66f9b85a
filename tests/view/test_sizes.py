"""The page on graphs of all sizes: the sample, the seeds, and made-up ones of thousands of nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store import GraphReader
from kg.view import write_view
from tests.view.browsing import ENTER, Person, needs_browser
from tests.view.made_up import made_up, write_made_up

pytestmark = needs_browser


def explore(person: Person, name: str, title: str) -> None:
    """Look at all of it, zoom, drag, search, open, narrow down, go back."""
    whole = person.scale()
    assert len(person.names()) > 10
    person.click("#nearer")
    person.until(lambda: person.scale() > 1.2 * whole)
    person.drag(900, 500, 800, 450)
    person.type("#search", name)
    person.press(ENTER)
    assert person.text("#panel h2") == title
    person.until(lambda: title in person.names())
    person.click("#panel input[name=depth][value='1']")
    person.until(lambda: person.address().endswith("&depth=1"))
    assert title in person.names()
    person.click("#panel .close")
    assert not person.sees("#panel")
    person.click("#fit")
    person.until(lambda: person.scale() == pytest.approx(whole, rel=0.1))


def test_the_sample(person: Person, sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_view(reader, tmp_path / "kg.html")
    explore(person.open(tmp_path / "kg.html"), "gsm8k", "GSM8K")


@pytest.mark.shared
def test_the_seeds(person: Person, seed_graph: Path, tmp_path: Path) -> None:
    with GraphReader(seed_graph) as reader:
        drawn = write_view(reader, tmp_path / "kg.html")
    assert drawn.papers == drawn.all_papers
    explore(person.open(tmp_path / "kg.html"), "rlhf", "RLHF")


@pytest.mark.parametrize(("nodes", "megabytes"), [(2_000, 1.5), (20_000, 10), (50_000, 25)])
def test_made_up_graphs(person: Person, tmp_path: Path, nodes: int, megabytes: float) -> None:
    scene = write_made_up(tmp_path / "kg.html", nodes)
    assert len(scene.regions) >= 12
    assert (tmp_path / "kg.html").stat().st_size < megabytes * 1e6
    explore(person.open(tmp_path / "kg.html"), "thing 5", "Thing 5")


def test_made_up_graphs_show_their_fields() -> None:
    from kg.view.scene import build_scene

    scene = build_scene(made_up(2_000))
    assert 10 <= len(scene.regions) <= 14
    assert len({region.name for region in scene.regions}) == len(scene.regions)
