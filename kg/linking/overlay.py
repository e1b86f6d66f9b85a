"""The file of what people decided: TOML, one ``[[rule]]`` a decision, in the order in which they are applied.

It belongs under version control beside the sources; every build applies it.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

from kg.errors import CurationError
from kg.files import write_whole
from kg.linking.curation import (
    Accept,
    Correction,
    Curation,
    Dismiss,
    Merge,
    OnePaper,
    PaperRule,
    Rename,
    Retype,
    Split,
    TwoPapers,
)
from kg.model import EntityType, Relation
from kg.text.characters import storable

__all__ = ["append_correction", "default_overlay", "read_overlay"]

_ACTIONS: dict[str, type[Correction | PaperRule]] = {
    "merge": Merge, "split": Split, "rename": Rename, "retype": Retype, "reject": Dismiss, "accept": Accept,
    "one-paper": OnePaper, "two-papers": TwoPapers,
}  # fmt: skip
_OPTIONAL: dict[type[Correction | PaperRule], frozenset[str]] = {
    kind: frozenset(("paper", "surface", "relation")) for kind in (Split, Dismiss, Accept)
}
_ENTITY = "an entity's id like method/ppo", re.compile(rf"({'|'.join(EntityType)})/\S+\Z")
_PAPER = "a paper's id like arxiv/2402.03300", re.compile(r"(arxiv|doi|title)/\S+\Z")
_IDS = {
    (kind, key): _PAPER if kind in (OnePaper, TwoPapers) else _ENTITY
    for kind in _ACTIONS.values()
    for key in (("paper", "into", "other") if kind in (OnePaper, TwoPapers) else ("entity", "into"))
}
"""By kind of rule and key, what must be an id, and of what."""
_HEADER = """\
# What people decided about this graph. Rules are applied in this order by every build; "kg curate" adds to them.
"""


def default_overlay(graph: Path) -> Path:
    """Where the rules of a graph are by default: ``kg.curation.toml`` beside ``kg.db``."""
    return graph.with_suffix(".curation.toml")


def read_overlay(path: Path, *, required: bool = False) -> Curation:
    """The rules of a file; none if it is not there and not ``required``.

    Raises:
        CurationError: the file cannot be read or a rule is wrong; with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not required:
            return Curation()
        raise CurationError(f"{path}: no such file of rules; check the spelling") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from None
    return _parse(path, text)


def _parse(path: Path, text: str) -> Curation:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{path}: is no TOML: {error}") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
    rules = data.pop("rule", [])
    if data:
        raise CurationError(f"{path}: {next(iter(data))!r} is nothing that kg knows; it knows [[rule]] only")
    if not isinstance(rules, list) or len(rules) != len(lines):
        raise CurationError(f"{path}: each rule must begin with a line [[rule]]")
    found = []
    for row, line in zip(rules, lines, strict=True):
        try:
            found.append(_rule(row))
        except ValueError as error:
            raise CurationError(f"{path}:{line}: {error}") from None
    return Curation(
        tuple(rule for rule in found if not isinstance(rule, PaperRule)),
        tuple(rule for rule in found if isinstance(rule, PaperRule)),
    )


def _rule(row: dict[str, object]) -> Correction | PaperRule:
    values = {key: value for key, value in row.items() if key not in ("action", "note")}
    kind = _ACTIONS.get(str(row.get("action")))
    if kind is None:
        raise ValueError(f"action must be one of {', '.join(_ACTIONS)}, not {row.get('action')!r}")
    known = {each.name for each in fields(kind)}
    for key in known | values.keys():
        if key not in known:
            raise ValueError(f"{row['action']} knows no {key!r}; it knows {', '.join(sorted(known))} and note")
        if key not in values and key not in _OPTIONAL.get(kind, ()):
            raise ValueError(f"{row['action']} needs {key!r}")
        if key in values and not (isinstance(values[key], str) and values[key]):
            raise ValueError(f"{key} must be a text, not {values[key]!r}")
        what, pattern = _IDS.get((kind, key), ("", None))
        if key in values and pattern and not pattern.match(str(values[key])):
            raise ValueError(f"{key} must be {what}, not {values[key]!r}")
    for key, closed in (("type", EntityType), ("relation", Relation)):
        if key in values:
            if values[key] not in set(closed):
                raise ValueError(f"{key} must be one of {', '.join(closed)}, not {values[key]!r}")
            values[key] = closed(str(values[key]))
    return kind(**values)  # type: ignore[arg-type]


def append_correction(path: Path, rule: Correction | PaperRule, note: str | None = None) -> None:
    """Add a rule at the end of a file, which is made if need be; what stands there stays, comments and all.

    Raises:
        CurationError: the file cannot be written, or what it holds is wrong.
    """
    action = next(name for name, kind in _ACTIONS.items() if isinstance(rule, kind))
    values = {"action": action, **{each.name: getattr(rule, each.name) for each in fields(rule)}, "note": note}
    text = "".join(f"{key} = {_quoted(str(value))}\n" for key, value in values.items() if value is not None)
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else _HEADER
        _parse(path, before)
        after = f"{before.rstrip()}\n\n[[rule]]\n{text}"
        _parse(path, after)  # a rule that no build would take is never written
        write_whole(path, after.encode())
    except UnicodeDecodeError as error:
        raise CurationError(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from None
    except OSError as error:
        raise CurationError(f"{path}: cannot be written ({error.strerror}); check its rights and space") from None


def _quoted(value: str) -> str:
    """A TOML basic string, which escapes as JSON does; and 0x7f, which JSON leaves alone."""
    return json.dumps(storable(value), ensure_ascii=False).replace("\x7f", "\\u007f")
