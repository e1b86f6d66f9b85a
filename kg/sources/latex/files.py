"""The files of one paper, by their names within its folder or archive: nothing outside is ever read."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field

from kg.sources.encoding import Encoding, encoding_of

__all__ = ["PaperFiles", "text_of"]

_HEAD = 65_536  # bytes
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")
_MOST_SUFFIXES = ("", ".tex", ".ltx")


@dataclass
class PaperFiles:
    """What a paper is made of: ``held`` are the files by name, ``opened`` the names of those that were read."""

    held: Mapping[str, bytes]
    opened: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)

    def find(
        self, said: str, folders: tuple[str, ...] = ("",), suffixes: tuple[str, ...] = _MOST_SUFFIXES
    ) -> str | None:
        """The name of the file that a document calls so; None if the paper has none, or it lies outside."""
        for folder in folders:
            for suffix in suffixes:
                name = posixpath.normpath(posixpath.join(folder, said.strip().strip('"') + suffix))
                if name in self.held:
                    return name
        return None

    def read(self, name: str) -> str:
        """The text of a file."""
        if name not in self._texts:
            found, encoding = text_of(self.held[name])
            if encoding is None or encoding.remark:
                said = encoding.remark if encoding else "its encoding cannot be told; it was read as Windows-1252"
                self.remarks.append(f"{name}: {said}")
            self._texts[name] = found
            self.opened.append(name)
        return self._texts[name]


def text_of(data: bytes) -> tuple[str, Encoding | None]:
    """The text of some bytes, line ends alike and controls blank, and what it was written in, if that is told."""
    encoding = encoding_of(lambda: nullcontext(io.BytesIO(data)), data[:_HEAD])
    codec, errors = (encoding.codec, encoding.errors) if encoding else ("cp1252", "replace")
    found = data.decode(codec, errors).removeprefix("\ufeff")
    return found.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS), encoding
