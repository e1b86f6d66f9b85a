r"""Mark-up of the web, as titles and abstracts of publishers, aggregators and spreadsheets keep it.

Character references, also those that were escaped twice, tags of HTML, JATS and MathML, and what Excel makes of control
characters. Only what is known as a tag is one: "p < 0.05 and q > 1", "a<b>c" and ``<think>`` are text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from kg.text.characters import printable
from kg.text.rendered import Edit, Rendered, edited

__all__ = ["SUPERSCRIPTS", "unescaped", "untagged"]

SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
"""What may stand high, to the character that does."""

# "&lt;", "&amp;lt;", and the ampersand as BibTeX has it: "{\&}amp;", "\&amp;".
_REFERENCE = re.compile(
    r"(?:\{\\&\}|\\?&)(?:amp;){0,9}(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31})|#(?P<code>\d{1,7}|[xX][0-9A-Fa-f]{1,6}));"
    r"|_x(?P<control>00(?:[01][0-9A-F]|7F))_"
)

_BLOCKS = frozenset("p br div li ul ol sec title list list-item abstract h1 h2 h3 h4 h5 h6 hr tr td th table".split())
_MATHS = frozenset(
    "math semantics mrow mi mo mn ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt mroot mstyle "
    "mfenced menclose mpadded mphantom mtable mtr mtd mmultiscripts mprescripts none annotation annotation-xml".split()
)
_FONTS = frozenset(  # not "s", which is a token of language models
    "i b u em strong sub sup tt span scp sc small big font code a q cite abbr mark nobr wbr italic bold "
    "underline monospace sans-serif roman strike styled-content named-content ext-link uri xref inline-formula "
    "disp-formula alternatives tex-math".split()
)
_KNOWN = _BLOCKS | _MATHS | _FONTS
_ALONE = frozenset(("br", "hr", "wbr"))
# What is for machines, or says again what stands beside it: its text goes with its tags.
_UNREAD = frozenset(("annotation", "annotation-xml"))
_TAG = re.compile(
    r"<(?P<close>/?)(?P<space>(?:jats|mml|m|ns\d):)?(?P<name>[A-Za-z][A-Za-z0-9-]{0,19})(?:\s[^<>]{0,500})?(?P<empty>/?)>"
    r"|<!--[^<>]{0,500}-->|<!\[CDATA\[|\]\]>"
)
_HEADING = re.compile(r"\s{0,9}(?:abstract|summary)\s{0,9}[:.]?\s{0,9}\Z", re.IGNORECASE)
_HIGH = re.compile(r"[0-9n+-]{1,9}\Z")
_LONGEST_HEADING = 40


def unescaped(text: str) -> Rendered:
    """A text with its character references as characters, however often they were escaped.

    >>> unescaped("R&amp;amp;D, p &lt; 0.05; AT&T").text
    'R&D, p < 0.05; AT&T'
    """
    return edited(text, _characters(text)) if "&" in text or "_x00" in text else Rendered(text)


def _characters(text: str) -> Iterator[Edit]:
    for match in _REFERENCE.finditer(text):
        if match["control"]:
            yield match.start(), match.end(), _control(text, match)
        elif match["code"]:
            yield match.start(), match.end(), printable(html.unescape(f"&#{match['code']};")) or " "
        elif f"{match['name']};" in html5:
            yield match.start(), match.end(), html5[f"{match['name']};"]


def _control(text: str, match: re.Match[str]) -> str:
    """What Excel wrote as "_x000D_": a line break, but for the first half of one."""
    if match["control"] == "000D" and text.startswith(("\n", "_x000A_"), match.end()):
        return ""
    return "\n" if match["control"] in ("000A", "000D") else " "


def untagged(text: str) -> Rendered:
    """A text without its tags: those of paragraphs part paragraphs, those of formulas and fonts leave what they hold.

    >>> untagged("<jats:title>Abstract</jats:title><jats:p>CO<sub>2</sub> if p < 0.05 and q > 1.</jats:p>").text.strip()
    'CO2 if p < 0.05 and q > 1.'
    """
    return edited(text, _taken_out(text)) if "<" in text and ">" in text else Rendered(text)


def _taken_out(text: str) -> Iterator[Edit]:
    tags = list(_TAG.finditer(text))
    partners = _partners(tags)
    unread = _UNREAD | {"tex-math"} if any(_name(tag) == "math" for tag in tags) else _UNREAD
    position, before = 0, ""  # where the last edit ended, and the name of its tag
    for number, tag in enumerate(tags):
        name, partner = _name(tag), partners.get(number)
        if tag.start() < position or not _is_tag(tag, name, partner is not None, text):
            continue
        start, end, reading = tag.start(), tag.end(), "\n\n" if name in _BLOCKS else ""
        if partner is not None and partner > number:
            last = tags[partner]
            inside = text[end : last.start()] if last.start() - end <= _LONGEST_HEADING else None
            if name in unread or (name == "title" and inside is not None and _HEADING.match(inside)):
                end = last.end()
            elif name == "sup" and inside is not None and _HIGH.match(inside):
                end, reading = last.end(), inside.translate(SUPERSCRIPTS)
        if name in _MATHS and before in _MATHS and text[position:start].isspace():
            start = position  # the layout of the formula's source
        yield start, end, reading
        position, before = end, name


def _name(tag: re.Match[str]) -> str:
    return (tag["name"] or "").lower()


def _is_tag(tag: re.Match[str], name: str, paired: bool, text: str) -> bool:
    """Whether it is one: with its partner, in a name space, or such as stand alone; "a<b>c" is a formula."""
    if not name:
        return True  # a comment, or the marks of character data
    if name not in _KNOWN:
        return bool(tag["space"])
    if paired or tag["space"] or tag["empty"] or name in _ALONE:
        return True
    return name in _BLOCKS and not text[max(0, tag.start() - 1) : tag.start()].isalnum()


def _partners(tags: list[re.Match[str]]) -> dict[int, int]:
    """For each opening tag the number of the one that closes it, and the other way round; the last of a name first."""
    waiting: dict[str, list[int]] = {}
    partners: dict[int, int] = {}
    for number, tag in enumerate(tags):
        name = _name(tag)
        if not name or tag["empty"]:
            continue
        if not tag["close"]:
            waiting.setdefault(name, []).append(number)
        elif waiting.get(name):
            first = waiting[name].pop()
            partners[first], partners[number] = number, first
    return partners
