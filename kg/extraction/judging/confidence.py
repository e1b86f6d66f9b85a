"""How sure it is that a thing is named: one calibrated probability from all that speaks for it.

A logistic model over what the components say, fitted on annotated papers (``kg.training.calibrate``) so that of the
things it gives 0.8, four in five are right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.extraction.document import Findings
from kg.extraction.judging.things import Thing
from kg.model import EntityType, Rule

__all__ = ["confidence_of", "evidence_for", "probability"]

_NAMING_RULES = frozenset(Rule) - {
    Rule.GAZETTEER, Rule.ABBREVIATION, Rule.SHAPE, Rule.TAGGER, Rule.REPEAT, Rule.PLUGIN, Rule.PERSON,
}  # fmt: skip
_SUREST_TAG = 0.995  # beyond, the reader's scores are not told apart
_OF_TASKS = ("in title", "in title and body", "in own work", "mentions", "words", "tagged surely", "listed, not tagged")
"""What weighs otherwise for a task, which is named in ordinary words."""
_MOST_WORDS = 5  # of a name; more say no more


def confidence_of(thing: Thing, found: Findings, own_work: int, weights: Mapping[str, float]) -> float:
    """The probability that the paper names this thing, between 0.01 and 0.99; ``own_work`` as for ``evidence_for``."""
    return probability(evidence_for(thing, found, own_work), weights)


def probability(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What the logistic model makes of some evidence, between 0.01 and 0.99."""
    score = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return round(min(max(1 / (1 + math.exp(-score)), 0.01), 0.99), 3)


def evidence_for(thing: Thing, found: Findings, own_work: int) -> dict[str, float]:
    """What speaks for and against a thing, by name; absent is 0. Sentence ``own_work`` is the first of own work."""
    mentions = thing.mentions
    spans = {(m.start, m.end) for m in mentions}
    rules = {m.rule for m in mentions}
    tagged = {(m.start, m.end): m.score for m in mentions if m.rule is Rule.TAGGER}
    listed, name = thing.listed, thing.name
    vouched = [m.needs_context for m in mentions if m.rule is Rule.GAZETTEER]
    lower = name == name.lower()
    best = max(tagged.values(), default=0.0)
    evidence = {
        "bias": 1.0,
        f"type {thing.type}": 1.0,
        f"listed {thing.type}": float(listed),
        "needed context": float(listed and bool(vouched) and all(vouched)),
        "family": float(thing.family is not None and thing.concept is None),
        "listed in lower case": float(listed and lower),
        "unlisted in lower case": float(not listed and lower),
        "tagged": float(bool(tagged)),
        "tagged surely": max(0.0, math.log(best / (1 - min(best, _SUREST_TAG)))) if best else 0.0,
        "tagged share": sum(tagged.values()) / len(spans),
        "listed, not tagged": float(listed and not tagged),
        "abbreviation": max((m.score for m in mentions if m.rule is Rule.ABBREVIATION), default=0.0),
        "shape": float(Rule.SHAPE in rules),
        "shape repeated": float(sum(m.rule is Rule.SHAPE for m in mentions) > 1),
        "plugin": max((m.score for m in mentions if m.rule is Rule.PLUGIN), default=0.0),
        "unlisted with a capital inside": float(not listed and name[1:] != name[1:].lower()),
        "mentions": math.log(len(spans)),
        "words": float(min(len(name.split()), _MOST_WORDS)),
    }
    evidence |= _place_of(thing, found, own_work)
    if thing.type is EntityType.TASK:
        evidence |= {f"task {name}": evidence.get(name, 0.0) for name in _OF_TASKS}
        evidence |= {"task tagged": best, "task listed in title": evidence["in title"] * listed}
    evidence.update({str(rule): 1.0 for rule in Rule if rule in rules and rule in _NAMING_RULES})
    return {name: value for name, value in evidence.items() if value}


def _place_of(thing: Thing, found: Findings, own_work: int) -> dict[str, float]:
    """Where a thing is named: in the title, at its head ("ZorpNet: Plans That Hold"), in the paper's own part."""
    sentences = {found.sentence_at(mention.start) for mention in thing.mentions}
    in_title = any(found.in_title(mention.start) for mention in thing.mentions)
    own = max(sentences) >= own_work
    return {
        "in title": float(in_title),
        "in title and body": float(in_title and len(sentences) > 1),
        "opens title": float(any(m.start == 0 and found.text.startswith(":", m.end) for m in thing.mentions)),
        "in own work": float(own),
        "background only": float(not own and not in_title),
    }
