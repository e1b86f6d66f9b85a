r"""The numbers that a document prints for its labels: "Table 2" for ``\cref{tab:main}``, "2" for ``\ref``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.sources.latex.commands import FIGURES, SECTIONS, TABLES
from kg.sources.latex.render import REFERENCE
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Tree

__all__ = ["Labels"]

_REFERENCE = re.compile(f"{REFERENCE}(\\S+) ([^{REFERENCE}]*){REFERENCE}")
_NAMED = frozenset(("autoref", "cref", "Cref", "fref", "Fref", "vref", "Vref", "crefrange", "Crefrange"))
_PANELS = frozenset(("subtable", "subfigure", "subcaptionblock"))
_EQUATIONS = frozenset(("equation", "align", "gather", "eqnarray", "multline", "alignat", "flalign"))
_FLOATS = {**dict.fromkeys(FIGURES, "Figure"), **dict.fromkeys(TABLES, "Table")}
_DEEPEST = 4  # levels of sections that are numbered
_NONE = ("", "")


@dataclass
class Labels:
    """What each label stands for, (kind, number), and the number of each caption by the place of its command."""

    targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    captions: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree) -> Labels:
        """Number what a document numbers, in its order."""
        found = cls()
        numbering = _Numbering()
        for at, token in enumerate(tree.tokens):
            if token.kind is Kind.BEGIN:
                numbering.begin(token.text)
            elif token.kind is Kind.END:
                numbering.end(token.text)
            elif token.kind is Kind.COMMAND:
                if token.text in SECTIONS:
                    starred = at + 1 < len(tree.tokens) and tree.tokens[at + 1].text == "*"
                    numbering.section(SECTIONS[token.text], starred=starred)
                elif token.text == "appendix":
                    numbering.appendix()
                elif token.text in ("caption", "captionof"):
                    span = tree.argument(at + 1, len(tree.tokens)) if token.text == "captionof" else None
                    found.captions[at] = numbering.caption(tree.raw(span) if span else None)
                elif token.text == "label" and (span := tree.argument(at + 1, len(tree.tokens))):
                    found.targets.setdefault(tree.raw(span), numbering.current)
        return found

    def resolved(self, text: str) -> str:
        """A text with the numbers of what it refers to."""
        return _REFERENCE.sub(self._number, text) if REFERENCE in text else text

    def _number(self, found: re.Match[str]) -> str:
        kind, numbers = "", []
        for label in found[2].split(","):
            kind, number = self.targets.get(label.strip(), _NONE)
            numbers.append(number or "??")
        said = ", ".join(numbers)
        return f"{kind} {said}".strip() if found[1] in _NAMED else said


class _Numbering:
    """The counters of a document."""

    def __init__(self) -> None:
        self.current = _NONE
        self._counts: Counter[str] = Counter()
        self._sections = [0] * (_DEEPEST + 3)
        self._in_appendix = False
        self._floats: list[str] = []
        self._panels = 0

    def begin(self, name: str) -> None:
        if name in _FLOATS:
            self._floats.append(name)
            self._panels = 0
        elif name in _PANELS:
            self._floats.append(name)
        elif name in _EQUATIONS:
            self._counts["Equation"] += 1
            self.current = "Equation", str(self._counts["Equation"])

    def end(self, name: str) -> None:
        if name in self._floats:
            while self._floats.pop() != name:
                pass

    def section(self, level: int, *, starred: bool) -> None:
        if starred or level > _DEEPEST:
            return
        self._sections[level] += 1
        self._sections[level + 1 :] = [0] * (len(self._sections) - level - 1)
        first, *rest = self._sections[2:]
        numbers = [chr(64 + first) if self._in_appendix and 0 < first < 27 else str(first), *map(str, rest)]
        self.current = "Section", ".".join(numbers[: max(1, level - 1)])

    def appendix(self) -> None:
        self._in_appendix = True
        self._sections = [0] * len(self._sections)

    def caption(self, kind: str | None) -> str:
        """The number of a caption; that of a panel is the number of what it is a part of, and a letter."""
        inner = self._floats[-1] if self._floats else ""
        outer = next((each for each in reversed(self._floats) if each in _FLOATS), "")
        name = {"table": "Table", "figure": "Figure"}.get(kind or "", _FLOATS.get(outer, "Table"))
        if inner in _PANELS and kind is None:
            self._panels += 1
            number = f"{self._counts[name] + 1}{chr(96 + min(self._panels, 26))}"
        else:
            self._counts[name] += 1
            number = str(self._counts[name])
        self.current = name, number
        return number
