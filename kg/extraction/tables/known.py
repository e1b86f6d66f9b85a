"""What the names of tables are known to be: by the vocabulary, by the paper's own text, and by their shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.names import is_name_shaped, suffix_type
from kg.extraction.tables.called import Called
from kg.model import ACHIEVERS, DATA, EntityType, Extraction, LocalEntity, Relation
from kg.model.papers import BODY
from kg.text.folding import fold, plain
from kg.text.sizes import MODEL_SIZE

__all__ = ["Known", "is_size", "own_names"]

_BENCH = (EntityType.BENCHMARK, EntityType.DATASET)
_SIZE = re.compile(rf"~?\s?(?:{MODEL_SIZE}|(?:tiny|small|base|large|xl|xxl|huge|giant|mini|medium)\b)", re.IGNORECASE)
_TAIL = re.compile(
    rf"[\s_-]*(?:\(?{MODEL_SIZE}\)?|Instruct|Chat|Think|Thinking|Reasoning|Final|Coder|Math|VL|Base|base|Large|large|Small|small|Tiny|tiny|XL|XXL|Huge|It|it|SFT|RLHF|DPO|Inst\.?|"
    r"Preview|preview|latest|Pro|Plus|Max|Mini|mini|Turbo|Flash|Thinking|Zero|v\d(?:\.\d)?|"
    r"\d{4}-?\d{2}-?\d{2}|\d{4}|-?[STBLH]|FT|ft)\Z"
)
_TITLE = re.compile(r"\A(?P<name>[^:]{2,60}?)\s?(?::|\s[\u2013\u2014-]{1,3}\s)")
_BEGINNING = 6  # letters from which a beginning stands for a name
_SURE = 0.5  # confidence from which what title and abstract introduce counts as the paper's own
_LETTERS = re.compile(r"[\W_]")
_OURS_SAID = re.compile(
    r"\b[Oo]ur (?:[a-z-]{1,20} ){0,2}(?:models?|methods?|systems?|approach|agent|"
    r"framework)(?: \([^()]{1,40}\))? (?:is|are|is called|, called) "
    r"(?P<after>[A-Z\u2200-\u22ff][\w.+-]{1,40})|"
    r"\b(?P<before>[A-Z][\w.+-]{1,40}) is our (?:model|method|system|approach|agent|framework)\b"
)


class Known:
    """Names with what they are: of the vocabulary, and of one paper."""

    def __init__(
        self, gazetteer: Gazetteer, extraction: Extraction, own: Iterable[str] = (), called: Called | None = None
    ) -> None:
        self._called = called or Called()
        self._by_fold = gazetteer.by_fold
        self.own = tuple(own)
        self._own = frozenset(map(fold, self.own))
        self.gazetteer = gazetteer
        self._local: dict[str, set[EntityType]] = {}
        for entity in filter(_is_up_front, extraction.entities):
            for name in (entity.name, entity.expansion or ""):
                if folded := fold(name):
                    self._local.setdefault(folded, set()).add(entity.type)
        self.types = lru_cache(maxsize=20_000)(self._types)

    def _types(self, name: str) -> frozenset[EntityType]:
        """The types of the things that a name is known to be."""
        folded = fold(name)
        if not folded:
            return frozenset()
        if folded in self._own:
            return frozenset((EntityType.METHOD,))
        listed = {c.type for c in self._by_fold.get(folded, ()) if _spells(name, c.labels())}
        return frozenset(listed | self._local.get(folded, set()))

    def is_data(self, name: str) -> bool:
        """Whether a name is that of a benchmark or data set.

        A shape says it too: "SVAMP-Hard" is one because SVAMP is.
        """
        if any(kind in _BENCH for kind in self.types(name)):
            return True
        return self._is_version_of_data(name)

    def _is_version_of_data(self, name: str) -> bool:
        bare = re.sub(
            r"(?:[\s_-]?(?:v?\d[\w.]{0,6}|Hard|Plus|Pro|Lite|Mini|Verified|Diamond|Main|\+|[DCE]|en|EN|v\d))\Z",
            "",
            name,
        )
        return (
            bare != name
            and len(bare) >= 3
            and any(kind in _BENCH for kind in self.types(bare))
            and not self._listed_model(name)
        )

    def _listed_model(self, name: str) -> bool:
        return any(kind in ACHIEVERS for kind in self.types(name))

    def is_achiever(self, name: str) -> bool:
        """Whether a name is that of a model or method, sizes and variants of one included."""
        for _ in range(5):
            if any(kind in ACHIEVERS for kind in self.types(name)):
                return True
            shorter = _TAIL.sub("", name).strip()
            if shorter == name or len(shorter) < 2:
                return False
            name = shorter
        return False

    def is_model(self, name: str) -> bool:
        """Whether a name is that of a model, sizes and variants of one included."""
        for _ in range(5):
            if EntityType.MODEL in self.types(name):
                return True
            shorter = _TAIL.sub("", name).strip()
            if shorter == name or len(shorter) < 2:
                return False
            name = shorter
        return False

    def begins_data(self, name: str) -> bool:
        """Whether a name is the beginning of one of data that is known ("YearPred." of YearPredictionMSD)."""
        folded = fold(name.rstrip("."))
        names = _data_names(self.gazetteer)
        at = bisect_left(names, folded)
        return len(folded) >= _BEGINNING and at < len(names) and names[at].startswith(folded)

    def is_called_data(self, name: str) -> bool:
        """Whether the paper's text calls a name data."""
        return self._called.data(name)

    def looks_like_data(self, name: str) -> bool:
        """Whether the shape of a name is that of a benchmark ("-Bench", "QA")."""
        return " " not in name and suffix_type(name) in DATA


