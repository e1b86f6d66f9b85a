"""What caption, panel and text say of a table where its heads are silent: measure, data, slice, protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extraction.names import is_name_shaped
from kg.extraction.tables.known import Known
from kg.extraction.tables.metrics import Metric, metric_in_prose
from kg.extraction.tables.prose import is_usual, metrics_in, side_by_side
from kg.extraction.tables.rows import Better, NamedIn
from kg.extraction.tables.words import is_one_of, key, pattern
from kg.model import EntityType

__all__ = ["Context", "Source", "read_source"]

_SHORTEST = 4  # letters of a name of data that nobody knows
_FEWEST_LETTERS = 3  # of one that "on" alone tells
_MOST_TEXT = 4_000  # characters of a caption, or of a sentence, that are read
_SCOPE = re.compile(
    r"\s*(?:\((?:%|in %|[^()]{0,12}%)\)|%|\[%\]|\((?P<short>[A-Z][\w@-]{0,9})(?:, ?%)?\)|scores?|"
    r"performance|results?|\(\u2191\)|\(\u2193\)|\u2191|\u2193)*\s*(?:is used |are used |"
    r"is reported |are reported )?(?P<link>for|on|in|over|across|of|"
    r"as the metric for)\s(?P<scope>[^.;]{1,200})"
)
_OTHERS = re.compile(
    r"\b(?:others?|the rest|remaining|all (?:other|tasks|data ?sets|benchmarks)|else)\b", re.IGNORECASE
)
_ON = re.compile(
    r"\b(?P<by>on|of|for|from|in|with|over)\s(?:the\s|both\s|our\s)?(?:test set of the |"
    r"dev set of the |validation set of (?:the )?)?"
    r"(?P<name>[A-Z\u03c4\u2207](?:[\w+/&\u2019-]|\.(?=\w)){0,40}(?:\s(?:[A-Z0-9](?:[\w+/-]|\.(?=\w)){0,30}|v\d)){0,3})"
)
_NOT_DATA = frozenset("""
    Table Figure Section Appendix Eq Equation Results Performance The We All Our Best Bold Higher Lower
    Accuracy For In On GPU CPU A100 H100 V100 RTX TPU NVIDIA Python English SOTA LLMs LLM VLMs RL SFT CoT AI
    NLP ID OOD Top-1 Avg Average F1 BLEU
