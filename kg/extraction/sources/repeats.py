"""``kg_repeats``: the further places that write a proposed name exactly so.

Stands behind the components that find names. Whether a repeat counts depends on what becomes of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import findings
from kg.extraction.proposals import NameProposal, Span
from kg.model import Rule

__all__ = ["find_repeats"]

_WORD_BEFORE = re.compile(r"[\w-]\Z")
_WORD_ENDS = re.compile(r"s?(?!\w)(?!-[A-Z\d])")


@Language.component("kg_repeats")
def find_repeats(doc: Doc) -> Doc:
    """Propose each place of each form in which a name is written, or given where the paper spells it out."""
    found = findings(doc)
    forms = {found.text[name.start : name.end] for name in found.names if not name.fragment}
    forms |= {name.name for name in found.names}
    for form in sorted(forms - {""}):
        for start, end in _occurrences(form, found.text):
            found.names.append(NameProposal(start, end, form, Rule.REPEAT, 0.0))
    return doc


def _occurrences(form: str, text: str) -> Iterator[Span]:
    """Where a form stands as a word of its own; a plural may follow, no further part of a compound name."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not _WORD_BEFORE.search(text, max(0, at - 1), at) and _WORD_ENDS.match(text, end):
            yield at, end
        at = text.find(form, end)
