"""Results as a model's repository at Hugging Face keeps them: a YAML file below ``.eval_results/``.

Source: "Evaluation Results", https://huggingface.co/docs/hub/eval-results: a list of a benchmark's ``id`` at the hub
with the ``task_id`` that its own settings name, a ``value``, and optionally ``date``, ``source`` and ``notes``. Strings
are written as JSON has them, which YAML 1.2 reads, so that no title can be anything but text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import KgError
from kg.model import ResultKind
from kg.questions.results import Claim
from kg.store import GraphReader

__all__ = ["DEFAULT_TASK", "EvalResults", "eval_results"]

DEFAULT_TASK = "default"
"""What the benchmark calls its task, unless told otherwise: the name is the benchmark's, and no paper says it."""

_HUB = "https://huggingface.co/datasets/"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHOWN = 5  # systems that an error names


@dataclass(frozen=True, slots=True)
class EvalResults:
    """The text of the file, how many results it has, and how many were left out: of data that no one has linked to the
    hub, or that are no scores."""

    text: str
    written: int
    left_out: int


def eval_results(reader: GraphReader, claims: Iterable[Claim], task: str = DEFAULT_TASK) -> EvalResults:
    """The results of one model, in their order.

    Raises:
        KgError: they are of several models; the file is that of one.
    """
    claims = list(claims)
    systems = list(dict.fromkeys(claim.of or "an unnamed system" for claim in claims))
    if len({claim.of_id or claim.of for claim in claims}) > 1:
        named = ", ".join(systems[:_SHOWN]) + (" ..." if len(systems) > _SHOWN else "")
        raise KgError(f"these results are of several systems ({named}); name one with --model NAME --exact")
    entries = []
    for claim in claims:
        dataset = _at_the_hub(reader, claim.on_id)
        if dataset is not None and claim.kind is ResultKind.ABSOLUTE and claim.number is not None:
            entries.append("\n".join(_entry(claim, dataset, task, _address(reader, claim.paper_id))))
    text = "".join(f"{entry}\n" for entry in entries) or "[]\n"
    return EvalResults(text, len(entries), len(claims) - len(entries))


def _entry(claim: Claim, dataset: str, task: str, address: str | None) -> Iterator[str]:
    yield "- dataset:"
    yield f"    id: {_text(dataset)}"
    yield f"    task_id: {_text(task)}"
    yield f"  value: {json.dumps(claim.number)}"
    if claim.date and _DAY.fullmatch(claim.date):
        yield f"  date: {_text(claim.date)}"
    if address:
        yield "  source:"
        yield f"    url: {_text(address)}"
        yield f"    name: {_text(claim.title)}"
    yield f"  notes: {_text('; '.join(_notes(claim)))}"


def _notes(claim: Claim) -> Iterator[str]:
    """Under what the number was reached, and where it stands."""
    yield from filter(None, (claim.metric, claim.split, claim.setting, claim.base and f"on top of {claim.base}"))
    if claim.cell is None:
        yield f"{claim.passage}: {claim.sentence}"
    else:
        yield f"{claim.table or 'table'}, row {claim.row}, column {claim.column}"


def _at_the_hub(reader: GraphReader, entity_id: str | None) -> str | None:
    """The id that the benchmark has as data at the hub."""
    entity = reader.entity(entity_id) if entity_id else None
    addresses: Sequence[str] = entity.exact_matches if entity else ()
    return next((each.removeprefix(_HUB) for each in addresses if each.startswith(_HUB)), None)


def _address(reader: GraphReader, paper_id: str) -> str | None:
    paper = reader.paper(paper_id)
    if paper is None:
        return None
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return f"https://doi.org/{paper.doi}" if paper.doi else next(iter(paper.urls), None)


def _text(text: str) -> str:
    """A text in quotes; what YAML takes for a break of the line, or refuses, is escaped."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))
