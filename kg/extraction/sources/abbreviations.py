"""``kg_abbreviations``: names that a paper gives in full and in short."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.definitions import definitions
from kg.extraction.document import Findings, findings
from kg.extraction.lexicon import GENERIC, head_type
from kg.extraction.phrases import pattern, words
from kg.extraction.proposals import NameProposal, Span
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["AbbreviationsComponent"]

_PROPOSED = pattern("proposed_before")
_NEAR = 80  # characters: "In this work, we carefully propose the novel and simple ..."
_PLAIN_HEADS = frozenset(words("plain_heads"))
_PREPOSITION = re.compile(r"\s(?:from|with|via|for|by|through|over|of|in|on|under|as|to|without)\s")
_PLURAL = re.compile(r"(?<=[A-Z])s\Z")


@Language.factory("kg_abbreviations")
def make_abbreviations(nlp: Language, name: str, known: float, titled: float, plain: float) -> AbbreviationsComponent:
    """The component, with the scores of definitions whose long form is known, written as a name, or neither."""
    return AbbreviationsComponent(known, titled, plain)


class AbbreviationsComponent:
    """Records each definition; proposes both its ends where the head of the long form says that a thing is named.

    What defines a class or an ordinary noun ("microcontroller units (MCUs)") excludes its short form instead, so that
    no later component takes the capitals for a name.
    """

    def __init__(self, known: float, titled: float, plain: float) -> None:
        self.known, self.titled, self.plain = known, titled, plain

    def __call__(self, doc: Doc) -> Doc:
        """Read the definitions of a doc."""
        found = findings(doc)
        known = {name.span: name for name in found.names if not name.needs_context}
        for long_span, short_span in definitions(found.text):
            self._define(found, long_span, short_span, known.get(long_span))
        return doc

    def _define(self, found: Findings, long_span: Span, short_span: Span, known: NameProposal | None) -> None:
        long, name = found.text[slice(*long_span)], _PLURAL.sub("", found.text[slice(*short_span)])
        found.abbreviations[name] = long
        rule = Rule.ABBREVIATION
        if known is not None:
            # The short form alone decides nothing: "Conservative Policy Optimization (CPO)" is not the listed CPO, and
            # where "approximate policy iteration (API)" stands, API is no interface.
            sure = replace(known, rule=rule, score=self.known, expansion=long)
            found.names += (replace(sure, start=start, end=end) for start, end in (long_span, short_span))
            return
        if fold(name) in GENERIC or fold(long) in GENERIC:
            found.excluded.update((fold(name), fold(long)))
            return
        before = found.text[max(0, long_span[0] - _NEAR) : long_span[0]]
        kind = _type_of_long_form(long, proposed=bool(_PROPOSED.search(before)))
        if kind is None:
            found.excluded.add(fold(name))
            return
        score = self.titled if _is_titled(long) else self.plain
        for span in (long_span, short_span):
            found.names.append(NameProposal(*span, name, rule, score, kind, expansion=long))


def _is_titled(long: str) -> bool:
    """Whether a long form is written as a name: most of its longer words have a capital."""
    words = [w for w in re.findall(r"[A-Za-z]+", long) if len(w) > 3]
    return bool(words) and sum(any(c.isupper() for c in w) for w in words) >= 0.7 * len(words)


def _type_of_long_form(long: str, *, proposed: bool) -> EntityType | None:
    """The type that the head noun of a long form speaks for; None for classes, problems and plain nouns.

    What is ``proposed`` is a method if nothing says otherwise. The head stands before the first preposition:
    "Reinforcement Learning from Static Metrics" is a kind of learning.
    """
    words = re.findall(r"[A-Za-z]+", _PREPOSITION.split(long)[0])
    if not words:
        return None
    head = words[-1].lower()
    kind, titled = head_type(head), _is_titled(long)
    if kind is EntityType.TASK or (not titled and (kind is EntityType.METRIC or head.rstrip("s") in _PLAIN_HEADS)):
        return None
    if kind is None and (titled or proposed or head.endswith(("ing", "tion", "former", "gram", "ment"))):
        return EntityType.METHOD
    return kind
