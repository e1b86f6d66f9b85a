"""What the text of a head says: a measure, a data set, a slice, a protocol, a method, or a number that is no result."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from kg.extraction.tables.known import Known, is_size
from kg.extraction.tables.metrics import Metric, metric_named
from kg.extraction.tables.rows import Better
from kg.extraction.tables.words import is_one_of, key, pattern

__all__ = ["Head", "Role", "Said", "key_role", "read_head"]

_MOST_LETTERS = 160
_LOWER, _HIGHER = pattern("lower_is_better"), pattern("higher_is_better")
_SETTING, _SPLIT = pattern("setting"), pattern("split")
_ARROWS = re.compile(
    r"\s*[(\[]\s*[\u2191\u2193\u25b2\u25bc\u2b06\u2b07]+\s*[)\]]\s*|"
    r"\s*[\u2191\u2193\u25b2\u25bc\u2b06\u2b07]+\s*(?=[)\]]|\Z)|"
    r"\s*[\u2191\u2193\u25b2\u25bc\u2b06\u2b07]+\s*"
)
_PERCENT = re.compile(r"\s*(?:[(\[](?:in )?%[)\]]|,\s?%(?=[)\]])|\(%,\s?(?=\w)|(?<=\w)\s?%\Z|\A%\s?(?=[A-Za-z]))")
_UNIT = re.compile(
    r"\s*[(\[](?P<unit>ms|s|sec|h|hrs?|hours|min|mm|cm|m|km|px|pixels|dB|GB|MB|GiB|M|B|K|G|T|k|\$|"
    r"USD|tok/s|tokens/s|it/s|img/s|x|\u00d7|W|J|MiB|days?|\u00b0|deg)[)\]]"
)
_BRACKET = re.compile(r"\s*[(\[](?P<within>[^()\[\]]{1,80})[)\]]")
_CAPTION = re.compile(r"(?:Table|Tab\.)\s?\d{1,3}\b")
_SCALE = re.compile(
    r"\s*[(\[]?\s*(?:\u00d7|x)\s?10\s?\^?\{?[-\u2212\u207b]?[\d\u00b2\u00b3\u00b9\u2070-\u2079]{0,2}\}?\s*[)\]]?\Z"
)
_AVERAGED = re.compile(r"(?P<what>avg|average|mean|overall|total|ave|aver)\b\.?\s*(?P<rest>.{0,40})\Z", re.IGNORECASE)
_COUNTED = re.compile(r"(?:#|\bnum\b\.?|\bnumber of\b|\bno\. of\b|\u2116)\s?\w", re.IGNORECASE)
_COSTLY = re.compile(
    r"\b(?:params?|parameters|flops|gflops|tflops|macs|latency|throughput|fps|memory|speed-?up|gpu|"
    r"tokens|runtime|costs?|prices?|seconds|hours|counts?|docs|toks|layers|dims?|hidden|vocab)\b",
    re.IGNORECASE,
)
_LANGUAGES = re.compile(
    r"(?P<one>[A-Za-z]{2,12})\s?(?:-|\u2013|\u2192|\u21d2|\u2194|\u21d4|->|=>|2|\u279d|to)\s?(?P<other>[A-Za-z]{2,12})"
)
_LETTERS = {"P": "precision", "R": "recall", "F": "F1"}
_LINKS = ("per", "by", "on", "for", "of", "across", "over", "w.r.t.")
_JOINTS = re.compile(r"\s*(?:/|\||&|\band\b)\s*")
_BEFORE_SEVERAL = re.compile(
    r"(?P<start>[^()\[\]/|&]{2,40}?)[\s-](?P<rest>[^\s()\[\]]{1,20}(?:\s?[/|]\s?[^\s()\[\]/|]{1,20}){1,4})"
)
_PIECES = re.compile(r"\s*(?::|,|;|\u2014|\s[-\u2013]\s)\s*")


class Role(Enum):
    """What a head, or a part of it, is about."""

    ACHIEVER = auto()
    ON = auto()
    METRIC = auto()
    SPLIT = auto()
    SETTING = auto()
    AVERAGE = auto()
    NOTHING = auto()  # costs, ranks, gains, counts
    GROUP = auto()  # a word that puts heads together and says nothing of the numbers
    NAME = auto()  # a name that nobody knows


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a head says; a measure with its direction."""

    role: Role
    name: str
    better: Better | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says, part by part; ``metrics`` where it names several for the numbers of one cell."""

    text: str
    parts: tuple[Said, ...] = ()
    metrics: tuple[Metric, ...] = ()
    splits: tuple[str, ...] = ()
    unit: str | None = None
    better: Better | None = None

    def first(self, role: Role) -> Said | None:
        """The first part of a role."""
        return next((part for part in self.parts if part.role is role), None)

    def has(self, *roles: Role) -> bool:
        """Whether a part has one of the roles."""
        return any(part.role in roles for part in self.parts)


def key_role(text: str) -> str | None:
    """What the head of a column of names says that they are: a name of a list of words, without its ``_heads``.

    >>> key_role("Model"), key_role("Data set"), key_role("GSM8K")
    ('achiever', 'on', None)
    """
    bare = _BRACKET.sub("", _ARROWS.sub("", text)).strip()
    for name in ("achiever", "base", "on", "metric", "split", "version", "setting", "size", "ignored"):
        if is_one_of(text, f"{name}_heads") or is_one_of(bare, f"{name}_heads"):
            return name
    words = re.split(r"\s*[/\\|,]\s*|\s+", bare)
    if 2 <= len(words) <= 3:
        for name in ("achiever", "on", "metric"):
            if is_one_of(words[-1], f"{name}_heads") or is_one_of(words[0], f"{name}_heads"):
                return name
    return None


def read_head(text: str, known: Known) -> Head:
    """Read one head.

    The measure wins over the data set of the same name, that over the method: who reads names of methods asks for none
    of this.
    """
    text = " ".join(text.split())
    if _CAPTION.match(text):
        return Head(text)
    if not text or len(text) > _MOST_LETTERS or not any(c.isalnum() or c in "#%\u0394\u2206" for c in text):
        return Head(text)
    better: Better | None = "lower" if _LOWER.search(text) else "higher" if _HIGHER.search(text) else None
    bare = _without_arrows(text)
    unit = None
    if _PERCENT.search(bare):
        bare, unit = _PERCENT.sub("", bare), "%"
        bare = bare + ")" if bare.count("(") > bare.count(")") else bare
    if (found := _UNIT.search(bare)) is not None:
        bare, unit = _UNIT.sub("", bare), found["unit"]
    bare = _SCALE.sub("", bare).strip(" *\u2020\u2021")
    head = _read(bare, known)
    return replace(head, text=text, unit=unit, better=better)


def _without_arrows(text: str) -> str:
    """A text without the arrows of directions; an arrow between two languages is none of these."""
    return _ARROWS.sub(" ", text).replace(" )", ")").strip()


def _read(text: str, known: Known) -> Head:
    whole = _whole(text, known)
    if whole is not None:
        return Head(text, (whole,))
    several = _several(text, known)
    if several is not None:
        return several
    if (bracket := _BRACKET.search(text)) is not None:
        outer = (text[: bracket.start()] + text[bracket.end() :]).strip()
        if outer:
            return _bracketed(_read(outer, known), bracket["within"], known)
    pieces = [piece for piece in _PIECES.split(text) if piece]
    if 2 <= len(pieces) <= 4:
        heads = [_read(piece, known) for piece in pieces]
        if any(not head.has(Role.NAME) for head in heads):
            return Head(text, tuple(part for head in heads for part in head.parts), sum((h.metrics for h in heads), ()))
    return _by_words(text, known)


def _whole(text: str, known: Known) -> Said | None:
    """What a text is, taken as a whole; None if that is not known."""
    if text in _LETTERS:
        return Said(Role.METRIC, _LETTERS[text], "higher")
    if text.islower() and is_one_of(text, "languages"):
        return Said(Role.SPLIT, text)
    shouted = text.isupper() and len(text) > 2 and known.is_data(text)  # DROP is no drop
    if not shouted and (is_one_of(text, "cost", "rank", "gain") or _COUNTED.search(text) or text[:1] in "\u0394\u2206"):
        return Said(Role.NOTHING, text)
    if is_one_of(text, "average"):
        return Said(Role.AVERAGE, text)
    metric = metric_named(text)
    if metric is not None and not _starts_with_data(text, known):
        return Said(Role.METRIC, metric.name, metric.better)
    if is_one_of(text, "split_words"):
        return Said(Role.SPLIT, text)
    if known.is_data(text):
        return Said(Role.ON, text)
    if _SETTING.fullmatch(text):
        return Said(Role.SETTING, text)
    if _is_split(text):
        return Said(Role.SPLIT, text)
    if known.is_achiever(text) or is_size(text):
        return Said(Role.ACHIEVER, text)
    if _is_group(text):
        return Said(Role.GROUP, text)
    if _COSTLY.search(text):
        return Said(Role.NOTHING, text)
    return None


def _starts_with_data(text: str, known: Known) -> bool:
    """Whether a text of several words begins with the name of a data set ("HumanEval pass@1")."""
    words = text.split()
    return any(known.is_data(" ".join(words[:at])) for at in range(1, len(words)))


def _is_split(text: str) -> bool:
    if _SPLIT.fullmatch(text):
        return True
    if is_one_of(text, "languages") and not (len(text) == 2 and text.islower() and text in ("no", "it", "is", "id")):
        return True
    pair = _LANGUAGES.fullmatch(text)
    return pair is not None and is_one_of(pair["one"], "languages") and is_one_of(pair["other"], "languages")


def _is_group(text: str) -> bool:
    """Whether all words of a text are such as put heads together."""
    words = [word for word in re.split(r"[\s/&,()-]+", text) if word]
    return bool(words) and len(words) <= 8 and all(is_one_of(word, "group_words") or word.isdigit() for word in words)


def _several(text: str, known: Known) -> Head | None:
    """A head of several measures or slices for one cell ("P/R/F1", "MNLI-m/mm")."""
    if "/" not in text and "|" not in text and "&" not in text:
        return None
    start, rest = "", text
    if (parted := _BEFORE_SEVERAL.fullmatch(text)) is not None:
        start, rest = parted["start"], parted["rest"]
    names = [name for name in _JOINTS.split(rest.strip("()[]")) if name]
    if not 2 <= len(names) <= 5:
        return None
    parts = ((_whole(start, known) or Said(Role.NAME, start)),) if start else ()
    metrics = [_letter_metric(name) or metric_named(name) for name in names]
    if all(metrics):
        return Head(text, parts, tuple(metric for metric in metrics if metric))
    if all(_is_split(name) or key(name) in ("m", "mm") for name in names) and not _LANGUAGES.fullmatch(rest):
        return Head(text, parts, splits=tuple(names))
    return None


def _letter_metric(name: str) -> Metric | None:
    return Metric(_LETTERS[name.upper()], "higher") if name.upper() in _LETTERS else None


def _bracketed(outer: Head, within: str, known: Known) -> Head:
    """A head with what its bracket adds."""
    inner = _read(within.strip(), known)
    if outer.has(Role.ON) and key(within) in ("total", "sum", "overall", "score"):
        inner = Head(within, (Said(Role.METRIC, within.strip(), "higher"),))
    if inner.metrics or inner.splits:
        return replace(outer, metrics=inner.metrics or outer.metrics, splits=inner.splits)
    kept = tuple(
        part for part in inner.parts if part.role in (Role.METRIC, Role.SETTING, Role.SPLIT, Role.ON, Role.NOTHING)
    )
    if any(part.role is Role.NOTHING for part in kept) and not outer.has(Role.NAME):
        kept = tuple(part for part in kept if part.role is not Role.NOTHING)
    if outer.has(Role.METRIC) and (unknown := inner.first(Role.NAME)) is not None:
        # "RMSE (V)" is a measure of its own.
        metric = outer.first(Role.METRIC)
        named = replace(metric, name=f"{metric.name} ({unknown.name})")  # type: ignore[type-var, union-attr]
        return replace(outer, parts=tuple(named if p is metric else p for p in outer.parts))  # type: ignore[misc]
    if outer.has(Role.ON) and not kept and inner.has(Role.NAME) and not any(c.isdigit() for c in within[:1]):
        kept = (Said(Role.SPLIT, within.strip()),)
    if outer.has(Role.METRIC) and any(part.role is Role.METRIC for part in kept):
        kept = tuple(part for part in kept if part.role is not Role.METRIC)
    return replace(outer, parts=(*outer.parts, *kept))


def _by_words(text: str, known: Known) -> Head:
    """A head of several words, read as a known beginning and end."""
    if (averaged := _AVERAGED.match(text)) is not None and averaged["rest"]:
        rest = _read(averaged["rest"].strip(" ()"), known)
        return Head(text, (Said(Role.AVERAGE, averaged["what"]), *(p for p in rest.parts if p.role is not Role.NAME)))
    words = text.split()
    for at in range(len(words) - 1, 0, -1):
        start, end = " ".join(words[:at]), " ".join(words[at:])
        first, second = _whole(start, known), _whole(end, known)
        if first is None:
            continue
        if second is not None and first.role is second.role is Role.ON:
            return Head(text, (Said(Role.ON, text),))  # "TAP-Vid Kinetics"
        if first.role is Role.METRIC and words[at].lower() in _LINKS:
            rest = _read(" ".join(words[at + 1 :]), known) if words[at].lower() in ("on", "for", "of") else Head("")
            return Head(text, (first, *rest.parts))
        if first.role in (Role.ON, Role.METRIC) and second is not None and second.role is not Role.GROUP:
            return Head(text, (first, second))
        if first.role is Role.ON and second is None:
            return Head(text, (first, Said(Role.SPLIT, end)))
    for at in range(1, len(words)):
        start, end = " ".join(words[:at]), " ".join(words[at:])
        second = _whole(end, known)
        if second is not None and second.role in (Role.METRIC, Role.SPLIT, Role.SETTING, Role.ON, Role.AVERAGE):
            first = _whole(start, known)
            return Head(text, ((first or Said(Role.NAME, start)), second))
    joined = re.fullmatch(r"(?P<name>.+?)[-_@](?P<rest>[A-Za-z0-9@.]+)", text)
    if joined and " " not in text:
        first, second = _whole(joined["name"], known), _whole(joined["rest"], known)
        if first and second and first.role is Role.ON and second.role in (Role.METRIC, Role.AVERAGE, Role.SETTING):
            return Head(text, (first, second))
        if first is None and second is not None and second.role is Role.METRIC and joined["rest"][:1].isupper():
            return Head(text, (Said(Role.METRIC, text, second.better),))
    return Head(text, (Said(Role.NAME, text),))
