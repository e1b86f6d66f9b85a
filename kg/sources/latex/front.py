r"""What a document says of itself: title, authors, abstract, keywords, DOI; in the commands of many styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.sources.fulltext.names import names_among
from kg.sources.latex.render import PLAIN, Handler, Renderer, Run, Style, joined
from kg.sources.latex.tree import Span

__all__ = ["FrontMatter"]

_TITLES = ("title", "icmltitle", "aistatstitle", "Title", "papertitle", "ptitle", "mlsystitle", "TITLE")
_AUTHORS = (
    "author", "icmlauthor", "Author", "authors", "aistatsauthor", "mlsysauthor", "name", "IEEEauthorblockN",
    "coltauthor", "fnm",
)  # fmt: skip
_NO_NAMES = (
    "thanks affil affiliation affiliations institute address email inst footnote footnotetext IEEEauthorblockA "
    "IEEEmembership orcid orcidID authornote corref fnref textsuperscript IEEEauthorrefmark Email addr aistatsaddress "
    "texttt url href tt ref cite icmlaffiliation"
).split()
_MARKS = ("footnotemark", "authornotemark")
_KEYWORDS = ("keywords", "icmlkeywords", "IEEEkeywords", "keyword")
_BETWEEN = re.compile(r"\s*(?:[,;·•|]|\\sep|\band\b)\s*")
_BETWEEN_NAMES = "; "
_MOST_AUTHORS = 2_000
_DOI = re.compile(r"10\.\d{4,9}/\S{2,100}")


@dataclass(slots=True)
class FrontMatter:
    """Gathers what a document says of itself as a renderer comes by."""

    title: str = ""
    abstract: str = ""
    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    doi: str | None = None

    def listen(self, renderer: Renderer) -> None:
        """Take what the commands of the front hold."""
        self_title, self_author = self._title, self._author
        for names, take in ((_TITLES, self_title), (_AUTHORS, self_author), (_KEYWORDS, self._keyword)):
            for name in names:
                renderer.commands[name] = _handler(renderer, take)
        for name in ("acmDOI", "doi"):
            renderer.commands[name] = _handler(renderer, self._identifier)

    def take_abstract(self, text: str) -> bool:
        """Whether a text is the abstract: the first that there is, whatever comes later in other languages."""
        if self.abstract or not text:
            return False
        self.abstract = text
        return True

    def _title(self, renderer: Renderer, span: Span) -> None:
        text = joined(quietly(renderer, span, PLAIN)).replace("\n\n", " ").strip()
        self.title = self.title or text

    def _author(self, renderer: Renderer, span: Span) -> None:
        if len(self.authors) < _MOST_AUTHORS:
            self.authors += [name for name in _names(renderer, span) if name not in self.authors]

    def _keyword(self, renderer: Renderer, span: Span) -> None:
        self.take_keywords(joined(quietly(renderer, span, PLAIN)))

    def take_keywords(self, text: str) -> None:
        """Keywords, as a list in one text."""
        words = (word.strip(" .") for word in _BETWEEN.split(text))
        self.keywords += [word for word in words if 1 < len(word) < 100 and word not in self.keywords]

    def _identifier(self, renderer: Renderer, span: Span) -> None:
        if match := _DOI.search(renderer.tree.raw(span)):
            self.doi = self.doi or match.group()


def _handler(renderer: Renderer, take: Callable[[Renderer, Span], None]) -> Handler:
    def handle(at: int, end: int, style: Style) -> int:
        del style
        at = renderer.tree.star(at, end)
        option = renderer.tree.option(at, end)
        span = renderer.tree.argument(option.after if option else at, end)
        if span is None:
            return at
        take(renderer, span)
        return span.after

    return handle


def quietly(renderer: Renderer, span: Span, style: Style) -> list[Run]:
    """What a span is set as, without what floats in it or is noted at it."""
    blocks, renderer.blocks = renderer.blocks, {}
    commands, renderer.commands = renderer.commands, {**renderer.commands}
    for name in ("footnote", "thanks", "footnotetext", "footnotemark"):
        renderer.commands.pop(name, None)
    renderer.commands.update({name: _passing(renderer) for name in ("footnote", "thanks", "footnotetext", "label")})
    found = renderer.collect(span.start, span.end, style)
    renderer.blocks, renderer.commands = blocks, commands
    return found


def _passing(renderer: Renderer, signature: str = "om") -> Handler:
    def passed(at: int, end: int, style: Style) -> int:
        del style
        return renderer.tree.take(signature, at, end)[1]

    return passed


def _names(renderer: Renderer, span: Span) -> list[str]:
    """The names in what an author command holds, which stand beside marks, addresses and institutions."""
    commands, blocks, in_cell = renderer.commands, renderer.blocks, renderer.in_cell

    def part(at: int, end: int, style: Style) -> int:
        renderer.emit(_BETWEEN_NAMES, style)
        return renderer.tree.take("so", at, end)[1]

    def space(at: int, end: int, style: Style) -> int:
        renderer.emit(_BETWEEN_NAMES, style)
        return renderer.tree.take("sm", at, end)[1]

    def own(at: int, end: int, style: Style) -> int:
        return take_names(at, end, style)

    def take_names(at: int, end: int, style: Style) -> int:
        option = renderer.tree.option(at, end)
        inner = renderer.tree.argument(option.after if option else at, end)
        if inner is None:
            return at
        renderer.emit(_BETWEEN_NAMES, style)
        renderer.render(inner.start, inner.end, style)
        return inner.after

    def surname(at: int, end: int, style: Style) -> int:
        inner = renderer.tree.argument(at, end)
        renderer.emit(" ", style)
        if inner:
            renderer.render(inner.start, inner.end, style)
        return inner.after if inner else at

    renderer.commands = {
        **commands,
        **dict.fromkeys(_NO_NAMES, _passing(renderer)),
        **dict.fromkeys(_MARKS, _passing(renderer, "o")),
        "hspace": space,
        **dict.fromkeys(("\\", "and", "And", "AND", "quad", "qquad", "tabularnewline", "newline", "par"), part),
        **dict.fromkeys(("IEEEauthorblockN", "name", "fnm"), own),
        "sur": surname,
    }
    renderer.blocks, renderer.in_cell = {}, True
    runs = renderer.collect(span.start, span.end)
    renderer.commands, renderer.blocks, renderer.in_cell = commands, blocks, in_cell
    return names_among("".join(run.text for run in runs if not run.aside))
