"""Kill a build at random moments, again and again, and see whether the graph that it ends in is that of a calm one.

Usage: python benchmarks/crash.py SOURCE... [--kills 20] [--jobs 2] [--seed 1]

Each kill is SIGKILL, after which the file must open and pass SQLite's integrity and foreign-key checks. The exit code
is 1 if any did not, or if the export of the graph at the end differs by a byte.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

KG = [sys.executable, "-m", "kg"]


def is_sound(db: Path) -> bool:
    """Whether SQLite finds nothing wrong with a graph file; one that is not there yet is."""
    if not db.exists():
        return True
    with closing(sqlite3.connect(db)) as connection:
        intact = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return intact and not connection.execute("PRAGMA foreign_key_check").fetchall()


def export(db: Path) -> bytes:
    """All that the graph holds."""
    return subprocess.run([*KG, "export", "--format", "jsonl", "--db", str(db)], capture_output=True, check=True).stdout


def main() -> None:
    """Kill, look, and compare; a line a kill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kg-crash-"))
    calm, killed = folder / "calm.db", folder / "killed.db"
    build = [*KG, "build", *options.sources, "--jobs", str(options.jobs), "-q", "--db"]
    started = time.monotonic()
    subprocess.run([*build, str(calm)], check=True)
    whole = time.monotonic() - started
    wanted = export(calm)
    moments = random.Random(options.seed)
    good = True
    for kill in range(1, options.kills + 1):
        for each in folder.glob("killed.db*"):
            each.unlink()
        moment = moments.uniform(0, whole)
        with subprocess.Popen([*build, str(killed)]) as process:
            try:
                process.wait(moment)
                ended = "had ended"
            except subprocess.TimeoutExpired:
                process.kill()
                ended = "killed"
        sound = is_sound(killed)
        subprocess.run([*build, str(killed)], check=True)
        same = export(killed) == wanted
        good &= sound and same
        outcome = f"{'sound' if sound else 'DAMAGED'}, then {'the same bytes' if same else 'ANOTHER GRAPH'}"
        print(f"{kill:3}: {ended} after {moment:5.2f} s: {outcome}", flush=True)
    shutil.rmtree(folder)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
