"""Pages of Hugging Face's papers saved as text: the part with the papers, without navigation, banner and footer.

Programs that save pages keep links in three ways: the address on a line of its own below the text, Markdown's
``[text](address)``, or ``[text][32]`` with the addresses at the end of the page; each may run over several lines. What
is handed on is the text, a line of it with its ``link``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from kg.sources.dates import month_number
from kg.sources.lines import Line

__all__ = ["Page", "page_of", "papers_part"]

_COMMUNITY = r"(?:by\s{0,9})?(?:AK\s{1,9})?and the research community"
_STRONG = re.compile(rf"(?:{_COMMUNITY}|get trending papers in your email inbox(?: once a day)?!)\Z", re.IGNORECASE)
_WEAK = re.compile(r"(?:new|subscribe|daily papers|trending papers)\Z", re.IGNORECASE)
_CONTROLS = re.compile(
    r"(?:daily|weekly|monthly|previous|next|load more|view all|sort by|by|AK|\[?-\]?(?:\s{1,9}-)?)\Z", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:company|system theme|\u00a9 hugging face|tos)\Z", re.IGNORECASE)
_PAGE_DATE = re.compile(r"([A-Z][a-z]{2})[a-z]{0,6} \d{1,2}(?:, \d{4})?\Z")
_BEFORE = 150  # lines that are not blank: of navigation and banner
_BETWEEN = 12  # of controls, between the banner and the date of the page
_BEHIND = 60  # of the footer
_PROSE = 160  # characters, which no line around the papers has

_ADDRESS = re.compile(r"<?(https?://[^\s<>]{1,2000})>?\Z")
_PICTURE = re.compile(r"\[!?\[[^\[\]]{0,200}\](?:\([^()\s]{0,2000}\))?(?!\[)\s{0,9}")  # within a link
_INLINE = re.compile(r"!?\[([^\[\]]{0,1000})\](?:\(([^()\s]{0,2000})(?:\s\"[^\"]{0,200}\")?\)|\[(\d{1,5})\])")
_ENDING = re.compile(r"\](?:\(([^()\s]{0,2000})\)|\[(\d{1,5})\])\Z")
_DEFINITION = re.compile(r"\s{0,9}\[(\d{1,5})\]:\s{0,9}<?(\S{1,2000}?)>?(?:\s|\Z)")
_MARK = re.compile(r"\s{0,40}(?:#{1,6}|[*+-])\s{1,9}(?=\S)")
_ASIDE = re.compile(r"\s{0,3}```|\s{0,9}\[\d{1,5}\]:\s")  # a fence, or the address behind a number
_FRONT_MATTER = 60  # lines


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, as far as it matters how it was saved: whether links are in its text, by number, or below it."""

    has_links: bool
    has_numbers: bool
    has_addresses: bool


def page_of(lines: list[Line]) -> Page | None:
    """The page that a text is; None for a text without the banner of one."""
    texts = [line.text.strip() for line in lines]
    numbers = sum(re.search(r"\]\[\d{1,5}\]", text) is not None for text in texts)
    inline = sum("](http" in text or "](/" in text for text in texts)
    addresses = sum(_ADDRESS.match(text) is not None for text in texts)
    # An address on a line of its own may be one that an abstract ends with, where lines are wrapped.
    page = Page(numbers + inline + addresses >= 3, has_numbers=numbers >= 3, has_addresses=addresses > numbers + inline)
    plain = [line.text.strip() for line in _plain(lines, page)] if page.has_links else texts
    strong = sum(_STRONG.match(text) is not None for text in plain)
    weak = {text.lower() for text in plain if _WEAK.match(text)}
    return page if strong or len(weak) >= 2 else None


def papers_part(lines: Iterable[Line], page: Page) -> Iterator[Line]:
    """The lines of the papers and what belongs to them."""
    return _without_footer(_behind_banner(iter(_plain(lines, page) if page.has_links else lines)))


