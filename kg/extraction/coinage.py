"""``kg_coined_names``: names that a paper gives to its own work.

Title prefixes ("ArCHer: ..."), "we propose X", "called / dubbed / named X", "X, a benchmark for ...", "our X", and
names of released repositories. The noun that stands with a name says what kind of thing it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, Findings, findings
from kg.extraction.lexicon import GENERIC, head_type
from kg.extraction.nameshape import NAME, SUFFIXED, is_name_shaped, is_ordinary_title_word, trim_name
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["find_coined_names"]

_VERB = (
    r"(?:propos(?:e|es|ing|ed)|introduc(?:e|es|ing|ed)|present(?:s|ing|ed)?|develop(?:s|ing|ed)?|releas(?:e|es|ing|ed)|"
    r"design(?:s|ed)?|devis(?:e|es|ed)|creat(?:e|es|ed)|construct(?:s|ed)?|build|built|curat(?:e|es|ed)|contribut(?:e|es|ed)|"
    r"formulat(?:e|es)|describ(?:e|es)|offer(?:s)?|unveil(?:s)?|establish(?:es)?|collect(?:s|ed)?|"
    r"open-sourc(?:e|es|ed)|provid(?:e|es)|put forward|call(?:s)?|leads? to|leading to the development "
    r"of|result(?:s|ing)? in|lay the foundations for|to this end)"
)
_SUBJECT = (
    r"(?:\b[Ww]e(?: also| further| then| first| therefore| thus| hereby| additionally)?|"
    r"\b[Tt]his (?:paper|work|article|study|report)|\b[Tt]he paper|\b[Oo]ur (?:paper|work)|"
    r"\b[Ii]n this (?:paper|work),?|\b[Hh]ere,?)"
)
_ADJECTIVES = r"(?:(?:[a-z][\w/-]*|[A-Z][\w]*-[a-z][\w-]*|LLM|RL|AI)(?:,| and)? ){0,9}?"
_HEAD = r"(?P<head>[A-Za-z]+)"

_PATTERNS: tuple[tuple[Rule, re.Pattern[str], float], ...] = (
    # "we propose X", "this paper introduces the X", "we release X-7B and"
    (Rule.PROPOSED, re.compile(rf"{_SUBJECT}[^.;:]{{0,40}}?\b{_VERB} (?:the |a |an |our |novel |new |both "
        rf")*(?P<name>{NAME})(?: (?P<head>[a-z]+))?"), 0.88),
    # "we propose a novel framework, X," / "a benchmark called X" / "the method, termed X,"
    (Rule.CALLED, re.compile(rf"(?<![A-Za-z]){_HEAD}(?:,| \(|:| -| --| \u2014)? ?(?:which |that )?(?:we |is |are |was )?"
        rf"(?:here )?(?:call|called|named|dubbed|termed|coined|denoted(?: as| by)?|namely|referred to as|refer to as|"
        rf"abbreviated as|titled|nicknamed|known as|name|term|dub)(?: it| this)?,? (?:the |a |an "
        rf")?[\"'\u201c]?(?P<name>{NAME})"), 0.88),
    (Rule.APPOSED, re.compile(rf"{_VERB} (?:a|an|the|our|two|three|several|the first)? ?{_ADJECTIVES}{_HEAD}(?:,|:| --| "
        rf"-|\u2014| \u2013) ?(?:the )?(?P<name>{NAME})(?=[,.:;(\s\u2014-])"), 0.85),
    # "X, a benchmark for" / "X is a new dataset"
    (Rule.GLOSSED, re.compile(rf"(?P<name>{NAME})(?: \([^)]{{2,80}}\))?(?:,| is| --|:|\u2014| \u2013| -) ?(?:a|an|our|"
        rf"the first|which is a|which is an|the) {_ADJECTIVES}{_HEAD}(?= (?:for|that|to|which|of|with|designed|"
        rf"consisting|comprising|containing|based|where|in|capable|built|trained|on|using|by|featuring|spanning|"
        rf"covering|specifically|tailored|aimed|leveraging)\b|[,.:;])"), 0.8),
    # "our X", "our method X", "our proposed method, X,"
    (Rule.OURS, re.compile(rf"\b[Oo]ur (?:proposed |new |novel |final |best |approach,? |method,? |model,? |framework,? |"
        rf"algorithm,? |benchmark,? |dataset,? |system,? |hierarchical framework,? |techniques?,? |solution,? |"
        rf"resulting )*(?P<name>{NAME})"), 0.82),
    (Rule.DEVELOPED, re.compile(rf"(?:development|introduction|release|design) of (?:our |the |a |an "
        rf")?(?P<name>{NAME})"), 0.8),
)  # fmt: skip
_TITLE_PREFIX = re.compile(r"(?P<name>[^:\u2014?!]{2,60}?)\s?(?::| \u2014| \u2013| -{1,3}) +(?=\S)")
_REPOSITORY = re.compile(r"(?:github\.com|huggingface\.co(?P<data>/datasets)?)/[\w.-]+/(?P<name>[A-Za-z][\w.-]*\w)")


@Language.component("kg_coined_names")
def find_coined_names(doc: Doc) -> Doc:
    """Add a candidate for each name that the paper presents as its own."""
    found = findings(doc)
    for candidate in (*_from_title(found), *_from_patterns(found)):
        found.excluded.discard(fold(candidate.name))
        found.candidates.append(candidate)
    if not any(c.introduced for c in found.candidates):
        found.candidates.extend(_from_repositories(found.text))
    return doc


def _from_title(found: Findings) -> Iterator[Candidate]:
    text, title_end = found.text, found.paper.abstract_start
    match = _TITLE_PREFIX.match(text, 0, title_end)
    if match is None:
        return
    name = match.group("name").strip("\"'\u201c\u201d ")
    bare = re.sub(r"\s*\([^)]*\)\Z", "", name)
    if not _is_coined_title(bare, text[title_end:]):
        return
    start = text.find(bare)
    rest = text[match.end() : title_end]
    yield Candidate(start, start + len(bare), bare, Rule.TITLE, 0.9, _type_in_gloss(rest), introduced=True)


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


_EVALUATING = re.compile(r"(?:Evaluating|Assessing|Benchmarking)\b(?! and )")
_EVALUATION = re.compile(r"\b(?:[Bb]enchmark(?:ing)?|[Ll]eaderboard|[Ee]valuation (?:for|of|in))\b")


def _type_in_gloss(gloss: str) -> EntityType | None:
    """What the rest of a title calls its name: "A Benchmark for ...", "Evaluating ...", "... Dataset of ..."."""
    if _EVALUATING.match(gloss):
        return EntityType.BENCHMARK
    head = re.match(
        r"(?:(?:An?|The|Towards|Toward)\s+)?((?:[\w/-]+\s+){0,5}?)(\w+)(?=\s+(?:for|of|to|on|with|in|from|via|that|by|using|towards?)\b|\s*\Z)",
        gloss,
    )
    if head:
        kind = head_type(head.group(2))
        if kind in (EntityType.BENCHMARK, EntityType.DATASET, EntityType.METHOD):
            return kind
    if _EVALUATION.search(gloss):
        return EntityType.BENCHMARK
    return EntityType.DATASET if re.search(r"\b(?:[Dd]ataset|[Cc]orpus)\b", gloss) else None


def _from_patterns(found: Findings) -> Iterator[Candidate]:
    text = found.text
    for first, last in found.abstract_sentences():
        for rule, pattern, confidence in _PATTERNS:
            for match in pattern.finditer(text, first, last):
                name = trim_name(match.group("name"))
                head = match.groupdict().get("head")
                kind = head_type(head) if head else None
                # Openers trimmed from the left ("Unlike PPO") move the start.
                start = match.start("name") + match.group("name").index(name)
                if _is_acceptable(name, rule, kind) and not _is_sentence_opener(text, name, start, first):
                    own = _is_own(rule, text[first:start])
                    yield Candidate(start, start + len(name), name, rule, confidence, kind, introduced=own)


def _is_acceptable(name: str, rule: Rule, kind: EntityType | None) -> bool:
    if fold(name) in GENERIC or len(fold(name)) < 2 or SUFFIXED.search(name):
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


_OURS = re.compile(r"\b(?:we|our|us|this (?:paper|work|article|study|report)|the paper|here)\b", re.IGNORECASE)
_OPEN_CLAUSE = re.compile(r"(?:\A|[,:;(\u2014] ?|\b(?:the|and|call|called|named|dubbed|termed) |[\"\u201c])\Z")
_BORROWED = re.compile(
    r"\b(?:such as|like|unlike|including|on|than|to|using|with|without|by|of|and|from|as|over|against|beyond|namely|"
    r"via)\s\Z",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previously|earlier) (?:propos|introduc|present|develop|releas)\w*\b[^.;,]*\Z")


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


def _from_repositories(text: str) -> Iterator[Candidate]:
    for match in _REPOSITORY.finditer(text):
        name = match.group("name").removesuffix(".git")
        if is_name_shaped(name) and sum(c.isupper() for c in name) >= 2 and fold(name) not in GENERIC:
            kind = EntityType.DATASET if match.group("data") else None
            yield Candidate(
                match.start("name"), match.start("name") + len(name), name, Rule.REPOSITORY, 0.6, kind, introduced=True
            )
