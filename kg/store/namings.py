"""The ways in which papers name things, as builds keep them: what a change touches is found without the rest."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.linking.decisions import Meant
from kg.linking.families import Variant
from kg.linking.names import NameUse
from kg.linking.placing import Placed
from kg.model import EntityType

__all__ = ["KeptNaming", "KeptNamings", "NamingsAnew", "SpellingRow"]

SpellingRow = tuple[str, str, int]
"""How a version is spelt: its family, JSON of the parts behind the family's name, and how many papers do."""

_TABLES = ("paper_naming", "naming", "spelling", "thing", "claimed")
_BATCH = 5000  # rows a statement
_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class KeptNaming:
    """A way of naming as it is kept, and how many papers name so."""

    id: int
    use: NameUse
    folded: str
    long: str | None
    node: str | None
    times: int


class KeptNamings:
    """The tables of namings within one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # What papers name

    def of_paper(self, paper: int) -> dict[int, Meant]:
        """What a paper, by number, means by each of its names, by the number of the way of naming."""
        rows = self._db.execute(
            "SELECT naming_id, coalesce(paper_naming.node, naming.node), uses, rivals FROM paper_naming "
            "JOIN naming ON naming.id = naming_id WHERE paper = ?",
            (paper,),
        )
        return {naming: _meant(*row) for naming, *row in rows}

    def meanings(self, paper: int) -> dict[NameUse, Meant]:
        """The same by the way of naming itself."""
        found = self.of_paper(paper)
        return {each.use: found[each.id] for each in self.by_ids(found)}

    def keys_of_paper(self, paper: int) -> frozenset[str]:
        """What a paper names, by what other papers that name the same have in common with it."""
        sql = "SELECT key FROM paper_naming JOIN naming ON naming.id = naming_id WHERE paper = ?"
        return frozenset(key for (key,) in self._db.execute(sql, (paper,)))

    def replace(self, paper: int, placed: Iterable[Placed]) -> None:
        """A paper names these things, and no others."""
        now = {self._id(each) for each in placed}
        before = {row[0] for row in self._db.execute("SELECT naming_id FROM paper_naming WHERE paper = ?", (paper,))}
        for naming in before - now:
            self._db.execute("DELETE FROM paper_naming WHERE paper = ? AND naming_id = ?", (paper, naming))
        self._db.executemany(
            "INSERT INTO paper_naming (paper, naming_id) VALUES (?, ?)", ((paper, naming) for naming in now - before)
        )
        self._count(now - before, 1)
        self._count(before - now, -1)

    def _id(self, placed: Placed) -> int:
        wording = _wording(placed.use)
        found = self._db.execute("SELECT id FROM naming WHERE wording = ?", (wording,)).fetchone()
        if found is None:
            row = (wording, placed.folded, placed.long, placed.key, placed.listed, placed.node)
            insert = "INSERT INTO naming (wording, folded, long, key, listed, node, times) VALUES (?, ?, ?, ?, ?, ?, 0)"
            return self._db.execute(insert, row).lastrowid or 0
        return int(found[0])

    def _count(self, namings: Iterable[int], times: int) -> None:
        self._db.executemany(
            "UPDATE naming SET times = times + ? WHERE id = ?", ((times, naming) for naming in namings)
        )

    def drop_unused(self, namings: Collection[int]) -> None:
        """Forget those of some ways of naming that no paper uses."""
        self._db.execute(f"DELETE FROM naming WHERE times = 0 AND id {_IN}", (_list(namings),))

    # Ways of naming

    def by_ids(self, namings: Iterable[int]) -> list[KeptNaming]:
        """Ways of naming by their numbers."""
        return self._namings(f"id {_IN}", namings)

    def among(self, names: Collection[str]) -> list[KeptNaming]:
        """The unlisted ways of naming whose folded name is one of these."""
        return self._namings(f"listed = 0 AND times > 0 AND folded {_IN}", names)

    def introducing(self, node: str) -> list[KeptNaming]:
        """The ways of introducing a node."""
        return [each for each in self._namings(f"times > 0 AND node {_IN}", [node]) if each.use.introduced]

    def _namings(self, condition: str, values: Iterable[object]) -> list[KeptNaming]:
        rows = self._db.execute(
            f"SELECT id, wording, folded, long, node, times FROM naming WHERE {condition} ORDER BY id", (_list(values),)
        )
        return [KeptNaming(number, _use(wording), *rest) for number, wording, *rest in rows]

    def met_by(self, names: Iterable[str]) -> set[str]:
        """These folded names, and all that unlisted names join to them, as the long form of one and so on."""
        found, waiting = set[str](), set(names)
        while waiting:
            found |= waiting
            rows = self._db.execute(
                f"SELECT folded, long FROM naming WHERE listed = 0 AND folded {_IN} UNION "
                f"SELECT folded, long FROM naming WHERE listed = 0 AND long IS NOT NULL AND long {_IN}",
                (_list(waiting),) * 2,
            )
            waiting = {name for row in rows for name in row if name is not None} - found
        return found

    def times_of(self, keys: Iterable[str]) -> dict[str, int]:
        """How often papers name what has each of these keys."""
        rows = self._db.execute(f"SELECT key, sum(times) FROM naming WHERE key {_IN} GROUP BY key", (_list(keys),))
        return dict(rows.fetchall())

    def papers_naming(self, namings: Iterable[int], *, told: bool | None = None) -> list[tuple[int, int]]:
        """Papers and ways of naming, by number; only where each paper tells what it means, or only where not."""
        which = "" if told is None else f" AND node IS {'NOT ' if told else ''}NULL"
        rows = self._db.execute(
            f"SELECT paper, naming_id FROM paper_naming WHERE naming_id {_IN}{which} ORDER BY 1, 2", (_list(namings),)
        )
        return rows.fetchall()

    def names_beside(self, keys: Iterable[str]) -> set[str]:
        """The folded names that may stand for several things, of papers that name what has one of these keys."""
        rows = self._db.execute(
            "SELECT DISTINCT other.folded FROM naming JOIN paper_naming ON paper_naming.naming_id = naming.id "
            "JOIN paper_naming AS beside ON beside.paper = paper_naming.paper AND beside.node IS NOT NULL "
            f"JOIN naming AS other ON other.id = beside.naming_id WHERE naming.key {_IN}",
            (_list(keys),),
        )
        return {name for (name,) in rows}

    def papers_meaning(self, nodes: Iterable[str]) -> set[int]:
        """The papers that mean one of these nodes by one of their names, before people's corrections."""
        rows = self._db.execute(
            f"SELECT paper FROM naming JOIN paper_naming ON naming_id = naming.id WHERE naming.node {_IN} UNION "
            f"SELECT paper FROM paper_naming WHERE node {_IN}",
            (_list(nodes),) * 2,
        )
        return {paper for (paper,) in rows}

    def node_of(self, use: NameUse) -> str | None:
        """What papers mean that name something so, where that does not depend on the paper."""
        sql = "SELECT node FROM naming WHERE wording = ? AND times > 0"
        row = self._db.execute(sql, (_wording(use),)).fetchone()
        return row[0] if row else None

    # What they mean

    def told_of(self, namings: Iterable[int]) -> dict[tuple[int, int], Meant]:
        """What papers mean by these ways of naming, by paper and way, where each paper tells."""
        rows = self._db.execute(
            f"SELECT paper, naming_id, node, uses, rivals FROM paper_naming WHERE naming_id {_IN} AND node IS NOT NULL",
            (_list(namings),),
        )
        return {(paper, naming): _meant(*row) for paper, naming, *row in rows}

    def tell(self, told: Iterable[tuple[tuple[int, int], Meant | None]]) -> None:
        """What a paper means by a way of naming; None where that does not depend on the paper."""
        self._db.executemany(
            "UPDATE paper_naming SET node = ?, uses = ?, rivals = ? WHERE paper = ? AND naming_id = ?",
            ((*_told(meant), *key) for key, meant in told),
        )

    def settle(self, nodes: Iterable[tuple[int, str | None]]) -> None:
        """What a way of naming stands for; None where each paper tells."""
        self._db.executemany("UPDATE naming SET node = ? WHERE id = ?", ((node, naming) for naming, node in nodes))

    def things(self, names: Iterable[str]) -> set[tuple[str, str]]:
        """Claim and node of the things that folded names stood for."""
        return set(self._db.execute(f"SELECT claim, node FROM thing WHERE folded {_IN}", (_list(names),)))

    def rivals_for(self, ids: Collection[str]) -> set[str]:
        """The folded names of all things that have or claim one of these ids."""
        rows = self._db.execute(
            f"SELECT folded FROM thing WHERE claim {_IN} UNION SELECT folded FROM thing WHERE node {_IN}",
            (_list(ids),) * 2,
        )
        return {name for (name,) in rows}

    def put_things(self, names: Iterable[str], things: Iterable[tuple[str, str, str]]) -> None:
        """The things that these folded names stand for: name, claim and node."""
        self._db.execute(f"DELETE FROM thing WHERE folded {_IN}", (_list(names),))
        self._db.executemany("INSERT INTO thing VALUES (?, ?, ?)", things)

    # Versions of families

    def count_spelling(self, variant: Variant, node: str, times: int) -> None:
        """So many more papers, or fewer, spell a version so."""
        self._db.execute(
            "INSERT INTO spelling VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times",
            (variant.key, json.dumps(variant.parts), variant.family.id, node, times),
        )
        self._db.execute("DELETE FROM spelling WHERE key = ? AND times = 0", (variant.key,))

    def spellings(self, key: str) -> list[SpellingRow]:
        """How papers spell a version."""
        rows = self._db.execute("SELECT family, parts, times FROM spelling WHERE key = ? ORDER BY parts", (key,))
        return rows.fetchall()

    def nodes_spelt(self, key: str) -> set[str]:
        """The nodes of all spellings of a version."""
        return {node for (node,) in self._db.execute("SELECT node FROM spelling WHERE key = ?", (key,))}

    def keys_spelt(self, node: str) -> list[str]:
        """The versions that some spelling makes this node."""
        rows = self._db.execute("SELECT DISTINCT key FROM spelling WHERE node = ? ORDER BY key", (node,))
        return [key for (key,) in rows]

    def has_listed(self, concept: str) -> bool:
        """Whether papers name an entry of the vocabulary, or a version of it."""
        return bool(
            self._db.execute(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM naming WHERE node = ?1 AND listed > 0 AND times > 0) "
                "OR EXISTS (SELECT 1 FROM spelling WHERE family = ?1)",
                (concept,),
            ).fetchone()
        )

    # Claims

    def claimed(self, node: str) -> tuple[bool, str | None] | None:
        """Whether several papers claim an entry, and which of them does so in its title; None where nobody does."""
        row = self._db.execute("SELECT disputed, titled FROM claimed WHERE node = ?", (node,)).fetchone()
        return (bool(row[0]), row[1]) if row else None

    def put_claimed(self, rows: Iterable[tuple[str, tuple[bool, str | None] | None]]) -> None:
        """The same, stored."""
        for node, claim in rows:
            if claim is None:
                self._db.execute("DELETE FROM claimed WHERE node = ?", (node,))
            else:
                self._db.execute("INSERT OR REPLACE INTO claimed VALUES (?, ?, ?)", (node, *claim))


