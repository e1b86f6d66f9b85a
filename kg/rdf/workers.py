"""The processes in which queries run, from the side of who asks: started, asked, and ended when they fail."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from kg.errors import ClosedError, GraphError, KgError, LimitError
from kg.rdf.triplestore import graph_state
from kg.rdf.worker import Reply, Request

__all__ = ["Worker"]

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.rdf.worker import serve; serve(*sys.argv[2:])"
)


class Worker:
    """One process that holds the graph as it was when it was started, and answers one query at a time.

    ``memory`` is how many bytes queries may take beside what the process holds when it is ready; 0 is no limit. A
    ``lasting`` one stays fit when the graph changes. ``begun`` is told of it before it is ready, which may take long:
    it can be stopped by then.

    Raises:
        GraphError: the process does not start, or cannot read the graph.
    """

    def __init__(
        self,
        graph: Path,
        base: str,
        *,
        in_memory: bool,
        memory: int = 0,
        lasting: bool = False,
        begun: Callable[[Worker], None] = lambda _: None,
    ) -> None:
        self._graph = graph
        self._state = graph_state(graph)
        self._stopped = False
        self._lasting = lasting
        where = "memory" if in_memory else "disk"
        command = [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path), str(graph), base, where, str(memory)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            begun(self)
            reply, _ = self._receive()
            if reply is None and self._stopped:
                raise ClosedError
            if reply is None:
                raise GraphError(f"the query's process did not start ({_reason(self._process.wait())})")
            if reply.error is not None:
                raise GraphError(reply.error)
        except BaseException:
            self.end()
            raise

    @property
    def is_fit(self) -> bool:
        """Whether it is alive, and holds the graph as it is now or is to last."""
        alive = not self._stopped and self._process.poll() is None
        return alive and (self._lasting or graph_state(self._graph) == self._state)

    def ask(self, request: Request) -> tuple[Reply, bytes]:
        """The reply to a query, with the bytes of its result. After an error of the process it is not fit any more.

        Raises:
            KgError: the query is wrong.
            LimitError: it took more than it may, of time, of memory, or of room for its answer.
            ClosedError: the process was stopped meanwhile.
        """
        try:
            reply, body = self._exchange(request)
        except BaseException:
            # Whoever stops waiting leaves an answer in the pipe, which the next query must not get.
            self.stop()
            raise
        if reply is None:
            status = self._process.wait()
            if self._stopped:
                raise ClosedError
            self.stop()
            if status == -signal.SIGALRM:
                raise LimitError(f"stopped after {request.seconds:g} s; ask for less, or allow more time")
            raise LimitError(f"the query's process ended early ({_reason(status)}); ask for less")
        if reply.error is not None:
            raise LimitError(reply.error) if reply.beyond else KgError(reply.error)
        return reply, body

    def stop(self) -> None:
        """End the process, whatever it is doing; from any thread."""
        self._stopped = True
        self._process.kill()

    def end(self) -> None:
        """End the process and forget it."""
        self.stop()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _exchange(self, request: Request) -> tuple[Reply | None, bytes]:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
            self._process.stdin.flush()
        return self._receive()

    def _receive(self) -> tuple[Reply | None, bytes]:
        """The next reply with its bytes; None when the process ended without one."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            return None, b""
        reply = Reply(**json.loads(line))
        body = self._process.stdout.read(reply.size)
        return (reply, body) if len(body) == reply.size else (None, b"")


def _reason(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"
