"""What a paper does with a thing: for each mention the strongest proposal that holds, then one relation over all.

Where no mention says more than the name, place and number decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extraction.document import Findings
from kg.extraction.judging.things import Thing
from kg.extraction.proposals import NameProposal, RelationProposal, Span
from kg.model import EntityType, Mention, Relation, Rule, strongest

__all__ = ["Relations", "one_a_span"]

_USUAL = {
    EntityType.TASK: Relation.ADDRESSES,
    EntityType.METRIC: Relation.EVALUATES_ON,
    EntityType.BENCHMARK: Relation.EVALUATES_ON,
    EntityType.DATASET: Relation.EVALUATES_ON,
}
"""What papers do with things of a type unless they say otherwise; methods and models have nothing usual."""


class Relations:
    """The relations of one paper; ``own`` are the numbers of the sentences that speak of its own work, ascending."""

    def __init__(self, found: Findings, own: Sequence[int]) -> None:
        self.found = found
        self.own = frozenset(own)
        self.own_from = next(iter(own), 0)
        self.proposals: dict[Span, list[RelationProposal]] = defaultdict(list)
        for proposal in found.relations:
            self.proposals[proposal.start, proposal.end].append(proposal)

    def of(self, thing: Thing) -> tuple[Relation, tuple[Mention, ...]]:
        """The relation to a thing, and its mentions, each with the relation that its sentence states."""
        names = one_a_span(thing.mentions)
        sentences = [self.found.sentence_at(name.start) for name in names]
        said = [self._said(thing, name, number) for name, number in zip(names, sentences, strict=True)]
        overall = _overall(
            thing,
            said,
            own_work=max(sentences) >= self.own_from,
            recurs=len(set(sentences)) > 1,
        )
        mentions = (
            _mention(self.found, name, number, relation or overall)
            for name, number, relation in zip(names, sentences, said, strict=True)
        )
        return overall, tuple(mentions)

    def coins(self, thing: Thing) -> bool:
        """Whether a sentence presents the thing as new under this name; to say what it is ("X, a planner that") may
        also help readers with what they do not know."""
        glossed = {name.span for name in thing.mentions if name.introduced and name.rule is Rule.GLOSSED}
        glossed -= {name.span for name in thing.mentions if name.introduced and name.rule is not Rule.GLOSSED}
        return any(
            name.span not in glossed
            and not self.found.text.startswith("-", name.end)  # "an X-based planner" is a planner
            and self._said(thing, name, self.found.sentence_at(name.start)) is Relation.INTRODUCES
            for name in one_a_span(thing.mentions)
        )

    def _said(self, thing: Thing, name: NameProposal, sentence: int) -> Relation | None:
        """What the sentence of one mention says that the paper does with the thing; None: no more than the name."""
        holding = [
            proposal
            for proposal in self.proposals.get((name.start, name.end), ())
            if thing.type in proposal.holds_for
            and (proposal.listed is None or proposal.listed == thing.listed)
            and (not proposal.own_work or sentence in self.own)
        ]
        if not holding:
            return _USUAL.get(thing.type)
        return max(holding, key=lambda proposal: (proposal.score, -proposal.relation.strength)).relation


def one_a_span(names: Sequence[NameProposal]) -> list[NameProposal]:
    """One a span, in the order of the text: that which says most (introduced before not, then the surest)."""
    best: dict[Span, NameProposal] = {}
    for name in names:
        rival = best.get(name.span)
        if rival is None or (name.introduced, name.score) > (rival.introduced, rival.score):
            best[name.span] = name
    return [best[span] for span in sorted(best)]


def _overall(thing: Thing, said: Sequence[Relation | None], *, own_work: bool, recurs: bool) -> Relation:
    """What a paper does with a thing, from what its mentions say.

    Where no mention says more than the name, a thing of the paper's own sentences or of several is used (or, when the
    world does not know it, introduced); one of the background is only mentioned.
    """
    explicit = [relation for relation in said if relation is not None]
    if explicit and strongest(explicit) is not Relation.MENTIONS:
        return strongest(explicit)
    if explicit and (not recurs or None not in said):
        return Relation.MENTIONS
    if not explicit and not thing.listed and own_work and recurs:
        return Relation.INTRODUCES
    return Relation.USES if own_work or recurs or thing.type is EntityType.MODEL else Relation.MENTIONS


def _mention(found: Findings, name: NameProposal, sentence: int, relation: Relation) -> Mention:
    start, end = found.sentences[sentence]
    end = max(end, name.end)
    end = start + len(found.text[start:end].rstrip())
    return Mention(
        found.paper.anchor((name.start, name.end), (start, end)),
        surface=found.text[name.start : name.end],
        rule=name.rule,
        relation=relation,
        score=round(name.score, 3),
    )
