"""Whose number it is: names of rows and columns without marks, with their base, the paper's own told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.tables.known import Known, is_size
from kg.extraction.tables.words import is_one_of, key, pattern
from kg.model import Cell
from kg.text.folding import fold

__all__ = ["Achiever", "Namer"]

_MOST_LETTERS = 120
_CITED = re.compile(
    r"\s*(?:\[\s?\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,8}\s?\]|"
    r"\((?:[A-Z\u00c0-\u024f][\w'\u2019. -]{0,40}(?: et al\.?|and [A-Z]\w+)?,? ?)?(?:19|"
    r"20)\d\d[a-z]?(?:[;,][^()]{0,80})?\)|[A-Z][\w'\u2019-]{1,30} et al\.?,? ?(?:\((?:19|"
    r"20)\d\d[a-z]?\)|(?:19|20)\d\d[a-z]?)?|\[(?:[A-Za-z]{2,30}\+?\d{2}[a-z]?)\])"
)
_MARKS = re.compile(
    r"[\s*\u2020\u2021\u00a7\u00b6\u2217\u22c6\u2605\u2606\u266d\u266f#\u2663\u2660\u2666\u2665\u25b3\u25bd\u25c7\u25ca\u2191\u2193\u2713\u2714]+\Z"
)
_BEFORE = re.compile(
    r"\A[\s\u21aa\u2192\u2937\u2514\u251c\u2570\u2500\u27a5\u21b3\u2022>|\u00b7*\u2020\u2021\u2606\u2605]+"
)
_BRACKET = re.compile(r"\s*[(\[](?P<within>[^()\[\]]{1,60})[)\]]")
_DITTO = re.compile(r"[\s\"\u201c\u201d\u2033\u3003']+|-\"-|ditto|same", re.IGNORECASE)
_OWN_MARK = pattern("own_marks")
_ADDED, _ABLATED = pattern("added"), pattern("ablated")
_SETTING = pattern("setting")
_OURS_FIRST = re.compile(
    r"\(?ours?(?:\b|[-_ ]?\d\b)(?!\s(?:re-?)?(?:implementation|re-?run|reproduction))|"
    r"this (?:work|paper)\b|(?:the )?proposed\b",
    re.IGNORECASE,
)
_GAINED = pattern("gained")
_LOWERED = re.compile(r"[A-Za-z0-9.+-]{2,20}")


@dataclass(frozen=True, slots=True)
class Achiever:
    """A name of a row or column: ``added`` where it goes on top of ``base``, ``ablated`` where something is left out.

    ``collected`` are the best of several others, ``plain`` the base as it is, ``nothing`` gains, averages and ranks.
    """

    name: str
    cell: Cell
    base: str | None = None
    own: bool = False
    added: bool = False
    ablated: bool = False
    collected: bool = False
    reference: bool = False
    setting: str | None = None
    cited: bool = False
    plain: bool = False
    nothing: bool = False


class Namer:
    """Reads names of methods as one paper writes them."""

    def __init__(self, known: Known, own: tuple[str, ...], title: str = "") -> None:
        self._known = known
        self.own = own
        self._initials = initials_of(title).union(*map(_initials_within, own))
        self._own_folds = [fold(name) for name in own if len(fold(name)) >= 2]

    def read(self, cell: Cell) -> Achiever | None:
        """The name that a cell gives; None where it gives none, or says that it is the one above."""
        text = cell.text.strip()
        if not text or _DITTO.fullmatch(text) or len(text) > _MOST_LETTERS or _is_heading(text):
            return None
        added = _ADDED.match(text)
        ablated = _ABLATED.search(text) is not None
        text = _BEFORE.sub("", text[added.end() :] if added else text)
        cited = cell.cited or _CITED.search(text) is not None
        bare = _CITED.sub("", text)
        text = bare if any(c.isalpha() for c in bare) else text  # "Hoffart et al. (2011)" is all the name there is
        text, ours = self._without_own_mark(text)
        text, setting = _without_setting(text)
        text = _MARKS.sub("", " ".join(text.split())).strip(" ,;:.")
        name = self._resolved(text) + _lowered(cell, text)
        name = name.strip()
        if not name:
            name = self.own[0] if ours and self.own else ""
        if not name:
            return None
        return Achiever(
            name,
            cell,
            own=ours or is_one_of(text, "ours") or _OURS_FIRST.match(text) is not None or self.is_own(name),
            added=added is not None,
            ablated=ablated,
            collected=is_one_of(name, "collected"),
            reference=_is_reference(name),
            setting=setting,
            cited=cited,
            plain=key(name) in _PLAIN,
            nothing=name.startswith("(")
            or _GAINED.search(name) is not None
            or is_one_of(name, "gain", "rank", "average", "cost"),
        )

    def is_own(self, name: str) -> bool:
        """Whether a name is that of what the paper proposes, sizes and variants of it included."""
        folded = fold(name)
        for own in self._own_folds:
            if folded == own or (len(own) >= 3 and folded.startswith(own) and _goes_on(name, own)):
                return True
        return name.isupper() and name in self._initials and not self._known.is_achiever(name)

    def _without_own_mark(self, text: str) -> tuple[str, bool]:
        match = _OWN_MARK.search(text)
        if match is None or match.start() == 0:
            return text, False
        rest = match["rest"]
        return text[: match.start()] + (f" ({rest})" if rest else "") + text[match.end() :], True

    def _resolved(self, text: str) -> str:
        """A name with "ours" put as the paper's own name."""
        if not self.own:
            return text
        if is_one_of(text, "ours"):
            return self.own[0]
        match = re.match(
            r"(?:\\?ours?|\\method|\\name|\\model|\\sys|\\our(?:method|model)?)(?=[\s\-(_+/]|\Z)", text, re.IGNORECASE
        )
        if match and not re.match(r"our\s[a-z]", text, re.IGNORECASE):
            return self.own[0] + text[match.end() :]
        return text


