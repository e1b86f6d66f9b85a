"""What a graph is: how much it holds, of what it was made, and a digest that tells one state of it from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

from kg.model import PAPER_FIELDS, EntityType
from kg.questions.moment import of_one_moment
from kg.store import GraphReader

__all__ = ["DESCRIPTION", "TITLE", "GraphDescription", "SourceFile", "describe", "digest_of"]

TITLE = "A graph of machine-learning papers"
DESCRIPTION = "What machine-learning papers name, what they do with it, and the sentence that proves it."

_STATED = ", ".join(field.name for field in PAPER_FIELDS)
_TOLD = (
    "SELECT DISTINCT digest, name FROM source ORDER BY digest, name",
    f"SELECT id, text_digest, {_STATED}, sources FROM paper ORDER BY id",
    "SELECT paper_id, version FROM extraction ORDER BY paper_id",
    "SELECT id, type, label, known, exact_matches, introduced_in, homepages, direction, scale FROM entity ORDER BY id",
    "SELECT entity_id, name, preferred FROM name ORDER BY entity_id, name",
    "SELECT child, parent FROM broader ORDER BY child, parent",
    "SELECT paper_id, entity_id, relation, confidence FROM link ORDER BY paper_id, entity_id",
    'SELECT paper_id, place, start, "end", sentence_start, sentence_end, value, number, unit, kind, metric, metric_id, '
    "measured_on, measured_on_id, achieved_by, achieved_by_id, confidence "
    'FROM result ORDER BY paper_id, place, start, "end"',
    'SELECT entity_id, other_id, paper_id, place, start, "end", sentence_start, sentence_end '
    "FROM derivation ORDER BY entity_id, other_id, paper_id",
)
"""All that exports tell of, in a fixed order; of texts their digest. Evidence, by far the most rows, is not read: it is
what the version of an extraction finds of these links in these texts."""
_ROWS = 1000  # hashed at once; another number makes other digests


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read, under one of its names; ``sha256`` is that of its content, None where it is not known."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class GraphDescription:
    """What a graph is. ``version`` is the digest of all that it says: the same graph has the same, whenever it is made.

    ``software`` is the version of ``kg`` that linked it, None where the file is from before that was kept.
    ``extractions`` are the versions of extraction at work in it.
    """

    version: str
    software: str | None
    papers: int
    authors: int
    entities: dict[EntityType, int]
    links: int
    evidence: int
    results: int
    derivations: int
    sources: tuple[SourceFile, ...]
    extractions: tuple[str, ...]

    @property
    def facts(self) -> dict[str, str | int | tuple[str, ...]]:
        """The same as plain values, for formats that hold names and values."""
        return {
            "title": TITLE,
            "description": DESCRIPTION,
            "version": self.version,
            "software": f"kg {self.software}" if self.software else "kg",
            "papers": self.papers,
            "authors": self.authors,
            "entities": sum(self.entities.values()),
            "links": self.links,
            "evidence": self.evidence,
            "results": self.results,
            "derivations": self.derivations,
            "sources": tuple(f"{each.name} sha256:{each.sha256}" for each in self.sources),
            "extractions": self.extractions,
        }


@of_one_moment
def describe(reader: GraphReader) -> GraphDescription:
    """Count, and digest, all that the graph holds."""
    kinds = dict(reader.rows("SELECT type, count(*) FROM entity GROUP BY type"))
    papers, authors, links, evidence, results, derivations = reader.rows(
        "SELECT count(*), coalesce(sum(json_array_length(authors)), 0), (SELECT count(*) FROM link), "
        "(SELECT count(*) FROM evidence), (SELECT count(*) FROM result), (SELECT count(*) FROM derivation) FROM paper"
    )[0]
    software = reader.rows("SELECT value FROM meta WHERE key = 'software'")
    sources = reader.rows("SELECT DISTINCT name, digest FROM source ORDER BY digest, name")
    versions = reader.rows("SELECT DISTINCT version FROM extraction ORDER BY version")
    return GraphDescription(
        digest_of(reader),
        software[0][0] if software else None,
        papers,
        authors,
        {kind: kinds.get(kind, 0) for kind in EntityType},
        links,
        evidence,
        results,
        derivations,
        tuple(SourceFile(name, digest or None) for name, digest in sources),
        tuple(version for (version,) in versions),
    )


def digest_of(reader: GraphReader) -> str:
    """The SHA-256 of all that exports of the graph tell of, or that they follow from, in hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in _pieces(reader):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(reader: GraphReader) -> Iterator[bytes]:
    for told in _TOLD:
        rows = reader.stream(told)
        while batch := list(islice(rows, _ROWS)):
            yield msgspec.msgpack.encode(batch)  # numbers to the last bit, and in a fraction of the time of JSON
        yield b"\n"
