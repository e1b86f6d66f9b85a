"""The file of what people decided: TOML, one ``[[rule]]`` a decision, in the order in which they are applied.

It belongs under version control beside the sources; every build applies it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from kg.errors import CurationError
from kg.files import write_whole
from kg.linking.amendments import Add, AddResult, Amendment, ChangeResult, RejectResult
from kg.linking.curation import Curation
from kg.linking.rules import (
    Accept,
    Correction,
    Decision,
    Dismiss,
    Merge,
    OnePaper,
    PaperRule,
    Rename,
    Retype,
    Split,
    TwoPapers,
    Witness,
)
from kg.model import EntityType, Relation, ResultKind
from kg.text.toml import first_lines, spelt, without

__all__ = ["Ruling", "append_ruling", "default_overlay", "read_overlay", "read_rulings", "remove_ruling"]

_ACTIONS: dict[str, type[Decision]] = {
    "merge": Merge, "split": Split, "rename": Rename, "retype": Retype, "reject": Dismiss, "accept": Accept,
    "one-paper": OnePaper, "two-papers": TwoPapers,
    "add": Add, "add-result": AddResult, "change-result": ChangeResult, "reject-result": RejectResult,
}  # fmt: skip
_OPTIONAL: dict[type[Decision], frozenset[str]] = {
    **{kind: frozenset(("paper", "surface", "relation")) for kind in (Split, Dismiss, Accept)},
    **{kind: frozenset(("metric", "on", "of", "kind", "nth")) for kind in (AddResult, ChangeResult, RejectResult)},
    Add: frozenset(("entity",)),
}
_ENTITY = "an entity's id like method/ppo", re.compile(rf"({'|'.join(EntityType)})/\S+\Z")
_PAPER = "a paper's id like arxiv/2402.03300", re.compile(r"(arxiv|doi|title)/\S+\Z")
_OF_PAPERS = frozenset((OnePaper, TwoPapers, AddResult, ChangeResult, RejectResult))
_IDS = {
    **{(kind, key): _PAPER for kind in _OF_PAPERS for key in ("paper", "into", "other")},
    **{(kind, key): _ENTITY for kind in _ACTIONS.values() if kind not in _OF_PAPERS for key in ("entity", "into")},
    (Add, "paper"): _PAPER,
}
"""By kind of rule and key, what must be an id, and of what."""
_PARTS = ("entity", "into")
_TOLD = ("note", "by", "date")
"""What a rule says of itself beside what it decides."""
_HEADER = """\
# What people decided about this graph. Rules are applied in this order by every build; "kg curate" adds to them.
"""


def default_overlay(graph: Path) -> Path:
    """Where the rules of a graph are by default: ``kg.curation.toml`` beside ``kg.db``."""
    return graph.with_suffix(".curation.toml")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule of the file: what was decided, why, by whom and when, as far as that was written down.

    ``seen``: by the part of the rule that has an entity's id (``entity``, ``into``), a paper that named it then.
    """

    rule: Decision
    note: str | None = None
    by: str | None = None
    date: str | None = None
    seen: Mapping[str, Witness] = field(default_factory=dict)

    @property
    def action(self) -> str:
        """What the file calls the kind of rule."""
        return next(name for name, kind in _ACTIONS.items() if isinstance(self.rule, kind))


def read_overlay(path: Path, *, required: bool = False) -> Curation:
    """The rules of a file; none if it is not there and not ``required``.

    Raises:
        CurationError: the file cannot be read or a rule is wrong; with file and line.
    """
    rulings = read_rulings(path, required=required)
    seen: dict[str, Witness] = {}
    for ruling in rulings:
        for part, witness in ruling.seen.items():
            seen.setdefault(getattr(ruling.rule, part), witness)
    return Curation(
        tuple(each.rule for each in rulings if isinstance(each.rule, Correction)),
        tuple(each.rule for each in rulings if isinstance(each.rule, PaperRule)),
        tuple(each.rule for each in rulings if isinstance(each.rule, Amendment)),
        seen,
    )


