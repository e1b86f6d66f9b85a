"""``kg_coordinations``: takes names apart that are written together ("AIME 2024/2025", "Qwen2.5-7B and -32B").

Stands behind the components that find names, for it needs to know where the stem begins. In place of what they propose
within a coordination it proposes each member, under its full name, at the first name or at the fragment that stands for
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.coordinations import Coordination, Ending, coordinations, member_name
from kg.extraction.document import Findings, findings
from kg.extraction.gazetteer import shipped_gazetteer
from kg.extraction.proposals import NameProposal
from kg.extraction.sources.gazetteer import GazetteerComponent
from kg.model import EntityType, Rule
from kg.text.sizes import MODEL_SIZE

__all__ = ["CoordinationsComponent"]

_FROM_STEM = re.compile(r"[- ]?[{\[]?\Z|-\(\Z")
_SIZE = re.compile(MODEL_SIZE)
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)
_YEARS_TO_COME = 40  # of a century: "AIME 24/25" are years, "Zorp 64/32" is none


@Language.factory("kg_coordinations")
def make_coordinations(nlp: Language, name: str) -> CoordinationsComponent:
    """The component, which knows members by the shipped vocabulary."""
    return CoordinationsComponent(GazetteerComponent(shipped_gazetteer(), 1.0, 1.0))


class CoordinationsComponent:
    """Proposes each member of each coordination whose first member some component has found."""

    def __init__(self, gazetteer: GazetteerComponent) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Take the coordinations of a doc apart."""
        found = findings(doc)
        for each in coordinations(found.text):
            stem = _stem(found, each)
            if stem is not None and _is_plausible(found.text, each, stem):
                self._take_apart(found, each, stem)
        return doc

    def _take_apart(self, found: Findings, each: Coordination, stem: NameProposal) -> None:
        members = list(self._members(found.text, each, stem))
        if _is_doubtful(found.text, each, stem) and not all(member.concept for member in members):
            return
        whole = stem.start, each.end
        within = [name for name in found.names if name.start < whole[1] and whole[0] < name.end]
        tagged = max((name for name in within if name.rule is Rule.TAGGER), key=lambda name: name.score, default=None)
        found.names[:] = [name for name in found.names if name not in within] + members
        if tagged is not None and stem.rule is not Rule.TAGGER:
            found.names += (
                replace(tagged, start=member.start, end=member.end, name=member.name, fragment=member.fragment)
                for member in members
            )

    def _members(self, text: str, each: Coordination, stem: NameProposal) -> Iterator[NameProposal]:
        braced = text[each.start - 1] in "{[("
        shown = text[stem.start : each.start].rstrip("{[(" if braced else "")
        for number, (start, end) in enumerate(each.members):
            name = member_name(text, shown, each, (start, end))
            fragment = braced or number > 0
            first = replace(stem, start=start if fragment else stem.start, end=end, name=name, fragment=fragment)
            known = self._known(name, stem)
            yield replace(
                first,
                name=known.name if known else name,
                type=known.type if known else stem.type or _type_of(each),
                concept=known.concept if known else None,
                family=known.family if known else stem.concept or stem.family,
                needs_context=False,
            )

    def _known(self, name: str, stem: NameProposal) -> NameProposal | None:
        """What the vocabulary makes of a member's full name."""
        if stem.rule is not Rule.GAZETTEER:
            return None
        whole = [each for each in self.gazetteer.named_in(name) if each.span == (0, len(name))]
        return min(whole, key=lambda each: _preference(each, stem), default=None)


def _preference(known: NameProposal, stem: NameProposal) -> tuple[bool, bool, int]:
    """Of the stem's type before others, a thing before a version of one, and of the nearest family."""
    return known.type is not stem.type, known.concept is None, -len(known.family or "")


def _stem(found: Findings, each: Coordination) -> NameProposal | None:
    """The proposal for the first member, or for what stands before it: the known, else the longest."""
    return min(
        (name for name in found.names if name.start < each.start and _reaches(name, found.text, each)),
        key=lambda name: (name.rule is not Rule.GAZETTEER, name.start, name.needs_context, -name.score),
        default=None,
    )


def _reaches(name: NameProposal, text: str, each: Coordination) -> bool:
    return name.end >= each.start or _FROM_STEM.fullmatch(text, name.end, each.start) is not None


def _is_plausible(text: str, each: Coordination, stem: NameProposal) -> bool:
    """Whether names of this type have members that end so: measures only cut-offs, data no variants."""
    if stem.type is EntityType.METRIC:
        return text[each.start - 1] == "@"
    if each.ending is Ending.NUMBER and _SIZE.search(text, stem.start, each.start):
        return False  # "Zorp-7B-15.8/25" are values
    if each.ending is Ending.YEAR and not _has_full_years(text, each):
        years = (int(text[slice(*member)].lstrip("'")[-2:]) for member in each.members)
        return stem.type in _DATA and all(year < _YEARS_TO_COME for year in years)
    return each.ending is not Ending.VARIANT or stem.type is EntityType.MODEL


def _is_doubtful(text: str, each: Coordination, stem: NameProposal) -> bool:
    """Whether its numbers may be a fraction or a count, so that only the vocabulary can tell: "CIFAR-10 and 100"."""
    if each.ending is not Ending.NUMBER:
        return False
    if each.listed and text[each.members[-1][0] - 1] != "-":
        return True
    behind_blank = text[each.start - 1] == " "
    return behind_blank and (stem.type is not EntityType.MODEL or any(map(str.isdigit, text[stem.start : each.start])))


def _has_full_years(text: str, each: Coordination) -> bool:
    return len(text[slice(*each.members[0])]) == 4


def _type_of(each: Coordination) -> EntityType | None:
    return EntityType.MODEL if each.ending is Ending.SIZE else None
