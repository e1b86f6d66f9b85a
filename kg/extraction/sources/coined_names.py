"""``kg_coined_names``: names that a paper gives to its own work.

Title prefixes ("ArCHer: ..."), "we propose X", "called / dubbed / named X", "X, a benchmark for ...", "our X", and
names of released repositories. The noun that stands with a name says what kind of thing it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Findings, findings
from kg.extraction.lexicon import GENERIC, head_type
from kg.extraction.names import is_name_shaped, is_ordinary_title_word, stem, trim_name
from kg.extraction.phrases import Phrase, pattern, phrase
from kg.extraction.proposals import NameProposal
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["CoinedNamesComponent"]

_PATTERNS: tuple[tuple[Rule, Phrase], ...] = (
    (Rule.PROPOSED, phrase("proposed")),
    (Rule.CALLED, phrase("said_to_be_called")),
    (Rule.APPOSED, phrase("apposed")),
    (Rule.GLOSSED, phrase("glossed")),
    (Rule.OURS, phrase("ours_named")),
    (Rule.DEVELOPED, phrase("developed")),
)
_TITLE_PREFIX = pattern("title_prefix")
_REPOSITORY = pattern("repository")
_EVALUATING = pattern("evaluating")
_EVALUATION = pattern("evaluation_in_title")
_DATA = pattern("data_in_title")
_HEAD_OF_GLOSS = pattern("head_of_gloss")
_OURS = pattern("ours")
_OPEN_CLAUSE = pattern("open_clause")
_BORROWED = pattern("borrowed")
_EARLIER = pattern("earlier")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\Z")


@Language.factory("kg_coined_names")
def make_coined_names(nlp: Language, name: str, scores: Mapping[str, float]) -> CoinedNamesComponent:
    """The component, with a score for each of its rules."""
    return CoinedNamesComponent({Rule(rule): score for rule, score in scores.items()})


class CoinedNamesComponent:
    """Proposes each name that the paper presents as its own."""

    def __init__(self, scores: Mapping[Rule, float]) -> None:
        self.scores = scores

    def __call__(self, doc: Doc) -> Doc:
        """Find the coined names of a doc; names of repositories only where it presents nothing else."""
        found = findings(doc)
        for proposal in (*self._from_title(found), *self._from_patterns(found)):
            found.excluded.discard(fold(proposal.name))
            found.names.append(proposal)
        if not any(name.introduced for name in found.names):
            found.names.extend(self._from_repositories(found.text))
        return doc

    def _from_title(self, found: Findings) -> Iterator[NameProposal]:
        text, body = found.text, found.paper.body
        match = _TITLE_PREFIX.match(text, 0, body)
        if match is None:
            return
        name = _IN_BRACKETS.sub("", match.group("name").strip("\"'\u201c\u201d "))
        if _is_coined_title(name, text[body:]):
            start = text.find(name)
            kind = _type_in_gloss(text[match.end() : body])
            score = self.scores[Rule.TITLE]
            yield NameProposal(start, start + len(name), name, Rule.TITLE, score, kind, introduced=True)

    def _from_patterns(self, found: Findings) -> Iterator[NameProposal]:
        text = found.text
        for first, last in found.body_sentences():
            words = text[first:last].lower()
            for rule, naming in _PATTERNS:
                if naming.first_cue(words) < 0:
                    continue
                for match in naming.pattern.finditer(text, first, last):
                    name = trim_name(match.group("name"))
                    head = match.groupdict().get("head")
                    kind = head_type(head) if head else None
                    # Openers trimmed from the left ("Unlike PPO") move the start.
                    start = match.start("name") + match.group("name").index(name)
                    if _is_acceptable(name, rule, kind) and not _is_sentence_opener(text, name, start, first):
                        own = _is_own(rule, text[first:start])
                        end = start + len(name)
                        yield NameProposal(start, end, name, rule, self.scores[rule], kind, introduced=own)

    def _from_repositories(self, text: str) -> Iterator[NameProposal]:
        for match in _REPOSITORY.finditer(text):
            name, start = match.group("name").removesuffix(".git"), match.start("name")
            if is_name_shaped(name) and sum(c.isupper() for c in name) >= 2 and fold(name) not in GENERIC:
                kind = EntityType.DATASET if match.group("data") else None
                score = self.scores[Rule.REPOSITORY]
                yield NameProposal(start, start + len(name), name, Rule.REPOSITORY, score, kind, introduced=True)


def _is_coined_title(name: str, abstract: str) -> bool:
    """Whether what stands before a title's colon is a name: shaped like one, or used as one in the abstract."""
    if fold(name) in GENERIC or not name:
        return False
    words = name.split()
    if len(words) == 1 and is_name_shaped(name):
        return True
    if len(words) > 6:
        return False
    # As written, within a sentence of the abstract: ordinary words would be in lower case there.
    inside = re.search(rf"(?<![.!?\w] )(?<!\A)(?<!\w){re.escape(name)}(?!\w)", abstract)
    if inside and any(w[0].isupper() for w in words):
        return True
    return (
        len(words) <= 3 and any(is_name_shaped(w) for w in words) and not any(is_ordinary_title_word(w) for w in words)
    )


def _type_in_gloss(gloss: str) -> EntityType | None:
    """What the rest of a title calls its name: "A Benchmark for ...", "Evaluating ...", "... Dataset of ..."."""
    if _EVALUATING.match(gloss):
        return EntityType.BENCHMARK
    head = _HEAD_OF_GLOSS.match(gloss)
    if head:
        kind = head_type(head.group(1))
        if kind in (EntityType.BENCHMARK, EntityType.DATASET, EntityType.METHOD):
            return kind
    if _EVALUATION.search(gloss):
        return EntityType.BENCHMARK
    return EntityType.DATASET if _DATA.search(gloss) else None


def _is_acceptable(name: str, rule: Rule, kind: EntityType | None) -> bool:
    if fold(name) in GENERIC or len(fold(name)) < 2 or stem(name) != name:
        return False
    if is_name_shaped(name) or " " in name:
        return True
    return rule in (Rule.CALLED, Rule.APPOSED) or (rule in (Rule.GLOSSED, Rule.PROPOSED) and kind is not None)


def _is_sentence_opener(text: str, name: str, start: int, sentence_start: int) -> bool:
    """Whether a plain word has its capital only because something begins: it never has one elsewhere."""
    if (
        is_name_shaped(name)
        or " " in name
        or (start > sentence_start and text[start - 2 : start] not in (": ", "? ", "! "))
    ):
        return False
    return not re.search(rf"(?<=[a-z,] ){re.escape(name)}(?!\w)", text)


def _is_own(rule: Rule, before: str) -> bool:
    """Whether a name that a pattern found is the paper's own.

    An apposition stands with a subject of ours ("we present a planner, ZorpNet", not "the best model, GPT-4"); a gloss
    opens the sentence or clause ("ZorpNet, a planner that"; "on hard tasks GPT-4 is the best" only describes). What was
    "previously proposed" is not of this paper.
    """
    if _EARLIER.search(before):
        return False
    if rule is Rule.APPOSED:
        return bool(_OURS.search(before))
    return rule not in (Rule.GLOSSED, Rule.CALLED) or (
        not _BORROWED.search(before) and bool(_OPEN_CLAUSE.search(before))
    )
