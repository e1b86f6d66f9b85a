"""``kg_fusion``: the components' candidates become the things that the paper names, decided once.

Overlaps are settled in favour of the longer and better known; candidates that stand for one thing are put together;
each gets one type and one confidence; all places that repeat an accepted name become mentions of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.addresses import address_spans
from kg.extraction.confidence import confidence_of
from kg.extraction.context import own_work_from
from kg.extraction.document import Candidate, Findings, covered_by, findings
from kg.extraction.named import Named
from kg.extraction.nameshape import suffix_type
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["fuse", "gather"]

_RULE_RANK = {Rule.ABBREVIATION: 4, Rule.GAZETTEER: 3, Rule.TITLE: 2}
_TYPE_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            EntityType.BENCHMARK,
            EntityType.METRIC,
            EntityType.MODEL,
            EntityType.DATASET,
            EntityType.METHOD,
            EntityType.TASK,
        )
    )
}
"""Which of two equally good readings of one span is taken: the rarer use of a word before the commoner."""
_LEAST_CONFIDENCE = 0.2
_SURE_OF_BOUNDS = 0.7
_MOST_TASKS = 3
_WORD_BEFORE = re.compile(r"[\w-]\Z")
_WORD_ENDS = re.compile(r"s?(?!\w)(?!-[A-Z\d])")
_LIST_GAP = re.compile(r"(?:,|,? and|,? or|,? & |/|,? as well as) ?\Z")


def fuse(doc: Doc) -> list[Named]:
    """The named things of a doc in the order of their first mention."""
    found = findings(doc)
    groups = gather(found)
    for named in groups:
        named.confidence = confidence_of(named, found)
    accepted = [named for named in groups if named.confidence >= _LEAST_CONFIDENCE]
    return sorted(_main_tasks(accepted, found), key=lambda named: named.candidates[0].start)


def gather(found: Findings) -> list[Named]:
    """All that any component takes for a name, put together and typed, before it is decided what to keep."""
    addresses = address_spans(found.text)
    winners = _without_overlaps(_without_doubtful(_outside(addresses, found.candidates)))
    groups = _grouped(winners, found.abbreviations, found.excluded)
    taken = covered_by((*addresses, *((c.start, c.end) for c in winners)), len(found.text))
    _repeat_mentions(groups, found.text, taken)
    _settle_types(groups, found.text)
    return groups


def _outside(addresses: list[tuple[int, int]], candidates: list[Candidate]) -> list[Candidate]:
    """Nothing in an address is a name, but for what the paper calls its own repository."""
    return [
        c for c in candidates if c.rule is Rule.REPOSITORY or not any(a < c.end and c.start < b for a, b in addresses)
    ]


def _without_doubtful(candidates: list[Candidate]) -> list[Candidate]:
    """Drop what the tagger is not sure of where other components know a name within or across its bounds."""
    others = [c for c in candidates if c.rule is not Rule.TAGGER]
    return [
        c
        for c in candidates
        if c.rule is not Rule.TAGGER
        or c.score >= _SURE_OF_BOUNDS
        or not any(o.start < c.end and c.start < o.end and (o.start, o.end) != (c.start, c.end) for o in others)
    ]


def _without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Longest first, then better known; a span that was taken blocks what overlaps but does not equal it.

    Of several readings of one span by the vocabulary, one is kept: the whole name before a family and its version.
    """
    order = sorted(
        candidates,
        key=lambda c: (
            -(c.end - c.start),
            -_RULE_RANK.get(c.rule, 1),
            c.concept is None,
            -c.score,
            -len(c.family or ""),
            c.start,
            _TYPE_RANK[c.type] if c.type else len(_TYPE_RANK),
            c.concept or "",
            c.name,
        ),
    )
    taken: dict[int, tuple[int, int]] = {}
    known: set[tuple[int, int]] = set()
    winners = []
    for candidate in order:
        span = (candidate.start, candidate.end)
        if any(taken.get(at, span) != span for at in range(*span)):
            continue
        if candidate.concept or candidate.family:
            if span in known:
                continue
            known.add(span)
        taken.update(dict.fromkeys(range(*span), span))
        winners.append(candidate)
    return sorted(winners, key=lambda c: (c.start, -_RULE_RANK.get(c.rule, 1)))


