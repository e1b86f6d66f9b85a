"""What was told of each watch: by what it is rather than by when it came, so that no rebuild tells it again.

Ids move, so they are followed to what goes by another now before anything is compared. A file of JSON lines beside the
graph, written as a whole after all is told: who is killed between telling and writing tells again rather than never.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from kg.errors import WatchError
from kg.files import write_whole
from kg.questions.results import Claim
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = ["Told", "default_told", "follower", "read_told", "told_result", "write_told"]

_VERSION = 1
_THERE = {"paper": "SELECT 1 FROM paper WHERE id = ?", "entity": "SELECT 1 FROM entity WHERE id = ?"}


class Told(msgspec.Struct, frozen=True):
    """Papers by id, links by paper, entity and relation, results as ``told_result`` has them."""

    papers: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str, str]] = frozenset()
    results: frozenset[tuple[str, str]] = frozenset()

    def __str__(self) -> str:
        """How much it is: ``2 papers, 3 links, 1 result``."""
        counts = (("paper", self.papers), ("link", self.links), ("result", self.results))
        return ", ".join(f"{len(each):,} {what}{'s' * (len(each) != 1)}" for what, each in counts)

    def __or__(self, other: Told) -> Told:
        return Told(self.papers | other.papers, self.links | other.links, self.results | other.results)

    def followed(self, paper: Callable[[str], str], entity: Callable[[str], str]) -> Told:
        """The same by the ids of now."""
        return Told(
            frozenset(map(paper, self.papers)),
            frozenset((paper(p), entity(e), relation) for p, e, relation in self.links),
            frozenset((paper(p), said) for p, said in self.results),
        )


def told_result(claim: Claim) -> tuple[str, str]:
    """What a result is known by: its paper, what it was measured on in the paper's words, and the number as it stands.

    Not by what else is read of it, which a later version may read better: that makes no news of an old number.
    """
    return claim.paper_id, f"{fold(claim.on or '')}: {claim.value}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file."""

    watch: str
    told: Told


def default_told(watches: Path) -> Path:
    """Where it is kept what was told: ``kg.watches.told.jsonl`` beside ``kg.watches.toml``."""
    return watches.with_suffix(".told.jsonl")


def read_told(path: Path) -> dict[str, Told]:
    """What was told, by the name of the watch; of those that never ran nothing.

    Raises:
        WatchError: the file cannot be read, or is none of ours.
    """
    try:
        first, *lines = path.read_bytes().splitlines() or [b"{}"]
        version = json.loads(first).get("version")
        if version == _VERSION:
            return {line.watch: line.told for line in (msgspec.json.decode(each, type=_Line) for each in lines)}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WatchError(f"{path}: cannot be read ({error.strerror}); check its rights") from None
    except (ValueError, AttributeError) as error:
        raise WatchError(
            f"{path}: is damaged ({error}); delete it, and the watches begin anew from what is there"
        ) from None
    raise WatchError(f"{path}: is of version {version!r}, this kg knows {_VERSION}; upgrade kg, or delete it")


def write_told(path: Path, told: Mapping[str, Told]) -> None:
    """Keep what was told, in place of what was kept before.

    Raises:
        WatchError: the file cannot be written.
    """
    encoder = msgspec.json.Encoder(order="deterministic")
    lines = [encoder.encode({"version": _VERSION}), *(encoder.encode(_Line(name, told[name])) for name in sorted(told))]
    try:
        write_whole(path, b"".join(line + b"\n" for line in lines))
    except OSError as error:
        raise WatchError(f"{path}: cannot be written ({error.strerror}); check its rights and space") from None


def follower(reader: GraphReader, known: Iterable[str], table: Literal["paper", "entity"]) -> Callable[[str], str]:
    """What an id of ``paper`` or ``entity`` is now; itself where it is ``known`` to be there, or nothing follows it."""
    now = {each: each for each in known}

    def follow(given: str) -> str:
        if given not in now:
            now[given] = _present(reader, given, table)
        return now[given]

    return follow


def _present(reader: GraphReader, given: str, table: Literal["paper", "entity"]) -> str:
    if reader.rows(_THERE[table], (given,)):
        return given
    if successor := reader.successor(given):
        return successor
    scheme, _, rest = given.partition("/")
    if table == "paper" and scheme == "title":
        # In a graph that was built from nothing, where no redirect leads from the id of a title to a better one.
        rows = reader.rows(
            "SELECT DISTINCT paper_id FROM record WHERE title_key = ? AND paper_id IS NOT NULL",
            (rest.partition("-")[0],),
        )
        if len(rows) == 1:
            return str(rows[0][0])
    return given
