"""XML of any size as a stream of its records: elements of certain names, each a small tree.

The parsing is expat's; this module keeps it from what hostile or damaged documents do. A document type may declare
nothing, so that no entity is ever expanded or loaded. A record that is damaged, too long or nested too deeply costs
only itself: the parser begins anew at the next one, inside the same elements. Memory holds one record at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, field
from html.entities import html5
from itertools import islice
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.parsers.expat import errors
from xml.sax.saxutils import quoteattr

from kg.errors import SourceError
from kg.sources.lines import LONGEST_RECORD

__all__ = ["Around", "Element", "NoRecordError", "XmlRecord", "local", "read_xml"]

_STEP = 1 << 16  # bytes read at once
_STEP_AMONG_DAMAGE = 1 << 12  # and parsed at once where a parser has begun anew, which it may have to do again soon
_LONGEST_TEXT = 5 * LONGEST_RECORD  # of a paper in full
_DEEPEST = 1_000  # elements, one in the other
_COST = 50  # characters that an element counts for, by the memory that it takes
_REACH = 128  # bytes that the beginning of a tag takes at most
_LONGEST_TAG = 2_000  # characters of one around records, with its namespaces
_MOST_NAMES = 10_000  # that are remembered in another form
_SEPARATOR = "\x1f"  # which no XML may hold
# Characters that XML forbids, and that text from PDFs has all the same, as blanks.
_ALLOWED = bytes(32 if code < 32 and code not in b"\t\n\r" else code for code in range(256))
# Document types that are only named (those of PubMed, JATS and old RSS) declare nothing, for none is ever loaded.
_HARMLESS = ("-//NLM//", "-//Netscape Communications//DTD RSS")
_NEXT_DOCUMENT = frozenset(
    errors.codes[name] for name in (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, errors.XML_ERROR_MISPLACED_XML_PI)
)
_BREAKS_OFF = frozenset(
    errors.codes[name]
    for name in (errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_UNCLOSED_CDATA_SECTION)
)


Around = tuple[Element, ...]
"""The elements around a record, the root first, without what they hold, but for elements that are to be kept."""


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """One record: its tree, or the problem with it, and what is around it.

    Names are written ``{namespace}name``. ``number`` counts the records of the document.
    """

    number: int
    element: Element | None = None
    within: Around = ()
    problem: str | None = None


class NoRecordError(Exception):
    """The document has no record of those that are wanted; ``root`` is the name of its first element."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.root = root


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def read_xml(
    stream: BinaryIO,
    source: str,
    wanted: Collection[str],
    left_out: Collection[str] = (),
    kept: Collection[str] = (),
    full: Collection[str] = (),
) -> Iterator[XmlRecord]:
    """The elements whose names are ``wanted``, without what in them is to be ``left_out``.

    What stands before records and says something of them all is ``kept``: in the element around it, the last of a name.
    Those that are ``full`` texts may be longer.
    The bytes are taken for UTF-8, whatever the document declares. What stands outside of records is passed over. There
    may be several documents, one behind the other.

    Raises:
        SourceError: it declares a document type, or is no XML from the start.
        NoRecordError: there is nothing that is wanted.
    """
    number = 0
    document = _Document(source, _Names(frozenset(wanted), frozenset(left_out), frozenset(kept), frozenset(full)))
    for number, (element, within, problem) in enumerate(document.records(stream), start=1):
        yield XmlRecord(number, element, within, problem)
    if number == 0:
        raise NoRecordError(document.root)


_Outcome = tuple[Element | None, Around, str | None]


