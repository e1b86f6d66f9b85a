"""What papers are called: the best identifier of their records, or a hash of their title."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.linking.records import RecordKeys
from kg.text.folding import fold_title
from kg.text.titles import unmarked

__all__ = ["paper_ids"]


def paper_ids(group_of: Mapping[int, str], rows: Iterable[RecordKeys]) -> dict[str, str]:
    """The paper id of each group: its best identifier, or the hash of its title.

    The hash alone is the id of the only paper of its title. Where there are several, with an identifier or without,
    each that goes by the hash has behind it what tells it apart: first author, year, spelling; so that no paper comes
    to an id that was another's.
    """
    ids = {group: group for group in group_of.values() if not group.startswith("title/")}
    bearers: dict[str, set[str]] = defaultdict(set)
    by_title: dict[str, dict[str, list[RecordKeys]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        group = group_of[row.record]
        bearers[f"title/{row.title}"].add(group)
        if group not in ids:
            by_title[group.partition("\0")[0]][group].append(row)
    for title, groups in by_title.items():
        if len(bearers[title] | groups.keys()) == 1:
            ids[next(iter(groups))] = title
            continue
        told = {group: "-".join((title, *_telling(records))) for group, records in groups.items()}
        times = Counter(told.values())
        for group, name in told.items():
            told_enough = times[name] == 1 and name != title
            ids[group] = name if told_enough else f"{name}-{hashlib.sha256(group.encode()).hexdigest()[:8]}"
    return ids


def _telling(records: Sequence[RecordKeys]) -> Iterator[str]:
    """What tells a paper from others of its title, as part of an id; nothing of one that says nothing."""
    fullest = max(records, key=lambda record: record.weight)
    if fullest.people:
        yield fullest.people.surname
    if years := [record.year for record in records if record.year]:
        yield str(min(years))
    spelling = min(record.spelling for record in records)
    if spelling != fold_title(unmarked(min(record.wording for record in records))):
        yield hashlib.sha256(spelling.encode("utf-8", "surrogatepass")).hexdigest()[:6]
