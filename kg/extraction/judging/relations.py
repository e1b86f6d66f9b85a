"""What a paper does with a thing: for each mention the strongest proposal that holds, then one relation over all.

Where no mention says more than the name, place and number decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.extraction.document import Findings
from kg.extraction.judging.things import Thing
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal, RelationProposal, Span
from kg.model import EntityType, Mention, Relation, Rule, strongest

__all__ = ["DENIAL", "Likely", "Relations", "one_a_span"]

DENIAL = "negation"
"""The source of proposals that the paper does nothing with a thing: no guess, and it has to stand."""

Likely = Mapping[Relation, float]
"""The relations that a thing can have, each with its probability."""
_EARLIER = pattern("earlier")
_CERTAIN = frozenset((Relation.INTRODUCES, Relation.TRAINS_ON))
_STATED = frozenset((Relation.COMPARES_WITH, Relation.EVALUATES_ON))
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

    def of(self, thing: Thing, likely: Likely | None = None) -> tuple[Relation, tuple[Mention, ...]]:
        """The relation to a thing, and its mentions, each with the relation that its sentence states.

        ``likely`` is what the reader makes of all mentions. What denies all mentions stands.
        """
        names = one_a_span(thing.mentions)
        sentences = [self.found.sentence_at(name.start) for name in names]
        said = [self._said(thing, name, number) for name, number in zip(names, sentences, strict=True)]
        denied = all(self._is_denied(name) for name in names)
        overall = self._overall(thing, said, sentences)
        if likely:
            known = thing.listed or any(map(self._is_earlier, names))
            overall = _likeliest(overall, said, likely, known=known)
        if denied:
            overall = Relation.MENTIONS
        stated = [relation or overall for relation in said]
        if overall not in stated:
            stated = [overall] * len(names)
        mentions = (
            _mention(self.found, name, number, relation)
            for name, number, relation in zip(names, sentences, stated, strict=True)
        )
        return overall, tuple(mentions)

    def by_rules(self, thing: Thing) -> tuple[Relation, list[Relation | None]]:
        """The relation that the rules alone would give, and what they read of each mention."""
        names = one_a_span(thing.mentions)
        sentences = [self.found.sentence_at(name.start) for name in names]
        said = [self._said(thing, name, number) for name, number in zip(names, sentences, strict=True)]
        return self._overall(thing, said, sentences), said

    def _overall(self, thing: Thing, said: Sequence[Relation | None], sentences: Sequence[int]) -> Relation:
        own_work, recurs = max(sentences) >= self.own_from, len(set(sentences)) > 1
        return _overall(thing, said, own_work=own_work, recurs=recurs)

    def _is_denied(self, name: NameProposal) -> bool:
        """Whether the words around a mention say that the paper does nothing with the thing."""
        return any(proposal.source == DENIAL for proposal in self.proposals.get(name.span, ()))

    def _is_earlier(self, name: NameProposal) -> bool:
        """Whether the thing was presented before this paper ("we previously proposed X")."""
        start, _ = self.found.sentences[self.found.sentence_at(name.start)]
        return _EARLIER.search(self.found.text, start, name.start) is not None

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


def _likeliest(rules: Relation, said: Sequence[Relation | None], likely: Likely, *, known: bool) -> Relation:
    """The relation that the reader finds likeliest among those that the rules leave open.

    An introduction and training in so many words are such. Comparison, evaluation, and a mention in so many words give
    way to an introduction at most: that a thing is the paper's own the reader knows better, unless it was known before.
    For the rest, what rules make of place and number, it always knows better.
    """
    if rules in _CERTAIN and rules in said:
        return rules
    stated = rules in _STATED or (rules is Relation.MENTIONS and rules in said)
    open_to = {rules, Relation.INTRODUCES} if stated else set(likely)
    if known:
        open_to -= {Relation.INTRODUCES}
    return max(open_to & set(likely), key=lambda each: (likely[each], -each.strength), default=rules)


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
