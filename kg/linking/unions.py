"""Names of papers that turn out to be names of one: sets that grow together, each known by its best name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["Unions", "scheme"]

_SCHEMES = ("arxiv", "doi", "title")  # the best first


class Unions:
    """Names in groups, each known by the best name in it."""

    def __init__(self) -> None:
        self._better: dict[str, str] = {}

    def best(self, name: str) -> str:
        """The best name in the group of this one."""
        while (better := self._better.get(name)) is not None:
            if (still_better := self._better.get(better)) is not None:
                self._better[name] = still_better
            name = better
        return name

    def unite(self, names: Iterable[str]) -> None:
        """Make one group of the groups of these names."""
        found = {self.best(name) for name in names}
        if len(found) > 1:
            best = min(found, key=_rank)
            self._better.update((name, best) for name in found if name != best)

    def take_in(self, better: Mapping[str, str]) -> None:
        """Unite names, each with a better one."""
        for name, best in better.items():
            self.unite((name, best))


def scheme(name: str) -> str:
    """What kind of name it is: ``arxiv``, ``doi`` or ``title``."""
    return name.partition("/")[0]


def _rank(name: str) -> tuple[int, str]:
    return _SCHEMES.index(scheme(name)), name
