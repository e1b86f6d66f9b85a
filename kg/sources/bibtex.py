"""BibTeX and biblatex: what the fields of an entry say of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.identifiers import is_no_doi
from kg.model import Author, Paper, PaperType, Reject
from kg.sources.addresses import addresses_of, is_repository, repositories_in
from kg.sources.bibtex_entries import Damage, Entry, read_entries
from kg.sources.bibtex_names import people
from kg.sources.bibtex_values import enclosed, plain, unescaped
from kg.sources.dates import iso_date, month_number
from kg.sources.fields import RecordError, make_paper, not_understood
from kg.sources.lines import Line
from kg.sources.statuses import status_of
from kg.sources.venues import type_at, venue_of
from kg.sources.web_of_science import with_orcids

__all__ = ["read", "read_with_files"]

_Fields = Mapping[str, str]

_ARXIV_PREFIX = re.compile(r"\s*arxiv\b", re.IGNORECASE)
_IN_TEXT = re.compile(r"https?://[^\s\"<>\\{}|^`]{4,2000}", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z]{2,8}\}?\s?\Z")
_LONGEST_FILES = 5_000  # characters
_AFTER_ADDRESS = ".,;:'"
_VENUES = (
    "journaltitle", "journal", "booktitle", "eventtitle", "maintitle", "school", "institution", "series",
)  # fmt: skip
_NUMBERED = ("volume", "number", "eid", "pages")  # where references put the number of a paper of arXiv
_LINKS = ("url", "link", "ee", "howpublished", "note", "annote", "addendum", "pdf", "code", "github", "adsurl")
_KINDS = ("type", "document_type", "documenttype", "entrysubtype", "usera")
_BOOKS = frozenset(("collection", "mvbook", "mvcollection", "reference", "manual"))
_OF_BOOKS = frozenset(("suppbook", "suppcollection", "inreference", "bookinbook"))
_VOLUMES = frozenset(("proceedings", "mvproceedings", "periodical", "suppperiodical"))


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each entry, at the line on which it begins."""
    for entry in read_entries(lines):
        if isinstance(entry, Damage):
            yield Reject(source, entry.number, entry.reason)
            continue
        try:
            yield _paper(entry, f"{source}:{entry.number}")
        except RecordError as error:
            yield Reject(source, entry.number, "; ".join((f"entry {entry.key[:60]!r} {error}", *entry.remarks[:1])))


def read_with_files(lines: Iterable[Line], source: str) -> Iterator[tuple[str, tuple[str, ...], Paper]]:
    """The key of each entry that is a paper, and the paths of the files that it names, as they stand there."""
    for entry in read_entries(lines):
        if isinstance(entry, Entry):
            try:
                yield entry.key, _files(entry.fields.get("file", "")), _paper(entry, f"{source}:{entry.number}")
            except RecordError:
                continue


def _files(field: str) -> tuple[str, ...]:
    """The paths in a field of files: each between a description and a type, or alone.

    >>> _files("Full Text:files/12/wool.pdf:application/pdf;:dog.pdf:PDF"), _files("wool.pdf")
    (('files/12/wool.pdf', 'dog.pdf'), ('wool.pdf',))
    """
    text = field[:_LONGEST_FILES].replace("{$\\backslash$}", "\\").replace("$\\backslash$", "\\").replace("\\:", "\x1f")
    parts = (part for each in text.split(";") for part in each.split(":") if _SUFFIX.search(part))
    return tuple(part.replace("\x1f", ":").replace("\\_", "_").strip("{} ") for part in parts)


def _paper(entry: Entry, origin: str) -> Paper:
    fields = entry.fields
    names = ("series",) if entry.kind in _VOLUMES else _VENUES
    venue = venue_of(plain(fields[name]) for name in names if name in fields)
    kinds = [plain(fields[name]) for name in _KINDS if name in fields]
    wrong = [text for text in (unescaped(fields.get("doi", "")).strip(),) if is_no_doi(text)]
    linked = [unescaped(fields[name]) for name in _LINKS if name in fields]
    return make_paper(
        origin,
        _title(fields),
        _paragraphs(fields.get("abstract", "")),
        identifiers=_identifiers(fields),
        dates=_dates(fields),
        urls=[address for text in linked for address in _addresses(text) if not is_repository(address)],
        status=status_of([*kinds, plain(fields.get("note", ""))]),
        remarks=[*entry.remarks, *(not_understood("doi", text) for text in wrong)],
        authors=_authors(fields),
        venue=venue,
        type=_type(entry, venue, kinds),
        organisation=plain(fields.get("institution", "") or fields.get("school", "")),
        repositories=[each for text in linked for each in repositories_in(text)],
        categories=_categories(fields),
        keywords=_keywords(fields),
    )


