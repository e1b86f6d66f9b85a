"""The parts of a result as entities: what was measured, on what, achieved by what.

A part is what its paper links: the very thing that extraction saw there, or else one that goes by that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.linking.decisions import Decided
from kg.model import ACHIEVERS, DATA, MEASURES, EntityType, LocalResult, LocalSlot, ResolvedResult

__all__ = ["resolve"]


def resolve(
    result: LocalResult, linked: Mapping[int, str], types: Mapping[str, EntityType], decisions: Decided
) -> ResolvedResult:
    """The entities of a result's parts.

    ``linked``: by their number in the extraction, the nodes of the entities that the paper links; ``types``: of those
    nodes, in the order in which a name is looked for among them.
    """

    def entity(slot: LocalSlot | None, kinds: Sequence[EntityType]) -> str | None:
        if slot is None:
            return None
        seen = linked.get(slot.entity) if slot.entity is not None else None
        if seen is not None and types[seen] in kinds:
            return seen
        return decisions.called(slot.text, [node for node, kind in types.items() if kind in kinds])

    return ResolvedResult(
        result, entity(result.metric, MEASURES), entity(result.on, DATA), entity(result.of, ACHIEVERS)
    )
