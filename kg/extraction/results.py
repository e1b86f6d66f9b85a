"""The numbers that a paper states as outcomes: value, kind, metric, measured on, achieved by.

A number counts when its unit or the metric beside it says that something was measured, and its sentence speaks of an
outcome. What it belongs to is looked for in the sentence, nearest first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from kg.extraction.context import own_work_from
from kg.extraction.document import Candidate, Findings, findings
from kg.extraction.named import Named
from kg.model import EntityType, LocalResult, LocalSlot, ResultKind, Rule

__all__ = ["find_results"]

Place = tuple[Candidate, Named]
"""One mention in a sentence, and what it is a mention of."""
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PERCENT = r"(?:%p?|percent(?:age)?(?: points?)?)"
# "1.7x to 2x", "2-4 points": one value.
_RANGE = rf"(?:x to {_NUMBER}(?=x)|\s?(?:-|\u2013|to)\s?{_NUMBER}(?=\s?(?:%|\u00d7|x\b|times|points)))"
_VALUE = re.compile(
    rf"(?:(?<![\w.,/^-])|(?<=approx)|(?<=sim))(?P<value>(?P<sign>[+\u2212-])?(?P<number>{_NUMBER}){_RANGE}?"
    rf"\s?-?(?P<unit>{_PERCENT}|points?|pts|pp|\u00d7|x(?![\w])|times(?=\W)|fold)?)(?![\w.]*\w)"
)
_OUTCOME = re.compile(
    r"\b(?:achiev|attain|reach|obtain|yield|outperform|surpass|exceed|improv|increas|reduc|decreas|boost|gain|score|accurac|"
    r"rate|perform|speed|faster|fewer|less|more|higher|lower|better|drop|enhanc|rais|sav|solv|deliver|result|from|beat|"
    r"up to|agreement|correlation|success|margin|advantage|only|rank|compar)\w*",
    re.IGNORECASE,
)
_NO_OUTCOME_AFTER = re.compile(
    r"\s?(?:of (?:the |its |our |all )?(?:\w+ )?(?:data|training data|parameters|tokens|samples|labels|annotations|"
    r"examples|dataset|time|cases where)"
    r"|confidence interval|sparsity|training data|labeled data)\b",
    re.IGNORECASE,
)
_STATED = re.compile(r"(?:[\w@-]+ (?:of|is|was|reaches|at)|\bby|\() ?\Z")
_GAIN_BEFORE = re.compile(
    r"\b(?:by|gains?|improv\w+|increas\w+|boost\w*|margins?|reduc\w+|decreas\w+|drop\w*|advantage|outperform\w*|surpass\w*|rais\w+|exceed\w*|enhanc\w+)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_GAIN_AFTER = re.compile(
    r"\s?(?:\w+ ){0,3}(?:improvement|gain|increase|boost|reduction|decrease|drop|higher|lower|better|more|fewer|less|"
    r"increment)s?\b",
    re.I,
)
_ABSOLUTE_BEFORE = re.compile(
    r"\b(?:achiev\w+|attain\w*|reach\w*|obtain\w*|scor\w+|of|to|from|at|yield\w*|accuracy|rate|deliver\w*)(?: an?| "
    r"the| up to| about| over| only| around| approximately| nearly| overall)* ?\Z",
    re.I,
)
_RELATIVE = re.compile(r"\brelative\b", re.IGNORECASE)
_GENERIC_METRIC = re.compile(
    r"\b(?:(?:[\w@-]+ )?(?:accuracy|success rate|win[- ]rate|pass rate|solve rate|error rate|recall|precision|score|"
    r"agreement|correlation|"
    r"efficiency|speedup|throughput|latency|loss|regret|return|reward|improvement in \w+))\b",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"(?:'s)?\s?\((?:by )?")
_ON = re.compile(r"\b(?:on|in|for|at|across|over)\b")
_NEAR = 60  # characters between a bare decimal and the metric that makes it a result


def find_results(doc: Doc, named: list[Named], *, least: float = 0.0) -> Iterator[LocalResult]:
    """The results that the abstract states, in order; of ``named``, things of ``least`` confidence may be parts."""
    found = findings(doc)
    text = found.text
    likely = [thing for thing in named if thing.confidence >= least]
    places = sorted(
        ((candidate, thing) for thing in likely for candidate in thing.candidates), key=lambda pair: pair[0].start
    )
    numbers = {thing.key: number for number, thing in enumerate(named)}
    usual = _usual_data(likely)
    own_work = found.sentences[own_work_from(found)][0]
    for start, end in found.abstract_sentences():
        if not _OUTCOME.search(text, start, end) and start < own_work:
            continue
        inside = [(c, n) for c, n in places if start <= c.start < end]
        values = [m for m in _VALUE.finditer(text, start, end) if _is_outcome(text, m, inside, start, end)]
        for match in values:
            yield _result(found, match, inside, values, usual, numbers)


def _is_outcome(text: str, match: re.Match[str], inside: list[Place], start: int, end: int) -> bool:
    if any(c.start < match.end("number") and match.start("number") < c.end for c, _ in inside):
        return False
    if _NO_OUTCOME_AFTER.match(text, match.end()):
        return False
    if match.group("unit"):
        return match.group("unit") not in ("x", "\u00d7", "times") or not re.match(r"\s?\d", text[match.end() :])
    if "." not in match.group("number") or re.match(r"[A-Za-z]", text[match.end("number") :]):
        return False
    if _OUTCOME.search(text, start, end) and _STATED.search(text, start, match.start("value")):
        return True
    near = [c for c, n in inside if n.type is EntityType.METRIC and _distance(c, match) <= _NEAR]
    window = text[max(start, match.start() - _NEAR) : min(end, match.end() + 30)]
    return bool(near) or bool(_GENERIC_METRIC.search(window))


def _distance(candidate: Candidate, match: re.Match[str]) -> int:
    return max(match.start() - candidate.end, candidate.start - match.end(), 0)


def _result(
    found: Findings,
    match: re.Match[str],
    inside: list[Place],
    values: list[re.Match[str]],
    usual: Named | None,
    numbers: Mapping[str, int],
) -> LocalResult:
    body = found.text
    span = match.span("value")
    start, end = found.sentences[found.sentence_at(span[0])]

    def slot(thing: Named | None) -> LocalSlot | None:
        return LocalSlot(thing.name, numbers[thing.key]) if thing else None

    metric = _metric(match, inside)
    return LocalResult(
        value=body[slice(*span)].strip(),
        number=_number(match),
        unit=_unit(match.group("unit")),
        kind=_kind(body, match, (start, end)),
        metric=slot(metric) or _generic_metric(body, match, (start, end)),
        on=slot(_measured_on(body, match, inside, values, usual)),
        of=slot(_achieved_by(match, inside, values)),
        anchor=found.paper.anchor(span, (start, len(body[:end].rstrip()))),
        confidence=0.7,
    )


def _number(match: re.Match[str]) -> float | None:
    """The value as a number, with its sign; None for a row of digits that is too long to be one."""
    number = float(match.group("number").replace(",", ""))
    signed = number if match.group("sign") in (None, "+") else -number
    return signed if math.isfinite(signed) else None


def _unit(unit: str | None) -> str | None:
    if unit is None:
        return None
    if unit in ("x", "\u00d7", "times", "fold"):
        return "x"
    return "points" if "point" in unit or unit in ("pp", "%p") else "%"


def _kind(text: str, match: re.Match[str], sentence: tuple[int, int]) -> ResultKind:
    before, after = text[sentence[0] : match.start()], text[match.end() : sentence[1]]
    if _unit(match.group("unit")) == "x":
        return ResultKind.SPEEDUP
    if _RELATIVE.search(after[:30]) or _RELATIVE.search(before[-20:]):
        return ResultKind.RELATIVE_GAIN
    if match.group("sign"):
        return ResultKind.GAIN
    if _ABSOLUTE_BEFORE.search(before) and not _GAIN_AFTER.match(after):
        return ResultKind.ABSOLUTE
    return ResultKind.GAIN if _GAIN_AFTER.match(after) or _GAIN_BEFORE.search(before) else ResultKind.ABSOLUTE


def _metric(match: re.Match[str], inside: list[Place]) -> Named | None:
    named = [(_distance(c, match), n.name, n) for c, n in inside if n.type is EntityType.METRIC]
    return min(named, key=lambda each: each[:2])[2] if named else None


def _generic_metric(text: str, match: re.Match[str], sentence: tuple[int, int]) -> LocalSlot | None:
    """What is measured everywhere ("accuracy") and named nowhere."""
    window_start = max(sentence[0], match.start() - _NEAR)
    window = text[window_start : min(sentence[1], match.end() + 40)]
    found = _GENERIC_METRIC.search(window)
    return LocalSlot(found.group().lower()) if found else None


def _measured_on(
    text: str, match: re.Match[str], inside: list[Place], values: list[re.Match[str]], usual: Named | None
) -> Named | None:
    """The benchmark or dataset of a number, by the ways in which sentences put the two together.

    "GSM8K (+5%)"; "on A, B and C ... 81%, 34% and 76%, respectively"; "96% on A but 76% on B"; else the last before.
    Where the sentence names no data, its task.
    """
    data = [(c, n) for c, n in inside if n.type in _DATA]
    if not data:
        task = next((n for _, n in inside if n.type is EntityType.TASK), None)
        return task or usual
    start = match.start("value")
    bracketed = [n for c, n in data if c.end <= start and _OPEN_BRACKET.fullmatch(text, c.end, start)]
    if bracketed:
        return bracketed[-1]
    aligned = _aligned(text, match, data, values)
    if aligned is not None:
        return aligned
    end = _range_end(text, match, values)
    following = min((v.start("value") for v in values if v.start() >= end), default=len(text))
    after = [(c, n) for c, n in data if end <= c.start < following]
    if after and (_ON.search(text, end, after[0][0].start) or len(after) == 1):
        return after[0][1]
    before = [n for c, n in data if c.end <= start]
    return usual or (before[-1] if before else data[0][1])


def _range_end(text: str, match: re.Match[str], values: list[re.Match[str]]) -> int:
    """Where "63% to 79%" ends, for its first value too."""
    for value in values:
        if value.start("value") >= match.end() and re.fullmatch(
            r"\s?(?:to|and|vs\.?)\s", text[match.end() : value.start("value")]
        ):
            return value.end()
    return match.end()


def _usual_data(named: list[Named]) -> Named | None:
    """What the results of a paper are measured on where they do not say: the benchmark that it introduces."""
    return next((n for n in named if n.type in _DATA and n.introduced), None)


def _aligned(text: str, match: re.Match[str], data: list[Place], values: list[re.Match[str]]) -> Named | None:
    """The member of a list of data that a list of numbers assigns to this one; None if nothing says "respectively"."""
    if not re.search(r"\brespectively\b", text[values[0].start() : values[-1].end() + 60]):
        return None
    leaders = [v for v in values if not text.endswith("(", 0, v.start("value"))]
    things = list({n.name: n for c, n in data if c.rule is not Rule.REPEAT or n.concept}.values())
    if len(leaders) != len(things):
        return None
    own = max((i for i, v in enumerate(leaders) if v.start() <= match.start()), default=0)
    return things[own]


def _achieved_by(match: re.Match[str], inside: list[Place], values: list[re.Match[str]]) -> Named | None:
    """The method or model of a number: one between the number before and this one ("A gets 3%, B 5%"), else the first.

    What the paper introduces goes first, for sentences tell its numbers beside those that it beats.
    """
    makers = [(c, n) for c, n in inside if n.type in (EntityType.METHOD, EntityType.MODEL) and c.end <= match.start()]
    since = max((v.end() for v in values if v.end() <= match.start()), default=0)
    nearest = [(c, n) for c, n in makers if c.start >= since]
    chosen = nearest or makers
    return next((n for _, n in [*((c, n) for c, n in chosen if n.introduced), *chosen]), None)
