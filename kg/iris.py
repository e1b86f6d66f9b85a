"""The IRIs of papers and entities: a base, a path made from identity, nothing else."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["DEFAULT_BASE", "entity_iri", "paper_iri"]

DEFAULT_BASE = "https://w3id.org/paperkg/id/"


def entity_iri(entity_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of an entity: ``<base>method/ppo``."""
    return base + quote(entity_id, safe="/")


def paper_iri(paper_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a paper: ``<base>paper/arxiv/2402.03300``."""
    return f"{base}paper/{quote(paper_id, safe='/')}"
