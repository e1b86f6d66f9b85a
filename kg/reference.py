"""The Python reference, made from the docstrings: ``python -m kg.reference > docs/python.md``."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

import kg
from kg import errors
from kg.api import Graph
from kg.questions import questions

__all__ = ["render_reference"]

_DOCTEST = re.compile(r"^>>> (?:.+\n?)+", re.MULTILINE)
_HEAD = """\
# Python

Made from the docstrings by `python -m kg.reference > docs/python.md`.

```python
import kg

graph = kg.build(["papers.txt"], "outputs/kg.db")  # or kg.open("outputs/kg.db")
for hit in graph.papers(benchmark="GSM8K", relation="evaluates_on"):
    print(hit.paper.title, hit.evidence.sentence if hit.evidence else "")
```

A graph may be asked from any thread, and is closed with `close` or as a context manager.
"""
_QUESTIONS = """
## Questions by name

`graph.ask(name, ...)` asks any of these, and what plugins add. `kg.wire.plain` makes of an answer what the commands
print as JSON.
"""


def render_reference() -> str:
    """All public names with what their docstrings say, as Markdown."""
    return "\n".join((_HEAD, *_module(), *_graph(), *_questions(), *_errors())).rstrip() + "\n"


def _module() -> Iterator[str]:
    yield "## The module `kg`"
    for name in ("build", "open", "remove", "parse"):
        yield from _entry(f"kg.{name}", getattr(kg, name))


def _graph() -> Iterator[str]:
    yield "\n## The graph"
    yield from _entry("kg.Graph", Graph)
    for name, member in vars(Graph).items():
        if not name.startswith("_"):
            yield from _entry(f"graph.{name}", member)


def _questions() -> Iterator[str]:
    yield _QUESTIONS
    for each in questions():
        yield f"### `{each.name}`\n\n{each.help}\n\n{_text(each.request)}\n"
        if asked := _fields(each.request):
            yield f"Fields: {asked}.\n"
        kind = next(iter(get_args(each.answer)), each.answer)
        several = "any number of " if kind is not each.answer else ""
        yield f"Answer: {several}`{kind.__name__}` ({_fields(kind)}). {_text(kind)}\n"


def _fields(kind: Any) -> str:
    return ", ".join(f"`{field.name}`: `{field.type}`" for field in fields(kind))


def _errors() -> Iterator[str]:
    yield "## Errors\n"
    for name in errors.__all__:
        kind = getattr(errors, name)
        yield f"- `{name}` ({kind.__base__.__name__}): {_text(kind)}"


def _entry(title: str, member: Any) -> Iterator[str]:
    if isinstance(member, property):
        yield f"\n### `{title}`\n\n{_text(member)}"
        return
    parameters = ", ".join(_parameters(member))
    returned = inspect.signature(member).return_annotation
    arrow = f" -> {returned}" if isinstance(returned, str) and returned != "None" else ""
    yield f"\n### `{title}({parameters}){arrow}`\n\n{_text(member)}"


def _parameters(member: Any) -> Iterator[str]:
    named_only = False
    for name, parameter in inspect.signature(member).parameters.items():
        if name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not named_only:
            named_only = True
            yield "*"
        stars = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        yield f"{stars}{name}" + ("" if parameter.default is parameter.empty else f"={parameter.default!r}")


def _text(documented: Any) -> str:
    """A docstring as Markdown: its code as code, and what it raises as a list."""
    text = (inspect.getdoc(documented) or "").replace("``", "`")
    about, _, raised = text.partition("\nRaises:\n")
    about = _DOCTEST.sub(lambda found: f"```python\n{found[0].rstrip()}\n```\n", about)
    if not raised:
        return about.rstrip()
    lines: list[str] = []
    for line in raised.splitlines():
        line = line.removeprefix("    ")
        if line.startswith(" "):
            lines[-1] += f" {line.strip()}"
        elif line:
            lines.append(f"- {line}")
    return f"{about.rstrip()}\n\nRaises:\n\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(render_reference())
