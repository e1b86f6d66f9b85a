"""Atom feeds as arXiv's API answers them.

Read with expat as a stream. A document type is refused where it begins, before it can declare an entity: no feed has
one, and entities are how small XML files fill memories.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax import SAXException, SAXParseException, handler, xmlreader
from xml.sax.expatreader import create_parser

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.jsontext import LONGEST_RECORD

__all__ = ["read"]

_ATOM = "http://www.w3.org/2005/Atom"
_ARXIV = "http://arxiv.org/schemas/atom"
_WANTED = frozenset(
    [(_ATOM, name) for name in ("id", "title", "summary", "content", "published", "updated", "author", "link")]
    + [(_ARXIV, "doi")]
)
_STEP = 1 << 16  # bytes


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each entry, numbered in the order of the feed.

    Raises:
        SourceError: it is no Atom feed, or declares a document type.
    """
    feed = _Feed(source)
    parser = create_parser(namespaceHandling=1)
    parser.setContentHandler(feed)
    parser.setFeature(handler.feature_external_ges, False)
    parser.setFeature(handler.feature_external_pes, False)
    parser.setProperty(handler.property_lexical_handler, feed)
    parser._source.setEncoding("utf-8")  # as Source.stream is, whatever the document declares
    number = 0
    problem = None
    while problem is None:
        data = stream.read(_STEP)
        try:
            if data:
                feed.unseen += len(data)
                parser.feed(data)
                if feed.unseen > LONGEST_RECORD:
                    raise SAXException(f"{LONGEST_RECORD:,} bytes without a single tag")
            else:
                parser.close()
        except (SAXException, LookupError, ValueError) as error:
            # The latter two are of encodings that do not exist or that expat cannot read.
            problem = _describe(error)
        for entry in feed.take():
            number += 1
            try:
                yield entry.finish(f"{source}:{number}")
            except RecordError as error:
                yield Reject(source, number, str(error))
        if not data:
            break
    if problem:
        yield Reject(source, number + 1, f"the XML is damaged ({problem}); nothing after this entry is read")


def _describe(error: Exception) -> str:
    if isinstance(error, SAXParseException):
        return f"line {error.getLineNumber()}: {error.getMessage()}"
    return str(error)


class _Entry:
    """What has been read of one entry."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.links: list[str] = []
        self.authors = 0
        self.size = 0

    def finish(self, origin: str) -> Paper:
        if self.size > LONGEST_RECORD:
            raise RecordError(f"the record is longer than {LONGEST_RECORD:,} characters")
        text = {name: "".join(parts) for name, parts in self.texts.items()}
        if "/api/errors" in text.get("id", ""):
            raise RecordError(f"arXiv answers with an error: {text.get('summary', '').strip()[:200]}")
        return make_paper(
            origin,
            text.get("title"),
            text.get("summary") or text.get("content"),
            identifiers=[text.get("id"), text.get("doi"), *self.links],
            dates=[text.get("published"), text.get("updated")],
            author_count=self.authors or None,
        )


class _Feed(handler.ContentHandler):
    """Collects entries from the events of the parser; also its lexical handler, to see a document type begin."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.unseen = 0  # bytes since the last tag
        self._source = source
        self._depth = 0
        self._entry: _Entry | None = None
        self._entry_depth = 0
        self._field: str | None = None
        self._done: list[_Entry] = []

    def take(self) -> list[_Entry]:
        """The entries that are complete, once."""
        done, self._done = self._done, []
        return done

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: xmlreader.AttributesNSImpl
    ) -> None:
        """An entry begins, or a field of one."""
        self.unseen = 0
        self._depth += 1
        if self._depth == 1 and name not in ((_ATOM, "feed"), (_ATOM, "entry")):
            raise SourceError(
                f"{self._source}: is XML but no Atom feed (its root is {name[1][:40]!r}); kg reads arXiv's"
            )
        if name == (_ATOM, "entry") and self._entry is None:
            self._entry, self._entry_depth = _Entry(), self._depth
        elif self._entry is not None and self._depth == self._entry_depth + 1 and name in _WANTED:
            self._field = name[1]
            if self._field == "author":
                self._entry.authors += 1
            elif self._field == "link" and (None, "href") in attrs:
                self._entry.links.append(attrs.getValue((None, "href")))

    def characters(self, content: str) -> None:
        """Text of the field at hand; of what is in it, too."""
        if self._entry is None:
            return
        self.unseen = 0
        self._entry.size += len(content)
        if self._field is not None and self._entry.size <= LONGEST_RECORD:
            self._entry.texts.setdefault(self._field, []).append(content)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        """A field ends, or the entry."""
        self.unseen = 0
        if self._entry is not None and self._depth == self._entry_depth:
            self._done.append(self._entry)
            self._entry = None
        if self._depth == self._entry_depth + 1:
            self._field = None
        self._depth -= 1

    def startDTD(self, name: str, public_id: str | None, system_id: str | None) -> None:  # noqa: N802
        """Refuse the document."""
        raise SourceError(
            f"{self._source}: declares a document type (DTD), which no Atom feed has and a hostile file may; "
            "remove its <!DOCTYPE ...> if you trust it"
        )

    def endDTD(self) -> None:  # noqa: N802
        """Never reached."""

    def comment(self, content: str) -> None:
        """Comments hold no paper."""

    def startCDATA(self) -> None:  # noqa: N802
        """Text like any other."""

    def endCDATA(self) -> None:  # noqa: N802
        """Text like any other."""
