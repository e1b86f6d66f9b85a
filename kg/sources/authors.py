"""Authors out of what sources write of them: lists of objects, lists of names, or one text with all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.model import Author
from kg.text.characters import printable

__all__ = ["Authors", "author_of", "authors_of", "orcid"]

_LETTER = re.compile(r"[^\W\d_]")
_ORCID = re.compile(r"(?<![\dX-])(\d{4}-\d{4}-\d{4}-\d{3}[\dX])(?![\dX-])", re.ASCII | re.IGNORECASE)
_OTHERS = re.compile(r"(?:et\.?\s?al\.?|(?:and\s+)?others|\.\.\.|\u2026)\Z", re.IGNORECASE)
_OTHERS_LAST = re.compile(r"[\s,;|]+(?:et\.?\s?al|and\s(?:\d+\s)?(?:others|more))[\s.,;]*\Z", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}\Z")
_INITIALS_LAST = re.compile(r"(?P<family>[^\W\d_][^.,]*) (?P<given>(?:[^\W\d_]\.[\s-]?){1,4})\Z")
_SUFFIX = re.compile(r"(?:Jr|Sr|[IV]{1,4})\.?\Z")
_AFFILIATION = re.compile(r"\s*\([^()]*\)\s*\Z")
_MARKS = re.compile(r"(?<=[^\W\d_])[\d*\u2020\u2021\u00a7\u00b6,\s]+\Z")  # of notes and affiliations
_AND = re.compile(r",? (?:and|&) ", re.IGNORECASE)
_LIST_WITH_ONE_AND = 2  # parts of "Ada Apple, Bo Berry and Cy Cress"; BibTeX writes one between any two names
_MOST = 10_000  # authors of one paper; the most that any has is about 5,000
_TAIL = 60  # characters
_LONGEST = 200  # characters of one name
_NAMES = (
    "name",
    "display_name",
    "displayName",
    "fullname",
    "full_name",
    "fullName",
    "literal",
    "raw_author_name",
    "text",
)
_GIVEN = ("given", "given_name", "givenName", "given_names", "first", "firstName", "first_name", "forename")
_FAMILY = ("family", "family_name", "familyName", "last", "lastName", "last_name", "surname")
_WITHIN = ("author", "user", "person", "creator")  # what an object around an author calls it
_IDS = ("orcid", "ORCID", "orcid_id", "orcidId", "nameIdentifier", "id", "externalIds", "nameIdentifiers", "authorId")


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors that a source names; ``complete`` is False where it says that there are others."""

    named: tuple[Author, ...] = ()
    complete: bool = True

    @property
    def count(self) -> int | None:
        """How many there are, as far as the source tells."""
        return len(self.named) or None if self.complete else None


def authors_of(value: object) -> Authors:
    """The authors in a list of objects or of names, or in a text of all names; what is no author is passed over.

    >>> [author.name for author in authors_of("Apple, Ada; Berry, Bo; ").named]
    ['Ada Apple', 'Bo Berry']
    >>> authors_of("Ada Apple, Bo Berry, et al.").count, authors_of(["Ada Apple", {"name": "Bo Berry"}]).count
    (None, 2)
    """
    complete = True
    if isinstance(value, str):
        named, complete = _without_others(value)
        parts: Iterable[object] = _split(named)
    elif isinstance(value, (list, tuple)):
        parts = value
    elif isinstance(value, Mapping):
        parts = [value]
    else:
        return Authors()
    found: list[Author] = []
    for part in parts:
        if isinstance(part, str) and _OTHERS.match(part.strip()):
            complete = False
        elif (author := author_of(part)) is not None and len(found) < _MOST:
            found.append(author)
    return Authors(tuple(found), complete)


