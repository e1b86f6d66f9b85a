"""The IRIs of papers and entities: a base, a path made from identity, nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.errors import KgError

__all__ = ["DEFAULT_BASE", "check_base", "entity_iri", "paper_iri"]

DEFAULT_BASE = "https://w3id.org/paperkg/id/"

_BASE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\x00-\x20\x7f-\x9f<>"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})*[/#:]\Z""")


def check_base(base: str) -> None:
    """Refuse what no IRI can begin with.

    Raises:
        KgError: ``base`` is no absolute IRI that something can be appended to.
    """
    if not _BASE.match(base):
        raise KgError(
            f"{base!r} cannot be a base; give an absolute IRI that ends in / or #, as https://example.org/kg/"
        )


def entity_iri(entity_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of an entity: ``<base>method/ppo``."""
    return base + quote(entity_id, safe="/")


def paper_iri(paper_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a paper: ``<base>paper/arxiv/2402.03300``."""
    return f"{base}paper/{quote(paper_id, safe='/')}"
