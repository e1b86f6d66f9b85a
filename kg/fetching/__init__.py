"""Getting papers from public APIs into files that ``kg build`` reads: an extra, ``pip install 'paperkg[fetch]'``.

Nothing else in ``kg`` touches the network. One module an API; ``client`` is polite, ``files`` remembers what is there.
"""

from kg.fetching.arxiv import fetch_arxiv
from kg.fetching.client import Manners, PoliteClient
from kg.fetching.files import Fetched
from kg.fetching.full_texts import FullTexts, fetch_full_texts
from kg.fetching.huggingface import fetch_huggingface
from kg.fetching.openalex import fetch_openalex

__all__ = [
    "Fetched",
    "FullTexts",
    "Manners",
    "PoliteClient",
    "fetch_arxiv",
    "fetch_full_texts",
    "fetch_huggingface",
    "fetch_openalex",
]
