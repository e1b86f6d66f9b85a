"""All about one thing, be it an entity or a paper."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType
from kg.questions.entity import EntityProfile, profile_entity
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities
from kg.questions.paper import PaperProfile, PaperRequest
from kg.questions.paper import ask as ask_paper
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.things import find_thing
from kg.store import GraphReader

__all__ = ["QUESTION", "ShowRequest", "Shown", "ask"]


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """A thing, by any spelling of an entity, or by a paper's id, arXiv id, DOI, address, title, or words of it.

    With a ``type``, only an entity of that type.

    Raises:
        KgError: there is no such type.
    """

    name: str
    type: EntityType | None = None

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the name stands for, an entity or a paper, and the ids of the other entities that it may stand for."""

    entity: EntityProfile | None = None
    paper: PaperProfile | None = None
    others: tuple[str, ...] = ()


@of_one_moment
def ask(reader: GraphReader, request: ShowRequest) -> Shown:
    """All about the entity that a name stands for, or else the paper.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    thing = find_thing(reader, request.name, request.type)
    if thing.is_paper:
        return Shown(paper=ask_paper(reader, PaperRequest(thing.id)))
    others = find_entities(reader, request.name, request.type)[1:]
    return Shown(profile_entity(reader, thing.id), others=tuple(others))


QUESTION = Question("show", "All about one entity or one paper.", ShowRequest, Shown, ask)
