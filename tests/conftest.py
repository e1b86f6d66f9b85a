"""Fixtures that all tests share: graphs built once, small sources, and the corpus beside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

import kg
from kg import building
from kg.cli import main
from kg.store import GraphReader
from tests.samples import AUTHORED_PAPERS, FULL_TEXTS, HOSTILE_PAPERS, SMALL_PAPERS, jsonl

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
KG = "from kg.cli import main; main(prog_name='kg')"

# What the one who runs the tests has installed beside kg plays no part in them.
os.environ["KG_LOAD_PLUGINS"] = ""

settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")

Kg = Callable[..., subprocess.CompletedProcess[str]]
Invoke = Callable[..., Result]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the shared corpus and gold need them beside the checkout."""
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason=f"no shared corpus at {SHARED}"))


def _build(folder: Path, *sources: Path) -> Path:
    db = folder / "kg.db"
    building.build_graph([str(source) for source in sources], db)
    return db


@pytest.fixture(scope="session")
def full_text_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two papers in full; not to be written to."""
    folder = tmp_path_factory.mktemp("full-texts")
    for name, text in FULL_TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return _build(folder, folder)


@pytest.fixture(scope="session")
def sample_source() -> Path:
    """The sample corpus that ships with the project."""
    return ROOT / "examples" / "reasoning-and-rl.txt"


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory, sample_source: Path) -> Path:
    """The graph of the sample corpus; not to be written to."""
    return _build(tmp_path_factory.mktemp("sample"), sample_source)


@pytest.fixture(scope="session")
def hostile_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of papers whose texts try to break out of every format; not to be written to."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.jsonl").write_text(jsonl(HOSTILE_PAPERS), encoding="utf-8")
    return _build(folder, folder / "hostile.jsonl")


@pytest.fixture(scope="session")
def authored_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of papers with authors, a venue, a type and a status; not to be written to."""
    folder = tmp_path_factory.mktemp("authored")
    (folder / "authored.jsonl").write_text(jsonl(AUTHORED_PAPERS), encoding="utf-8")
    return _build(folder, folder / "authored.jsonl")


@pytest.fixture
def reader(sample_graph: Path) -> Iterator[GraphReader]:
    """The sample graph, open."""
    with GraphReader(sample_graph) as opened:
        yield opened


@pytest.fixture
def hostile_reader(hostile_graph: Path) -> Iterator[GraphReader]:
    """The hostile graph, open."""
    with GraphReader(hostile_graph) as opened:
        yield opened


@pytest.fixture
def small_source(tmp_path: Path) -> Path:
    """Four papers as JSON lines."""
    path = tmp_path / "small.jsonl"
    path.write_text(jsonl(SMALL_PAPERS), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder; only in tests marked ``shared``."""
    return SHARED


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the five seed listings; only in tests marked ``shared``."""
    return _build(tmp_path_factory.mktemp("seeds"), SHARED / "seeds")


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run ``kg`` in this process, in an empty folder and without the settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_DB", raising=False)

    def run(*arguments: str | Path, **options: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def kg_process(tmp_path: Path) -> Kg:
    """Run ``kg`` in a process of its own, as a user does."""
    return lambda *arguments, **options: run_python("-c", KG, *arguments, **{"cwd": tmp_path} | options)


def run_python(*arguments: str | bytes | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run this Python with this checkout's ``kg``."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(),
        **options,
    )  # type: ignore[call-overload]
    return done


def environment(**extra: str) -> dict[str, str]:
    """The environment for a process that imports the same ``kg`` as the tests do."""
    kept = {key: value for key, value in os.environ.items() if key not in ("KG_DB", "NO_COLOR", "FORCE_COLOR")}
    return kept | {"PYTHONPATH": str(Path(kg.__file__).parent.parent)} | extra
