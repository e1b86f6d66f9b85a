"""What a thing of the paper's own was made from: it extends, modifies or instantiates another that the paper names.

The paper has to say so ("a variant of X", "is built on top of X", "an X-based planner", "fine-tuned from X"), or the
name itself does ("Two-Level X"). That a paper uses something beside its own says nothing of the kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kg.extraction.document import Findings
from kg.extraction.judging.relations import one_a_span
from kg.extraction.judging.things import Thing
from kg.extraction.lexicon import head_type
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal, Span
from kg.model import EntityType, LocalDerivation, Relation

__all__ = ["derivations_of"]

_LONGEST = 200  # characters of a name
_FARTHEST = 240  # characters between two names of which one sentence says so
_TECHNIQUES = (EntityType.METHOD, EntityType.MODEL)
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)
_JOINING = frozenset(("and", "or", "vs", "versus"))  # two names that were taken for one
_WORDS = re.compile(r"[^\W_]+(?:\.\d+)?")

_NEW_FROM_OLD = pattern("new_from_old")
_NEW_DESCRIBED = pattern("new_described")
_OLD_BASED = pattern("old_based")
_DESCRIBED_BEFORE = pattern("described_before")
_OLD_BASED_NEW = pattern("old_based_new")
_OLD_OPENS = pattern("old_opens")
_NEW_FOLLOWS = pattern("new_follows")
_WE_DERIVE = pattern("we_derive")
_NEW_RESULTS = pattern("new_results")


def derivations_of(
    found: Findings, things: Sequence[Thing], relations: Sequence[Relation]
) -> Iterator[LocalDerivation]:
    """What each thing that the paper introduces was made from, both by number, with the first place that says so."""
    own = [number for number, relation in enumerate(relations) if relation is Relation.INTRODUCES]
    if not own:
        return
    mentions = [one_a_span(thing.mentions) for thing in things]
    for new in own:
        for old, thing in enumerate(things):
            if old != new and _of_one_kind(things[new], thing):
                said = _said(found, mentions[new], mentions[old]) or _named(mentions[new], thing, things[new])
                if said is not None:
                    sentence = found.sentences[found.sentence_at(said[0])]
                    end = sentence[0] + len(found.text[slice(*sentence)].rstrip())
                    anchor = found.paper.anchor(said, (sentence[0], max(end, said[1])))
                    yield LocalDerivation(new, old, anchor)


def _of_one_kind(one: Thing, other: Thing) -> bool:
    return any(one.type in kinds and other.type in kinds for kinds in (_TECHNIQUES, _DATA))


def _said(found: Findings, new: Sequence[NameProposal], old: Sequence[NameProposal]) -> Span | None:
    """The first place, from one name to the other, that says it in words; both in the order of the text."""
    for one in new:
        number = found.sentence_at(one.start)
        first = bisect_left(old, one.start - _FARTHEST - _LONGEST, key=_start)
        last = bisect_right(old, one.end + _FARTHEST, key=_start)
        for other in old[first:last]:
            gap = max(other.start - one.end, one.start - other.end)
            if 0 <= gap <= _FARTHEST and found.sentence_at(other.start) == number:
                sentence = found.sentences[number]
                says = _says_new_first if one.start < other.start else _says_old_first
                if says(found.text, sentence, one.span, other.span):
                    return min(one.start, other.start), max(one.end, other.end)
    return None


def _start(name: NameProposal) -> int:
    return name.start


def _says_new_first(text: str, sentence: Span, new: Span, old: Span) -> bool:
    between = text[new[1] : old[0]]
    if _NEW_FROM_OLD.search(between):
        return True
    return bool(_NEW_DESCRIBED.search(between) and _OLD_BASED.match(text[old[1] : sentence[1]]))


def _says_old_first(text: str, sentence: Span, new: Span, old: Span) -> bool:
    before, between = text[sentence[0] : old[0]], text[old[1] : new[0]]
    return bool(
        (_OLD_BASED_NEW.search(between) and _DESCRIBED_BEFORE.search(before))
        or (_NEW_FOLLOWS.search(between) and _OLD_OPENS.search(before))
        or (_NEW_RESULTS.search(between) and _WE_DERIVE.search(before))
    )


def _named(mentions: Sequence[NameProposal], old: Thing, new: Thing) -> Span | None:
    """The first place of a name that ends in the other's, or begins with it: "Two-Level X", "X Pro".

    What only says of which kind something is ("X pipeline") makes no name of it.
    """
    short, long = _words(old.name), _words(new.name)
    if not short or len(short) >= len(long) or _JOINING.intersection(long):
        return None
    ends, begins = long[-len(short) :] == short, long[: len(short)] == short
    return mentions[0].span if ends or (begins and head_type(long[-1]) is None) else None


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(name)]
