"""Tables of the CALS model (https://www.oasis-open.org/specs/tm9901.htm), as JATS and others may have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.sources.fulltext.grids import Entry, GridRow
from kg.sources.fulltext.htmlcells import source_of, span_of
from kg.sources.fulltext.inline import RoleOf, read_inline
from kg.sources.xmltext import local

__all__ = ["cals_rows"]

_GROUPS = ("thead", "tbody", "tfoot")


def cals_rows(group: Any, role_of: RoleOf) -> Iterator[GridRow]:
    """The rows of a ``tgroup``, its heads first; a line is drawn below its heads."""
    columns = _columns(group)
    below = False
    for part in group:
        name = local(part.tag)
        if name not in _GROUPS:
            continue
        for row in part:
            if local(row.tag) != "row":
                continue
            entries = [_entry(each, columns, name == "thead", role_of) for each in row if local(each.tag) == "entry"]
            yield GridRow(entries, ruled=below)
            below = row.get("rowsep") == "1"
        below = below or name == "thead"


def _columns(group: Any) -> Mapping[str, int]:
    """The numbers of columns by their names."""
    columns: dict[str, int] = {}
    number = 0
    for spec in group:
        if local(spec.tag) == "colspec":
            number = span_of(spec.get("colnum")) if spec.get("colnum") else number + 1
            columns.setdefault(spec.get("colname") or "", number - 1)
    return columns


def _entry(entry: Any, columns: Mapping[str, int], in_head: bool, role_of: RoleOf) -> Entry:
    first = columns.get(entry.get("namest") or entry.get("colname") or "\0")
    last = columns.get(entry.get("nameend") or "\0")
    return Entry(
        read_inline(entry, role_of, cell=True),
        span_of(entry.get("morerows")) + 1 if (entry.get("morerows") or "0").strip() != "0" else 1,
        max(1, last - first + 1) if first is not None and last is not None else 1,
        head=in_head,
        source=source_of(entry),
        column=first,
    )
