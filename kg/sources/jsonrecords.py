"""Papers in JSON, record by record: each object tells by its fields whose it is.

People add fields to what they got elsewhere, so what a format's reader leaves open is taken from fields of other names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources import arxiv_snapshot, huggingface, jsonl, openalex, semantic_scholar
from kg.sources.fields import RecordError, Row
from kg.sources.jsontext import JsonRecord

__all__ = ["read"]

_FORMATS: tuple[tuple[Callable[[Row], bool], Callable[[Row, str], Paper]], ...] = (
    (openalex.is_record, openalex.paper),
    (semantic_scholar.is_record, semantic_scholar.paper),
    (arxiv_snapshot.is_record, arxiv_snapshot.paper),
    (huggingface.is_record, huggingface.paper),
)


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
    if not isinstance(row, dict):
        raise RecordError("not a JSON object; each record must be one object with a title")
    for is_record, paper in _FORMATS:
        if is_record(row):
            return jsonl.completed(paper(row, origin), row)
    return jsonl.paper(row, origin)
