"""Which of the proposals for names that overlap stand: the longer and better known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.extraction.addresses import address_spans, command_spans
from kg.extraction.document import covered_by
from kg.extraction.judging.settings import Settings
from kg.extraction.proposals import NameProposal, Span
from kg.model import EntityType, Rule

__all__ = ["without_overlaps"]

_LONGEST = 200  # characters of a name that others are looked at for
_RULE_RANK = {Rule.ABBREVIATION: 4, Rule.GAZETTEER: 3, Rule.TITLE: 2}
_RAREST_FIRST = (
    EntityType.BENCHMARK,
    EntityType.METRIC,
    EntityType.MODEL,
    EntityType.DATASET,
    EntityType.METHOD,
    EntityType.TASK,
)
_TYPE_RANK: dict[EntityType | None, int] = {kind: rank for rank, kind in enumerate((*_RAREST_FIRST, None))}
"""Which of two equally good readings of one span is taken: the rarer use of a word before the commoner."""
_JOINT = re.compile(r"(?<=(?<!\w)[A-Z]{2});(?=[A-Z]{2}(?!\w))")


def without_overlaps(
    names: Iterable[NameProposal], text: str, settings: Settings
) -> tuple[list[NameProposal], bytearray]:
    """The proposals that stand, in the order of the text; and for each character whether one of them has it, or what
    names nothing."""
    addresses, commands = address_spans(text), command_spans(text)
    candidates = _named_whole(names, text, addresses, commands)
    winners = _winners(_without_doubtful(candidates, len(text), settings.sure_of_bounds), len(text))
    return winners, covered_by((*addresses, *commands, *((name.start, name.end) for name in winners)), len(text))


def _named_whole(
    names: Iterable[NameProposal], text: str, addresses: Sequence[Span], commands: Sequence[Span]
) -> list[NameProposal]:
    """Nothing in an address is a name, but for what the paper calls its own repository; nothing in a command; and no
    part of a token ("TL" of "TL;DR")."""
    in_address, in_command = covered_by(addresses, len(text)), covered_by(commands, len(text))
    joints = {match.start() for match in _JOINT.finditer(text)}
    return [
        name
        for name in names
        if (name.rule is Rule.REPOSITORY or 1 not in in_address[name.start : name.end])
        and 1 not in in_command[name.start : name.end]
        and name.end not in joints
        and name.start - 1 not in joints
    ]


def _without_doubtful(names: Sequence[NameProposal], length: int, sure: float) -> list[NameProposal]:
    """Drop what the tagger is not sure of where other components know a name within or across its bounds."""
    known = sorted({(name.start, name.end) for name in names if name.rule is not Rule.TAGGER})
    covered = covered_by(known, length)
    return [
        name
        for name in names
        if name.rule is not Rule.TAGGER
        or name.score >= sure
        or 1 not in covered[name.start : name.end]
        or not _crosses((name.start, name.end), known)
    ]


def _crosses(span: Span, known: Sequence[Span]) -> bool:
    """Whether a span shares a part with one of the ``known``, ascending, that is not the same."""
    first = bisect_left(known, (span[0] - _LONGEST,))
    last = bisect_left(known, (span[1],))
    return any(span[0] < end and (start, end) != span for start, end in known[first:last])


def _winners(names: Iterable[NameProposal], length: int) -> list[NameProposal]:
    """Longest first, then better known; a span that was taken blocks what overlaps but does not equal it.

    Of several readings of one span by the vocabulary, one is kept: the whole name before a family and its version.
    """
    taken = bytearray(length)
    spans: set[Span] = set()
    known: set[Span] = set()
    winners = []
    for name in sorted(names, key=_preference):
        span = (name.start, name.end)
        if span not in spans:
            if 1 in taken[name.start : name.end]:
                continue
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
            spans.add(span)
        if name.concept or name.family:
            if span in known:
                continue
            known.add(span)
        winners.append(name)
    return sorted(winners, key=lambda name: (name.start, -_RULE_RANK.get(name.rule, 1)))


def _preference(name: NameProposal) -> tuple[object, ...]:
    return (
        name.start - name.end,
        -_RULE_RANK.get(name.rule, 1),
        name.concept is None,
        -name.score,
        -len(name.family or ""),
        name.start,
        _TYPE_RANK[name.type],
        name.concept or "",
        name.name,
    )
