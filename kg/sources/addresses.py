"""Addresses of papers and of their code: of the web, and nothing else."""

from __future__ import annotations

import re

__all__ = ["addresses_of", "is_repository", "repositories_in"]

_MOST = 100  # of one paper
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|\x00-\x1f\x7f-\x9f]{4,2000}\Z", re.IGNORECASE)
_SPLIT = re.compile(r"[\s;|]+|,(?=https?://)")
_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sr.ht", "anonymous.4open.science")
_SLASHES = 2  # in the address of a repository, at the least: host/owner/name
_REPOSITORY = re.compile(
    rf"(?:https?://)?(?:www\.)?(?P<place>(?:{'|'.join(map(re.escape, _HOSTS))})/[\w.~-]{{1,100}}/[\w.-]{{1,100}})",
    re.IGNORECASE | re.ASCII,
)


def addresses_of(value: object) -> tuple[str, ...]:
    """The addresses in a text or a list, once each; all but ``http`` and ``https`` are passed over.

    >>> addresses_of(["https://example.org/a", "javascript:alert(1)", "10.1000/a"])
    ('https://example.org/a',)
    """
    if not value:
        return ()
    if isinstance(value, str):
        texts = [value[:10_000]]
    else:
        listed = value[:_MOST] if isinstance(value, (list, tuple)) else ()
        texts = [part[:2_000] for part in listed if isinstance(part, str)]
    parts = [part for text in texts if "://" in text for part in _SPLIT.split(text)]
    return tuple(dict.fromkeys(part for part in parts if _ADDRESS.match(part)))[:_MOST] if parts else ()


def is_repository(address: str) -> bool:
    """Whether an address is one of code: of a repository of a host of such.

    >>> is_repository("https://github.com/owner/name"), is_repository("https://github.com/owner")
    (True, False)
    """
    return _REPOSITORY.match(address) is not None


def repositories_in(text: str) -> tuple[str, ...]:
    """The repositories that a text names by their addresses, in its order, as addresses.

    >>> repositories_in("Our code is at https://github.com/owner/name. See github.com/other/thing/tree/main.")
    ('https://github.com/owner/name', 'https://github.com/other/thing')
    """
    # Nearly no abstract goes beyond one of these; the pattern takes far longer.
    if text.count("/") < _SLASHES or not any(map(text.lower().__contains__, _HOSTS)):
        return ()
    places = (match["place"].rstrip(".").removesuffix(".git") for match in _REPOSITORY.finditer(text))
    return tuple(dict.fromkeys(f"https://{place}" for place in places))[:_MOST]