def _behind_banner(lines: Iterator[Line]) -> Iterator[Line]:
    """What follows the banner, and the date of the page if one follows soon."""
    first = list(_until_prose(lines, _BEFORE))
    texts = [line.text.strip() for line in first]
    end = max((place for place, text in enumerate(texts) if _STRONG.match(text) or _WEAK.match(text)), default=-1) + 1
    soon = [place for place in range(end, len(texts)) if texts[place]][:_BETWEEN]
    dated = next((place + 1 for place in soon if _is_date(texts[place])), end)
    kept = (line for line in chain(first[dated:], lines) if not _CONTROLS.match(line.text.strip()))
    return iter(kept)


def _until_prose(lines: Iterator[Line], most: int) -> Iterator[Line]:
    """The lines up to the first long one, which is among them."""
    count = 0
    for line in lines:
        yield line
        count += bool(line.text.strip())
        if count >= most or len(line.text) > _PROSE or line.problem:
            return


def _is_date(text: str) -> bool:
    match = _PAGE_DATE.match(text)
    return match is not None and month_number(match.group(1)) is not None


def _without_footer(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        if _FOOTER.match(line.text.strip()):
            ahead = list(islice(lines, 2 * _BEHIND))
            if len(ahead) == 2 * _BEHIND or any(len(each.text) > _PROSE or each.problem for each in ahead):
                yield line
                lines = chain(ahead, lines)
                yield from lines
            return
        yield line


# Links


def _plain(lines: Iterable[Line], page: Page) -> Iterator[Line]:
    """The text without its links' marks; each line with where it leads, if that is told."""
    targets: dict[str, str] = {}
    if page.has_numbers:
        lines = list(lines)
        found = (_DEFINITION.match(line.text) for line in lines)
        targets = {match.group(1): match.group(2) for match in found if match}
    held: list[Line] = []  # a line of text, and the blank one below it
    for line in _without_front_matter(iter(lines)):
        address = _ADDRESS.match(line.text.strip()) if page.has_addresses else None
        text, link = ("", address.group(1)) if address else _unlinked(line.text, targets)
        if link is not None and not text:
            # The text above leads there: the first address is its own, others are of pictures below it.
            if held and held[0].link is None:
                held[0] = held[0]._replace(link=link)
        elif not line.text.strip():
            held += [line] if len(held) < 2 else []
        elif text:
            yield from held
            held = [line._replace(text=text, link=link)]
    yield from held


def _without_front_matter(lines: Iterator[Line]) -> Iterator[Line]:
    first = next(lines, None)
    if first is None:
        return
    if first.text.strip() == "---":
        ahead = list(islice(lines, _FRONT_MATTER))
        end = next((place for place, line in enumerate(ahead) if line.text.strip() == "---"), -1)
        lines = chain(ahead[end + 1 :], lines)
    else:
        lines = chain((first,), lines)
    yield from (line for line in lines if not _ASIDE.match(line.text))


def _unlinked(text: str, targets: dict[str, str]) -> tuple[str, str | None]:
    """A line's text, and where it leads: None if it does not, empty if that is not told."""
    text = _MARK.sub("", text).strip()
    if "[" not in text and "]" not in text:
        return text, None
    links: list[str] = []

    def follow(match: re.Match[str]) -> str:
        address = match.group(2) if match.group(3) is None else targets.get(match.group(3), "")
        label = match.group(1).strip()
        if match.group().startswith("!"):
            return ""
        links.append(address)
        # The number behind a date counts comments.
        return "" if match.start() and label.isdigit() else label

    text = _INLINE.sub(follow, _PICTURE.sub("[", text)).strip()
    if ending := _ENDING.search(text):
        links.append(ending.group(1) or targets.get(ending.group(2) or "", ""))
        text = text[: ending.start()]
    if text.startswith("[") and "]" not in text:
        text = text[1:]
    return text.strip(), links[0] if links else None
