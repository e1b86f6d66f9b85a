"""What a form says, made a rule; see ``kg.curating.Rules`` for what each of them means."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.choices import parse
from kg.curating import Decision, Rules
from kg.errors import KgError
from kg.model import EntityType, Relation, ResultKind

__all__ = ["ACTIONS", "rule_of"]

Fields = Mapping[str, str]


def rule_of(rules: Rules, fields: Fields) -> Decision:
    """The rule that a form asks for by its ``action``.

    Raises:
        KgError: it is none of them, or lacks something, or the rule would do nothing.
    """
    make = ACTIONS.get(fields.get("action", ""))
    if make is None:
        raise KgError(f"{fields.get('action', '')!r} is no correction; use {', '.join(ACTIONS)}")
    return make(rules, fields)


def _needed(fields: Fields, name: str) -> str:
    word = fields.get(name, "").strip()
    if not word:
        raise KgError(f"{name} is empty; fill it in")
    return word


def _told(fields: Fields, name: str) -> str | None:
    return fields.get(name, "").strip() or None


def _relation(fields: Fields) -> Relation | None:
    word = _told(fields, "relation")
    return parse(Relation, word) if word else None


def _kind(fields: Fields) -> ResultKind | None:
    word = _told(fields, "kind")
    return parse(ResultKind, word) if word else None


def _nth(fields: Fields) -> int:
    word = _told(fields, "nth") or "1"
    if not (word.isascii() and word.isdigit() and len(word) < 6 and int(word) > 0):
        raise KgError(f"nth is {word!r}; give a number from 1")
    return int(word)


def _parts(fields: Fields) -> tuple[str | None, str | None, str | None]:
    return _told(fields, "metric"), _told(fields, "on"), _told(fields, "of")


ACTIONS: dict[str, Callable[[Rules, Fields], Decision]] = {
    "accept": lambda say, of: say.accept(_needed(of, "entity"), _told(of, "paper"), _relation(of)),
    "reject": lambda say, of: say.reject(_needed(of, "entity"), _told(of, "paper")),
    "retype": lambda say, of: say.retype(_needed(of, "entity"), parse(EntityType, _needed(of, "type"))),
    "rename": lambda say, of: say.rename(_needed(of, "entity"), _needed(of, "label")),
    "merge": lambda say, of: say.merge(_needed(of, "entity"), _needed(of, "into")),
    "split": lambda say, of: say.split(
        _needed(of, "entity"), _needed(of, "name"), _needed(of, "into"), _told(of, "paper")
    ),
    "one-paper": lambda say, of: say.one_paper(_needed(of, "paper"), _needed(of, "into")),
    "two-papers": lambda say, of: say.two_papers(_needed(of, "paper"), _needed(of, "into")),
    "add": lambda say, of: say.add(
        _needed(of, "paper"), _needed(of, "name"), parse(EntityType, _needed(of, "type")),
        _relation(of) or Relation.MENTIONS, _told(of, "entity"),
    ),
    "add-result": lambda say, of: say.add_result(
        _needed(of, "paper"), _needed(of, "value"), *_parts(of), _kind(of) or ResultKind.ABSOLUTE
    ),
    "change-result": lambda say, of: say.change_result(
        _needed(of, "paper"), _needed(of, "value"), *_parts(of), _kind(of), _nth(of)
    ),
    "reject-result": lambda say, of: say.reject_result(_needed(of, "paper"), _needed(of, "value"), _nth(of)),
}  # fmt: skip
