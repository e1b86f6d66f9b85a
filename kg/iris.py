"""The IRIs of papers and entities: a base, a path made from identity, nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from kg.errors import KgError

__all__ = [
    "DEFAULT_BASE",
    "check_base",
    "check_iri",
    "claim_iri",
    "derivation_iri",
    "doi_iri",
    "entity_iri",
    "evidence_iri",
    "iri_path",
    "paper_iri",
    "result_iri",
    "safe_iri",
]

DEFAULT_BASE = "https://w3id.org/paperkg/id/"

_BASE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\x00-\x20\x7f-\x9f<>"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})*[/#:]\Z""")

_DOTS = re.compile(r"(?<![^/])\.{1,2}(?![^/])")  # path segments that resolving an IRI would take out
# Letters and digits of any script may stand in an IRI; other characters only if they are of ASCII and reserved for it.
_NOT_IRI = re.compile(r"[^\w!#$%&'()*+,./:;=?@~-]|%(?![0-9A-Fa-f]{2})")
_NOT_DOI = re.compile(r"[^\w!$&'()*+,./:;=@~-]")  # of a DOI #, % and ? are letters like others, of an IRI they are not
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/?#:@]+(?::[0-9]*)?(?=[/?#]|\Z)|[^/])[^#]*(?:#[^#]*)?\Z")


def check_base(base: str) -> None:
    """Refuse what no IRI can begin with.

    Raises:
        KgError: ``base`` is no absolute IRI that something can be appended to.
    """
    if not _BASE.match(base):
        raise KgError(
            f"{base!r} cannot be a base; give an absolute IRI that ends in / or #, as https://example.org/kg/"
        )


def check_iri(iri: str, option: str) -> None:
    """Refuse what an option cannot take as an IRI.

    Raises:
        KgError: ``iri`` is no absolute IRI.
    """
    if safe_iri(iri) != iri:
        raise KgError(f"{iri!r} is no IRI for --{option}; give an absolute one, as https://example.org/something")


def entity_iri(entity_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of an entity: ``<base>method/ppo``."""
    return base + iri_path(entity_id)


def paper_iri(paper_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a paper: ``<base>paper/arxiv/2402.03300``.

    What follows it after a slash is a part of that paper, so no other paper's IRI may go on so: of the slashes of a DOI
    only the first, which each has, parts the path.

    >>> paper_iri("doi/10.1002/foo/abstract", "https://example.org/")
    'https://example.org/paper/doi/10.1002/foo%2Fabstract'
    """
    scheme, _, rest = paper_id.partition("/")
    if scheme != "doi":
        return f"{base}paper/{iri_path(paper_id)}"
    prefix, slash, suffix = rest.partition("/")
    return f"{base}paper/doi/{iri_path(prefix)}{slash}{iri_path(suffix).replace('/', '%2F')}"


def claim_iri(paper: str, entity_id: str) -> str:
    """The IRI of what a paper, by its IRI, says of an entity: ``<paper>/claim/method/ppo``."""
    return f"{paper}/claim/{iri_path(entity_id)}"


def evidence_iri(claim: str, number: int) -> str:
    """The IRI of a piece of evidence of a claim, numbered from 1 in the order of the text."""
    return f"{claim}/evidence/{number}"


def result_iri(paper: str, number: int) -> str:
    """The IRI of a result of a paper, numbered from 1 in the order of the text."""
    return f"{paper}/result/{number}"


def derivation_iri(paper: str, number: int) -> str:
    """The IRI of what a paper says that a thing of its own builds on, numbered from 1 by both entities."""
    return f"{paper}/derivation/{number}"


@lru_cache(maxsize=65536)
def iri_path(name: str) -> str:
    """Any text as a path that nobody who resolves IRIs takes for another one.

    >>> iri_path("doi/10.1/a b"), iri_path("doi/10.1/../x")
    ('doi/10.1/a%20b', 'doi/10.1/%2E%2E/x')
    """
    return _without_dots(quote(name, safe="/", errors="replace"))


def doi_iri(doi: str) -> str:
    """The address of a DOI as the world writes it, which is how it joins: encoded is only what no path can hold.

    >>> doi_iri("10.1016/s0893-6080(05)80010-3"), doi_iri("10.1002/1097<693::aid>3.0.co;2-o")
    ('https://doi.org/10.1016/s0893-6080(05)80010-3', 'https://doi.org/10.1002/1097%3C693::aid%3E3.0.co;2-o')
    """
    return f"https://doi.org/{_without_dots(_encoded(_NOT_DOI, doi))}"


def safe_iri(iri: str) -> str | None:
    """An IRI from outside with what no IRI may hold percent-encoded; None if it is no absolute IRI.

    >>> safe_iri("https://example.org/a b"), safe_iri("not an IRI")
    ('https://example.org/a%20b', None)
    """
    encoded = _encoded(_NOT_IRI, iri)
    return encoded if _ABSOLUTE.match(encoded) else None


def _encoded(characters: re.Pattern[str], text: str) -> str:
    return characters.sub(lambda character: quote(character.group(), safe="", errors="replace"), text)


def _without_dots(path: str) -> str:
    """A path without segments that resolving it would take out."""
    return _DOTS.sub(lambda dots: "%2E" * len(dots.group()), path)