def author_of(value: object) -> Author | None:
    """One author, of a name or of an object around one; None if it is neither.

    >>> author_of("Apple, Ada"), author_of({"name": "Ada Apple", "orcid": "https://orcid.org/0000-0002-1825-0097"})
    (Author(name='Ada Apple', given='Ada', family='Apple', orcid=None), \
Author(name='Ada Apple', given=None, family=None, orcid='0000-0002-1825-0097'))
    """
    if isinstance(value, str):
        return _named(value)
    if isinstance(value, (list, tuple)):  # family and given name, as arXiv's snapshot parts them
        return _parted(_text(value[1]) if len(value) > 1 else "", _text(value[0]) if value else "", "")
    if isinstance(value, Author):
        return value
    if not isinstance(value, Mapping):
        return None
    inner = next((value[key] for key in _WITHIN if isinstance(value.get(key), (Mapping, str))), None)
    identifier = _first(value, _IDS, orcid) or (_first(inner, _IDS, orcid) if isinstance(inner, Mapping) else None)
    given, family, name = (_first(value, keys, _text) or "" for keys in (_GIVEN, _FAMILY, _NAMES))
    if family:
        return _parted(given, family, name, identifier)
    author = _named(name) if name else author_of(inner)
    return author and Author(author.name, author.given, author.family, author.orcid or identifier)


def orcid(value: object) -> str | None:
    """The ORCID in a text or an object that holds one.

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid({"ORCID": "0000-0002-1825-0097"}), orcid("A12")
    ('0000-0002-1825-0097', '0000-0002-1825-0097', None)
    """
    if isinstance(value, str):
        match = _ORCID.search(value[:_LONGEST])
        return match.group(1).upper() if match else None
    if isinstance(value, Mapping):
        return next(filter(None, (orcid(each) for each in value.values() if isinstance(each, str))), None)
    if isinstance(value, list):
        return next(filter(None, map(orcid, value[:20])), None)
    return None


def _first(row: Mapping[str, object], keys: Iterable[str], parse: Callable[[object], str | None]) -> str | None:
    return next(filter(None, (parse(row.get(key)) for key in keys if key in row)), None)


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    # Nothing is to be done to a word of letters, which nearly all that comes here is.
    return value if value.isalpha() and len(value) <= _LONGEST else " ".join(printable(value[:_LONGEST]).split())


def _named(text: str) -> Author | None:
    """The author of a name however it is turned round: "Apple, Ada", "Apple A." and "Ada Apple"."""
    name = _MARKS.sub("", _AFFILIATION.sub("", _text(text))).strip(" ,")
    if not _LETTER.search(name) or "@" in name or "://" in name:
        return None
    family, *rest = (part.strip() for part in name.split(","))
    if len(rest) == 2 and _SUFFIX.match(rest[0]):
        rest = [rest[1], rest[0]]
    if rest and rest[0]:
        return _parted(rest[0], " ".join([family, *rest[1:]]), "")
    if match := _INITIALS_LAST.match(name):
        return _parted(match["given"], match["family"], "")
    return Author(name)


def _parted(given: str, family: str, name: str, identifier: str | None = None) -> Author | None:
    """One whose given and family name the source parts."""
    if not family[:1].isalpha() and not _LETTER.search(given + family):
        return _named(name) if name else None
    if not given or not family:
        return Author(given or family, orcid=identifier)
    return Author(f"{given} {family}", given, family, identifier)


def _without_others(text: str) -> tuple[str, bool]:
    """The text without an "et al." at its end, and whether there was none."""
    # Looked for at the end alone: a search from every blank of a long text would be quadratic.
    end = max(0, len(text) - _TAIL)
    match = _OTHERS_LAST.search(text, end)
    return (text[: match.start()], False) if match else (text, True)


def _split(text: str) -> list[str]:
    """The names in a text of all names, by the mark that parts them in it."""
    text = " ".join(text.split())
    for mark in (";", "|", "\u2022", "\u00b7"):
        if mark in text:
            return text.split(mark)
    by_and = [part for part in _AND.split(text) if part]
    turned = all(part.count(",") == 1 or _OTHERS.match(part) for part in by_and)
    if len(by_and) > 1 and ("," not in text or len(by_and) > _LIST_WITH_ONE_AND or turned):
        return by_and
    parts = [part for each in by_and for part in map(str.strip, each.split(",")) if part]
    given = parts[1::2]
    one_turned = len(parts) == 2 and " " not in parts[0]
    families = not any(map(_INITIALS.match, parts[::2]))
    if parts and len(parts) % 2 == 0 and families and (one_turned or all(map(_INITIALS.match, given))):
        return [", ".join(pair) for pair in zip(parts[::2], given, strict=True)]
    return parts
