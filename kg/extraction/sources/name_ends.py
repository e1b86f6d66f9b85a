"""``kg_name_ends``: cuts off the names that others propose what a result says of them ("AIME 2025 81" is AIME 2025).

Stands behind the components that find names. What the vocabulary lists, or the paper spells out, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Findings, findings
from kg.extraction.lexicon import GENERIC, is_nothing
from kg.extraction.proposals import NameProposal, Span
from kg.extraction.trailing import is_only_number, without_value
from kg.model import Rule
from kg.text.folding import fold

__all__ = ["cut_name_ends"]

_OWNER = re.compile(r"([A-Z][\w.]{1,40}(?: [A-Z]\w{1,20})?)['\u2019]s\s+(?=\w)")
_WELL_BOUND = frozenset((Rule.GAZETTEER, Rule.ABBREVIATION))


@Language.component("kg_name_ends")
def cut_name_ends(doc: Doc) -> Doc:
    """Give each proposed name the span that it has without values and signs; drop what is nothing else."""
    found = findings(doc)
    found.names[:] = _cut(found)
    return doc


def _cut(found: Findings) -> Iterator[NameProposal]:
    known = {name.span for name in found.names if name.rule in _WELL_BOUND}
    for name in found.names:
        if name.rule in _WELL_BOUND or name.span in known:
            yield name
            continue
        start, end = without_value(found.text, *_without_owner(found.text, *name.span), name.type)
        if (start, end) == name.span:
            if not is_only_number(name.name):
                yield name
        elif _may_be_name(found.text[start:end]):
            yield replace(name, start=start, end=end, name=found.text[start:end])


def _without_owner(text: str, start: int, end: int) -> Span:
    """ "OpenAI's GPT-4" is GPT-4; "Cohen's kappa" keeps its name."""
    owner = _OWNER.match(text, start, end)
    return (owner.end(), end) if owner and is_nothing(owner.group(1)) else (start, end)


def _may_be_name(name: str) -> bool:
    return len(name) > 1 and fold(name) not in GENERIC and not is_only_number(name)
