"""When two spellings count as the same.

It must not change when the linker's folding does, or figures would not compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kg.text.folding import plain

__all__ = ["fold", "forms", "same_metric", "value_key"]

_FONT = re.compile(r"\\(?:mathcal|mathbb|mathbf|mathrm|textbf|textit|text|emph)\b")


def fold(text: str) -> str:
    """A name without case, LaTeX and signs, but for "+" and a star at its end."""
    text = plain(_FONT.sub("", text)).casefold()
    star = "star" if text.rstrip("$}{ ").endswith("*") else ""
    return re.sub(r"[^\w]|_", "", text.replace("+", "plus")) + star


def forms(names: Iterable[str]) -> frozenset[str]:
    """All folded forms of some names, each without its plural too."""
    keys = {key for name in names if (key := fold(name))}
    return frozenset(keys | {key[:-1] for key in keys if len(key) > 4 and key.endswith("s")})


def value_key(value: object) -> str:
    """A number as written, without sign, unit words, LaTeX and percent sign; "2.2 times" is "2.2x"."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    text = re.sub(r"\\times|\u00d7|\btimes\b|\bfold\b", "x", text)
    text = re.sub(r"\b(?:percent(?:age)?|points?|pp|pts?)\b", "", text)
    return re.sub(r"[^\w.]", "", text).strip(".")


def same_metric(first: object, second: object) -> bool:
    """Whether two names of metrics say the same: the words of one stand within the other, whatever the cut-off.

    >>> same_metric("success rate", "average success rate"), same_metric("Pass@1", "pass@k"), same_metric("F1", "")
    (True, True, False)
    """
    a, b = (f" {_metric_words(name)} " for name in (first, second))
    return bool(a.strip() and b.strip()) and (a in b or b in a)


def _metric_words(name: object) -> str:
    return " ".join(re.findall(r"[\w@+-]+", re.sub(r"@(?:\d+|k)\b", "@k", str(name or "").casefold())))
