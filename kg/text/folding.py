"""Folding: when two spellings are the same name.

Case, hyphens, spaces, accents and a plural *s* fold away; digits, decimal points, ``+`` and ``*`` never do, for they
tell ``MATH`` from ``MATH-500``, ``OPT-1.3B`` from ``OPT-13B`` and ``HumanEval`` from ``HumanEval+``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.text.reading import render
from kg.text.titles import unmarked

__all__ = ["fold", "fold_person", "fold_title", "plain", "singular", "slug", "spell_title", "title_hash"]

_NOT_WORD = re.compile(r"[^\w]|_")
_NOT_NAME_WORD = re.compile(r"[\W\d_]+")
# Letters of names that stand for themselves in Unicode, as most people type them; apostrophes part no name.
_LETTERS = str.maketrans(
    {
        "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u0131": "i",
        "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th", "\u2019": "", "'": "", "`": "",
    }
)  # fmt: skip
_NOT_NAME = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
_TELLING = re.compile(
    r"(?<=\d)(?P<within>[^\w]|_){1,8}(?=\d)|(?<![\w.])(?P<first>\.)(?=\w)|(?<=\w)(?P<sharp>#)|[^\w]|_"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NOT_SLUG = re.compile(r"[^a-z0-9.]+")
_ASCII = re.compile(r"[\x00-\x7f]*\Z")


def plain(text: str) -> str:
    """Without accents and compatibility forms ("MedS³" -> "MedS3"), case kept."""
    if _ASCII.match(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(name: str) -> str:
    """The key under which spellings of one name meet.

    >>> fold("Chain-of-Thought") == fold("chain of thoughts")
    True
    >>> fold("HumanEval+") == fold("HumanEval"), fold("OPT-1.3B") == fold("OPT 13B")
    (False, False)
    """
    text = plain(name).casefold().strip()
    star = "star" if text.endswith("*") else ""
    body = singular(_NOT_NAME.sub("", text.replace("+", "plus")))
    return body + star if body else ""


def singular(word: str) -> str:
    """A folded word without its plural *s* (long words only; "bias" and "loss" keep theirs).

    >>> singular("networks"), singular("policies"), singular("bias"), singular("gans")
    ('network', 'policy', 'bias', 'gan')
    """
    if len(word) > 5 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]
    return word


def fold_person(name: str) -> str:
    """The words of a person's name, without case, accents, points and apostrophes, in their order.

    >>> fold_person("Zo\u00eb A. O'Berry-Cress"), fold_person("S\u00f8ren \u0141ukasz")
    ('zoe a oberry cress', 'soren lukasz')
    """
    return " ".join(_NOT_NAME_WORD.sub(" ", plain(name).casefold().translate(_LETTERS)).split())


def fold_title(title: str) -> str:
    """The key under which two records of one paper meet: LaTeX, case, spaces and punctuation folded away.

    >>> fold_title(r"$\\mathcal{B}$-Coder: Value") == fold_title("B-Coder: value")
    True
    """
    return _NOT_WORD.sub("", plain(render(title).text).casefold().replace("+", "plus").replace("*", "star"))


def spell_title(title: str) -> str:
    """A title folded as by ``fold_title``, but for signs that tell titles of one folding apart.

    >>> spell_title("A 1.5B Model in C#!"), spell_title("A 15B model in C")
    ('a1.5bmodelincsharp', 'a15bmodelinc')
    """
    text = plain(render(unmarked(title)).text).casefold().replace("+", "plus").replace("*", "star")
    return _TELLING.sub(_told, _THOUSANDS.sub("", text))


def _told(sign: re.Match[str]) -> str:
    if sign["within"]:
        return "." if "." in sign[0] else "-"
    return "sharp" if sign["sharp"] else sign["first"] or ""


def title_hash(title: str) -> str:
    """Sixteen hexadecimal digits that stand for a title when a paper has no identifier of its own.

    A paper that was retracted has the same title as before, whatever its publisher writes beside it.

    >>> title_hash("???") == title_hash("!!!")  # nothing is left of either when it is folded
    False
    >>> title_hash("RETRACTED: Counting Sheep") == title_hash("Counting sheep")
    True
    """
    title = unmarked(title)
    return hashlib.sha256((fold_title(title) or title.strip()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def slug(label: str) -> str:
    """The last part of an IRI for a label: readable, ASCII where it can be, injective enough to tell names apart.

    >>> slug("Qwen2.5-7B"), slug("ReST-MCTS*"), slug("HumanEval+")
    ('qwen2.5-7b', 'rest-mcts-star', 'humaneval-plus')
    """
    text = (
        plain(label).casefold().replace("+", "-plus").replace("*", "-star").replace("@", "-at-").replace("#", "-sharp")
    )
    text = "".join(c if ord(c) < 128 else f"-u{ord(c):x}-" if c.isalnum() else "-" for c in text)
    return _NOT_SLUG.sub("-", text).strip("-.") or "u" + hashlib.sha256(label.encode()).hexdigest()[:12]
