"""Papers in JSON, record by record: each object tells by its fields whose it is.

People add fields to what they got elsewhere, so what a format's reader leaves open is taken from fields of other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources import jsonl
from kg.sources.fields import RecordError
from kg.sources.jsonformats import format_of
from kg.sources.jsontext import JsonRecord

__all__ = ["read"]

_ACTIONS = frozenset(("index", "create", "update", "delete"))  # lines between records in dumps of Elasticsearch


def read(records: Iterable[JsonRecord], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record."""
    for record in records:
        try:
            if record.problem:
                raise RecordError(record.problem)
            yield _paper(record.value, f"{source}:{record.number}")
        except RecordError as error:
            yield Reject(source, record.number, str(error))


def _paper(row: object, origin: str) -> Paper:
    if row is None:
        raise RecordError("is no paper: null, as APIs answer for what they do not know")
    if not isinstance(row, dict):
        raise RecordError("not a JSON object; each record must be one object with a title")
    if known := format_of(row):
        return jsonl.completed(known.paper(row, origin), row)
    if len(row) == 1 and not _ACTIONS.isdisjoint(row):
        raise RecordError("is no paper: an action of Elasticsearch's")
    return jsonl.paper(row, origin)
