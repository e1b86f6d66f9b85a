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

__all__ = ["confidence_of", "evidence_for"]

_NAMING_RULES = frozenset(Rule) - {Rule.GAZETTEER, Rule.ABBREVIATION, Rule.SHAPE, Rule.TAGGER, Rule.REPEAT, Rule.PLUGIN}
_SUREST_TAG = 0.995  # beyond, the tagger's scores are not told apart
_MOST_WORDS = 5  # of a name; more say no more


def confidence_of(thing: Thing, found: Findings, own_work: int, weights: Mapping[str, float]) -> float:
    """The probability that the paper names this thing, between 0.01 and 0.99; ``own_work`` as for ``evidence_for``."""
    score = sum(weights.get(name, 0.0) * value for name, value in evidence_for(thing, found, own_work).items())
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
        "mentions": math.log(len(spans)),
        "words": float(min(len(name.split()), _MOST_WORDS)),
    }
    in_title = any(found.in_title(start) for start, _ in spans)
    background = max(found.sentence_at(start) for start, _ in spans) < own_work and not in_title
    evidence["in title"] = float(in_title)
    evidence["background only"] = float(background)
    if thing.type is EntityType.TASK:
        evidence["task in title"] = float(in_title)
        evidence["task mentions"] = math.log(len(spans))
        evidence["task tagged"] = best
    evidence.update({str(rule): 1.0 for rule in Rule if rule in rules and rule in _NAMING_RULES})
    return {name: value for name, value in evidence.items() if value}
