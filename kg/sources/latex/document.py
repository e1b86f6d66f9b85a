r"""A document from its first section on: sections, floats, footnotes, in their order, with the numbers that it prints.

The renderer walks through it; what means more than text is done here. References wait until all labels are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Part
from kg.sources.fulltext.body import BodyWriter
from kg.sources.latex.commands import SECTIONS
from kg.sources.latex.counters import Target, resolved
from kg.sources.latex.expansion import Expander
from kg.sources.latex.files import PaperFiles
from kg.sources.latex.floatreader import FloatReader
from kg.sources.latex.front import FrontMatter, quietly
from kg.sources.latex.numbers import NumberReader
from kg.sources.latex.render import PLAIN, Renderer, Style, joined
from kg.sources.latex.tokens import Kind, Token
from kg.sources.latex.tree import Span, Tree
from kg.sources.latex.walk import Walk

__all__ = ["Document", "read_document"]

_APPENDIX = re.compile(r"(?:appendi|supplement(?:ary|al)|online appendix)", re.IGNORECASE)
_REFERENCES = re.compile(r"(?:references|bibliography)\W{0,3}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself, and its body."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    doi: str | None
    body: tuple[Part, ...]
    remarks: tuple[str, ...]


def read_document(files: PaperFiles, main: str) -> Document:
    """Read a paper from its main file."""
    expander = Expander(files, main)
    expander.run()
    reader = _DocumentReader(expander.tokens, expander.contents)
    reader.read()
    body = BodyWriter()
    for remark in (*files.remarks, *expander.remarks):
        body.remark(remark)
    reader.write(body)
    parts, front = body.parts(), reader.front
    return Document(
        reader.resolve(front.title),
        reader.resolve(front.abstract),
        tuple(front.authors),
        tuple(front.keywords),
        front.doi,
        parts,
        tuple(body.remarks),
    )


class _DocumentReader:
    """Walks through a document; ``front`` is what it says of itself, ``write`` gives its body."""

    def __init__(self, tokens: list[Token], contents: list[str]) -> None:
        tree = Tree(tokens)
        self.front = FrontMatter()
        self._walk = Walk(tree, Renderer(tree))
        self._past_literature = False
        self.front.listen(self._walk.renderer)
        NumberReader(self._walk).listen()
        FloatReader(self._walk, contents).listen()
        self._listen()

    def read(self) -> None:
        """Walk through the document."""
        tokens = self._walk.tree.tokens
        begins = (at for at, token in enumerate(tokens) if token.kind is Kind.BEGIN and token.text == "document")
        begin = next(begins, -1)
        end = self._walk.tree.close.get(begin, len(tokens))
        self._walk.renderer.render(0, max(begin, 0))
        self._walk.renderer.out.clear()
        self._walk.events.clear()
        self._walk.renderer.render(begin + 1, end)
        self._flush()

    def write(self, body: BodyWriter) -> None:
        """Give a body all that was met."""
        for event in self._walk.events:
            event(body, self.resolve)
        for remark in self._walk.renderer.remarks:
            body.remark(remark)

    def resolve(self, text: str) -> str:
        """A text with the numbers that its references print."""
        return resolved(text, self._walk.counters.labels)

    def _listen(self) -> None:
        self._walk.renderer.commands.update(
            {
                **dict.fromkeys(SECTIONS, self._section),
                **dict.fromkeys(("footnote", "footnotetext", "tablefootnote", "blfootnote", "tabnote"), self._footnote),
                **dict.fromkeys(("bibliography", "printbibliography"), self._literature),
                **dict.fromkeys(("appendix", "appendices"), self._appendix),
                **dict.fromkeys(("acknowledgments", "acknowledgements"), self._acknowledgments),
                "item": self._item,
                "twocolumn": self._two_columns,
                "abstract": self._abstract_command,
                "thanks": self._unread,
            }
        )
        blocks = self._walk.renderer.blocks
        blocks.update(dict.fromkeys(("appendices", "subappendices", "appendix"), self._appendices))
        blocks.update(dict.fromkeys(("abstract", "onecolabstract", "Abstract"), self._abstract))
        blocks.update(dict.fromkeys(("keywords", "keyword", "IEEEkeywords", "kwd"), self._keywords))
        blocks.update(dict.fromkeys(("itemize", "enumerate", "description", "compactitem", "compactenum"), self._list))
        blocks.update(dict.fromkeys(("acks", "acknowledgments", "acknowledgements", "ack"), self._thanks))
        blocks["icmlauthorlist"] = self._only_commands
        blocks["thebibliography"] = self._bibliography

    # Text

    def _flush(self) -> None:
        """The text that was set becomes paragraphs of the section at hand."""
        text = joined(self._walk.renderer.out)
        self._walk.renderer.out.clear()
        if text:
            self._walk.event(lambda body, resolve: _write_paragraphs(body, resolve(text)))

    def _section(self, at: int, end: int, style: Style) -> int:
        name = self._walk.tree.tokens[at - 1].text
        starred = self._walk.tree.star(at, end) > at
        option = self._walk.tree.option(self._walk.tree.star(at, end), end)
        span = self._walk.tree.argument(option.after if option else self._walk.tree.star(at, end), end)
        if span is None:
            return at
        title = joined(quietly(self._walk.renderer, span, PLAIN)).replace("\n\n", " ").strip()
        if self._walk.renderer.in_cell or self._walk.groups:
            self._walk.renderer.emit(f"{title} ", style)
            return span.after
        self._flush()
        if name == "section" and title.lower().strip(" .:") == "abstract" and not self.front.abstract:
            return self._abstract_section(span.after, end)
        level = SECTIONS[name]
        if _REFERENCES.match(title):
            self._past_literature = True
        elif level <= SECTIONS["section"] and (_APPENDIX.match(title) or self._past_literature):
            self._walk.event(lambda body, _: body.begin_appendix())
        if not starred and name not in ("paragraph", "subparagraph", "part"):
            self._walk.current = Target(name, self._walk.counters.step(name), title)
        else:
            self._walk.current = Target(name, self._walk.current.number, title)
        if self._walk.counters.appendix and name in ("section", "chapter"):
            self._walk.current = self._walk.current._replace(kind="appendix")
        shown = title.rstrip(".:") if level >= SECTIONS["paragraph"] else title
        self._walk.event(lambda body, resolve: body.heading(level, resolve(shown)))
        return span.after

    def _abstract_section(self, at: int, end: int) -> int:
        tokens = self._walk.tree.tokens
        stop = next(
            (
                place
                for place in range(at, end)
                if tokens[place].kind is Kind.COMMAND and tokens[place].text in SECTIONS
            ),
            end,
        )
        self._take_abstract(Span(at, stop, stop))
        return stop

    def _abstract(self, name: str, span: Span, style: Style) -> None:
        del style
        self._take_abstract(self._walk.renderer.inside(name, span))

    def _abstract_command(self, at: int, end: int, style: Style) -> int:
        span = self._walk.tree.group(at, end)
        if span is None:
            return at
        del style
        self._take_abstract(span)
        return span.after

    def _take_abstract(self, span: Span) -> None:
        text = joined(self._walk.renderer.collect(span.start, span.end))
        if not self.front.take_abstract(text) and text:
            self._walk.event(lambda body, resolve: body.paragraph(resolve(text)))

    def _keywords(self, name: str, span: Span, style: Style) -> None:
        del name, style
        self.front.take_keywords(joined(quietly(self._walk.renderer, span, PLAIN)))

    def _only_commands(self, name: str, span: Span, style: Style) -> None:
        del name
        self._walk.renderer.collect(span.start, span.end, style)

    def _two_columns(self, at: int, end: int, style: Style) -> int:
        """The front of a paper in two columns; what is no command of the front is none of its text."""
        option = self._walk.tree.option(at, end)
        if option is None:
            return at
        self._walk.renderer.collect(option.start, option.end, style)
        return option.after

    def _acknowledgments(self, at: int, end: int, style: Style) -> int:
        del style
        span = self._walk.tree.group(at, end)
        if not self._walk.groups:
            self._flush()
            self._walk.event(lambda body, _: body.heading(SECTIONS["section"], "Acknowledgments"))
        return span.start if span else at

    def _thanks(self, name: str, span: Span, style: Style) -> None:
        del name
        self._acknowledgments(span.start, span.start, style)
        self._walk.renderer.render(span.start, span.end, style)

    def _footnote(self, at: int, end: int, style: Style) -> int:
        del style
        spans, after = self._walk.tree.take("oM", at, end)
        if spans:
            blocks, self._walk.renderer.blocks = self._walk.renderer.blocks, {}
            text = joined(self._walk.renderer.collect(spans[0].start, spans[0].end)).replace("\n\n", " ")
            self._walk.renderer.blocks = blocks
            if self._walk.groups:
                self._walk.groups[-1].notes.append(text)
            elif text:
                self._walk.event(lambda body, resolve: body.footnotes([resolve(text)]))
        return after

    def _unread(self, at: int, end: int, style: Style) -> int:
        del style
        return self._walk.tree.take("om", at, end)[1]

    def _list(self, name: str, span: Span, style: Style) -> None:
        inside = self._walk.renderer.inside(name, span)
        outside = self._walk.counters.values.get("item", 0)
        self._walk.counters.put("item", 0)
        self._walk.renderer.render(inside.start, inside.end, style)
        self._walk.renderer.emit("\n\n", style)
        self._walk.counters.put("item", outside)

    def _item(self, at: int, end: int, style: Style) -> int:
        option = self._walk.tree.option(at, end)
        self._walk.renderer.emit("\n\n", style)
        if option:
            self._walk.renderer.render(option.start, option.end, style)
            self._walk.renderer.emit(" ", style)
        else:
            self._walk.current = self._walk.current._replace(kind="item", number=self._walk.counters.step("item"))
        return option.after if option else at

    def _literature(self, at: int, end: int, style: Style) -> int:
        del style
        self._past_literature = True
        return self._walk.tree.take(
            "o" if self._walk.tree.tokens[at - 1].text == "printbibliography" else "om", at, end
        )[1]

    def _bibliography(self, name: str, span: Span, style: Style) -> None:
        del name, span, style
        self._past_literature = True

    def _appendix(self, at: int, end: int, style: Style) -> int:
        del end, style
        if not self._walk.groups and not self._walk.counters.appendix:
            self._flush()
            self._walk.counters.begin_appendix()
            self._walk.event(lambda body, _: body.begin_appendix())
        return at

    def _appendices(self, name: str, span: Span, style: Style) -> None:
        del name
        self._appendix(span.start, span.end, style)
        option = self._walk.tree.option(span.start, span.end)
        self._walk.renderer.render(option.after if option else span.start, span.end, style)


def _write_paragraphs(body: BodyWriter, text: str) -> None:
    for paragraph in text.split("\n\n"):
        body.paragraph(paragraph)
