"""The closed sets: what kinds of things, relations, rules, results and passages there are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

__all__ = [
    "ACHIEVERS",
    "DATA",
    "MEASURES",
    "EntityRelation",
    "EntityType",
    "PaperStatus",
    "PaperType",
    "PassageKind",
    "Relation",
    "ResultKind",
    "Rule",
    "fitting",
    "strongest",
]


class EntityType(StrEnum):
    """What kind of thing a paper names."""

    METHOD = "method"
    MODEL = "model"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    METRIC = "metric"
    TASK = "task"


class PaperType(StrEnum):
    """What kind of publication a record is about, as publishers have it."""

    ARTICLE = "article"  # in a journal
    CONFERENCE_PAPER = "conference-paper"
    PREPRINT = "preprint"
    CHAPTER = "chapter"
    BOOK = "book"
    THESIS = "thesis"
    REPORT = "report"
    REVIEW = "review"
    EDITORIAL = "editorial"
    LETTER = "letter"
    DATASET = "dataset"
    SOFTWARE = "software"
    PROCEEDINGS = "proceedings"  # a volume, or a whole book of them
    ERRATUM = "erratum"
    RETRACTION = "retraction"  # the notice; what it takes back is ``PaperStatus.RETRACTED``
    PARATEXT = "paratext"  # what a volume has beside its papers: contents, indexes, lists of reviewers
    OTHER = "other"

    @property
    def speaks_for_itself(self) -> bool:
        """Whether it presents work of its own: volumes, their parts, errata and retractions are about others'."""
        return self not in _ABOUT_OTHERS


_ABOUT_OTHERS = frozenset(
    (PaperType.EDITORIAL, PaperType.PROCEEDINGS, PaperType.ERRATUM, PaperType.RETRACTION, PaperType.PARATEXT)
)


class PaperStatus(StrEnum):
    """What became of a paper after it was published."""

    RETRACTED = "retracted"  # by the publisher
    WITHDRAWN = "withdrawn"  # by its authors


MEASURES = (EntityType.METRIC,)
DATA = (EntityType.BENCHMARK, EntityType.DATASET, EntityType.TASK)
ACHIEVERS = (EntityType.MODEL, EntityType.METHOD)
"""What the parts of a result may be: measured in, measured on, achieved by."""


class Relation(StrEnum):
    """What a paper does with an entity; strongest first: of those that its text supports, a paper keeps the first."""

    INTRODUCES = "introduces"
    EVALUATES_ON = "evaluates_on"
    TRAINS_ON = "trains_on"
    USES = "uses"
    COMPARES_WITH = "compares_with"
    ADDRESSES = "addresses"
    MENTIONS = "mentions"

    @property
    def strength(self) -> int:
        """0 for the strongest; the one order of relations, in Python and in SQL."""
        return _STRENGTH[self]


_STRENGTH = {relation: number for number, relation in enumerate(Relation)}


def strongest(relations: Iterable[Relation]) -> Relation:
    """The strongest of the relations that the mentions of one thing support.

    >>> strongest([Relation.MENTIONS, Relation.USES])
    <Relation.USES: 'uses'>
    """
    return min(relations, key=_STRENGTH.__getitem__)


def fitting(relation: Relation, kind: EntityType) -> Relation:
    """The relation, or what stands for it where a thing of this type cannot have it.

    Papers differ on what a thing is; the graph settles its type, and a relation has to hold for that.

    >>> fitting(Relation.EVALUATES_ON, EntityType.BENCHMARK), fitting(Relation.EVALUATES_ON, EntityType.METHOD)
    (<Relation.EVALUATES_ON: 'evaluates_on'>, <Relation.USES: 'uses'>)
    """
    if kind in _FITTING.get(relation, (kind,)):
        return relation
    return Relation.ADDRESSES if kind is EntityType.TASK else Relation.USES


_FITTING: dict[Relation, tuple[EntityType, ...]] = {
    Relation.EVALUATES_ON: (EntityType.BENCHMARK, EntityType.DATASET, EntityType.METRIC),
    Relation.TRAINS_ON: (EntityType.BENCHMARK, EntityType.DATASET),
    Relation.ADDRESSES: (EntityType.TASK,),
}
"""The types that a relation is limited to; the others hold for all."""


class EntityRelation(StrEnum):
    """How two entities relate; all but ``broader`` are derived from what papers say."""

    BROADER = "broader"
    INTRODUCED_BY = "introduced_by"
    BUILDS_ON = "builds_on"
    MEASURED_BY = "measured_by"
    USED_TOGETHER = "used_together"  # by papers; in the projection on entities alone


class ResultKind(StrEnum):
    """How the number of a result is meant. ``other`` is for what is neither of the rest; no rule gives it yet."""

    ABSOLUTE = "absolute"
    GAIN = "gain"
    RELATIVE_GAIN = "relative_gain"
    SPEEDUP = "speedup"
    OTHER = "other"


class PassageKind(StrEnum):
    """What part of a paper a passage is."""

    TITLE = "title"
    ABSTRACT = "abstract"
    SECTION = "section"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    TABLE = "table"


class Rule(StrEnum):
    """What found a name: the proof of a link says so, and the judge weighs it."""

    GAZETTEER = "gazetteer"  # the vocabulary lists it
    ABBREVIATION = "abbreviation"  # the paper defines the short form
    TITLE = "title"  # "X: ..."
    PROPOSED = "proposed"  # "we propose X"
    CALLED = "called"  # "a method called X"
    APPOSED = "apposed"  # "we present a method, X"
    GLOSSED = "glossed"  # "X, a method that"
    OURS = "ours"  # "our X"
    DEVELOPED = "developed"  # "the development of X"
    REPOSITORY = "repository"  # the address of its code
    SHAPE = "shape"  # written like a name
    TAGGER = "tagger"  # the neural reader tags it
    TABLE = "table"  # heads a row or column of a table of results, or its caption names it
    LIST = "list"  # stands in a list with things of one type
    REPEAT = "repeat"  # a further place of a name that another rule found
    PLUGIN = "plugin"  # a component that is not ours
    PERSON = "person"  # somebody added it