""".split())  # fmt: skip
_EDITION = re.compile(r"(?:[-\s](?:19|20)\d\d)?(?:\s[Tt]ask\s?\d{1,2}[A-Z]?)?(?:\sv\d(?:\.\d)?)?")
_DATA_NOUN = re.compile(
    r",?\s(?:\w+\s)?(?:data ?sets?|benchmarks?|corpus|corpora|test sets?|test splits?|dev sets?|"
    r"validation sets?|suite|challenge|(?:shared )?tasks?)\b"
)
_GOES_ON = re.compile(r"\s(?P<word>[A-Z][A-Za-z]{1,14})(?=[\s.,;)]|\Z)(?!\s(?:is|are|was|[a-z]+s\b))")
_PLAIN_SCORE = re.compile(r"\A\W{0,3}(?:[\w-]{1,20}\s){0,2}(score|return|reward)s?\b", re.IGNORECASE)
_PERCENT = re.compile(r"(?:in|as|\()\s?(?:%|percent|percentages?)|\(%\)|\[%\]|%\)|\bpercent(?:age)?s?\b|\bin ?%|\\%")
_LONG_SHORT = re.compile(r"(?P<long>[A-Za-z][\w -]{3,50}?)\s?\((?P<short>[A-Z][\w@+-]{0,9})(?:,[^()]{0,12})?\)")
_DIRECTION = re.compile(
    r"(?P<names>[^.;:]{1,80}?)(?::| is| are|,)?\s(?:the )?(?P<way>lower|higher|smaller|"
    r"larger)(?: (?:values? |scores? )?(?:is|are))? (?:the )?better",
    re.IGNORECASE,
)
_SHORT_NAMES = re.compile(
    r"(?P<short>[A-Z][\w@-]{0,9}|\u03b4\w{0,4}) (?:is|denotes|stands for|means|refers to|=|"
    r":) (?:the )?(?P<long>[a-z][\w -]{3,50})"
)


_FIRST_SENTENCE = re.compile(r"(?<=[a-z\d)%]{2})\.\s+(?=[A-Z])")
"""Protocols are told at once; further on a caption speaks of single rows."""


@dataclass(frozen=True)
class Source:
    """What one text says: measures in general and for what, data sets, slices, protocols, unit and directions.

    ``vague`` is a score of which it says no more than that it is one.
    """

    where: NamedIn
    text: str = ""
    metrics: tuple[Metric, ...] = ()
    scoped: tuple[tuple[str, Metric], ...] = ()
    others: Metric | None = None
    data: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    percent: bool = False
    directions: tuple[tuple[str, Better], ...] = ()
    vague: Metric | None = None

    def metric_for(self, names: Iterable[str]) -> Metric | None:
        """The measure that the text gives for one of some names; None if it gives none."""
        keys = [key(name) for name in names if len(key(name)) >= 2]
        for scope, metric in self.scoped:
            if any(
                re.search(rf"(?<![^\W_]){re.escape(k)}(?![^\W_])", scope) or (len(k) >= 5 and k in _joined(scope))
                for k in keys
            ):
                return metric
        return None

    @property
    def general(self) -> Metric | None:
        """The one measure that the text gives for all; None if it gives several."""
        if self.others is not None:
            return self.others
        return self.metrics[0] if len({metric.name for metric in self.metrics}) == 1 else None

    def direction_of(self, metric: str) -> Better | None:
        """The direction that the text says is better for a measure."""
        wanted = key(metric)
        for names, better in self.directions:
            if wanted in _joined(names):
                return better
        return None


@dataclass(frozen=True)
class Context:
    """The texts around a table, the nearest first."""

    sources: tuple[Source, ...] = field(default=())

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources)


def _joined(text: str) -> str:
    return key(text.replace(" ", ""))


def read_source(text: str, where: NamedIn, known: Known) -> Source:
    """Read one text.

    Where it names several measures, each holds for what its clause names ("CER for AISHELL-1, WER for TED-LIUM 3").
    """
    text = text[:_MOST_TEXT]
    found = [each for each in metrics_in(text, known) if where is not NamedIn.TEXT or is_usual(each[1])]
    scoped: list[tuple[str, Metric]] = []
    free: list[Metric] = []
    others: Metric | None = None
    vague: Metric | None = None
    groups = list(side_by_side(text, found))
    for number, group in enumerate(groups):
        stop = groups[number + 1][0][2] if number + 1 < len(groups) else len(text)
        match = _SCOPE.match(text[group[-1][0] : stop])
        if match is None or len(groups) == 1:
            free += [metric for _, metric, _ in group]
            continue
        if len(group) == 1:
            others = group[0][1] if _OTHERS.search(match["scope"]) else others
            scoped.append((_spelt(match["scope"]), group[0][1]))
    if len({metric.name for _, metric in scoped} | {metric.name for metric in free}) == 1:
        free, scoped = [found[0][1]], []
    if not found and where is not NamedIn.TEXT and (plain := _PLAIN_SCORE.match(text)) is not None:
        vague = Metric(plain[1].lower(), "higher")
    data, spans = _data_in(text, known)
    return Source(
        where, text, tuple(_distinct(free)), tuple(scoped), others, data, _likely_in(text, known, data, where),
        tuple(_words_of(pattern("split"), text)),
        tuple(_words_of(pattern("setting"), _FIRST_SENTENCE.split(text, maxsplit=1)[0])),
        _models_in(text, known, spans),
        _PERCENT.search(text) is not None, tuple(_directions(text)), vague,
    )  # fmt: skip


def _spelt(scope: str) -> str:
    """A scope as its words' keys, parted by blanks, so that whole names are found in it."""
    return " ".join(key(word) for word in re.split(r"[\s,()/]+", scope) if word) + " | " + _joined(scope)


def _distinct(metrics: list[Metric]) -> list[Metric]:
    return list({metric.name: metric for metric in metrics}.values())


