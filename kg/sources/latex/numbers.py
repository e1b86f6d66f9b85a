r"""What changes the numbers of a document: its class, formulas, theorems, ``\setcounter`` and the like."""

from __future__ import annotations

import re

from kg.sources.latex.commands import NO_TEXT
from kg.sources.latex.counters import Target, spelled
from kg.sources.latex.render import Style
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span
from kg.sources.latex.walk import Walk

__all__ = ["NumberReader"]

_ROMAN_CLASSES = re.compile(r"IEEEtran|revtex|ieee", re.IGNORECASE)
_COUNTED = ("arabic", "Alph", "alph", "Roman", "roman", "fnsymbol")
_LONE_FORMULAS = frozenset(("equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "dmath"))
_MOST_LABELS = 200  # of a formula
_DEEPEST = 5  # numbers within numbers


class NumberReader:
    """Follows what a document says of its counters."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._theorems: dict[str, tuple[str, str]] = {}
        self._depth_of_numbers = 0

    def listen(self) -> None:
        """Have the renderer tell this reader of counters."""
        self._walk.renderer.commands.update(
            {
                **dict.fromkeys(_COUNTED, self._spelled),
                **dict.fromkeys(("setcounter", "addtocounter"), self._set_counter),
                **dict.fromkeys(("stepcounter", "refstepcounter"), self._step_counter),
                **dict.fromkeys(("counterwithin", "numberwithin"), self._count_within),
                **{f"the{name}": self._the for name in ("table", "figure", "section", "subsection", "chapter")},
                **dict.fromkeys(("documentclass", "documentstyle"), self._class),
                "thecounter": self._format,
                "newtheorem": self._new_theorem,
            }
        )
        self._walk.renderer.blocks.update(dict.fromkeys(NO_TEXT, self._formula))

    def _formula(self, name: str, span: Span, style: Style) -> None:
        """A formula has numbers and labels, and no text."""
        self._walk.renderer.emit(" ", style)
        if name.rstrip("*") not in _LONE_FORMULAS:
            return
        tokens = self._walk.tree.tokens
        number = self._walk.counters.step("equation") if not name.endswith("*") else ""
        left = _MOST_LABELS
        for at in range(span.start, span.end):
            if tokens[at].kind is not Kind.COMMAND:
                continue
            if tokens[at].text == "label" and left and (said := self._walk.tree.argument(at + 1, span.end)):
                self._walk.counters.labels.setdefault(self._walk.tree.raw(said), Target("equation", number))
                left -= 1
            elif tokens[at].text == "\\" and name in ("align", "gather", "eqnarray", "alignat", "flalign"):
                number = self._walk.counters.step("equation")

    def _class(self, at: int, end: int, style: Style) -> int:
        del style
        spans, after = self._walk.tree.take("oM", at, end)
        said = self._walk.tree.raw(spans[0]) if spans else ""
        self._walk.counters.roman = _ROMAN_CLASSES.search(said) is not None
        return after

    def _spelled(self, at: int, end: int, style: Style) -> int:
        span = self._walk.tree.argument(at, end)
        if span is None:
            return at
        how, name = self._walk.tree.tokens[at - 1].text, self._walk.tree.raw(span)
        self._walk.renderer.emit(spelled(how, self._walk.counters.values.get(name, 0)), style)
        return span.after

    def _the(self, at: int, end: int, style: Style) -> int:
        del end
        name = self._walk.tree.tokens[at - 1].text[3:]
        if self._depth_of_numbers < _DEEPEST:
            self._depth_of_numbers += 1
            self._walk.renderer.emit(self._walk.counters.number(name), style)
            self._depth_of_numbers -= 1
        return at

    def _format(self, at: int, end: int, style: Style) -> int:
        del style
        spans, after = self._walk.tree.take("MM", at, end)
        if len(spans) == 2:
            name, form = self._walk.tree.raw(spans[0]), spans[1]
            self._walk.counters.formats[name] = lambda: self._printed(form)
        return after

    def _printed(self, form: Span) -> str:
        if self._depth_of_numbers >= _DEEPEST:
            return ""
        self._depth_of_numbers += 1
        found = self._walk.plain(form)[:40]
        self._depth_of_numbers -= 1
        return found

    def _set_counter(self, at: int, end: int, style: Style) -> int:
        del style
        name = self._walk.tree.tokens[at - 1].text
        spans, after = self._walk.tree.take("MM", at, end)
        if len(spans) == 2:
            counter, said = (self._walk.tree.raw(span) for span in spans)
            if re.fullmatch(r"-?\d{1,5}", said):
                self._walk.counters.put(
                    counter, int(said) + (self._walk.counters.values.get(counter, 0) if name[0] == "a" else 0)
                )
        return after

    def _step_counter(self, at: int, end: int, style: Style) -> int:
        del style
        spans, after = self._walk.tree.take("M", at, end)
        for span in spans:
            self._walk.counters.step(self._walk.tree.raw(span))
        return after

    def _count_within(self, at: int, end: int, style: Style) -> int:
        del style
        spans, after = self._walk.tree.take("soMM", at, end)
        if len(spans) == 2:
            self._walk.counters.count_within(*(self._walk.tree.raw(span) for span in spans))
        return after

    def _new_theorem(self, at: int, end: int, style: Style) -> int:
        del style
        at = self._walk.tree.star(at, end)
        named = self._walk.tree.argument(at, end)
        shared = self._walk.tree.option(named.after, end) if named else None
        title = self._walk.tree.argument((shared or named).after, end) if named else None
        if named is None or title is None:
            return at
        name, counter = self._walk.tree.raw(named), self._walk.tree.raw(shared or named)
        self._theorems[name] = (counter, self._walk.plain(title))
        self._walk.renderer.blocks.setdefault(name, self._theorem)
        within = self._walk.tree.option(title.after, end)
        return within.after if within else title.after

    def _theorem(self, name: str, span: Span, style: Style) -> None:
        counter, title = self._theorems[name]
        self._walk.current = Target(title, self._walk.counters.step(counter))
        option = self._walk.tree.option(span.start, span.end)
        self._walk.renderer.emit(f"\n\n{title} {self._walk.current.number}. ", style)
        self._walk.renderer.render(option.after if option else span.start, span.end, style)
        self._walk.renderer.emit("\n\n", style)