def _grouped(winners: list[Candidate], abbreviations: dict[str, str], excluded: set[str]) -> list[Named]:
    """Candidates that stand for one thing: the same concept, span, folded name, or the two ends of an abbreviation."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    def join(first: str, second: str) -> None:
        a, b = root(first), root(second)
        parent[max(a, b)] = min(a, b)

    for short, long in abbreviations.items():
        join(fold(short), fold(long))
    for candidate in winners:
        node = f"at {candidate.start}-{candidate.end}"
        join(node, fold(candidate.name))
        if candidate.concept:
            join(node, f"is {candidate.concept}")
    groups: dict[str, Named] = {}
    for candidate in winners:
        key = root(f"at {candidate.start}-{candidate.end}")
        groups.setdefault(key, Named(key)).candidates.append(candidate)
    unnamed = {root(name) for name in excluded}
    return [named for key, named in groups.items() if key not in unnamed or named.concept or named.introduced]


def _repeat_mentions(groups: list[Named], text: str, taken: bytearray) -> None:
    """Every further place that writes an accepted name exactly so (as a word, outside of what is taken)."""
    forms = {(form, number) for number, named in enumerate(groups) for form in _forms(named, text)}
    # The longer form first: what repeats "Guided Tree" repeats no "Tree".
    for form, number in sorted(forms, key=lambda each: (-len(each[0]), *each)):
        named = groups[number]
        first = named.candidates[0]
        for start, end in _occurrences(form, text):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                named.candidates.append(
                    Candidate(start, end, first.name, Rule.REPEAT, first.score, None, named.concept, named.family)
                )
    for named in groups:
        named.candidates.sort(key=lambda c: (c.start, c.end))


def _forms(named: Named, text: str) -> set[str]:
    found = {text[c.start : c.end] for c in named.candidates}
    return found | {named.name} if named.expansion else found


def _occurrences(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a form stands as a word of its own; a plural may follow, no further part of a compound name."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not _WORD_BEFORE.search(text, max(0, at - 1), at) and _WORD_ENDS.match(text, end):
            yield at, end
        at = text.find(form, end)


def _settle_types(groups: list[Named], text: str) -> None:
    """One type a thing: the known one, else by the words around it, by its ending, by its neighbours in a list."""
    undecided = []
    for named in groups:
        votes: dict[EntityType, float] = defaultdict(float)
        for candidate in named.candidates:
            if (candidate.concept or candidate.family) and candidate.type:
                votes[candidate.type] += 10
            elif candidate.type and not (candidate.rule is Rule.ABBREVIATION and candidate.type is EntityType.METHOD):
                votes[candidate.type] += candidate.score
            elif candidate.type:
                votes[candidate.type] += 0.4
        ending = suffix_type(named.name)
        if ending and not named.concept:
            votes[ending] += 1.5
        if votes:
            named.type = max(votes, key=lambda kind: (votes[kind], kind.value))
        else:
            undecided.append(named)
    typed = [(c, named.type) for named in groups if named not in undecided for c in named.candidates]
    for named in undecided:
        neighbour = _type_of_neighbour(named, typed, text)
        if neighbour is not None:
            named.type = neighbour
            named.candidates[0] = _confirmed(named.candidates[0])


def _confirmed(candidate: Candidate) -> Candidate:
    return replace(candidate, rule=Rule.LIST, score=max(candidate.score, 0.65))


def _type_of_neighbour(named: Named, typed: list[tuple[Candidate, EntityType]], text: str) -> EntityType | None:
    for candidate in named.candidates:
        for other, kind in typed:
            first, second = sorted((candidate, other), key=lambda c: c.start)
            gap = text[first.end : second.start]
            if 0 < len(gap) <= 12 and _LIST_GAP.match(gap) and kind is not EntityType.TASK:
                return kind
    return None


def _main_tasks(accepted: list[Named], found: Findings) -> list[Named]:
    """All but the tasks that the paper only touches: its own it says in the title, often, or of its own work."""
    abstract_start = found.paper.abstract_start
    own_work = found.sentences[own_work_from(found)][0]

    def weight(named: Named) -> tuple[bool, int, int]:
        first = named.candidates[0].start
        return first < abstract_start, len(named.candidates), -first

    tasks = [named for named in accepted if named.type is EntityType.TASK]
    told = [
        named
        for named in tasks
        if len(named.candidates) > 1 or not abstract_start <= named.candidates[0].start < own_work
    ]
    kept = sorted(told, key=weight, reverse=True)[:_MOST_TASKS]
    return [named for named in accepted if named.type is not EntityType.TASK or named in kept]