@cache
def _data_names(gazetteer: Gazetteer) -> list[str]:
    """The folded names of data in their order."""
    return sorted(name for name, concepts in gazetteer.by_fold.items() if any(c.type in _BENCH for c in concepts))


def _is_up_front(entity: LocalEntity) -> bool:
    """Whether title or abstract name a thing; what the body introduces by the way is less sure."""
    return any(mention.anchor.place < BODY for mention in entity.mentions)


def _spells(name: str, labels: Iterable[str]) -> bool:
    """Whether a name spells one of the labels; short ones are told by their case ("Math" is no MATH)."""
    letters = _LETTERS.sub("", plain(name))
    for label in labels:
        bare = _LETTERS.sub("", plain(label))
        if letters == bare or letters == bare + "s" or letters + "s" == bare:
            return True
        if letters.casefold() == bare.casefold() and (len(bare) >= 6 or any(c.isdigit() for c in bare) or "-" in name):
            return True
    return False


def is_size(text: str) -> bool:
    """Whether a text is the size of a model ("7B", "base")."""
    return _SIZE.fullmatch(text.strip()) is not None


def own_names(title: str, extraction: Extraction, sentences: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of what a paper proposes, the one of its title first.

    >>> own_names("Tidewater: Curriculum Replay for Small Models", Extraction())
    ('Tidewater',)
    """
    found: list[str] = []
    head = _TITLE.match(title)
    if (
        head
        and len(head["name"].split()) <= 4
        and (is_name_shaped(head["name"].split()[-1]) or len(head["name"].split()) <= 2)
    ):
        found.append(head["name"].strip())
    for entity in extraction.entities:
        introduced = entity.relation is Relation.INTRODUCES and entity.confidence >= _SURE
        if introduced and entity.type in ACHIEVERS and _is_up_front(entity):
            found.append(entity.name)
    for sentence in sentences:
        for match in _OURS_SAID.finditer(sentence):
            found.append((match["after"] or match["before"]).rstrip(".,"))
    return tuple(dict.fromkeys(found))