def _title(fields: _Fields) -> str:
    """The title, with its subtitle as biblatex has one."""
    title, subtitle = enclosed(fields.get("title", "")), enclosed(fields.get("subtitle", ""))
    return f"{title}: {subtitle}" if title and subtitle else title


def _paragraphs(text: str) -> str:
    """An abstract whose lines are indented as those of all fields are: only a blank line begins a paragraph."""
    return "\n".join(line.strip() for line in text.split("\n"))


def _identifiers(fields: _Fields) -> list[str]:
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv"))
    names = ("doi", "url", *_NUMBERED, "howpublished", "note", "ee", "arxiv", "arxivid", "journal", "biburl", "link")
    numbered = (f"{fields.get('journal', '')} {fields.get(name, '')}" for name in _NUMBERED)
    found = [
        fields.get("eprint", "") if _ARXIV_PREFIX.match(archive) else "",
        *(fields.get(name, "") for name in names),
    ]
    return [unescaped(text) for text in (*found, *numbered)]


def _dates(fields: _Fields) -> list[str]:
    year = plain(fields.get("year", ""))
    month = plain(fields.get("month", ""))
    day = plain(fields.get("day", ""))
    number = month_number(month)
    known = (iso_date(year) or "")[:4]
    within = []
    if known and number:
        within = [f"{known}-{number:02}-{day:0>2}" if day.isdigit() else f"{known}-{number:02}"]
    elif known and month:
        within = [f"{month.replace('.', '. ')} {known}"]
    online = plain(fields.get("early-access-date", ""))
    return [plain(fields.get("date", "")), *within, year, plain(fields.get("issue_date", "")), online]


def _authors(fields: _Fields) -> list[object]:
    named = people(fields.get("author", "") or fields.get("authors", ""))
    listed = fields.get("orcid-numbers") or fields.get("orcid")
    if not listed:
        return list(named)
    turned = [f"{each.family}, {each.given}" if isinstance(each, Author) and each.family else "" for each in named]
    numbers = [each["orcid"] for each in with_orcids(turned, plain(listed.replace("\n", ";")))]
    return [
        Author(each.name, each.given, each.family, number) if isinstance(each, Author) else each
        for each, number in zip(named, numbers, strict=True)
    ]


def _addresses(text: str) -> tuple[str, ...]:
    """The addresses in a text, without what its sentences put behind them."""
    return addresses_of([_without_mark(match.group()) for match in _IN_TEXT.finditer(text)])


def _without_mark(address: str) -> str:
    address = address.rstrip(_AFTER_ADDRESS)
    return address.rstrip(f")]{_AFTER_ADDRESS}") if "(" not in address else address


def _type(entry: Entry, venue: str | None, kinds: list[str]) -> str | None:
    """The type by what the index says, else by that of the entry; of what lies on a server of preprints, that."""
    if entry.kind in _VOLUMES:
        return str(PaperType.PROCEEDINGS)
    own = "book" if entry.kind in _BOOKS else "chapter" if entry.kind in _OF_BOOKS else entry.kind
    archive = entry.fields.get("archiveprefix") or entry.fields.get("eprinttype") or ""
    posted = "arXiv" if _ARXIV_PREFIX.match(archive) and venue is None else venue
    return type_at(posted, [*kinds, own])


def _categories(fields: _Fields) -> list[str]:
    classes = plain(fields.get("primaryclass", "") or fields.get("eprintclass", ""))
    of_index = plain(fields.get("web-of-science-categories", "")).split(";")
    return [*classes.replace(",", " ").split(), *of_index, *plain(fields.get("categories", "")).split(";")]


def _keywords(fields: _Fields) -> list[str]:
    """Words of authors, then of indexes, parted by semicolons or else by commas."""
    names = ("keywords", "keyword", "author_keywords", "keywords-plus", "index_keywords")
    texts = [plain(fields[name]) for name in names if name in fields]
    return [word for text in texts for word in text.split(";" if ";" in text else ",")]
