"""Whole-process time of the commands that people wait for, beside a bare Python start: medians over ten runs.

Usage: python benchmarks/startup.py GRAPH.db
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 10


def seconds(command: list[str]) -> float:
    """The median wall time of a command."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print a line a command."""
    graph = sys.argv[1]
    kg = [sys.executable, "-m", "kg"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kg --help": [*kg, "--help"],
        "kg papers --benchmark GSM8K": [*kg, "papers", "--benchmark", "GSM8K", "--db", graph],
        "kg show GRPO": [*kg, "show", "GRPO", "--db", graph],
    }
    bare = seconds(commands["python -c pass"])
    for name, command in commands.items():
        median = seconds(command)
        print(f"{name:30} {median * 1000:7.0f} ms  {median / bare:5.1f} x a bare start")


if __name__ == "__main__":
    main()