class _BrokenError(Exception):
    """The record at hand cannot go on; ``at`` is the byte of the parser's to go on from."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Names:
    """Which elements are records or kept, which are left out of them, and which are full texts."""

    wanted: frozenset[str]
    left_out: frozenset[str]
    kept: frozenset[str]
    full: frozenset[str]


class _Document:
    """Feeds a parser, and behind damage begins a new one."""

    def __init__(self, source: str, names: _Names) -> None:
        self._source = source
        self._events = _Events(source, names)
        local_names = "|".join(sorted({re.escape(local(name)) for name in names.wanted | names.kept}))
        self._next_record = re.compile(rb"<(?:[\w.-]{1,60}:)?(?:%s)(?=[\s/>])" % local_names.encode())
        self._seeking = False  # the next record, behind damage
        self._found = False
        self._begin()

    @property
    def root(self) -> str:
        """The name of the first element, without its namespace."""
        return self._events.root

    def records(self, stream: BinaryIO) -> Iterator[_Outcome]:
        """Each record that is complete, or what is wrong with it."""
        tail = b""
        while data := stream.read(_STEP):
            data = tail + data.translate(_ALLOWED)
            tail = yield from self._feed(memoryview(data))
        if not self._seeking and (broken := self._parse(memoryview(b""), final=True)) and str(broken):
            yield self._broken(str(broken))

    def _feed(self, data: memoryview) -> Generator[_Outcome, None, bytes]:
        """The records that end in the data; returns what is to be looked at again with what follows."""
        step = _STEP
        while data:
            if self._seeking:
                match = self._next_record.search(data)
                if match is None:
                    return bytes(data[-_REACH:])
                data = data[match.start() :]
                self._begin()
                self._seeking = False
            broken = self._parse(data[:step])
            yield from self._events.take()
            if broken is None:
                data = data[step:]
                continue
            step = _STEP_AMONG_DAMAGE
            data = data[max(0, broken.at - self._fed_before) :]
            if str(broken):
                yield self._broken(str(broken))
            else:
                self._events.forget()
                self._begin()
        return b""

    def _begin(self) -> None:
        """A new parser, inside the elements that are open."""
        self._parser = self._events.parser()
        prologue = "".join(each.tag for each in self._events.within).encode()
        self._events.replaying = True
        if prologue:
            self._parser.Parse(prologue)
        self._events.replaying = False
        self._fed = self._fed_before = len(prologue)

    def _parse(self, data: memoryview, final: bool = False) -> _BrokenError | None:
        """Feed the parser. What is wrong, if something is: without a word where only another document begins."""
        self._fed_before, self._fed = self._fed, self._fed + len(data)
        self._events.unseen += len(data)
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            at = self._parser.CurrentByteIndex
            if error.code in _NEXT_DOCUMENT and self._events.record is None:
                return _BrokenError("", at)
            if error.code in _BREAKS_OFF:
                return _BrokenError("the XML breaks off; get it again", at + 1)
            return _BrokenError(f"the XML is damaged ({errors.messages[error.code]})", at + 1)
        except _BrokenError as error:
            return error
        if self._events.unseen > LONGEST_RECORD:
            return _BrokenError(f"the XML is damaged ({LONGEST_RECORD:,} bytes without a single tag)", self._fed)
        return None

    def _broken(self, problem: str) -> _Outcome:
        """What becomes of the record at hand; from here on the next one is sought."""
        outcome = None, self._events.around, problem
        if not (self._events.found or self._events.within or self._events.record):
            raise SourceError(f"{self._source}: is no XML that can be read: {problem}")
        self._events.record = None
        self._events.unseen = 0
        self._seeking = True
        return outcome


@dataclass(frozen=True, slots=True)
class _Open:
    """An element around records that has begun: its tag, but for attributes, and what is handed out of it."""

    tag: str
    element: Element


@dataclass(slots=True)
class _Record:
    """The record at hand; its tree is dropped once it is too long."""

    name: str
    builder: TreeBuilder | None = field(default_factory=TreeBuilder)
    depth: int = 1
    hidden: int = 0  # how deep inside an element that is left out
    size: int = 0
    problem: str | None = None
    longest: int = LONGEST_RECORD

    def grow(self, size: int) -> None:
        self.size += size
        if self.size > self.longest and self.builder is not None:
            self.builder = None
            self.problem = f"the record is longer than {self.longest:,} characters"


class _Events:
    """Makes records of the events of one parser after the other."""

    def __init__(self, source: str, names: _Names) -> None:
        self._source = source
        self._which = names
        self.within: list[_Open] = []
        self.record: _Record | None = None
        self.unseen = 0  # bytes since the last tag
        self.replaying = False  # tags of elements that are open already
        self.found = False
        self.root = ""
        self._names: dict[str, tuple[str, str]] = {}
        self._declared = ""
        self._done: list[_Outcome] = []

    def parser(self) -> expat.XMLParserType:
        """A new parser for these events, which loads nothing and knows no entities but HTML's."""
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        # Expat hands on entities that are not declared only if they may be so where it has not looked.
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._load_nothing
        parser.SkippedEntityHandler = self._undeclared
        self._parser = parser
        return parser

    @property
    def around(self) -> Around:
        """The open elements, the root first."""
        return tuple(each.element for each in self.within)

    def take(self) -> list[_Outcome]:
        """The records that are complete, once."""
        done, self._done = self._done, []
        self.found = self.found or bool(done)
        return done

    def forget(self) -> None:
        """The document is over, and another one follows."""
        self.within.clear()
        self.record = None

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        self.unseen = 0
        declared, self._declared = self._declared, ""
        if self.replaying:
            return
        name, written = self._named(raw)
        self.root = self.root or local(name)[:40]
        record = self.record
        if record is None and name not in self._which.wanted and name not in self._which.kept:
            self._enter(f"<{written}{declared}>", name, attributes)
            return
        if record is None:
            record = self.record = _Record(name)
            record.longest = _LONGEST_TEXT if name in self._which.full else LONGEST_RECORD
        elif name == record.name and not record.hidden:
            raise self._broken("the XML is damaged (the record does not end before the next begins)", 0)
        else:
            record.depth += 1
        if record.depth > _DEEPEST:
            raise self._broken(f"the record is nested deeper than {_DEEPEST:,} elements", 1)
        if record.hidden or name in self._which.left_out:
            record.hidden += 1
            return
        record.grow(_COST + len(name) + sum(len(key) + len(value) for key, value in attributes.items()))
        if record.builder is not None:
            record.builder.start(name, {self._named(key)[0]: value for key, value in attributes.items()})

    def _broken(self, problem: str, further: int) -> _BrokenError:
        return _BrokenError(problem, self._parser.CurrentByteIndex + further)

    def _enter(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        if len(self.within) >= _DEEPEST or len(tag) > _LONGEST_TAG:
            raise SourceError(f"{self._source}: holds no paper that can be read: its tags are too many or too long")
        short = {self._named(key)[0]: value for key, value in islice(attributes.items(), 50) if len(value) < 1_000}
        self.within.append(_Open(tag, Element(name, short)))

    def _end(self, raw: str) -> None:
        self.unseen = 0
        record = self.record
        if record is None:
            self.within.pop()
            return
        record.depth -= 1
        if record.hidden:
            record.hidden -= 1
        elif record.builder is not None:
            record.builder.end(self._named(raw)[0])
        if record.depth == 0:
            self.record = None
            self._finish(record)

    def _finish(self, record: _Record) -> None:
        tree = record.builder.close() if record.builder is not None and record.problem is None else None
        if record.name not in self._which.kept:
            self._done.append((tree, self.around, record.problem))
        elif tree is not None and self.within:
            parent = self.within[-1].element
            for before in parent.findall(tree.tag):
                parent.remove(before)
            parent.append(tree)

    def _text(self, text: str) -> None:
        record = self.record
        if record is None:
            return
        if not record.hidden:
            record.grow(len(text))
        if record.builder is not None and not record.hidden:
            self.unseen = 0
            record.builder.data(text)

    def _undeclared(self, name: str, is_parameter: bool) -> None:
        """An entity that nobody declared: of HTML's, as feeds have them, everybody knows what they are."""
        if (letter := html5.get(f"{name};")) is not None:
            self._text(letter)
        elif self.record is not None and not self.record.hidden and not is_parameter:
            self.record.problem = f"refers to an entity that is not declared: '&{name[:40]};'"

    def _load_nothing(self, context: str, *_: object) -> int:
        """The document type by reference, as an empty one."""
        return self._parser.ExternalEntityParserCreate(context).Parse(b"", True)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared += f" xmlns{':' + prefix if prefix else ''}={quoteattr(uri or '')}"

    def _document_type(self, name: str, system: str | None, public: str | None, declares: int) -> None:
        if declares or not (public or "").startswith(_HARMLESS):
            raise SourceError(
                f"{self._source}: declares a document type (DTD), which no format of papers that kg reads needs and a "
                "hostile file may have; remove its <!DOCTYPE ...> if you trust it"
            )

    def _entity(self, *_: object) -> None:
        raise SourceError(f"{self._source}: declares an entity, which a hostile file may; remove it if you trust it")

    def _named(self, raw: str) -> tuple[str, str]:
        """A name with its namespace in braces, and as it is written in the document."""
        found = self._names.get(raw)
        if found is None:
            uri, local, *prefix = raw.split(_SEPARATOR) if _SEPARATOR in raw else ("", raw)
            found = f"{{{uri}}}{local}" if uri else local, ":".join((*prefix, local))
            if len(self._names) < _MOST_NAMES and len(raw) < _LONGEST_TAG:
                self._names[raw] = found
        return found
