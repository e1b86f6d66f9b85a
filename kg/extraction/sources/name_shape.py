"""``kg_name_shape``: tokens that look like names (CamelCase, capitals and digits, ``-bench``, ``Eval``, ``QA``).

Shape alone finds; the noun behind a name, or its ending, says what it is.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import covered_by, findings
from kg.extraction.lexicon import GENERIC, type_from_noun
from kg.extraction.names import is_name_shaped, stem, suffix_type
from kg.extraction.proposals import NameProposal
from kg.model import Rule
from kg.text.folding import fold

__all__ = ["NameShapeComponent"]

_WORDLIKE = re.compile(
    r"[A-Za-z0-9\u0370-\u03ff\u00b2\u00b3\u00b9\u2070-\u207f][\w+*@.\u00b2\u00b3\u00b9\u2070-\u207f]*(?:-[\w+*@.]+)*"
)
_LONGEST = 100  # characters: what is longer is data, no name
_PLURAL = re.compile(r"(?<=[A-Z])s\Z")
_PART_OF_ADDRESS = re.compile(r"://\S{0,60}\Z|[\w.]/\Z|\\\Z|@\Z")
_CODE_LIKE = re.compile(r"[\w.]*\d+(?:\.\d+)?(?:x|k|K|M|B|%|th|st|nd|rd|D|d|ms|s|hz)?\Z")
_CAPITALS_AND_DIGIT = re.compile(r"[A-Z][A-Za-z]*\d")
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+\Z")


@Language.factory("kg_name_shape")
def make_name_shape(
    nlp: Language, name: str, typed: float, untyped: float, title_discount: float
) -> NameShapeComponent:
    """The component, with the scores of tokens whose type shows and does not show, and what a title takes off both."""
    return NameShapeComponent(typed, untyped, title_discount)


class NameShapeComponent:
    """Proposes each token that is shaped like a name and not yet part of one."""

    def __init__(self, typed: float, untyped: float, title_discount: float) -> None:
        self.typed, self.untyped, self.title_discount = typed, untyped, title_discount

    def __call__(self, doc: Doc) -> Doc:
        """Look at all tokens of a doc."""
        found = findings(doc)
        text = found.text
        covered = covered_by((name.span for name in found.names if not name.needs_context), len(text))
        for match in _WORDLIKE.finditer(text):
            token, start = match.group().rstrip(".-/@"), match.start()
            if not is_name_shaped(token) or len(token) > _LONGEST or covered[start] or covered[start + len(token) - 1]:
                continue
            name = _PLURAL.sub("", stem(token))
            if not _is_plausible(name, text, start) or fold(name) in found.excluded:
                continue
            end = start + len(name)
            kind = type_from_noun(text, end) or suffix_type(name)
            score = (self.typed if kind else self.untyped) - self.title_discount * found.in_title(start)
            found.names.append(NameProposal(start, end, name, Rule.SHAPE, score, kind))
        return doc


def _is_plausible(name: str, text: str, start: int) -> bool:
    folded = fold(name)
    if folded in GENERIC or len(folded) < 2 or _PART_OF_ADDRESS.search(text, max(0, start - 60), start):
        return False
    parts = name.split("-")
    # "LLM-based", "RL-trained", "GPU-efficient": a class with a suffix, no name.
    if len(parts) > 1 and all(map(_says_nothing, parts)):
        return False
    return not _CODE_LIKE.fullmatch(name) or bool(_CAPITALS_AND_DIGIT.match(name))


def _says_nothing(part: str) -> bool:
    folded = fold(part)
    return folded in GENERIC or folded.isdigit() or not folded or bool(_PLAIN_WORD.match(part))
