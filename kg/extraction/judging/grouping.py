"""Which proposals stand for one thing; the thing then has all places that repeat its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from kg.extraction.document import Findings
from kg.extraction.judging.homonyms import Homonyms
from kg.extraction.judging.overlaps import without_overlaps
from kg.extraction.judging.settings import Settings
from kg.extraction.judging.things import Thing
from kg.extraction.proposals import NameProposal, Span
from kg.model import Rule
from kg.text.folding import fold
from kg.vocabulary import Concept

__all__ = ["group"]


def group(
    found: Findings,
    names: Iterable[NameProposal],
    concepts: Mapping[str, Concept],
    own_letters: Set[str],
    settings: Settings,
) -> list[Thing]:
    """The things that proposals stand for, with all their mentions in the order of the text.

    ``own_letters`` are folded short forms to which the paper gives a meaning of its own: no known thing goes by them.
    """
    winners, taken = without_overlaps(names, found.text, settings)
    things = _grouped(winners, Homonyms(found, winners, concepts), found, own_letters)
    _add_repeats(things, found, taken)
    return things


def _grouped(
    winners: Sequence[NameProposal], homonyms: Homonyms, found: Findings, own_letters: Set[str]
) -> list[Thing]:
    """Put together what has the same concept, span or folded name, or is one of the two ends of an abbreviation."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    def join(first: str, second: str) -> None:
        a, b = root(first), root(second)
        parent[max(a, b)] = min(a, b)

    for short, long in homonyms.definitions(found.abbreviations):
        join(short, long)
    for name in winners:
        node = f"at {name.start}-{name.end}"
        if name.concept is None or fold(name.name) not in own_letters:
            join(node, homonyms.node(name))
        if name.concept:
            join(node, f"is {name.concept}")
    things: dict[str, Thing] = {}
    for name in winners:
        key = root(f"at {name.start}-{name.end}")
        things.setdefault(key, Thing(key)).mentions.append(name)
    unnamed = {root(name) for name in found.excluded}
    return [thing for key, thing in things.items() if key not in unnamed or thing.concept or thing.introduced]


def _add_repeats(things: Sequence[Thing], found: Findings, taken: bytearray) -> None:
    """Every further place that writes a thing's name exactly so, outside of what is taken."""
    repeats: dict[str, list[Span]] = defaultdict(list)
    for name in found.names:
        if name.rule is Rule.REPEAT:
            repeats[name.name].append((name.start, name.end))
    forms = {(form, number) for number, thing in enumerate(things) for form in _forms(thing, found.text)}
    # The longer form first: what repeats "Guided Tree" repeats no "Tree".
    for form, number in sorted(forms, key=lambda each: (-len(each[0]), *each)):
        thing = things[number]
        first = thing.mentions[0]
        for start, end in repeats.get(form, ()):
            if 1 not in taken[start:end]:
                taken[start:end] = b"\x01" * (end - start)
                thing.mentions.append(
                    NameProposal(start, end, first.name, Rule.REPEAT, first.score, None, thing.concept, thing.family)
                )
    for thing in things:
        thing.mentions.sort(key=lambda mention: mention.span)


def _forms(thing: Thing, text: str) -> set[str]:
    found = {text[mention.start : mention.end] for mention in thing.mentions if not mention.fragment}
    return found | {thing.name} if thing.expansion or not found else found
