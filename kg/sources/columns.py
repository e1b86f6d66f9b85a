"""What the columns of a table of papers hold, by their names, in people's own tables and in exports of databases."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kg.model import DESCRIBED, Paper, PaperField, PaperStatus, Stored
from kg.sources.fields import make_paper
from kg.sources.synonyms import Column, column_of, places_of

__all__ = ["Columns", "header_in"]

# Names that are paths into records, and those that mean something only in an export that has the one behind them too.
_PATHS = {
    "authorships.author.display_name": "authors",
    "authorships.raw_author_name": "authors",
    "primary_location.source.display_name": "venue",
    "host_venue.display_name": "venue",
    "primary_location.landing_page_url": "url",
    "best_oa_location.landing_page_url": "url",
    "best_oa_location.pdf_url": "pdf url",
    "open_access.oa_url": "url",
    "ids.doi": "doi",
    "keywords.display_name": "keywords",
    "topics.display_name": "topics",
    "primary_topic.display_name": "topic",
    "authorships.institutions.display_name": "organisation",
    "display_name": "name",
    "author full names": "authors",
    "author keywords": "keywords",
    "ieee terms": "index keywords",
    "mesh terms": "index keywords",
    "manual tags": "tags",
    "journal/book": "journal",
    "conference title": "conference",
    "terms": "categories",
    "fields of research (anzsrc 2020)": "categories",
}
_ONLY_BESIDE = {"source": ("gsrank", "venue"), "name": ("tags", "name")}
# The tags of Web of Science, which databases of other languages put behind the names of their columns.
_TAGS = {
    "TI": "title", "AB": "abstract", "AF": "authors", "AU": "author", "SO": "venue", "PY": "year", "DI": "doi",
    "DT": "document type", "DE": "keywords", "ID": "index keywords", "WC": "categories", "PD": "month",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"(?P<name>[^()\[\]]{1,80})[(\[](?P<inside>[^()\[\]]{1,40})[)\]]\s*\Z")
_MONTHS = frozenset(
    ("month", "published month", "publication month", "pub month", "monat", "mes", "mois", "mese", "mês")
)
_DAYS = frozenset(("day", "published day", "publication day"))
_STATUS = frozenset(("is retracted", "retracted", "is withdrawn", "withdrawn", "retraction status"))
_TRUE = frozenset(("true", "1", "yes", "y", "retracted", "withdrawn"))
# Of a title, but of much else besides: only beside another name that papers alone have.
_WEAK_TITLES = frozenset(("name", "display name"))
_BESIDE_WEAK = frozenset(("abstract", "authors", "venue", "identifier"))
_NAMES_OF_ANYTHING = frozenset(("description", "id", "url", "urls", "link", "links", "href", "external id"))
_MOST = 2_000  # columns
_MOST_NOTICES = 12  # rows before a header
_CELLS_OF_NOTICE = 2
_LEAST_BELOW_NOTICE = 3  # things that a header tells of if it is not in the first row
_LONGEST_NAME = 80  # characters
_MOST_REMEMBERED = 200  # columns, of a table whose names are worth remembering
_MISSING = frozenset(("nan", "none", "null", "n/a", "na", "#n/a", "-", "--"))
_PROSE = 200  # characters that no name, venue or keyword has
_NO_ABSTRACT = re.compile(
    r"reference|affiliation|address|fund|note|correspond|acknowledg|full ?text|tl;?dr|keyword|^ai\b", re.I
)
_LIST = re.compile(r"\s*\[.*\]\s*\Z", re.DOTALL)
_LONGEST_LIST = 50_000  # characters
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
# SpringerLink writes authors without anything between them: "Ada AppleBo Berry".
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bLe)(?<!\bDi)(?<!\bVan)")
_OF_SPRINGER = frozenset(("item title", "item doi"))


@dataclass(frozen=True)
class Columns:
    """The columns of a table, by the names in its header."""

    names: tuple[str, ...]

    @cached_property
    def places(self) -> Mapping[Column, Sequence[int]]:
        """For each thing, the places of its columns, the plainest first."""
        look_up = places_of if len(self.names) <= _MOST_REMEMBERED else places_of.__wrapped__
        return look_up(tuple(self._plain))

    @property
    def are_of_papers(self) -> bool:
        """Whether this is the header of a table of papers: one column of titles at least, and one that goes with it."""
        if len(self.names) > _MOST:
            return False
        titles = [_folded(self.names[place]) for place in self.places.get("title", ())]
        if not titles or len(self.places) < 2:
            return False
        if not _WEAK_TITLES.issuperset(titles):
            return True
        beside = (place for column in _BESIDE_WEAK for place in self.places.get(column, ()))
        return any(_folded(self.names[place]) not in _NAMES_OF_ANYTHING for place in beside)

    @property
    def stand_below_a_notice(self) -> bool:
        """Whether these are names of columns, and not a sentence among others."""
        short = all(len(name) <= _LONGEST_NAME for name in self.names)
        return short and len(self.places) >= _LEAST_BELOW_NOTICE

    def paper(self, cells: Sequence[str], origin: str) -> Paper:
        """The paper of one row.

        Raises:
            RecordError: it has no title, or its text is longer than any abstract.
        """
        cells = [*cells, *[""] * (len(self.names) - len(cells))]

        def filled(column: Column) -> list[str]:
            found = (cells[place] for place in self.places.get(column, ()))
            return [cell for cell in found if cell.strip() and cell.strip().lower() not in _MISSING]

        abstract = next((cell for cell in filled("abstract") if not _is_number(cell)), "")
        return make_paper(
            origin,
            next(iter(filled("title")), ""),
            abstract,
            identifiers=filled("identifier"),
            urls=filled("identifier"),
            dates=list(self._dates(filled("date"), cells)),
            status=self._status(cells, filled("type")),
            remarks=() if abstract else self._unread_prose(cells),
            **{each.name: self._value(each.name, each.stored, filled(each.name)) for each in self._described},
        )

    @cached_property
    def _plain(self) -> list[str]:
        """Each name as a plain one that means the same, if there is one; the first of equals counts."""
        folded = [_folded(name) for name in self.names]
        tagged = sum(name.strip() in _TAGS for name in self.names) >= 3 and "ti" in folded
        others = frozenset(folded)
        return [_plain_name(name, tagged, others) for name in self.names]

    @cached_property
    def _described(self) -> list[PaperField]:
        return [each for each in DESCRIBED if each.name in self.places]

    @cached_property
    def _months_and_days(self) -> tuple[list[int], list[int]]:
        folded = list(enumerate(map(_folded, self._plain)))
        return [place for place, name in folded if name in _MONTHS], [place for place, name in folded if name in _DAYS]

    @cached_property
    def _flags(self) -> list[tuple[int, PaperStatus]]:
        """Columns that say of a row whether its paper was retracted or withdrawn."""
        found = [(place, name) for place, name in enumerate(map(_folded, self.names)) if name in _STATUS]
        return [
            (place, PaperStatus.WITHDRAWN if "withdrawn" in name else PaperStatus.RETRACTED) for place, name in found
        ]

    @cached_property
    def _are_of_springer(self) -> bool:
        return _OF_SPRINGER.issubset(map(_folded, self.names))

    @cached_property
    def _unused(self) -> list[int]:
        """Columns of which nothing is known, any of which may hold the abstract."""
        used = {place for places in self.places.values() for place in places}
        return [place for place, name in enumerate(self.names) if place not in used and not _NO_ABSTRACT.search(name)]

    def _dates(self, dates: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
        """The dates of a row; a year alone with the month, and the day, that stand in columns of their own."""
        month, day = (
            next((cells[place].strip().removesuffix(".0") for place in places if cells[place].strip()), "")
            for places in self._months_and_days
        )
        for date in dates:
            year = date.strip().removesuffix(".0")
            if month and re.fullmatch(r"\d{4}", year):
                yield "-".join(filter(None, (year, month, day))) if month.isdigit() else f"{day} {month} {year}".strip()
            yield date

    def _status(self, cells: Sequence[str], types: Sequence[str]) -> PaperStatus | None:
        for place, status in self._flags:
            if cells[place].strip().lower() in _TRUE:
                return status
        retracted = any("retracted" in kind.lower() for kind in types)
        return PaperStatus.RETRACTED if retracted else None

    def _value(self, name: str, stored: Stored, cells: Sequence[str]) -> object:
        cell = next(iter(cells), "")
        if stored is Stored.AUTHORS:
            return self._authors(cell)
        if stored is Stored.TEXTS:
            return _listed(cell)
        return "; ".join(dict.fromkeys(map(str.strip, cell.split("|")))) if name == "organisation" else cell

    def _authors(self, cell: str) -> object:
        """The authors, of SpringerLink's too, but where a name of one word would be left."""
        if not self._are_of_springer or any(mark in cell for mark in ",;|"):
            return _listed(cell)
        parts = _GLUED.split(cell)
        return parts if all(" " in part.strip() for part in parts) else ""

    def _unread_prose(self, cells: Sequence[str]) -> list[str]:
        found = (self.names[place] for place in self._unused if len(cells[place]) >= _PROSE and ". " in cells[place])
        return [f"{' '.join(name.split())[:60]!r} looks like an abstract and was not used" for name in found][:3]


