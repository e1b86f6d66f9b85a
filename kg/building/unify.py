"""Records to papers: which records are one paper, and what they together say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.digests import code_digest, digest_of
from kg.linking import RecordKeys, group_records, merge_records
from kg.linking.rules import PaperRule
from kg.model import Paper
from kg.store.writer import GraphWriter
from kg.text.dates import complete_date

__all__ = ["unify"]

_CODE = ("linking/merging.py", "linking/papers.py", "linking/people.py", "model", "text")


def unify(
    writer: GraphWriter,
    rules: Sequence[PaperRule] = (),
    say: Callable[[str], None] = lambda line: None,
    *,
    undone: bool = False,
) -> None:
    """Group the records into papers by what people said of them, unless they are grouped so already.

    Papers whose records changed are merged anew (all of them by another version of the code), those without records go.
    ``undone`` where a correction was taken back.
    """
    merged = code_digest(*_CODE)
    grouped = digest_of((merged.encode(), repr(tuple(rules)).encode()))
    if writer.is_unified(grouped):
        return
    with writer.unifying(grouped, merged, undone=undone):
        near = writer.is_grouped(grouped) and writer.is_merged(merged)
        # What people said can unite records that share nothing: what they named is looked at each time.
        named = {each for rule in rules for each in rule.papers}
        keys = writer.record_keys_near(named) if near else writer.record_keys()
        grouping = group_records((RecordKeys(*row) for row in keys), rules)
        papers = dict(grouping.papers)
        changed = writer.assign(papers, all_records=not near)
        every = sorted(set(papers.values()))
        for paper_id in changed if writer.is_merged(merged) else every:
            writer.put_paper(merge_records(paper_id, list(_dated(writer, paper_id))))
        doubts = ((doubt.paper, doubt.other, doubt.reason) for doubt in grouping.doubts)
        writer.put_doubts(doubts, about=every if near else None)
    if grouping.idle:
        names = ", ".join(dict.fromkeys(each for rule in grouping.idle for each in rule.papers))
        say(f"{len(grouping.idle)} of {len(rules)} corrections of papers name what is not in the graph: {names}")


def _dated(writer: GraphWriter, paper_id: str) -> Iterator[Paper]:
    """What each record of a paper says; a date without its year with that of its source."""
    for record, source in writer.records_of(paper_id):
        yearless = record.date is not None and record.date.startswith("--")
        yield replace(record, date=complete_date(record.date, writer.latest_year(source))) if yearless else record
