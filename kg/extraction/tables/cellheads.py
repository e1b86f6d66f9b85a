"""What one cell says as a head, in view of what is set lower or raised in it and of the head of its column."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.tables.heads import Head, Role, Said, key_role, read_head
from kg.extraction.tables.known import Known
from kg.extraction.tables.slots import Item
from kg.model import Cell

__all__ = ["as_column_says", "as_measure", "setting_head", "with_asides", "without_names"]

_LONGEST_MEASURE = 30  # characters
_SHORT = 3


def with_asides(cell: Cell, known: Known) -> Head:
    """What a head says, read with what is lowered or raised in it where that makes a measure ("AP" with "50")."""
    head = read_head(cell.text, known)
    if not cell.asides:
        return head
    for aside in cell.asides:
        beside_head = read_head(aside.strip(" ()"), known)
        if (
            not head.has(Role.METRIC)
            and len(aside.strip()) >= 2
            and (said := beside_head.first(Role.METRIC)) is not None
        ):
            return replace(head, parts=(*head.parts, said), better=head.better or beside_head.better)
    beside = "".join(aside.strip() for aside in cell.asides if aside.strip() and not _is_mark(aside))
    if not beside:
        return head
    arrows = "".join(c for c in cell.text if c in "\u2191\u2193")
    bare = cell.text.replace("\u2191", "").replace("\u2193", "").strip()
    together = read_head(
        f"{bare}{'' if len(bare) == 1 or beside[0].isdigit() else '_'}{beside} {arrows}".strip(), known
    )
    return (
        together
        if together.has(Role.METRIC, Role.ON) or (not head.has(Role.METRIC, Role.ON) and len(bare) <= _SHORT)
        else head
    )


def as_measure(head: Head) -> Head:
    """A head beside measures, read as one where nobody knows its name."""
    name = head.first(Role.NAME)
    if name is None or head.has(Role.METRIC, Role.AVERAGE, Role.NOTHING) or len(name.name) > _LONGEST_MEASURE:
        return head
    return replace(head, parts=tuple(replace(part, role=Role.METRIC) if part is name else part for part in head.parts))


def _is_mark(aside: str) -> bool:
    return not any(c.isalnum() for c in aside)


def setting_head(cell: Cell, column_head: str) -> Head:
    """What a cell of a column of protocols says; of a number alone, together with the head of its column."""
    text = cell.text.strip()
    named = f"{column_head}={text}" if text.replace(".", "").isdigit() else text
    return Head(text, (Said(Role.SETTING, named),))


def as_column_says(head: Head, cell: Cell, column_head: str) -> Head:
    """A head read as the head of its column says: a measure, or data."""
    role = key_role(column_head)
    wanted = {"metric": Role.METRIC, "on": Role.ON, "split": Role.SPLIT}.get(role or "")
    if wanted is None or head.has(wanted) or head.metrics:
        return head
    if wanted is Role.ON and head.has(Role.METRIC, Role.AVERAGE, Role.NOTHING):
        return head
    if wanted is Role.METRIC and head.has(Role.ON, Role.NOTHING):
        return head
    if wanted is Role.SPLIT and head.has(Role.ON, Role.AVERAGE, Role.NOTHING):
        return head
    first = head.first(Role.NAME) or head.first(Role.ACHIEVER) or head.first(Role.GROUP)
    name = first.name if first is not None else cell.text.strip()
    name = (
        name + "".join(f"_{aside.strip()}" for aside in cell.asides if aside.strip().isalnum())
        if wanted is Role.METRIC
        else name
    )
    rest = tuple(part for part in head.parts if part is not first)
    return replace(head, parts=(Said(wanted, name), *rest))


def without_names(item: Item) -> Item:
    """A head without names that nobody knows: beside the names of methods they put these in groups."""
    kept = tuple(part for part in item.head.parts if part.role not in (Role.NAME, Role.GROUP, Role.ACHIEVER))
    return replace(item, head=replace(item.head, parts=kept))
