"""What a part of a graph refers to outside of itself, as far as the shapes look: what it is, and what is above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote

from kg.iris import entity_iri, iri_path, paper_iri
from kg.model import EntityType
from kg.rdf.mapping import entity_core
from kg.rdf.nodes import IRI, Node, Property, a
from kg.store import GraphReader

__all__ = ["Neighbourhood"]


class Neighbourhood:
    """The neighbours of parts that are asked in their order: entities first, then papers, as exports have them."""

    def __init__(self, reader: GraphReader, base: str) -> None:
        self._reader = reader
        self._base = base
        self._introduced: dict[str, list[str]] = defaultdict(list)
        self._is_extraction = cache(self._has_extraction)

    def of(self, part: list[Node]) -> list[Node]:
        """What the nodes of a part refer to and it does not hold, and which entities say that its papers made them."""
        held = {subject for subject, _ in part}
        named = {value for _, properties in part for _, kind, value in properties if kind == IRI}
        known = {iri: node for iri in sorted(named - held) if (node := self._node(iri))}
        self._add_ancestors(part, held, known)
        self._remember(part)
        for paper in sorted(held & self._introduced.keys()):
            for entity in self._introduced[paper]:
                if entity not in held:
                    known.setdefault(entity, []).append(("kg:introducedBy", IRI, paper))
        return list(known.items())

    def _node(self, iri: str) -> list[Property]:
        """What kind of thing an IRI is that of; nothing where the graph has no such."""
        if not iri.startswith(self._base):
            return []
        name = iri.removeprefix(self._base)
        if name.startswith("paper/"):
            return self._paper(iri, name)
        if name.startswith("source/"):
            return self._source(name)
        if name.startswith("extraction/"):
            return [a("kg:Extraction"), a("prov:Activity")] if self._is_extraction(name) else []
        if name.startswith("build/"):
            return [a("prov:Activity")]  # of which there is one, by the digest of all that the graph says
        return self._entity(iri, name)

    def _paper(self, iri: str, name: str) -> list[Property]:
        paper_id = unquote(name.removeprefix("paper/"))
        found = paper_iri(paper_id, self._base) == iri and self._there("paper", "id", paper_id)
        return [a("kg:Paper")] if found else []

    def _source(self, name: str) -> list[Property]:
        digest = unquote(name.removeprefix("source/"))
        return [a("kg:Source")] if self._there("source", "digest", digest) else []

    def _has_extraction(self, name: str) -> bool:
        versions = self._reader.rows("SELECT DISTINCT version FROM extraction")
        return any(f"extraction/{iri_path(version)}" == name for (version,) in versions)

    def _entity(self, iri: str, name: str) -> list[Property]:
        rows = self._reader.rows("SELECT id, type, label FROM entity WHERE id = ?", (unquote(name),))
        found = (entity_core(EntityType(kind), label) for each, kind, label in rows if self._iri(each) == iri)
        return next(found, [])

    def _there(self, table: str, column: str, value: str) -> bool:
        return bool(self._reader.rows(f"SELECT 1 FROM {table} WHERE {column} = ?", (value,)))  # noqa: S608

    def _iri(self, entity_id: str) -> str:
        return entity_iri(entity_id, self._base)

    def _add_ancestors(self, part: list[Node], held: set[str], known: dict[str, list[Property]]) -> None:
        """All families above the entities of a part, so that a circle is whole."""
        waiting = [value for _, properties in part for name, _, value in properties if name == "skos:broader"]
        done = set(held)
        while waiting:
            iri = waiting.pop()
            if iri in done or (iri not in known and not self._node(iri)):
                continue
            done.add(iri)
            parents = list(self._parents(iri))
            known.setdefault(iri, self._node(iri)).extend(("skos:broader", IRI, parent) for parent in parents)
            waiting.extend(parents)

    def _parents(self, iri: str) -> Iterator[str]:
        entity_id = unquote(iri.removeprefix(self._base))
        rows: Iterable[tuple[str]] = self._reader.rows("SELECT parent FROM broader WHERE child = ?", (entity_id,))
        return (self._iri(parent) for (parent,) in rows)

    def _remember(self, part: list[Node]) -> None:
        """Which entities say that a paper introduces them, for the part that this paper is in."""
        for subject, properties in part:
            for name, _, paper in properties:
                if name == "kg:introducedBy":
                    self._introduced[paper].append(subject)
