"""The graph as JSON lines, a line a paper: for programs, and for measuring against annotated papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kg.iris import DEFAULT_BASE, claim_iri, derivation_iri, entity_iri, evidence_iri, paper_iri, result_iri
from kg.model import PAPER_FIELDS, Author, Derivation, Entity, Evidence, Paper, Result, entity_of, text_of
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.paper import PaperLink
from kg.questions.walk import walk_papers
from kg.store import GraphReader
from kg.store.groups import Groups

__all__ = ["ADDRESSES", "ALWAYS", "WHERE_KNOWN", "paper_rows", "write_jsonl"]

ALWAYS = ("arxiv", "doi", "date")
"""What sources state of a paper and every line has, null where it is unknown."""
WHERE_KNOWN = tuple(field.name for field in PAPER_FIELDS if field.name not in ALWAYS)
"""What a line has only where it is known."""

ADDRESSES = ("exact_matches", "introduced_in", "homepages")
"""Where an entity leads to, by the vocabulary."""


def write_jsonl(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write one JSON object a paper, ordered by paper id."""
    with reader.snapshot():
        for row in paper_rows(reader, base):
            stream.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def paper_rows(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[dict[str, object]]:
    """The papers as plain values, with entities, evidence, results and what builds on what."""
    entities = {about.entity.id: about for about in _about_entities(reader)}
    for profile in walk_papers(reader):
        paper, iri = profile.paper, paper_iri(profile.paper.id, base)
        yield {
            "id": iri,
            "title": paper.title,
            **{name: getattr(paper, name) for name in ALWAYS},
            **_known(paper),
            "sources": list(paper.sources),
            "entities": [_entity_row(entities[link.entity_id], link, iri, base) for link in profile.links],
            "results": [_result_row(r, result_iri(iri, number), base) for number, r in enumerate(profile.results, 1)],
            "derivations": [
                _derivation_row(each, derivation_iri(iri, number), base)
                for number, each in enumerate(profile.derivations, 1)
            ],
        }


@dataclass(frozen=True, slots=True)
class _About:
    """An entity with what papers imply of it; ids all."""

    entity: Entity
    introduced_by: tuple[str, ...]
    builds_on: tuple[str, ...]
    measured_by: tuple[str, ...]


def _about_entities(reader: GraphReader) -> Iterator[_About]:
    groups = [Groups(pairs(reader)) for pairs in (introduced_by, builds_on, measured_by)]
    for entity in reader.entities():
        yield _About(entity, *(tuple(other for _, other in group.take(entity.id)) for group in groups))


def _known(paper: Paper) -> dict[str, object]:
    """All else that is known of the paper; authors are objects."""
    values = ((name, getattr(paper, name)) for name in WHERE_KNOWN)
    return {name: _plain(value) for name, value in values if value is not None and value not in ("", ())}


def _plain(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return [each.known if isinstance(each, Author) else each for each in value]


def _entity_row(about: _About, link: PaperLink, paper: str, base: str) -> dict[str, object]:
    entity, claim = about.entity, claim_iri(paper, link.entity_id)
    return {
        "id": entity_iri(entity.id, base),
        "name": entity.label,
        "aliases": list(entity.aliases),
        "type": entity.type,
        "known": entity.known,
        "direction": entity.direction,
        "scale": entity.scale,
        "broader": [entity_iri(parent, base) for parent in entity.broader],
        **{name: list(getattr(entity, name)) for name in ADDRESSES},
        "introduced_by": [paper_iri(other, base) for other in about.introduced_by],
        "builds_on": [entity_iri(other, base) for other in about.builds_on],
        "measured_by": [entity_iri(other, base) for other in about.measured_by],
        "relation": link.relation,
        "surfaces": list(dict.fromkeys(piece.surface for piece in link.evidence)),
        "confidence": link.confidence,
        "evidence": [
            {
                "id": evidence_iri(claim, number),
                **_place(e),
                "surface": e.surface,
                "relation": e.relation,
                "rule": e.rule,
                "confidence": e.score,
            }
            for number, e in enumerate(link.evidence, 1)
        ],
    }


def _result_row(result: Result, iri: str, base: str) -> dict[str, object]:
    parts = {"metric": result.metric, "on": result.on, "of": result.of}
    return {
        "id": iri,
        "value": result.value,
        "number": result.finite_number,
        "unit": result.unit,
        "kind": result.kind,
        **{name: text_of(slot) for name, slot in parts.items()},
        **{f"{name}_entity": _iri(entity_of(slot), base) for name, slot in parts.items()},
        **result.told,
        "confidence": result.confidence,
        "evidence": {"id": f"{iri}/evidence", **_place(result)},
    }


def _derivation_row(derivation: Derivation, iri: str, base: str) -> dict[str, object]:
    return {
        "id": iri,
        "entity": entity_iri(derivation.entity_id, base),
        "builds_on": entity_iri(derivation.other_id, base),
        "evidence": _place(derivation),
    }


def _place(proof: Evidence | Result | Derivation) -> dict[str, object]:
    anchor = proof.anchor
    return {
        "field": proof.passage,
        "place": anchor.place,
        "start": anchor.start,
        "end": anchor.end,
        "sentence": proof.sentence,
    }


def _iri(entity_id: str | None, base: str) -> str | None:
    return entity_iri(entity_id, base) if entity_id else None
