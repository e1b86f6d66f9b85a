"""arXiv ids and DOIs, however a source spells them, in the one form that makes records comparable."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["arxiv_id", "doi", "is_no_doi"]

# The archives of ids from before April 2007, and their subject classes (https://info.arxiv.org/help/arxiv_identifier.html).
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
# A year and month, and a number: of four digits from April 2007, of five from 2015; before, of three behind an archive.
_MONTH = r"(?:0[1-9]|1[0-2])"
_OLD = rf"(?:{'|'.join(_ARCHIVES.split())})(?:\.[a-z-]{{2,12}})?/(?:9[1-9]|0[0-7]){_MONTH}\d{{3}}"
_NEW = (
    rf"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){_MONTH})\.\d{{4}}|"
    rf"(?:1[5-9]|[2-8]\d){_MONTH}\.\d{{5}}"
)
_ID = rf"(?P<id>{_NEW}|{_OLD})(?:v\d{{1,3}})?"
_FLAGS = re.IGNORECASE | re.ASCII
_BARE = re.compile(rf"(?:abs/)?{_ID}(?:\.pdf)?(?:\s?\[[\w.-]{{1,30}}\])?", _FLAGS)
# Addresses of arXiv, of sites that go by its ids, and the ways in which references name it.
_NAMED = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src|list)/|10\.48550/arxiv\.|\barxiv(?:\spreprint)?[:.]?\s?|"
    r"\b(?:corr|arxiv)\s?,?\s?abs/|ar5iv\.org/(?:abs|html|pdf)/|\boai:arxiv\.org:|(?:huggingface\.co|hf\.co)/papers/|"
    r"alphaxiv\.org/(?:abs|pdf|html|overview)/|(?:scirate\.com|papers\.cool|semanticscholar\.org)/arxiv/|"
    rf"arxiv-vanity\.com/papers/|emergentmind\.com/papers/|[?&]arxiv_?id=){_ID}(?![\d/])",
    _FLAGS,
)
_DBLP = re.compile(r"\bjournals/corr/abs-(\d{4})-(\d{4,5})(?!\d)", _FLAGS)  # its key of a paper of arXiv

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/\S{1,1000}\Z", re.ASCII)
_RESOLVER = re.compile(r"(?:https?://)?(?:[\w-]{1,40}\.){0,4}doi[.-][\w.-]{1,80}/(?:doi:)?|doi\s?[:=]?\s?", _FLAGS)
_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&;]doi=(10\.[^&;#\s]+)", _FLAGS)
_ON_PAGE = re.compile(r"/(?:doi/(?:[a-z]{2,12}/){0,2}|(?:article|chapter)/)(10\.[^?#\s]+)", _FLAGS)
_ARXIV_DOI = re.compile(r"(10\.48550/arxiv\..{1,40}?)v\d{1,3}\Z", _FLAGS)
_AROUND = "<>\"'[]{}.,; "
_MISSING = frozenset(("", "-", "--", "nan", "none", "null", "nil"))  # as programs write that there is no value


def arxiv_id(text: str) -> str | None:
    """The arXiv id in a bare id, an address of arXiv or of a site that goes by its ids, or arXiv's DOI; no version.

    An id of a month that is none, or from before there was arXiv, is none.

    >>> arxiv_id("2402.01234v2"), arxiv_id("https://arxiv.org/abs/cs.CL/0112017v1")
    ('2402.01234', 'cs/0112017')
    >>> arxiv_id("10.48550/arXiv.2402.01234"), arxiv_id("https://example.org/2402.01234"), arxiv_id("2413.01234")
    ('2402.01234', None, None)
    """
    match = _BARE.fullmatch(text.strip()) or _NAMED.search(text)
    if match is None:
        key = _DBLP.search(text)
        return arxiv_id(f"{key.group(1)}.{key.group(2)}") if key else None
    archive, slash, number = match.group("id").lower().rpartition("/")
    # An old number is unique in its archive, and the subject class was never needed to find it.
    return f"{archive.partition('.')[0]}{slash}{number}"


def doi(text: str) -> str | None:
    """The DOI in a text that is one, or an address of it or with it, lower-cased, without a resolver's address.

    What goes on after a blank is no DOI: nobody knows where it would have to be cut.

    >>> doi("https://doi.org/10.1234/AbC"), doi("doi:10.1234/abc."), doi("10.1234/a b"), doi("none")
    ('10.1234/abc', '10.1234/abc', None, None)
    >>> doi("https://www.example.org/record?id=7&doi=10.1234%2fabc&key=40")
    '10.1234/abc'
    """
    if "10." not in text:
        return None
    text = text.strip(_AROUND).lstrip("(")
    found = _without_address(text)
    if found is None:
        return None
    if "%" in found and (found is not text or "/" not in found):
        found = unquote(found)
    found = _balanced(found.strip(_AROUND))
    if not _DOI.match(found):
        return None
    return _ARXIV_DOI.sub(r"\1", found.lower())


def is_no_doi(text: str) -> bool:
    """Whether a text that stands where a DOI belongs says something, but no DOI and no arXiv id.

    >>> is_no_doi("10.1234/a b"), is_no_doi("10.1234/ab"), is_no_doi("N/A")
    (True, False, True)
    """
    return text.strip().lower() not in _MISSING and doi(text) is None and arxiv_id(text) is None


def _without_address(text: str) -> str | None:
    """What stands behind a resolver's address or in one of a publisher or an index; None for other addresses."""
    if resolver := _RESOLVER.match(text):
        rest = text[resolver.end() :]
        return re.split(r"[?#]", rest, maxsplit=1)[0] if _ADDRESS.match(text) else rest
    if not _ADDRESS.match(text):
        return text
    match = _PARAMETER.search(text) or _ON_PAGE.search(text)
    return match.group(1) if match else None


def _balanced(text: str) -> str:
    """Without the bracket that closes what was opened before the DOI."""
    return text[:-1].rstrip(_AROUND) if text.endswith(")") and text.count("(") < text.count(")") else text