def header_in(rows: Iterable[Sequence[str]]) -> tuple[int, Columns] | None:
    """The header among the first rows that are not blank, and how many stand before it; None if there is none.

    What databases and people write above a table takes a cell or two, and a header below it must tell of more.
    """
    for number, row in enumerate(islice(rows, _MOST_NOTICES)):
        columns = Columns(tuple(row))
        if columns.are_of_papers and (number == 0 or columns.stand_below_a_notice):
            return number, columns
        if sum(1 for cell in row if cell.strip()) > _CELLS_OF_NOTICE:
            return None
    return None


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip("\ufeff \t\r\n\"'").lower())


def _plain_name(name: str, tagged: bool, others: frozenset[str]) -> str:
    """A name of a column as one that ``synonyms`` knows, if it means the same as one."""
    stripped = name.strip("\ufeff \t\r\n\"'")
    if tagged:
        return _TAGS.get(stripped, stripped)
    folded = _folded(stripped)
    if stripped.lower() in _PATHS or folded in _PATHS:
        return _PATHS.get(stripped.lower()) or _PATHS[folded]
    if folded in _ONLY_BESIDE and _ONLY_BESIDE[folded][0] in others:
        return _ONLY_BESIDE[folded][1]
    if column_of(stripped) is None and (match := _IN_BRACKETS.match(stripped)):
        code = match["inside"].strip()
        return _TAGS.get(code) or match["name"].strip()
    return stripped


def _is_number(cell: str) -> bool:
    return not any(char.isalpha() for char in cell)


def _listed(cell: str) -> object:
    """A list that was written to a cell as Python prints one, or as NumPy does; any other text as it is.

    >>> _listed("['Ann', 'Bo']"), _listed("['Ann' 'Bo']"), _listed("Ann; Bo")
    (['Ann', 'Bo'], ['Ann', 'Bo'], 'Ann; Bo')
    """
    if not _LIST.match(cell) or len(cell) > _LONGEST_LIST:
        return cell
    if "{" in cell:
        return _literal(cell.strip())
    return [one or other for one, other in _QUOTED.findall(cell)] or cell


def _literal(cell: str) -> object:
    """A list of dictionaries, as pandas writes one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in the text that mean nothing
            value: object = ast.literal_eval(cell)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return cell
    return value
