"""How pages look: their templates, and the words, numbers and links in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2

from kg.model import EntityType, Relation
from kg.server.pages import address
from kg.server.pages.visit import Page, Visit
from kg.text.characters import storable
from kg.text.reading import render
from kg.version import __version__

__all__ = ["Look"]

_TYPES = {
    EntityType.METHOD: "methods", EntityType.MODEL: "models", EntityType.DATASET: "datasets",
    EntityType.BENCHMARK: "benchmarks", EntityType.METRIC: "metrics", EntityType.TASK: "tasks",
}  # fmt: skip
_VERBS = {
    Relation.INTRODUCES: "introduced by", Relation.EVALUATES_ON: "evaluated on by", Relation.TRAINS_ON: "trained on by",
    Relation.USES: "used by", Relation.COMPARES_WITH: "compared with by", Relation.ADDRESSES: "addressed by",
    Relation.MENTIONS: "mentioned by",
}  # fmt: skip


class Look:
    """The templates of the site. All that they are given is escaped: titles and names come from anywhere.

    Of an ``editable`` graph they tell where to sign in.
    """

    def __init__(self, *, editable: bool = False) -> None:
        self._editable = editable
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("kg.server.pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "words": lambda word: str(word).replace("_", " ").replace("-", " "),
            "read": _read,
            "count": _count,
            "sure": lambda share: f"{share:.0%}",
            "plural": _TYPES.__getitem__,
            "passive": _VERBS.__getitem__,
        }
        self._templates.globals |= {
            "entity_address": address.entity_address,
            "paper_address": address.paper_address,
            "author_address": address.author_address,
            "results_address": address.results_address,
            "web_address": address.web_address,
            "with_query": address.with_query,
            "types": list(EntityType),
            "relations": list(Relation),
            "version": __version__,
            "static": _digest(),
        }

    def page(self, page: Page, visit: Visit) -> bytes:
        """A page as a visitor sees it."""
        return self.alone(page.template, {**page.values, "visit": visit, "paging": page.paging})

    def alone(self, template: str, values: Mapping[str, Any]) -> bytes:
        """A page that nobody's visit is needed for."""
        known = {"visit": None, "paging": None, "editable": self._editable, **values}
        return storable(self._templates.get_template(template).render(known)).encode()


@lru_cache(maxsize=20_000)
def _read(text: str) -> str:
    return render(text).text


def _count(number: int, word: str = "", plural: str | None = None) -> str:
    """A number as people read it, with its thing: "1 paper", "1,200 papers"."""
    if not word:
        return f"{number:,}"
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def _digest() -> str:
    """What changes with the style and scripts, so that browsers do not go on with those of before."""
    digest = hashlib.sha256(__version__.encode())
    for name in ("site.css", "site.js"):
        digest.update((files("kg.server.pages") / "static" / name).read_bytes())
    return digest.hexdigest()[:12]
