"""The view next to plain pyvis on the same graphs, in the same run, in a browser without a network.

Usage: python -m benchmarks.view [--nodes 1000 5000 20000 50000] [--cap 60]

For each size it makes a graph, writes the view, opens it in headless Chromium, and pans and zooms. It states the
seconds to write the file, its size, the seconds until a person can act (from the start of the navigation; the first
picture comes earlier), the milliseconds of script for a frame, and the frames a second. Headless browsers draw in
software, so frames a second are few whatever the library: the script's share is what the library is to answer for.
Plain pyvis is measured with physics off and with positions given, and as it comes, up to a cap.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.synthetic import write_synthetic
from kg.store import GraphReader
from kg.view import write_view
from kg.view.scene import Scene, build_scene
from kg.view.selection import select
from tests.view.browsing import open_browser

__all__ = ["main"]

_PAPERS_FOR_A_NODE = 0.34
_SECONDS = 3.0  # of panning and zooming
_MOVE = """
const done = arguments[arguments.length - 1], end = performance.now() + 1000 * arguments[0], set = %s;
let frames = 0;
requestAnimationFrame(function next() {
  if (performance.now() > end && frames >= 5) return done(frames);
  frames++;
  set(Math.sin(frames / 9), 1 + 0.5 * Math.sin(frames / 23));
  requestAnimationFrame(next);
});
"""
_OURS = (
    "(() => { const from = kgView.renderer.camera(); return (dx, zoom) => kgView.renderer.setCamera("
    "{ x: from.x + 120 * dx / from.scale, y: from.y, scale: from.scale * zoom }); })()"
)
_PLAIN = (
    "(() => { const from = network.getViewPosition(), scale = network.getScale(); return (dx, zoom) => network.moveTo("
    "{ position: { x: from.x + 120 * dx / scale, y: from.y }, scale: scale * zoom, animation: false }); })()"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one page does; None where it did not come to it before the cap."""

    what: str
    write: float
    megabytes: float
    picture: float | None
    acts: float | None
    script: float | None = None
    frames: float | None = None


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 5000, 20000, 50000])
    parser.add_argument("--cap", type=float, default=60.0, help="seconds after which a page is given up")
    arguments = parser.parse_args()
    print("| nodes | links | page | write s | MB | picture s | acts s | script ms a frame | frames/s |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for nodes in arguments.nodes:
            _size(Path(folder), nodes, arguments.cap)


def _size(folder: Path, nodes: int, cap: float) -> None:
    graph = folder / f"{nodes}.db"
    write_synthetic(graph, round(nodes * _PAPERS_FOR_A_NODE))
    with GraphReader(graph) as reader:
        selection = select(reader)
        scene = build_scene(selection)
        about = f"| {len(selection.entities) + len(selection.papers):,} | {len(selection.links):,} "
        rows = [_ours(folder, reader, renderer, cap) for renderer in ("webgl", "pyvis") if _fits(renderer, nodes)]
    rows += [_plain(folder, scene, physics, cap) for physics in (False, True)]
    for row in rows:
        values = (row.write, row.megabytes, row.picture, row.acts, row.script, row.frames)
        print(
            f"{about}| {row.what} | {' | '.join('over the cap' if v is None else f'{v:.1f}' for v in values)} |",
            flush=True,
        )


def _fits(renderer: str, nodes: int) -> bool:
    return renderer == "webgl" or nodes <= 5_000


def _ours(folder: Path, reader: GraphReader, renderer: Any, cap: float) -> Row:
    page = folder / "kg.html"
    started = time.perf_counter()
    write_view(reader, page, renderer=renderer)
    written = time.perf_counter() - started
    name = f"kg view --renderer {renderer}"
    return _open(name, written, page, cap, "return window.kgView?.interactive", "return kgView.drawn", _MOVE % _OURS)


def _plain(folder: Path, scene: Scene, physics: bool, cap: float) -> Row:
    page = folder / "plain.html"
    started = time.perf_counter()
    page.write_text(_pyvis(scene, physics), encoding="utf-8")
    written = time.perf_counter() - started
    ready = "return document.readyState === 'complete' && typeof network !== 'undefined' "
    ready += "&& (network.physics.stabilized || !network.physics.physicsEnabled) && performance.now()"
    name = "plain pyvis" if physics else "plain pyvis, physics off, positions given"
    return _open(name, written, page, cap, ready, "return performance.now()", _MOVE % _PLAIN)


def _pyvis(scene: Scene, physics: bool) -> str:
    """The graph as pyvis's own template shows it; edges go in directly, as ``add_edge`` takes time by their square."""
    from pyvis.network import Network

    network = Network(height="860px", width="100%", directed=True, cdn_resources="in_line")
    count = len(scene.entities["id"])
    for index, (label, x, y) in enumerate(
        zip(scene.entities["label"], scene.entities["x"], scene.entities["y"], strict=True)
    ):
        network.add_node(
            index, label=label, size=scene.entities["radius"][index], **({} if physics else {"x": x, "y": y})
        )
    for index, (x, y) in enumerate(zip(scene.papers["x"], scene.papers["y"], strict=True)):
        network.add_node(count + index, label=" ", size=4, **({} if physics else {"x": x, "y": y}))
    for paper, entity in zip(scene.links["paper"], scene.links["entity"], strict=True):
        network.edges.append({"from": count + int(str(paper)), "to": entity})
    network.toggle_physics(physics)
    return str(network.generate_html())


def _open(what: str, written: float, page: Path, cap: float, ready: str, picture: str, move: str) -> Row:
    """Open a page in a browser of its own, wait until it is ready, and move about."""
    size = page.stat().st_size / 1e6
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver: Any = open_browser(Path(profile), Path(profile))
        try:
            driver.set_page_load_timeout(cap)
            driver.command_executor.client_config.timeout = cap + 15
            driver.get("about:blank")
            driver.get(page.as_uri())
            acts = _wait(lambda: driver.execute_script(ready), cap)
            if acts is None:
                return Row(what, written, size, None, None)
            drawn = min(driver.execute_script(picture), acts) / 1000
            driver.execute_cdp_cmd("Performance.enable", {})
            before = _script_seconds(driver)
            started = time.perf_counter()
            frames = max(1, driver.execute_async_script(move, _SECONDS))
            seconds = time.perf_counter() - started
            script = 1000 * (_script_seconds(driver) - before) / frames
            return Row(what, written, size, drawn, acts / 1000, script, frames / seconds)
        except _gave_up():
            os.kill(driver.capabilities["goog:processID"], signal.SIGKILL)  # a page that hangs does not quit
            return Row(what, written, size, None, None)
        finally:
            driver.quit()


def _gave_up() -> tuple[type[Exception], ...]:
    from selenium.common.exceptions import WebDriverException
    from urllib3.exceptions import HTTPError

    return WebDriverException, HTTPError


def _wait(ready: Callable[[], Any], cap: float) -> float | None:
    end = time.monotonic() + cap
    while time.monotonic() < end:
        if found := ready():
            return float(found)
        time.sleep(0.05)
    return None


def _script_seconds(driver: Any) -> float:
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "ScriptDuration"))


if __name__ == "__main__":
    main()
