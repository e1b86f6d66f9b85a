"""Records to papers: which records are one paper, and what they together say of it."""

from __future__ import annotations

from dataclasses import replace

from kg.linking import RecordKeys, group_records, merge_records
from kg.store.writer import GraphWriter
from kg.text.dates import complete_date

__all__ = ["unify"]


def unify(writer: GraphWriter) -> None:
    """Group the records into papers; those whose records changed are merged anew, those without records go."""
    with writer.unifying():
        changed = writer.assign(group_records(RecordKeys(*row) for row in writer.record_keys()))
        years = writer.latest_years()
        for paper_id in changed:
            records = [
                replace(record, date=complete_date(record.date, years.get(source)))
                for record, source in writer.records_of(paper_id)
            ]
            writer.put_paper(merge_records(paper_id, records))
