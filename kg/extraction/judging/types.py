"""One type a thing: the known one, else by the words around it, by its ending, by its neighbours in a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.judging.settings import Settings
from kg.extraction.judging.things import Thing
from kg.extraction.names import suffix_type
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal
from kg.model import EntityType, Rule

__all__ = ["settle_types"]

_BETWEEN = pattern("between_neighbours")
_LONGEST_GAP = 12  # characters: ", as well as" is the longest that stands between two members of a list


def settle_types(things: Sequence[Thing], text: str, settings: Settings) -> None:
    """Give each thing its type."""
    undecided = []
    for thing in things:
        votes = _votes(thing, settings)
        if votes:
            thing.type = max(votes, key=lambda kind: (votes[kind], kind.value))
        else:
            undecided.append(thing)
    if not undecided:
        return
    typed = [(m, thing.type) for thing in things if thing not in undecided for m in thing.mentions]
    for thing in undecided:
        neighbour = _type_of_neighbour(thing, typed, text)
        if neighbour is not None:
            thing.type = neighbour
            first = thing.mentions[0]
            score = max(first.score, settings.type_from_neighbour)
            thing.mentions[0] = replace(first, rule=Rule.LIST, score=score)


def _votes(thing: Thing, settings: Settings) -> dict[EntityType, float]:
    votes: dict[EntityType, float] = defaultdict(float)
    for mention in thing.mentions:
        kind = mention.type
        if kind is None:
            continue
        if mention.concept or mention.family:
            votes[kind] += settings.vote_known
        elif mention.rule is Rule.ABBREVIATION and kind is EntityType.METHOD:
            votes[kind] += settings.vote_long_form
        else:
            votes[kind] += mention.score
    ending = suffix_type(thing.name)
    if ending and not thing.concept:
        votes[ending] += settings.vote_ending
    return votes


def _type_of_neighbour(thing: Thing, typed: Sequence[tuple[NameProposal, EntityType]], text: str) -> EntityType | None:
    for mention in thing.mentions:
        for other, kind in typed:
            first, second = (mention, other) if mention.start <= other.start else (other, mention)
            gap = second.start - first.end
            if (
                0 < gap <= _LONGEST_GAP
                and kind is not EntityType.TASK
                and _BETWEEN.fullmatch(text, first.end, second.start)
            ):
                return kind
    return None
