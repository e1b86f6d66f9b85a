"""Characters as people read them: what cannot be seen is not read, and what looks like a letter is that letter.

PDF readers and word processors leave soft hyphens, joiners and marks of direction in the middle of names, ligatures,
no-break spaces and hyphens, and letters of styled alphabets. Superscripts, fractions and Greek stay: they say more than
their plain forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.text.rendered import Edit, Rendered, edited

__all__ = ["plain_letters"]

# Soft hyphen (with the line that it breaks), joiners, directions, byte order marks, variation selectors, tags.
_INVISIBLE = (
    "\u00ad(?:[ \t]{0,9}\r?\n[ \t]{0,80})?|[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LINE = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_HYPHEN = "[\u2010\u2011\ufe63\uff0d]|(?<=[^\\W\\d])\u2212(?=\\w)"  # a minus stays one before a number
# Ligatures, wide forms, styled alphabets, and the styled capitals that stand outside of these.
_STYLED = (
    "[\ufb00-\ufb06\uff01-\uff0c\uff0e-\uff5e\U0001d400-\U0001d7ff\u2102\u210a-\u210d\u2110-\u2112"
    "\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134]"
)
_ACCENTED = "[^\\W\\d_][\u0300-\u036f]{1,9}"

_UNLIKE = re.compile(
    f"(?P<gone>{_INVISIBLE})|(?P<space>{_SPACE})|(?P<line>{_LINE})|(?P<hyphen>{_HYPHEN})|(?P<styled>{_STYLED}|{_ACCENTED})"
)
_READINGS = {"gone": "", "space": " ", "line": "\n", "hyphen": "-"}


def plain_letters(text: str) -> Rendered:
    r"""A text without invisible characters, in ordinary letters, spaces and hyphens.

    >>> plain_letters("Web\u00adShop, GPT\u20114 and \ufb01ne-tun\u200bing").text
    'WebShop, GPT-4 and fine-tuning'
    """
    if text.isascii() and "\r" not in text and "\x0b" not in text and "\x0c" not in text:
        return Rendered(text)
    return edited(text, _edits(text))


def _edits(text: str) -> Iterator[Edit]:
    for match in _UNLIKE.finditer(text):
        kind = match.lastgroup or ""
        reading = _READINGS[kind] if kind in _READINGS else unicodedata.normalize("NFKC", match.group())
        if reading != match.group():
            yield match.start(), match.end(), reading