def _data_in(text: str, known: Known) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """The benchmarks and data sets of a text that are known, the longest at each place, in their order."""
    found: list[tuple[int, int]] = []
    taken: list[tuple[int, int]] = []
    for match in sorted(known.gazetteer.find(text), key=lambda m: (m.start, -m.end)):
        kind = match.concept.type
        if taken and match.start < taken[-1][1]:
            continue
        if kind in (EntityType.BENCHMARK, EntityType.DATASET):
            name = text[match.start : match.end]
            if match.ambiguous and not any(c.isupper() or c.isdigit() for c in name):
                continue
            if name[:1].islower() and " " in name:
                continue
            end = _whole_name(text, match.start, match.end, known)
            found.append((match.start, end))
            taken.append((match.start, end))
        elif kind in (EntityType.MODEL, EntityType.METHOD, EntityType.METRIC) and not match.ambiguous:
            taken.append((match.start, match.end))
    return tuple(dict.fromkeys(text[a:b] for a, b in found)), taken


def _whole_name(text: str, start: int, end: int, known: Known) -> int:
    """The end of a name of data with its edition, task and the capitals that go on with it ("SemEval-2010 Task 8")."""
    if (edition := _EDITION.match(text, end)) is not None:
        end = edition.end()
    while (more := _GOES_ON.match(text, end)) is not None:
        word = more["word"]
        if (
            word in _NOT_DATA
            or known.types(word)
            or metric_in_prose([word])
            or is_one_of(word, "split_words", "languages")
        ):
            break
        end = more.end()
    return end


def _models_in(text: str, known: Known, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    words = re.findall(
        r"(?:with|of|on|using|from|for|fine-tun\w+|based on)\s(?:the\s)?([A-Z][\w./-]{2,40}(?:\s\d[\w.]*B)?)", text
    )
    return tuple(word.rstrip(".,") for word in words if known.is_model(word.rstrip(".,")))


def _is_name_of_data(word: str, known: Known) -> bool:
    """Whether the first word of a caption looks like the name of data, and nobody knows it for anything else."""
    other = known.is_achiever(word) or metric_in_prose([word]) is not None or word in _NOT_DATA
    own = any(word.casefold().startswith(name.casefold()) for name in known.own)
    return len(word) >= _SHORTEST and is_name_shaped(word) and not other and not own


def _likely_in(text: str, known: Known, data: tuple[str, ...], where: NamedIn) -> tuple[str, ...]:
    """Names that a text says something is measured on, by the words around them."""
    found = []
    first = text.split(" ", 1)[0].rstrip(".,:;")
    if where is not NamedIn.TEXT and _is_name_of_data(first, known):
        found.append(first)
    for match in _ON.finditer(text):
        words = re.sub(r"(?:'s|\u2019s)\Z", "", match["name"].rstrip(".,-")).split()
        while words and (words[-1] in _NOT_DATA or is_one_of(words[-1], "split_words")):
            words.pop()
        name = " ".join(words)
        if not words or words[0] in _NOT_DATA or known.is_achiever(name) or metric_in_prose(words) is not None:
            continue
        if any(name in each or each in name for each in data):
            continue
        if any(name.casefold().startswith(own.casefold()) for own in known.own):
            continue
        noun = _DATA_NOUN.match(text, match.end()) is not None
        if where is NamedIn.TEXT and not noun:
            continue
        if not noun and len(name) < _FEWEST_LETTERS:
            continue
        plain_word = is_one_of(name, "languages", "group_words", "achiever_heads")
        if noun or (match["by"] == "on" and not plain_word):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _words_of(found: re.Pattern[str], text: str) -> Iterator[str]:
    yield from dict.fromkeys(match.group().strip() for match in found.finditer(text))


def _directions(text: str) -> Iterator[tuple[str, Better]]:
    for match in _DIRECTION.finditer(text):
        way: Better = "lower" if match["way"].lower() in ("lower", "smaller") else "higher"
        yield match["names"], way
    for match in re.finditer(r"(?P<way>[Ll]ower|[Hh]igher) (?P<names>[A-Z][^.;:]{1,60}?) (?:is|are) better", text):
        yield match["names"], "lower" if match["way"].lower() == "lower" else "higher"
    for match in re.finditer(r"(?P<names>[\w@-]{1,20})\s?\(?(?P<arrow>[\u2191\u2193])", text):
        yield match["names"], "lower" if match["arrow"] == "\u2193" else "higher"
    for match in re.finditer(r"(?P<way>[Ll]ower|[Hh]igher) (?:is|are) better for (?P<names>[^.;]{1,60})", text):
        yield match["names"], "lower" if match["way"].lower() == "lower" else "higher"
