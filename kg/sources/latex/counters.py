r"""What a document counts, as it prints it: sections, tables, figures, formulas; and what its labels stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.sources.latex.render import REFERENCE

__all__ = ["Counters", "Target", "resolved", "spelled"]

_KINDS = {
    "part": "Part", "chapter": "Chapter", "section": "Section", "subsection": "Section", "subsubsection": "Section",
    "paragraph": "Paragraph", "subparagraph": "Paragraph", "appendix": "Appendix", "table": "Table",
    "figure": "Figure", "equation": "Equation", "algorithm": "Algorithm", "listing": "Listing", "footnote": "Footnote",
    "item": "Item",
}  # fmt: skip
_WITHIN = {"section": "chapter", "subsection": "section", "subsubsection": "subsection", "paragraph": "subsubsection"}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LARGEST = 100_000
_NAMED = frozenset(("autoref", "cref", "Cref", "crefrange", "Crefrange", "vref", "Vref", "fref", "Fref"))
_REFERENCE = re.compile(rf"{REFERENCE}(\w+) ([^{REFERENCE}]*){REFERENCE}")
_BEFORE_NAME = re.compile(r"(?:Tables?|Tabs?\.|Figures?|Figs?\.|Sections?|Secs?\.|Appendix|Appendices|Apps?\.)\s?\Z")


class Target(NamedTuple):
    """What a label stands for: a thing of a kind with its number, called by a title."""

    kind: str
    number: str
    title: str = ""


@dataclass(slots=True)
class Counters:
    """The counters of a document; ``formats`` are how it prints them where it says so."""

    values: dict[str, int] = field(default_factory=dict)
    formats: dict[str, Callable[[], str]] = field(default_factory=dict)
    roman: bool = False  # tables and sections, as the styles of the IEEE and the APS have it
    appendix: bool = False
    labels: dict[str, Target] = field(default_factory=dict)
    _printing: set[str] = field(default_factory=set)
    _within: dict[str, str] = field(default_factory=lambda: dict(_WITHIN))

    def put(self, name: str, value: int) -> None:
        """Set a counter."""
        self.values[name] = max(-_LARGEST, min(value, _LARGEST))

    def step(self, name: str) -> str:
        """Count one more, and begin anew with what is counted within it; its number."""
        self.put(name, self.values.get(name, 0) + 1)
        self._begin_within(name, 0)
        return self.number(name)

    def count_within(self, name: str, outer: str) -> None:
        """Let a counter begin anew with each of another, and print both."""
        self._within[name] = outer
        self.formats[name] = lambda: f"{self.number(outer)}.{self.values.get(name, 0)}"

    def begin_appendix(self) -> None:
        """Letters from here on."""
        self.appendix = True
        for name in ("chapter", "section") if self.values.get("chapter") else ("section",):
            self.values[name] = 0
            self._begin_within(name, 0)

    def number(self, name: str) -> str:
        """The number of a counter as it is printed."""
        if (form := self.formats.get(name)) and name not in self._printing:
            self._printing.add(name)  # within itself, in a circle, it is the plain number
            try:
                return form()
            finally:
                self._printing.discard(name)
        value = self.values.get(name, 0)
        chapter = self.values.get("chapter")
        if name == "chapter" or (name == "section" and not chapter):
            return spelled("Alph", value) if self.appendix else spelled("Roman" if self.roman else "arabic", value)
        if name in ("section", "subsection", "subsubsection", "paragraph"):
            return f"{self.number(_WITHIN[name])}.{value}"
        if name == "table" and self.roman:
            return spelled("Roman", value)
        if name in ("table", "figure", "equation", "algorithm") and chapter:
            return f"{self.number('chapter')}.{value}"
        return str(value)

    def _begin_within(self, outer: str, depth: int) -> None:
        for name, around in self._within.items():
            if around == outer and depth < len(_WITHIN):
                self.values[name] = 0
                self._begin_within(name, depth + 1)
        if outer == "chapter":
            self.values.update(dict.fromkeys(("table", "figure", "equation"), 0))


def spelled(how: str, value: int) -> str:
    """A number as a command of LaTeX prints it.

    >>> spelled("Alph", 3), spelled("roman", 14), spelled("arabic", 7)
    ('C', 'xiv', '7')
    """
    if how in ("Alph", "alph"):
        letter = "" if value < 1 else chr(ord("A") + (value - 1) % 26) * min(1 + (value - 1) // 26, 9)
        return letter if how == "Alph" else letter.lower()
    if how in ("Roman", "roman") and 0 < value < 4_000:
        found = ""
        for size, letters in _ROMAN:
            found += letters * (value // size)
            value %= size
        return found if how == "Roman" else found.lower()
    return str(value)


def resolved(text: str, labels: dict[str, Target]) -> str:
    """A text with what its references print."""
    if REFERENCE not in text:
        return text
    pieces: list[str] = []
    at = 0
    for match in _REFERENCE.finditer(text):
        pieces.append(text[at : match.start()])
        at = match.end()
        before = pieces[-1] if pieces[-1] else text[max(0, match.start() - 12) : match.start()]
        pieces.append(_printed(match.group(1), match.group(2), labels, named=_BEFORE_NAME.search(before) is not None))
    found = "".join([*pieces, text[at:]])
    return re.sub(r"[ ~]{2,}", " ", found.replace(REFERENCE, ""))


def _printed(command: str, said: str, labels: dict[str, Target], *, named: bool) -> str:
    targets = [labels[label.strip()] for label in said.split(",")[:50] if label.strip() in labels]
    if not targets or command == "pageref":
        return ""
    if command == "nameref":
        return targets[0].title or targets[0].number
    numbers = [target.number for target in targets]
    if command == "eqref":
        return f"({numbers[0]})"
    listed = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    if command not in _NAMED or named:
        return listed
    kind = _KINDS.get(targets[0].kind, targets[0].kind.capitalize())
    plural = "Appendices" if kind == "Appendix" else kind + "s"
    return f"{kind if len(numbers) == 1 else plural} {listed}"
