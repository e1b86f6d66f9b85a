"""Records of DataCite, as its API answers them and as doi.org gives its own JSON."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.addresses import is_repository
from kg.sources.fields import Row, at, make_paper
from kg.sources.jsonvalues import plain_text
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_DATES = ("Issued", "Available", "Submitted", "Created")
_SHOWS = ("IsSupplementedBy", "IsSourceOf", "References")
_DAY = len("2024-02-05")


def is_record(row: Row) -> bool:
    """Whether an object is a record of DataCite's."""
    inner = row.get("attributes")
    fields = inner if isinstance(inner, dict) else row
    return isinstance(fields.get("titles"), list) and ("creators" in fields or "publicationYear" in fields)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one record.

    Raises:
        RecordError: it has no title.
    """
    inner = row.get("attributes")
    fields = inner if isinstance(inner, dict) else row
    subjects = _objects(fields.get("subjects"))
    return make_paper(
        origin,
        without_markup(_title(_objects(fields.get("titles")))),
        without_markup(
            " ".join(
                plain_text(each.get("description"))
                for each in _objects(fields.get("descriptions"))
                if each.get("descriptionType") == "Abstract"
            )
        ),
        identifiers=[
            fields.get("doi"),
            *(_named(each, "identifier") for each in _objects(fields.get("identifiers"))),
            *(_named(each, "alternateIdentifier") for each in _objects(fields.get("alternateIdentifiers"))),
            fields.get("url"),
        ],
        dates=_dates(fields),
        urls=[fields.get("url")],
        authors=fields.get("creators"),
        venue=plain_text(at(fields, "container", "title")),
        type=[plain_text(at(fields, "types", key)) for key in ("resourceTypeGeneral", "resourceType", "citeproc")],
        categories=[plain_text(each.get("subject")) for each in subjects if each.get("subjectScheme")],
        keywords=[plain_text(each.get("subject")) for each in subjects if not each.get("subjectScheme")],
        repositories=[
            address
            for each in _objects(fields.get("relatedIdentifiers"))
            if each.get("relationType") in _SHOWS
            and is_repository(address := plain_text(each.get("relatedIdentifier")))
        ],
    )


def _title(titles: list[dict[str, object]]) -> str:
    """The title itself: translations, subtitles and other names have a type."""
    plain = [each for each in titles if not each.get("titleType")] or titles
    return plain_text(plain[0].get("title")) if plain else ""


def _named(identifier: dict[str, object], key: str) -> str:
    """An identifier under the name of its kind, by which arXiv's are known."""
    return f"{plain_text(identifier.get(f'{key}Type'))}:{plain_text(identifier.get(key))}"


def _dates(fields: Row) -> list[str]:
    """Those that say the day first: many state no more of the day of issue than its year."""
    stated = {plain_text(each.get("dateType")): plain_text(each.get("date")) for each in _objects(fields.get("dates"))}
    found = [stated.get(kind, "") for kind in _DATES]
    return [*sorted(found, key=lambda date: len(date) < _DAY), plain_text(fields.get("publicationYear"))]


def _objects(value: object) -> list[dict[str, object]]:
    return [each for each in value[:5_000] if isinstance(each, dict)] if isinstance(value, list) else []