class NamingsAnew:
    """Keeps all namings anew, paper by paper."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[NameUse, int] = {}
        self._times = Counter[NameUse]()
        self._papers: list[tuple[object, ...]] = []
        for table in _TABLES:
            db.execute(f"DELETE FROM {table}")

    def add(self, paper: int, use: NameUse, told: Meant | None) -> None:
        """A paper, by number, names something so; and what it means, if that depends on the paper."""
        number = self._numbers.setdefault(use, len(self._numbers) + 1)
        self._times[use] += 1
        self._papers.append((paper, number, *_told(told)))
        if len(self._papers) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO paper_naming VALUES (?, ?, ?, ?, ?)", self._papers)
        self._papers.clear()

    def finish(
        self,
        place: Callable[[NameUse], Placed],
        node: Callable[[NameUse], str | None],
        things: Iterable[tuple[str, str, str]],
        claimed: Iterable[tuple[str, tuple[bool, str | None]]],
    ) -> None:
        """All papers are added: ``place`` tells of a way of naming what does not depend on others, ``node`` what an
        unlisted one stands for."""
        self._flush()
        kept = KeptNamings(self._db)
        self._db.executemany("INSERT INTO naming VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._rows(place, node, kept))
        kept.put_things((), things)
        kept.put_claimed(claimed)

    def _rows(
        self, place: Callable[[NameUse], Placed], node: Callable[[NameUse], str | None], kept: KeptNamings
    ) -> Iterator[tuple[object, ...]]:
        spelt = Counter[tuple[Variant, str]]()
        for use, number in self._numbers.items():
            each, times = place(use), self._times[use]
            for variant, at in each.versions:
                spelt[variant, at] += times
            stands_for = node(use) if each.node is None else each.node
            yield number, _wording(use), each.folded, each.long, each.key, each.listed, stands_for, times
        for (variant, at), times in spelt.items():
            kept.count_spelling(variant, at, times)


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values))


def _wording(use: NameUse) -> str:
    return json.dumps((use.name, use.type, use.concept, use.family, use.expansion, use.introduced))


def _use(wording: str) -> NameUse:
    name, kind, *rest = json.loads(wording)
    return NameUse(name, EntityType(kind), *rest)


def _meant(node: str, uses: int | None, rivals: str | None) -> Meant:
    return Meant(node, bool(uses), tuple(json.loads(rivals)) if rivals else ())


def _told(meant: Meant | None) -> tuple[str | None, int | None, str | None]:
    if meant is None:
        return None, None, None
    return meant.node, int(meant.uses), json.dumps(meant.rivals) if meant.rivals else None
