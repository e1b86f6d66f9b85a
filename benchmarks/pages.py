"""Pages of entities as a team asks for them: latency with several visitors at once, and what a page costs the server.

Usage: python -m benchmarks.pages GRAPH.db [--visitors 20] [--pages 2000]

Visitors ask one after another for entities, each as often as papers name it. The server is a process of its own, as
``kg serve`` runs; the first round finds nothing kept, the second what the first left. The visitors take their share of
the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from kg.server.pages.address import entity_address

__all__ = ["main"]

_ENTITIES = 1_000
_START = 60.0  # seconds that a server may take to start


def main() -> None:
    """Ask twice for the same pages, and say how long they took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--pages", type=int, default=2_000)
    options = parser.parse_args()
    with _served(options.graph) as (address, process):
        for round_ in ("nothing kept", "as before"):
            before = _processor_seconds(process)
            times = asyncio.run(_visit(address, options.visitors, options.pages))
            spent = (_processor_seconds(process) - before) / options.pages
            median, slow = statistics.median(times), statistics.quantiles(times, n=10)[-1]
            print(
                f"{round_}: median {1000 * median:.0f} ms, a tenth over {1000 * slow:.0f} ms; "
                f"{1000 * spent:.2f} ms of a processor a page; load of the machine {os.getloadavg()[0]:.1f}"
            )


async def _visit(address: str, visitors: int, pages: int) -> list[float]:
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        named = (await client.get("/entities.json", params={"size": _ENTITIES})).json()
        weights = [each["papers"] for each in named]
        wanted = iter(random.Random(1).choices([each["id"] for each in named], weights, k=pages))
        times: list[float] = []

        async def visitor() -> None:
            for entity in wanted:
                started = time.perf_counter()
                answer = await client.get(entity_address(entity))
                times.append(time.perf_counter() - started)
                answer.raise_for_status()

        await asyncio.gather(*(visitor() for _ in range(visitors)))
        return times


@contextmanager
def _served(graph: Path) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = "from kg.cli import main; main(prog_name='kg')"
    process = subprocess.Popen([sys.executable, "-c", script, "serve", "--db", str(graph), "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    end = time.monotonic() + _START
    while True:
        try:
            httpx.get(f"{address}/health")
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _processor_seconds(process: int) -> float:
    import psutil

    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
