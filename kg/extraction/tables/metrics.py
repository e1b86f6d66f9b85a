"""Measures by the names that tables give them, with the direction in which they are better (``metrics.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from kg.extraction.gazetteer import shipped_gazetteer
from kg.extraction.tables.rows import Better
from kg.extraction.tables.words import is_one_of, key
from kg.model import EntityType
from kg.text.folding import fold

__all__ = ["Metric", "metric_in_prose", "metric_named"]

_MOST_WORDS = 5
_MOST_LETTERS = 60
_SURELY = 5  # letters from which a listed name may be written small in running text
_SMALL_IN_PROSE = frozenset(("acc", "wer", "bleu", "f1"))
_OPENING = frozenset("""
    the a an of in on for and or our their its we is are as by with to both all each best better average mean
    overall report reports reported show shows showing shown compare comparing test dev higher lower this that
    which from using use in measured evaluated terms higher-is-better final also main using over across per
    between at not no than models model methods method results result performance evaluation comparison
    different various zero-shot few-shot
""".split())  # fmt: skip


_VAGUE = frozenset(
    """score total coverage length return reward loss error forgetting novelty validity uniqueness diversity
consistency faithfulness toxicity regret specificity sensitivity OA IS SIM PER TER SPL EMD CD HD GC win""".split()
)
"""Measures that are also words: running text that names them alone says nothing of a table."""
_OTHER_IN_PROSE = frozenset(("rl", "lc", "r1", "r2", "is", "ate", "ba", "ua", "wa", "f"))
"""Short forms that heads use for measures and running text for other things."""
_RATES = frozenset(
    "success win error pass hit solve resolution completion collision detection hallucination recall match".split()
)
_NOUNS_OF_PROSE = frozenset("accuracy precision recall f1 rate error correlation iou auc distance perplexity".split())


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure: its name, and which direction is better, as far as its name tells."""

    name: str
    better: Better | None = None


@cache
def _data() -> dict[str, dict[str, object]]:
    text = (resources.files("kg.extraction.tables") / "metrics.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _listed() -> dict[str, Metric]:
    """The measures by the keys of their spellings."""
    found: dict[str, Metric] = {}
    for section in ("open", "lower", "higher"):
        better: Better | None = section if section in ("higher", "lower") else None  # type: ignore[assignment]
        for name, spellings in _data()[section].items():
            for spelling in (name, *spellings):  # type: ignore[misc]
                found.setdefault(key(spelling), Metric(name, better))
    return found


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], Better], ...]:
    patterns = _data()["patterns"]
    return tuple((re.compile(str(patterns[better]), re.IGNORECASE), better) for better in ("higher", "lower"))


@cache
def _nouns() -> dict[str, Better | None]:
    words = _data()["words"]
    found: dict[str, Better | None] = {str(word): None for word in words["open"]}  # type: ignore[attr-defined]
    found |= {str(word): "lower" for word in words["lower"]}  # type: ignore[attr-defined]
    found |= {str(word): "higher" for word in words["higher"]}  # type: ignore[attr-defined]
    return found


@lru_cache(maxsize=50_000)
def metric_named(text: str) -> Metric | None:
    """The measure that a head names; None if it names none.

    >>> metric_named("Acc."), metric_named("attribution precision").better, metric_named("GSM8K")
    (Metric(name='accuracy', better='higher'), 'higher', None)
    >>> metric_named("pass@8")
    Metric(name='pass@8', better='higher')
    """
    text = text.strip()
    if not text or len(text) > _MOST_LETTERS or is_one_of(text, "cost"):
        return None
    return _exactly(text) or _by_noun(text)


def _exactly(text: str) -> Metric | None:
    listed = _listed().get(key(text))
    if listed is not None and not (listed.name.isupper() and _is_a_word(text)):
        return listed
    for shape, better in _shapes():
        if shape.fullmatch(text):
            return Metric(text, better)
    concepts = list(shipped_gazetteer().by_fold.get(fold(text), ()))
    if concepts and all(concept.type is EntityType.METRIC for concept in concepts):
        return Metric(text, concepts[0].direction)
    return None


def _is_a_word(text: str) -> bool:
    """Whether a text is written as a word and not as a short form ("Kid." is no KID)."""
    letters = text.rstrip(".")
    return letters.isalpha() and letters == letters.capitalize() and len(letters) > 2


def _by_noun(text: str) -> Metric | None:
    """A measure that ends in a noun of measures."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        # "PRMScore", "BERTScore-F1"
        joined = re.fullmatch(r"[A-Za-z][\w-]{1,20}?-?(Score|Acc|Rate|Error|F1|IoU|Sim)", text)
        return Metric(text, _nouns().get(joined[1].lower())) if joined and len(words) == 1 else None
    last = words[-1].lower()
    if last in _nouns() and not any(word.isdigit() for word in words):
        before = _by_noun(" ".join(words[:-1])) or _listed().get(key(" ".join(words[:-1])))
        if last in ("rate", "ratio", "score") and before:
            return Metric(text, before.better)
        return Metric(text, _nouns()[last])
    return None


def metric_in_prose(words: list[str]) -> Metric | None:
    """The measure that some words of running text name, all of them together; stricter than a head.

    >>> metric_in_prose(["success", "rate"]), metric_in_prose(["the", "accuracy"]), metric_in_prose(["is"])
    (Metric(name='success rate', better='higher'), None, None)
    """
    text = " ".join(words)
    if words[0].lower() in _OPENING and not any(c.isupper() for c in words[0]):
        return None
    found = None if is_one_of(text, "cost") else _exactly(text)
    if found is not None:
        letters = key(text)
        if letters in _OTHER_IN_PROSE:
            return None
        small = text == text.lower() and len(letters) < _SURELY and letters not in _SMALL_IN_PROSE and "@" not in text
        single = len(letters) == 1
        capital = text[:1].isupper() and text[1:] == text[1:].lower() and len(letters) < _SURELY and text.isalpha()
        plain_word = found.name in _VAGUE
        return (
            None
            if small or single or (capital and letters not in ("acc", "dice")) or (plain_word and len(words) == 1)
            else found
        )
    if len(words) < 2 or any(word.lower() in _OPENING for word in words):
        return None
    if (
        any(not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", word) for word in words)
        or words[-1].lower().rstrip("s") not in _NOUNS_OF_PROSE
    ):
        return None
    if words[-1].lower().rstrip("s") == "rate" and words[-2].lower() not in _RATES:
        return None
    return _by_noun(text)