def _is_heading(text: str) -> bool:
    """Whether a text puts others together ("Open-weight models", "Baselines") and is no name of one."""
    words = re.findall(r"[\w-]+", text.casefold())
    return bool(words) and words[-1] in _TOGETHER and all(is_one_of(word, "group_words") for word in words)


_TOGETHER = frozenset(("baselines", "models", "methods", "llms", "vlms", "mllms", "systems"))
_SMALL = frozenset("a an the of for in on with to by and from via as at is are".split())
_FEWEST_INITIALS, _MOST_INITIALS, _FEWEST_WITHIN = 3, 8, 2


def _initials_within(name: str) -> frozenset[str]:
    """The short form that the capitals within a name make ("RG" of ReasoningGuard)."""
    letters = "".join(re.findall(r"[A-Z](?=[a-z]{2})", name))
    return frozenset((letters,) if len(letters) >= _FEWEST_WITHIN and " " not in name else ())


def initials_of(title: str) -> frozenset[str]:
    """The short forms that the words of a title make, with and without small words.

    >>> "DRGD" in initials_of("Deep Recurrent Generative Decoder for Summarization")
    True
    """
    words = re.findall(r"[A-Za-z]+", title)[:40]
    found = set()
    for kept in (words, [word for word in words if word.lower() not in _SMALL]):
        letters = "".join(word[0].upper() for word in kept)
        for start in range(len(letters)):
            for end in range(start + _FEWEST_INITIALS, min(start + _MOST_INITIALS, len(letters)) + 1):
                found.add(letters[start:end])
    return frozenset(found)


_PLAIN = frozenset(
    map(
        key,
        (
            "plain",
            "original",
            "vanilla",
            "baseline",
            "base",
            "standard",
            "default",
            "raw",
            "none",
            "no",
            "without",
            "origin",
            "orig.",
        ),
    )
)


def _is_reference(name: str) -> bool:
    bare = _BRACKET.sub("", name).strip()
    return (
        is_one_of(name, "reference")
        or is_one_of(bare, "reference")
        or key(name).startswith(("human", "oracle", "random"))
    )


def _goes_on(name: str, own: str) -> bool:
    """Whether a name goes on behind an own one as names of variants do, and not as a longer word."""
    letters = [c for c in name if c.isalnum()]
    if len(letters) < len(own):
        return False
    count, at = 0, 0
    while at < len(name) and count < len(own):
        count += name[at].isalnum()
        at += 1
    rest = name[at:]
    return (
        not rest
        or not rest[0].isalpha()
        or (rest[0].isupper() and not rest.isupper())
        or bool(re.fullmatch(r"[A-Z+]{1,3}|s", rest))
    )


def _without_setting(text: str) -> tuple[str, str | None]:
    """A name without a protocol in brackets behind it."""
    for bracket in _BRACKET.finditer(text):
        within = bracket["within"].strip()
        if _SETTING.fullmatch(within):
            return text[: bracket.start()] + text[bracket.end() :], within
    match = re.search(r"(?:,\s|\s)((?:zero|one|few|\d{1,2})-shot(?: cot)?)\Z", text, re.IGNORECASE)
    if match and match.start() > 0:
        return text[: match.start()], match[1]
    return text, None


def _lowered(cell: Cell, text: str) -> str:
    """The part of a name that is set lower or smaller, such as the size of a model."""
    found = ""
    for aside in cell.asides:
        bare = aside.strip(" ()[]")
        named = is_size(bare) or (_LOWERED.fullmatch(bare) and any(c.isalpha() for c in bare)) or len(text) == 1
        if named and bare not in text and not is_one_of(bare, "ours") and not re.fullmatch(r"\d{4}|[a-z]", bare):
            found += ("" if len(text) == 1 else "-") + bare
    return found


def size_joined(name: str, size: str) -> str:
    """A name with the size or version that stands in a column of its own.

    >>> size_joined("Llama-3", "8B"), size_joined("Qwen2.5-Instruct", "7B"), size_joined("GPT-4o", "2024-08-06")
    ('Llama-3-8B', 'Qwen2.5-7B-Instruct', 'GPT-4o (2024-08-06)')
    """
    size = size.strip("() ")
    if not size or fold(size) in fold(name):
        return name
    if not is_size(size) or "(" in name:
        return f"{name} ({size})"
    tuned = _TUNED.search(name)
    return f"{name[: tuned.start()]}-{size}{name[tuned.start() :]}" if tuned else f"{name}-{size}"


_TUNED = re.compile(r"[-\s](?:Instruct|Chat|Base|it|IT|Inst|SFT|Preview|Thinking)\Z")
