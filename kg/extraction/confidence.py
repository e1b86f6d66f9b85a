"""How sure it is that a thing is named: one calibrated probability from all that speaks for it.

A logistic model over what the components say, fitted on annotated papers (``kg.training.calibrate``) so that of the
things it gives 0.8, four in five are right.
"""

from __future__ import annotations

import json
import math
from functools import cache

from kg.extraction.context import own_work_from
from kg.extraction.document import Findings
from kg.extraction.named import Named
from kg.extraction.tagger import WEIGHTS
from kg.model import EntityType, Rule

__all__ = ["confidence_of", "evidence_for"]

_NAMING_RULES = (
    Rule.TITLE, Rule.PROPOSED, Rule.CALLED, Rule.APPOSED, Rule.GLOSSED, Rule.OURS, Rule.DEVELOPED, Rule.REPOSITORY, Rule.LIST,
)  # fmt: skip


def confidence_of(named: Named, found: Findings) -> float:
    """The probability that the paper names this thing, between 0.01 and 0.99."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in evidence_for(named, found).items())
    return round(min(max(1 / (1 + math.exp(-score)), 0.01), 0.99), 3)


@cache
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads((WEIGHTS / "confidence.json").read_text(encoding="utf-8"))
    return loaded


def evidence_for(named: Named, found: Findings) -> dict[str, float]:
    """What speaks for and against a thing, by name; absent is 0."""
    spans = {(c.start, c.end) for c in named.candidates}
    rules = {c.rule for c in named.candidates}
    tagged = {(c.start, c.end): c.score for c in named.candidates if c.rule is Rule.TAGGER}
    listed = bool(named.concept or named.family)
    vouched = [c.score for c in named.candidates if c.rule is Rule.GAZETTEER]
    lower = named.name == named.name.lower()
    best = max(tagged.values(), default=0.0)
    evidence = {
        "bias": 1.0,
        f"type {named.type}": 1.0,
        f"listed {named.type}": float(listed),
        "needed context": float(listed and bool(vouched) and max(vouched) < 0.9),
        "family": float(named.family is not None and named.concept is None),
        "listed in lower case": float(listed and lower),
        "unlisted in lower case": float(not listed and lower),
        "tagged": float(bool(tagged)),
        "tagged surely": max(0.0, math.log(best / (1 - min(best, 0.995)))) if best else 0.0,
        "tagged share": sum(tagged.values()) / len(spans),
        "listed, not tagged": float(listed and not tagged),
        "abbreviation": max((c.score for c in named.candidates if c.rule is Rule.ABBREVIATION), default=0.0),
        "shape": float(Rule.SHAPE in rules),
        "shape repeated": float(sum(c.rule is Rule.SHAPE for c in named.candidates) > 1),
        "mentions": math.log(len(spans)),
        "words": float(min(len(named.name.split()), 5)),
    }
    in_title = any(found.in_title(start) for start, _ in spans)
    background = max(found.sentence_at(start) for start, _ in spans) < own_work_from(found) and not in_title
    evidence["in title"] = float(in_title)
    evidence["background only"] = float(background)
    if named.type is EntityType.TASK:
        evidence["task in title"] = float(in_title)
        evidence["task mentions"] = math.log(len(spans))
        evidence["task tagged"] = best
    evidence.update({str(rule): 1.0 for rule in _NAMING_RULES if rule in rules})
    return {name: value for name, value in evidence.items() if value}
