"""Tables in Parquet, as data sets of papers come in it, a row a record as in JSON. Needs ``paperkg[parquet]``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import SourceError
from kg.hookspecs import Source
from kg.model import Paper, Reject
from kg.sources import jsonrecords
from kg.sources.compression import FREE, RATIO
from kg.sources.jsontext import JsonRecord
from kg.sources.spooling import seekable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["read"]

_BATCH = 200  # rows


def read(source: Source) -> Iterator[Paper | Reject]:
    """One paper or reject for each row, numbered from 1.

    Raises:
        SourceError: pyarrow is not installed, or the file is damaged or swells beyond measure.
    """
    try:
        import pyarrow  # noqa: F401  (whether it is there)
    except ImportError:
        raise SourceError(
            f"{source.name}: is a Parquet file; to read it, pip install 'paperkg[parquet]', or save it as JSON lines"
        ) from None
    yield from jsonrecords.read(_records(source), source.name)


def _records(source: Source) -> Iterator[JsonRecord]:
    import pyarrow as pa

    number = 0
    with seekable(source.stream) as stream:
        try:
            for row in _rows(stream, source.name):
                number += 1
                yield JsonRecord(number, _plain(row))
        except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError) as error:
            problem = f"the Parquet file is damaged ({str(error).splitlines()[0][:100] if str(error) else error!r})"
            if number == 0:
                raise SourceError(f"{source.name}: {problem}; get it again") from None
            yield JsonRecord(number + 1, problem=f"{problem}; nothing from here on is read")


def _rows(stream: Any, name: str) -> Iterator[object]:
    import pyarrow.parquet as pq

    size = stream.seek(0, 2)
    stream.seek(0)
    file = pq.ParquetFile(stream)
    columns = [field.name for field in file.schema_arrow if _may_tell(field.type)]
    produced = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            # Counted here, for a batch may hold a text once and name it a million times.
            produced += _size(row)
            yield row
        if produced > FREE and produced > RATIO * size:
            raise SourceError(
                f"{name}: expands to more than {FREE:,} bytes and {RATIO} times its size; "
                "if you trust it, save it as JSON lines"
            )


def _may_tell(kind: pa.DataType) -> bool:
    """Whether a column may say something of a paper: no bytes, and no vectors, which data sets have beside it."""
    import pyarrow.types as types

    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return not types.is_floating(kind.value_type) and _may_tell(kind.value_type)
    return not (types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind))


def _size(value: object) -> int:
    """How much a value takes, about, in bytes of text."""
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else 8


def _plain(value: object) -> object:
    """A value as JSON would have it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, type(None))) else str(value)
