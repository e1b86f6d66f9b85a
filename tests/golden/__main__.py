"""Keep anew what extraction makes of the golden papers: ``python -m tests.golden``; then read the diff."""

from __future__ import annotations

import json

from tests.golden.record import FILES, records

for which, path in FILES.items():
    lines = records(which)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    print(f"{path}: {len(lines)} lines")
