"""The schema of the graph file, by version, and the migrations between them.

Records are what sources said, papers what the records amount to, extractions what was found in each paper. Entities,
links, evidence and results are derived from the extractions by linking and are replaced together, in one transaction.
"""

from __future__ import annotations

from kg.store.schema.until_5 import EVIDENCE_OF_2, NEW_IN_4, NEW_IN_5, RESULT_OF_2, TO_5
from kg.store.schema.version_6 import NEW_IN_6, TO_6
from kg.store.schema.version_7 import COLUMNS_OF_7, NEW_IN_7, TO_7
from kg.store.schema.version_8 import COLUMNS_OF_8, NEW_BEFORE_6, NEW_IN_8, TO_8
from kg.store.schema.version_9 import TO_9

__all__ = ["COLUMNS", "MIGRATIONS", "READABLE", "SCHEMA_VERSION"]

MIGRATIONS: tuple[str, ...] = (*TO_5, TO_6, TO_7, TO_8, TO_9)
"""Script n brings a file from version n to n + 1; version 0 is an empty file.

They may call ``fold``, ``fold_person`` and ``fold_family``, and find all fields of papers in their columns.
"""

SCHEMA_VERSION = len(MIGRATIONS)

_IN_7 = {**NEW_IN_7, "result": NEW_IN_7["result"].format(result="main.result")}
_RESULT_OF_2_IN_7 = NEW_IN_7["result"].format(result=f"({RESULT_OF_2})")

_AFTER_5 = {**NEW_IN_6, **_IN_7, **NEW_BEFORE_6}

READABLE: dict[int, dict[str, str]] = {
    2: {**NEW_IN_4, **NEW_IN_5, **_AFTER_5, "evidence": EVIDENCE_OF_2, "result": _RESULT_OF_2_IN_7},
    3: {**NEW_IN_4, **NEW_IN_5, **_AFTER_5},
    4: {**NEW_IN_5, **_AFTER_5},
    5: _AFTER_5,
    6: {**_IN_7, **NEW_IN_8},
    7: NEW_IN_8,
    8: {},
}
"""For files of earlier versions that can be read as they are: by table, today's shape of it over the old one."""

COLUMNS = {table: (*COLUMNS_OF_7[table], *COLUMNS_OF_8[table]) for table in COLUMNS_OF_7}
"""Columns of tables of papers, beside the fields of papers, that files of earlier versions lack."""