def read_rulings(path: Path, *, required: bool = False) -> list[Ruling]:
    """The rules of a file in their order, with all that it says of them.

    Raises:
        CurationError: the file cannot be read or a rule is wrong; with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not required:
            return []
        raise CurationError(f"{path}: no such file of rules; check the spelling") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from None
    return _parse(path, text)


def _parse(path: Path, text: str) -> list[Ruling]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{path}: is no TOML: {error}") from None
    lines = first_lines(text, "rule")
    rules = data.pop("rule", [])
    if data:
        raise CurationError(f"{path}: {next(iter(data))!r} is nothing that kg knows; it knows [[rule]] only")
    if not isinstance(rules, list) or len(rules) != len(lines):
        raise CurationError(f"{path}: each rule must begin with a line [[rule]]")
    found = []
    for row, line in zip(rules, lines, strict=True):
        try:
            found.append(_ruling(row))
        except ValueError as error:
            raise CurationError(f"{path}:{line + 1}: {error}") from None
    return found


def _ruling(row: dict[str, object]) -> Ruling:
    told = {key: row.pop(key) for key in _TOLD if key in row}
    for key, value in told.items():
        if not (isinstance(value, str) and value):
            raise ValueError(f"{key} must be a text, not {value!r}")
    seen = {part: _witness(part, row.pop(f"{part}_seen")) for part in _PARTS if f"{part}_seen" in row}
    rule = _rule(row)
    for part in seen:
        if not isinstance(getattr(rule, part, None), str):
            raise ValueError(f"{part}_seen goes with {part!r}, which this rule has not")
    return Ruling(rule, seen=seen, **told)  # type: ignore[arg-type]


def _witness(part: str, value: object) -> Witness:
    match value:
        case [str(paper), str(name)] if name and _PAPER[1].match(paper):
            return Witness(paper, name)
    raise ValueError(f"{part}_seen must be a paper's id and what it calls the thing, not {value!r}")


def _rule(row: dict[str, object]) -> Decision:
    values = {key: value for key, value in row.items() if key != "action"}
    kind = _ACTIONS.get(str(row.get("action")))
    if kind is None:
        raise ValueError(f"action must be one of {', '.join(_ACTIONS)}, not {row.get('action')!r}")
    known = {each.name for each in fields(kind)}
    for key in known | values.keys():
        if key not in known:
            raise ValueError(f"{row['action']} knows no {key!r}; it knows {', '.join((*sorted(known), *_TOLD))}")
        if key not in values and key not in _OPTIONAL.get(kind, ()):
            raise ValueError(f"{row['action']} needs {key!r}")
        if key == "nth" and key in values:
            if type(values[key]) is not int or values[key] < 1:  # type: ignore[operator]
                raise ValueError(f"nth must be a number from 1, not {values[key]!r}")
        elif key in values and not (isinstance(values[key], str) and values[key]):
            raise ValueError(f"{key} must be a text, not {values[key]!r}")
        what, pattern = _IDS.get((kind, key), ("", None))
        if key in values and pattern and not pattern.match(str(values[key])):
            raise ValueError(f"{key} must be {what}, not {values[key]!r}")
    for key, closed in (("type", EntityType), ("relation", Relation), ("kind", ResultKind)):
        if key in values:
            if values[key] not in set(closed):
                raise ValueError(f"{key} must be one of {', '.join(closed)}, not {values[key]!r}")
            values[key] = closed(str(values[key]))
    return kind(**values)  # type: ignore[arg-type]


def append_ruling(path: Path, ruling: Ruling) -> None:
    """Add a rule at the end of a file, which is made if need be; what stands there stays, comments and all.

    Raises:
        CurationError: the file cannot be written, or what it holds is wrong.
    """
    rule = ruling.rule
    values: dict[str, object] = {"action": ruling.action}
    for each in fields(rule):
        values[each.name] = getattr(rule, each.name)
        if each.name in ruling.seen:
            witness = ruling.seen[each.name]
            values[f"{each.name}_seen"] = [witness.paper, witness.name]
    values |= {key: getattr(ruling, key) for key in _TOLD}
    text = "".join(f"{key} = {spelt(value)}\n" for key, value in values.items() if value is not None)
    _rewrite(path, lambda before: f"{before.rstrip()}\n\n[[rule]]\n{text}")


def remove_ruling(path: Path, number: int) -> Ruling:
    """Take the rule of this number (1 is the first) out of a file, and leave all else as it stands.

    Raises:
        CurationError: there is no such rule, or the file cannot be read or written.
    """
    rulings = read_rulings(path)
    if not 1 <= number <= len(rulings):
        there = f"it has {len(rulings)}" if rulings else "there is none yet"
        raise CurationError(f"{path}: has no rule {number}; {there}, see 'kg curate list'")
    _rewrite(path, lambda before: without(before, "rule", number - 1))
    return rulings[number - 1]


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Write a file anew, as a whole or not at all."""
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else _HEADER
        _parse(path, before)
        after = change(before)
        _parse(path, after)  # a rule that no build would take is never written
        write_whole(path, after.encode())
    except UnicodeDecodeError as error:
        raise CurationError(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from None
    except OSError as error:
        raise CurationError(f"{path}: cannot be written ({error.strerror}); check its rights and space") from None
