r"""A paper in LaTeX, from its main file on: title, authors, abstract, and the body in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Part
from kg.sources.fulltext.body import BodyWriter
from kg.sources.latex.commands import FIGURES, SECTIONS, TABLES, TABULARS
from kg.sources.latex.expansion import Expander
from kg.sources.latex.files import PaperFiles
from kg.sources.latex.floats import FloatReader
from kg.sources.latex.labels import Labels
from kg.sources.latex.render import Renderer, Style, joined
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span, Tree

__all__ = ["Document", "read_document"]

_TITLES = ("title", "icmltitle", "Title", "articletitle", "papertitle", "chapter*")
_AUTHORS = ("author", "Author", "icmlauthor", "authors")
_LITERATURE = frozenset(("bibliography", "printbibliography"))
_NOT_BY = frozenset("thanks inst affiliation email institute orcid footnote affil address footnotemark".split())
_BETWEEN = frozenset(("and", "And", "AND", "\\", "quad", "qquad", "hspace", "hfill", "newline"))
_MARKS = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹⁺*†‡§¶∗⋆♠♣♥♦✉,\s]+\Z|\A[\d⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§¶∗⋆,\s]+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}\Z")
_PLACE = re.compile(
    r"\b(?:univ|institut|lab|research|department|school|college|inc|academy|center|centre|group|team)", re.I
)
_MOST_AUTHORS = 200


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself, and its body."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    body: tuple[Part, ...]
    remarks: tuple[str, ...]


def read_document(files: PaperFiles, main: str) -> Document:
    """Read a paper from its main file."""
    expander = Expander(files, main)
    expander.run()
    tree = Tree(expander.tokens)
    reader = _DocumentReader(tree, expander.contents)
    reader.read()
    remarks = (*expander.remarks, *files.remarks, *reader.renderer.remarks, *reader.body.remarks)
    parts = reader.body.parts()
    return Document(reader.title(), reader.abstract, reader.authors(), parts, tuple(dict.fromkeys(remarks)))


class _DocumentReader:
    """Walks through a document: what is set as text fills paragraphs, what means more goes to the body."""

    def __init__(self, tree: Tree, contents: list[str]) -> None:
        self.tree = tree
        self.renderer = Renderer(tree)
        self.body = BodyWriter()
        self.abstract = ""
        self._labels = Labels.of(tree)
        self._floats = FloatReader(self.renderer, contents, self._labels, self.body)
        self._literature = False
        self.renderer.blocks |= {
            **dict.fromkeys(TABULARS, self._loose_table),
            **dict.fromkeys(FIGURES, self._figure),
            **dict.fromkeys(TABLES, self._table),
            "abstract": self._abstract_block,
            "thebibliography": self._literature_block,
            "appendices": self._appendix_block,
            "appendix": self._appendix_block,
        }
        self.renderer.commands |= {
            **dict.fromkeys(SECTIONS, self._section),
            **dict.fromkeys(_LITERATURE, self._literature_command),
            **dict.fromkeys((*_TITLES, *_AUTHORS, "label", "captionof", "caption"), self._skip),
            **dict.fromkeys(("footnote", "footnotetext", "tablefootnote"), self._footnote),
            "abstract": self._abstract_command,
            "appendix": self._appendix,
        }

    def read(self) -> None:
        """From the beginning of the document to its end; of a file without one, all."""
        tokens = self.tree.tokens
        start = next(
            (at for at, token in enumerate(tokens) if token.kind is Kind.BEGIN and token.text == "document"), 0
        )
        self._preamble(start)
        span = self.tree.environment(start, len(tokens)) if start else None
        self.renderer.render(span.start if span else start, span.end if span else len(tokens))
        self._flush()

    def title(self) -> str:
        """The title, without notes and line ends."""
        for name in _TITLES:
            for at in self._places(name):
                option = self.tree.option(at, len(self.tree.tokens))
                span = self.tree.argument(option.after if option else at, len(self.tree.tokens))
                if text := self._one_line(span):
                    return text
        return ""

    def authors(self) -> tuple[str, ...]:
        """Those who look like people, among names and affiliations."""
        found: dict[str, None] = {}
        for name in _AUTHORS:
            for at in self._places(name):
                option = self.tree.option(at, len(self.tree.tokens))
                if span := self.tree.argument(option.after if option else at, len(self.tree.tokens)):
                    found |= dict.fromkeys(self._people(span))
        return tuple(found)[:_MOST_AUTHORS]

    def _people(self, span: Span) -> list[str]:
        """The pieces of a byline that are names."""
        pieces, at, start = [], span.start, span.start
        while at < span.end:
            token = self.tree.tokens[at]
            if token.kind is Kind.COMMAND and token.text in _BETWEEN:
                pieces.append(self.renderer.plain(Span(start, at, at)))
                start = at + 1
            elif (
                token.kind is Kind.COMMAND and token.text in _NOT_BY and (note := self.tree.argument(at + 1, span.end))
            ):
                pieces.append(self.renderer.plain(Span(start, at, at)))
                start = at = note.after
                continue
            at += 1
        pieces.append(self.renderer.plain(Span(start, span.end, span.end)))
        names = [_MARKS.sub("", name.strip()) for piece in pieces for name in re.split(r",| and |\n", piece)]
        return [name for name in names if _NAME.match(name) and not _PLACE.search(name)]

    def _places(self, name: str) -> list[int]:
        """Behind each use of a command."""
        tokens = self.tree.tokens
        return [at + 1 for at, token in enumerate(tokens) if token.kind is Kind.COMMAND and token.text == name][
            :_MOST_AUTHORS
        ]

    def _one_line(self, span: Span | None) -> str:
        return " ".join(self._labels.resolved(self.renderer.plain(span)).split())

    def _preamble(self, start: int) -> None:
        r"""``\abstract{...}`` may stand before the document begins."""
        for at in self._places("abstract"):
            if at < start and (span := self.tree.argument(at, start)):
                self._set_abstract(span)

    def _set_abstract(self, span: Span) -> None:
        text = self._labels.resolved(joined(self.renderer.collect(span.start, span.end)))
        self.abstract = self.abstract or text

    # What means more than text

    def _flush(self) -> None:
        """What was set so far, as paragraphs of the section at hand."""
        text = self._labels.resolved(joined(self.renderer.out))
        self.renderer.out.clear()
        for paragraph in text.split("\n\n"):
            self.body.paragraph(paragraph.strip())

    def _section(self, at: int, end: int, style: Style) -> int:
        level = SECTIONS[self.tree.tokens[at - 1].text]
        at = self.tree.star(at, end)
        option = self.tree.option(at, end)
        span = self.tree.argument(option.after if option else at, end)
        if span is None:
            return at
        title = self._one_line(span)
        self._flush()
        if self._literature:
            self.body.begin_appendix()
        self.body.heading(level, title)
        return span.after

    def _appendix(self, at: int, end: int, style: Style) -> int:
        self._flush()
        self.body.begin_appendix()
        return at

    def _appendix_block(self, name: str, span: Span, style: Style) -> None:
        self._flush()
        self.body.begin_appendix()
        self.renderer.render(span.start, span.end, style)

    def _literature_command(self, at: int, end: int, style: Style) -> int:
        self._literature = True
        return self.tree.take("om", at, end)[1] if self.tree.tokens[at - 1].text == "bibliography" else at

    def _literature_block(self, name: str, span: Span, style: Style) -> None:
        self._literature = True

    def _abstract_block(self, name: str, span: Span, style: Style) -> None:
        self._set_abstract(span)

    def _abstract_command(self, at: int, end: int, style: Style) -> int:
        if span := self.tree.group(at, end):
            self._set_abstract(span)
            return span.after
        return at

    def _footnote(self, at: int, end: int, style: Style) -> int:
        option = self.tree.option(at, end)
        span = self.tree.argument(option.after if option else at, end)
        if span is None:
            return at
        if text := self._one_line(span):
            self.body.footnotes([text])
        return span.after

    def _skip(self, at: int, end: int, style: Style) -> int:
        at = self.tree.star(at, end)
        return self.tree.take("omo" if self.tree.tokens[at - 1].text != "captionof" else "mom", at, end)[1]

    def _table(self, name: str, span: Span, style: Style) -> None:
        self._floats.table(name, span)

    def _figure(self, name: str, span: Span, style: Style) -> None:
        self._floats.figure(name, span)

    def _loose_table(self, name: str, span: Span, style: Style) -> None:
        """A tabular in the text: a table without a caption, unless it is a formula's array."""
        if name != "array" and not style.math and not self.renderer.in_cell:
            self._floats.table(name, span)
        else:
            inside = self.renderer.inside(name, span)
            self.renderer.render(inside.start, inside.end, style)
