"""People and bodies in the fields of BibTeX, by the rules that it divides names by."""

from __future__ import annotations

import re

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from kg.model import Author
from kg.sources.authors import author_of, authors_of
from kg.sources.bibtex_values import enclosed, plain

__all__ = ["people"]

_OTHERS = "others"
_LONGEST = 1_000  # characters of one name
_MOST = 10_000  # names in one field
_PARTS = re.compile(r"(family|given|prefix|suffix)\s?=\s?([^,=]*)", re.IGNORECASE)
_MOST_COMMAS = 2  # "von Last, Jr, First"


def people(text: str) -> list[Author | str]:
    r"""The names in a field in their order; ``others`` at the end if there are some that it leaves out.

    >>> *named, others = people(r"M{\"u}ller, Ann and {Sheep and Sons} and others")
    >>> [author.name for author in named], others
    (['Ann Müller', 'Sheep and Sons'], 'others')
    """
    names = split_multiple_persons_names(" ".join(text.split()))[:_MOST]
    if len(names) == 1 and (";" in text or _commas(names[0]) > _MOST_COMMAS) and not _PARTS.search(names[0]):
        return _listed(plain(names[0]))
    return [each for name in names if (each := _person(name.strip()[:_LONGEST]))]


def _listed(text: str) -> list[Author | str]:
    """Names that are parted as nobody who knows BibTeX parts them."""
    found = authors_of(text)
    return [*found.named, *([] if found.complete else [_OTHERS])]


def _person(name: str) -> Author | str | None:
    if name.lower() in (_OTHERS, "et al", "et al."):
        return _OTHERS
    if enclosed(name) != name:
        body = plain(enclosed(name))
        return Author(body) if any(map(str.isalpha, body)) else None
    if (parts := dict(_lowered(name))).get("family"):  # as biblatex has it
        given, family = parts.get("given", ""), " ".join(filter(None, (parts.get("prefix"), parts["family"])))
    else:
        divided = parse_single_name_into_parts(name, strict=False)
        given, family = " ".join(divided.first), " ".join((*divided.von, *divided.last, *divided.jr))
    given, family = plain(given), plain(family)
    if not given or not family:
        return author_of(f"{given}{family}")
    return Author(f"{given} {family}", given, family) if any(map(str.isalpha, given + family)) else None


def _lowered(name: str) -> list[tuple[str, str]]:
    return [(key.lower(), value.strip(' "')) for key, value in _PARTS.findall(name)]


def _commas(name: str) -> int:
    """Commas that stand in no braces."""
    depth = found = 0
    for char in name[:_LONGEST]:
        depth += (char == "{") - (char == "}")
        found += char == "," and depth == 0
    return found
