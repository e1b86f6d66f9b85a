"""What a paper's running text calls a name: data, where it stands beside a word for it ("on X", "the X benchmark")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

__all__ = ["Called"]

_NOUN = (
    r"(?:benchmarks?|data ?sets?|corp(?:us|ora)|test ?(?:sets?|beds?)|suites?|tasks?|leaderboards?|challenges?|"
    r"environments?|domains?|problems?|exams?|questions?|games?|testing sets?|splits?|collections?)"
)
_AMONG = r"(?:[\w.+/-]+(?: \([^()]{0,40}\)| ?\[[^\[\]]{0,40}\])?,? (?:and |or |& |the )?){0,7}"
_BEFORE = re.compile(rf"(?:\b{_NOUN}\b[^.;]{{0,60}}|\b(?:on|across|from)\s(?:the |our )?{_AMONG})\Z", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:[^\w.;]{{0,3}}(?:[\w-]+ ){{0,2}}{_NOUN}\b|(?: \([^()]{{0,40}}\))?,? (?:and |or )?{_AMONG}{_NOUN}\b)",
    re.IGNORECASE,
)
_MOST_TEXT = 400_000  # characters of a paper that are looked through
_MOST_PLACES = 30  # of one name
_WINDOW = 160  # characters before and behind a name


class Called:
    """The texts of one paper, asked about names that stand in its tables."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._text = "\n".join(texts)[:_MOST_TEXT]
        self.data = lru_cache(maxsize=5_000)(self._data)

    def _data(self, name: str) -> bool:
        """Whether the text somewhere calls a name data."""
        return any(
            _BEFORE.search(self._text[max(0, start - _WINDOW) : start]) or _AFTER.match(self._text[end : end + _WINDOW])
            for start, end in islice(self._places(name), _MOST_PLACES)
        )

    def _places(self, name: str) -> Iterator[tuple[int, int]]:
        """Where a name stands as a word of its own."""
        start = self._text.find(name) if name else -1
        while start >= 0:
            end = start + len(name)
            around = self._text[start - 1 : start] + self._text[end : end + 1]
            if not any(each.isalnum() for each in around):
                yield start, end
            start = self._text.find(name, end)
