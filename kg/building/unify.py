"""Records to papers: which records are one paper, and what they together say of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.digests import code_digest, digest_of
from kg.linking import RecordKeys, group_records, merge_records
from kg.linking.rules import PaperRule
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
        grouping = group_records((RecordKeys(*row) for row in writer.record_keys()), rules)
        papers = dict(grouping.papers)
        changed = writer.assign(papers)
        years = writer.latest_years()
        for paper_id in changed if writer.is_merged(merged) else sorted(set(papers.values())):
            records = [
                replace(record, date=complete_date(record.date, years.get(source)))
                for record, source in writer.records_of(paper_id)
            ]
            writer.put_paper(merge_records(paper_id, records))
        writer.put_doubts((doubt.paper, doubt.other, doubt.reason) for doubt in grouping.doubts)
    if grouping.idle:
        names = ", ".join(dict.fromkeys(each for rule in grouping.idle for each in rule.papers))
        say(f"{len(grouping.idle)} of {len(rules)} corrections of papers name what is not in the graph: {names}")
