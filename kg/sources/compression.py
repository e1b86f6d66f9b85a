"""Bytes out of ``.gz`` and ``.zst``, told by their first bytes, as a stream that a small hostile file cannot swell.

A file may expand to ``FREE`` bytes; beyond that to ``RATIO`` times what was read of it. Text compresses 3 to 30 times,
text that repeats itself perhaps 200 times, a bomb 1,000 times and more.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from kg.errors import SourceError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["FREE", "RATIO", "DamagedError", "decompressed"]

FREE = 16_000_000
"""Bytes that any compressed file may expand to."""

RATIO = 300
"""How many times its own size a file may expand to beyond that."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BUFFER = 1 << 17


class DamagedError(Exception):
    """The compressed data break off or contradict their check sums; what came before them is good."""


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def decompressed(stream: BinaryIO, name: str) -> BinaryIO:
    """The content of a stream, whether compressed or not; reading may raise ``DamagedError`` or ``SourceError``."""
    head = stream.read(4)
    stream.seek(0)
    if head.startswith(_GZIP):
        return _guarded(gzip.GzipFile(fileobj=stream, mode="rb"), stream.tell, name)
    if head.startswith(_ZSTD):
        return _guarded(zstd.ZstdFile(stream, mode="r"), stream.tell, name)
    return stream


def _guarded(inner: object, consumed: Callable[[], int], name: str) -> BinaryIO:
    raw = _Guard(cast(_Reader, inner), consumed, name)
    return cast(BinaryIO, io.BufferedReader(raw, _BUFFER))


class _Guard(io.RawIOBase):
    """Counts what comes out against what goes in, and gives damage one name."""

    def __init__(self, inner: _Reader, consumed: Callable[[], int], name: str) -> None:
        self._inner, self._consumed, self._name = inner, consumed, name
        self._produced = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer as far as one read goes."""
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
            reason = "it breaks off" if isinstance(error, EOFError) else str(error)
            raise DamagedError(f"the compressed file is damaged ({reason}); get it again") from None
        self._produced += len(data)
        if self._produced > FREE and self._produced > RATIO * self._consumed():
            raise SourceError(
                f"{self._name}: expands to more than {FREE:,} bytes and {RATIO} times its size; "
                "if you trust it, decompress it first and name the result"
            )
        buffer[: len(data)] = data
        return len(data)
