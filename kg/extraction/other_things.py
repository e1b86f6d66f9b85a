"""Names of what the graph does not hold, or holds as a method at most: hardware, venues, places, products.

They are facts about the world, kept as data in ``other_things.toml``, each class with why it is none of ours. The judge
asks: what the vocabulary lists, and what a paper introduces under such a name, is not judged by its name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import ExtractionError
from kg.model import EntityType
from kg.text.folding import fold

__all__ = ["OtherKind", "other_content", "other_kind", "other_kinds"]


@dataclass(frozen=True, slots=True)
class OtherKind:
    """One class of such things: ``why`` it is none of ours, and the type as which it is held ``at_most``, if any."""

    name: str
    why: str
    names: frozenset[str]
    pattern: re.Pattern[str] | None
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    at_most: EntityType | None = None

    def holds(self, name: str) -> bool:
        """Whether a name is that of such a thing."""
        return fold(name) in self.names or (self.pattern is not None and self.pattern.fullmatch(name) is not None)


def other_kind(name: str) -> OtherKind | None:
    """The class of things of other kinds that a name belongs to; None if it may name anything.

    >>> kind = other_kind("Claude Code")
    >>> kind.name, str(kind.at_most)
    ('agent_product', 'method')
    """
    return next((kind for kind in other_kinds() if kind.holds(name)), None)


def other_content() -> str:
    """All that can change what is extracted: not the examples, not the reasons."""
    return repr([(kind.name, sorted(kind.names), kind.pattern, kind.at_most) for kind in other_kinds()])


@cache
def other_kinds() -> tuple[OtherKind, ...]:
    """All classes, in the order of the file.

    Raises:
        ExtractionError: the file holds what is no such class.
    """
    content = resources.files("kg.extraction").joinpath("other_things.toml").read_text(encoding="utf-8")
    return tuple(_read(tomllib.loads(content)))


def _read(classes: dict[str, dict[str, object]]) -> Iterator[OtherKind]:
    for name, fields in classes.items():
        unknown = fields.keys() - {"why", "names", "patterns", "must", "must_not", "at_most"}
        if unknown or not fields.get("why"):
            raise ExtractionError(
                f"other_things.toml: class {name} needs 'why', and knows no {', '.join(sorted(unknown))}"
            )
        patterns = _texts(fields.get("patterns"))
        yield OtherKind(
            name,
            why=str(fields["why"]),
            names=frozenset(map(fold, str(fields.get("names", "")).split())),
            pattern=re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None,
            must=_texts(fields.get("must")),
            must_not=_texts(fields.get("must_not")),
            at_most=EntityType(str(fields["at_most"])) if "at_most" in fields else None,
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
