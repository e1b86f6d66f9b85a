"""What papers call things: a table of names that adds and subtracts, all that decides identity.

It holds no paper, only how often each thing was named in each way; so the order of papers can play no part, and to take
a paper out is to subtract what it named. Of a name that stands for several things, the way of naming has the sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kg.model import EntityType, Relation

__all__ = ["NameTable", "NameUse", "Sense"]


class Named(Protocol):
    """What a paper names, as far as its identity goes: a ``LocalEntity``, with its mentions or without."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> EntityType: ...
    @property
    def relation(self) -> Relation: ...
    @property
    def concept(self) -> str | None: ...
    @property
    def family(self) -> str | None: ...
    @property
    def expansion(self) -> str | None: ...


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """One of several things that go by one name.

    ``suffix`` tells its id from those of the others, ``qualifier`` tells people which one it is; both are empty where
    the name is used as a plain word, beside things that are called by it. ``rank`` is its place among them.
    """

    rank: int
    suffix: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class NameUse:
    """One way in which papers name a thing: all of a local entity that its identity can depend on.

    ``introduced`` where the paper presents the thing as its own; ``sense`` where the name alone does not tell (see
    ``kg.linking.senses``).
    """

    name: str
    type: EntityType
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None
    introduced: bool = False
    sense: Sense | None = None

    @classmethod
    def of(cls, local: Named) -> NameUse:
        """The way in which a paper names this."""
        introduced = local.relation is Relation.INTRODUCES
        return cls(local.name, local.type, local.concept, local.family, local.expansion, introduced)


class NameTable:
    """How many papers name something in each way; a multiset, never changed once it is made.

    >>> one, two = (NameTable([NameUse(name, EntityType.METHOD)]) for name in ("PPO", "DPO"))
    >>> one + two - two == one, dict((one + one).items())[NameUse("PPO", EntityType.METHOD)]
    (True, 2)
    """

    __slots__ = ("_uses",)

    def __init__(self, uses: Iterable[NameUse] = ()) -> None:
        self._uses = Counter(uses)

    @classmethod
    def counted(cls, uses: Mapping[NameUse, int]) -> NameTable:
        """From ways of naming, each with the number of papers."""
        return cls._from(Counter(uses))

    @classmethod
    def _from(cls, uses: Counter[NameUse]) -> NameTable:
        table = cls()
        table._uses = uses
        return table

    def items(self) -> Iterator[tuple[NameUse, int]]:
        """Each way of naming, with the number of papers."""
        return iter(self._uses.items())

    def __add__(self, other: NameTable) -> NameTable:
        return self._from(self._uses + other._uses)

    def __sub__(self, other: NameTable) -> NameTable:
        """Without what the other names, which must all be in here.

        Raises:
            ValueError: the other names what this does not.
        """
        if not other._uses <= self._uses:
            raise ValueError("a table of names cannot lose what it does not hold")
        return self._from(self._uses - other._uses)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NameTable) and self._uses == other._uses

    __hash__ = None  # type: ignore[assignment]  # as that of other tables

    def __len__(self) -> int:
        return len(self._uses)

    def __repr__(self) -> str:
        return f"NameTable({dict(self._uses)!r})"
