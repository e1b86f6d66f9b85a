"""Records in MODS (https://www.loc.gov/standards/mods/), as libraries and the ACL Anthology export them."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.elements import text_at, texts_at
from kg.sources.fields import make_paper
from kg.sources.xmltext import Around, Element

__all__ = ["MODS", "paper"]

_SPACE = "{http://www.loc.gov/mods/v3}"
MODS = f"{_SPACE}mods"

_DATES = (*(f"{_SPACE}originInfo/{_SPACE}{name}" for name in ("dateIssued", "copyrightDate")), f"{_SPACE}date")


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One record.

    Raises:
        RecordError: it has no title.
    """
    info = f"{_SPACE}titleInfo"
    title, subtitle = text_at(element, f"{info}/{_SPACE}title"), text_at(element, f"{info}/{_SPACE}subTitle")
    host = f"{_SPACE}relatedItem[@type='host']"
    places = (".", host, f"{_SPACE}part", f"{host}/{_SPACE}part")
    dates = [f"{place}/{name}" for place in places for name in _DATES]
    links = texts_at(element, f"{_SPACE}location/{_SPACE}url")
    return make_paper(
        origin,
        f"{title}: {subtitle}" if subtitle else title,
        text_at(element, f"{_SPACE}abstract"),
        identifiers=[*texts_at(element, f"{_SPACE}identifier"), *links],
        dates=texts_at(element, *dates),
        urls=links,
        authors=[_author(each) for each in element.iterfind(f"{_SPACE}name") if _is_author(each)],
        venue=text_at(element, f"{host}/{info}/{_SPACE}title"),
        type=[*texts_at(element, f"{_SPACE}genre"), *texts_at(element, f"{host}/{_SPACE}genre")],
        keywords=texts_at(element, f"{_SPACE}subject/{_SPACE}topic"),
    )


def _is_author(name: Element) -> bool:
    roles = [text.lower() for text in texts_at(name, f"{_SPACE}role/{_SPACE}roleTerm")]
    return not roles or "author" in roles or "aut" in roles or "creator" in roles


def _author(name: Element) -> dict[str, object]:
    parts = list(name.iterfind(f"{_SPACE}namePart"))
    kinds = {"given": "given", "family": "family", "name": None}
    return {key: " ".join(each.text or "" for each in parts if each.get("type") == kind) for key, kind in kinds.items()}
