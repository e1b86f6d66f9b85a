"""arXiv ids and DOIs, however a source spells them, in the one form that makes records comparable."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["arxiv_id", "doi"]

# The archives of ids from before April 2007, and their subject classes (https://info.arxiv.org/help/arxiv_identifier.html).
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
_ID = rf"(?P<id>\d{{4}}\.\d{{4,5}}|(?:{'|'.join(_ARCHIVES.split())})(?:\.[a-z-]{{2,12}})?/\d{{7}})(?:v\d{{1,3}})?"
_BARE = re.compile(_ID, re.IGNORECASE | re.ASCII)
_NAMED = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src)/|10\.48550/arxiv\.|\barxiv:\s?|\bcorr\s?,?\s?abs/|"
    rf"(?:huggingface\.co|hf\.co)/papers/|alphaxiv\.org/(?:abs|pdf)/){_ID}(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s?)?(10\.\d{4,9}/\S+)", re.IGNORECASE | re.ASCII)


def arxiv_id(text: str) -> str | None:
    """The arXiv id in a bare id, an address of arXiv or of a site that goes by its ids, or arXiv's DOI; no version.

    >>> arxiv_id("2402.01234v2"), arxiv_id("https://arxiv.org/abs/cs.CL/0112017v1")
    ('2402.01234', 'cs/0112017')
    >>> arxiv_id("10.48550/arXiv.2402.01234"), arxiv_id("https://example.org/2402.01234")
    ('2402.01234', None)
    """
    match = _BARE.fullmatch(text.strip()) or _NAMED.search(text)
    if match is None:
        return None
    archive, slash, number = match.group("id").lower().rpartition("/")
    # An old number is unique in its archive, and the subject class was never needed to find it.
    return f"{archive.partition('.')[0]}{slash}{number}"


def doi(text: str) -> str | None:
    """The DOI in a text that begins with one, lower-cased, without a resolver's address.

    >>> doi("https://doi.org/10.1234/AbC"), doi("doi:10.1234/abc."), doi("none")
    ('10.1234/abc', '10.1234/abc', None)
    """
    match = _DOI.match(text.strip())
    if match is None:
        return None
    found = match.group(1)
    if "%" in found and text.strip().lower().startswith("http"):
        found = unquote(found)
    return found.lower().rstrip(".,;")
