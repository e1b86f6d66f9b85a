"""The Python interface: a graph to open or build, and to ask.

>>> import kg
>>> graph = kg.build(["examples/reasoning-and-rl.txt"], "outputs/kg.db")  # doctest: +SKIP
>>> [hit.paper.title for hit in graph.papers(benchmark="GSM8K")]  # doctest: +SKIP
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kg.choices import parse
from kg.errors import ClosedError, KgError
from kg.iris import DEFAULT_BASE
from kg.model import EntityType, PaperType, Relation, ResultKind
from kg.questions import (
    compare,
    diff,
    entities,
    entity,
    leaderboards,
    new,
    paper,
    papers,
    path,
    related,
    results,
    review,
    rising,
    show,
    stats,
    trend,
)
from kg.questions import question as find_question
from kg.questions.calendar import TimeStep
from kg.questions.compare import Comparison
from kg.questions.diff import Change
from kg.questions.entities import EntityCount
from kg.questions.entity import EntityProfile
from kg.questions.leaderboard import Board
from kg.questions.new import New
from kg.questions.paper import PaperProfile
from kg.questions.papers import PaperHit
from kg.questions.path import Path as Way
from kg.questions.related import Related
from kg.questions.requests import read_request
from kg.questions.results import Claim
from kg.questions.review import Review
from kg.questions.rising import Rising
from kg.questions.stats import GraphStats
from kg.questions.trend import Trend
from kg.store import GraphReader
from kg.store.pool import ReaderPool

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.rdf.described import Described
    from kg.rdf.sparql import SparqlEngine

__all__ = ["Graph", "build", "open_graph", "remove"]

DEFAULT_READERS = 8
"""How many questions are answered at once unless told otherwise; each reader has a cache of 32 MB."""

Names: TypeAlias = "str | Iterable[str]"
Request = TypeVar("Request")
Answer = TypeVar("Answer")


class Graph:
    """A graph file, open for questions of any thread. Use as a context manager, or ``close`` it.

    Each question is of one moment, whatever a build writes meanwhile, and may take ``timeout`` seconds (None: as long
    as it takes). Up to ``readers`` questions are answered at once; more wait.

    ``sparql_in_memory`` answers SPARQL from memory, not from a copy on disk: queries run two to four times as fast, but
    the first one waits until all is read, which pays for a session of many queries on a large graph.

    Raises:
        GraphError: there is no graph at this path.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        sparql_in_memory: bool = False,
        timeout: float | None = None,
        readers: int = DEFAULT_READERS,
    ) -> None:
        self._readers = ReaderPool(Path(path), size=readers, seconds=timeout)
        self._sparql_in_memory = sparql_in_memory
        self._engine: SparqlEngine | None = None
        self._lock = Lock()
        self._closed = False

    @property
    def reader(self) -> GraphReader:
        """What the tables hold, row by row, for this thread; see ``kg.store.GraphReader``."""
        return self._readers.own()

    @contextmanager
    def moment(self) -> Iterator[GraphReader]:
        """A reader for several questions of one moment, which together may take the time for one; what is asked of the
        graph inside, in this thread, is of that moment, too.

        Raises:
            ClosedError: the graph is closed.
        """
        with self._readers.lend() as reader:
            yield reader

    def close(self) -> None:
        """Close the file; whatever is asked meanwhile or later raises a ``ClosedError``."""
        with self._lock:
            self._closed, engine, self._engine = True, self._engine, None
        if engine is not None:
            engine.close()
        self._readers.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, question: str, /, **words: object) -> Any:
        """The answer to any question by its name, also one that others added; see ``kg.questions.registry``.

        ``words`` are the fields of its request: ``graph.ask("related", name="GSM8K", type="benchmark")``.

        Raises:
            KgError: there is no such question, or it cannot be asked so; the error names what there is.
        """
        found = find_question(question)
        return self._ask(found.ask, read_request(found.request, words))

    def count(self, question: str, /, **words: object) -> int | None:
        """How much a question has in all that it is asked for, whatever its ``limit``; None of questions that cannot
        tell without answering.

        Raises:
            KgError: as ``ask``.
        """
        found = find_question(question)
        return self._ask(found.count, read_request(found.request, words)) if found.count is not None else None

    def count_unknown(self, question: str, /, **words: object) -> dict[str, int]:
        """How much a question leaves out though nothing says that it should: papers that state no date, where they are
        asked by date. By what they have ("no date").

        Raises:
            KgError: as ``ask``.
        """
        found = find_question(question)
        request = read_request(found.request, words)
        return self._ask(found.count_unknown, request) if found.count_unknown is not None else {}

    def _ask(self, ask: Callable[[GraphReader, Request], Answer], request: Request) -> Answer:
        with self._readers.lend() as reader:
            return ask(reader, request)

    def papers(
        self,
        *,
        benchmark: Names = (),
        method: Names = (),
        model: Names = (),
        dataset: Names = (),
        task: Names = (),
        metric: Names = (),
        entity: Names = (),
        relation: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        author: Names = (),
        venue: str | None = None,
        type: str | None = None,
        category: str | None = None,
        keyword: str | None = None,
        exact: bool = False,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[PaperHit]:
        """The papers that match all that is given, with evidence; see ``kg.questions.papers.PapersRequest``.

        ``benchmark`` to ``entity`` take a name, or several that papers must all name; so does ``author``.

        Raises:
            NotFoundError: a name stands for nothing in the graph; it carries suggestions.
            KgError: ``relation`` or ``type`` is none, ``since`` or ``until`` is no date, a name is empty, or a number
                is beyond its limits.
        """
        request = papers.PapersRequest(
            benchmark=_several(benchmark),
            method=_several(method),
            model=_several(model),
            dataset=_several(dataset),
            task=_several(task),
            metric=_several(metric),
            entity=_several(entity),
            relation=parse(Relation, relation) if relation is not None else None,
            since=since,
            until=until,
            text=text,
            author=_several(author),
            venue=venue,
            type=parse(PaperType, type) if type is not None else None,
            category=category,
            keyword=keyword,
            exact=exact,
            min_confidence=min_confidence,
            limit=limit,
        )
        return list(self._ask(papers.ask, request))

    def results(
        self,
        *,
        benchmark: Names = (),
        metric: Names = (),
        model: Names = (),
        method: Names = (),
        own: bool | None = None,
        split: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        tables: bool | None = None,
        exact: bool = False,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[Claim]:
        """The numbers that papers state, each with its cell or sentence; see ``kg.questions.results.ResultsRequest``.

        For a frame: ``pandas.DataFrame(graph.results(benchmark="GSM8K"))``.

        Raises:
            NotFoundError: a name stands for nothing in the graph; it carries suggestions.
            KgError: ``kind`` is none, ``since`` or ``until`` is no date, or a number is beyond its limits.
        """
        request = results.ResultsRequest(
            _several(benchmark), _several(metric), _several(model), _several(method), own, split,
            parse(ResultKind, kind) if kind is not None else None,
            since, until, tables, exact, min_confidence, limit,
        )  # fmt: skip
        return list(self._ask(results.ask, request))

    def leaderboards(self, benchmark: str, *, metric: Names = (), split: str | None = None) -> list[Board]:
        """The leaderboards of a benchmark, one for each metric and split, the fullest first.

        Raises:
            NotFoundError: a name stands for nothing in the graph; it carries suggestions.
        """
        request = leaderboards.LeaderboardsRequest(benchmark, _several(metric), split)
        return list(self._ask(leaderboards.ask, request))

    def show(self, name: str) -> EntityProfile | PaperProfile:
        """All about the entity that a name stands for, or else the paper.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
        """
        shown = self._ask(show.ask, show.ShowRequest(name))
        found = shown.entity or shown.paper
        assert found is not None
        return found

    def entity(self, name: str) -> EntityProfile:
        """All about the entity that a name stands for.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
        """
        return self._ask(entity.ask, entity.EntityRequest(name))

    def paper(self, name: str) -> PaperProfile:
        """All about the paper of this id, arXiv id, DOI, address or title, or of the one title that has these words.

        Raises:
            NotFoundError: no paper is called so, or several are; it carries their titles.
        """
        return self._ask(paper.ask, paper.PaperRequest(name))

    def entities(
        self, type: str | None = None, *, sort: str = "papers", min_papers: int = 1, limit: int | None = None
    ) -> list[EntityCount]:
        """The entities that papers name, of one type or all, the most named first or by ``sort="name"``.

        Raises:
            KgError: there is no such type or order.
        """
        request = entities.EntitiesRequest(_type(type), parse(entities.EntityOrder, sort), limit, min_papers)
        return list(self._ask(entities.ask, request))

    def related(
        self, name: str, type: str | None = None, *, min_papers: int = 2, limit: int | None = 20, exact: bool = False
    ) -> list[Related]:
        """The entities that the same papers name, more often than chance has it; see ``kg.questions.related``.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
            KgError: there is no such type.
        """
        request = related.RelatedRequest(name, _type(type), min_papers, limit, exact)
        return list(self._ask(related.ask, request))

    def path(self, start: str, end: str) -> Way:
        """A shortest path between two entities or papers, every step with its evidence.

        Raises:
            NotFoundError: nothing is called so, or, as ``UnconnectedError``, nothing connects the two.
        """
        return self._ask(path.ask, path.PathRequest(start, end))

    def compare(self, left: str, right: str) -> Comparison:
        """Two entities, or two papers, side by side.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
            KgError: one is an entity and the other a paper.
        """
        return self._ask(compare.ask, compare.CompareRequest(left, right))

    def trend(
        self,
        *names: str,
        by: str = "month",
        relation: str | None = None,
        families: bool = True,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0.0,
    ) -> Trend:
        """How many papers name some things by month, quarter or year; see ``kg.questions.trend``.

        Raises:
            NotFoundError: a name stands for nothing in the graph; it carries suggestions.
            KgError: there is no name, no such step or relation, or ``since`` or ``until`` is no date.
        """
        step, which = parse(TimeStep, by), parse(Relation, relation) if relation is not None else None
        request = trend.TrendRequest(names, step, which, not families, since, until, min_confidence)
        return self._ask(trend.ask, request)

    def rising(
        self,
        type: str | None = None,
        *,
        by: str = "month",
        recent: int = 3,
        before: int = 12,
        relation: str | None = None,
        families: bool = True,
        until: str | None = None,
        min_papers: int = 5,
        min_confidence: float = 0.0,
        false_share: float = 0.05,
        limit: int | None = None,
    ) -> Rising:
        """What a larger share of the papers of the last ``recent`` months, quarters or years names than of those
        ``before``, beyond chance; see ``kg.questions.rising``.

        Raises:
            KgError: there is no such type, step or relation, a number is beyond its limits, or ``until`` is no date.
        """
        step, which = parse(TimeStep, by), parse(Relation, relation) if relation is not None else None
        request = rising.RisingRequest(
            _type(type),
            step,
            recent,
            before,
            which,
            not families,
            until,
            min_papers,
            min_confidence,
            false_share,
            limit,
        )
        return self._ask(rising.ask, request)

    def new(self, *, since: str | None = None, after: int | None = None, limit: int | None = None) -> New:
        """What came since a date or time, after the build of a number, or with the last build; see
        ``kg.questions.new``.

        Raises:
            KgError: ``since`` is no date or time, or both are given.
        """
        return self._ask(new.ask, new.NewRequest(since, after, limit))

    def feed(
        self,
        name: str | None = None,
        *,
        limit: int = 100,
        base: str = DEFAULT_BASE,
        address: str | None = None,
        **query: object,
    ) -> bytes:
        """An Atom feed of the papers that match what ``papers`` takes, those that came last, with what they do with
        what is named and their results.

        ``name`` is its title, by default what is asked; ``address`` is where it is served.

        Raises:
            KgError: nothing is asked, or it cannot be asked so.
        """
        from kg.watching.atom import atom_feed
        from kg.watching.news import all_of_paper
        from kg.watching.watches import name_for, watch_of

        watch = watch_of(name or name_for(query) or "papers", query)
        with self._readers.lend() as reader:
            papers = all_of_paper(reader, watch, limit)
        return atom_feed(watch.name, [(watch.name, paper) for paper in papers], base=base, address=address)

    def review(self, *, limit: int = 20) -> Review:
        """What a person should look at: names that may be one thing, and the links that are least certain."""
        return self._ask(review.ask, review.ReviewRequest(limit))

    def diff(self, before: str | Path) -> list[Change]:
        """What came, went and changed since an older graph, in the file ``before``.

        Raises:
            GraphError: there is no graph at that path.
        """
        return list(self._ask(diff.ask, diff.DiffRequest(Path(before))))

    def stats(self) -> GraphStats:
        """Counts of everything."""
        return self._ask(stats.ask, stats.StatsRequest())

    def _repr_html_(self) -> str:
        """A small table for notebooks: what the graph holds, and what is named most."""
        from kg.exports.summary import summary_html

        with self._readers.lend() as reader:
            return summary_html(reader)

    def to_networkx(self, *, base: str = DEFAULT_BASE, projection: str | None = None) -> nx.MultiDiGraph[str]:
        """Papers and entities as nodes, links and relations of entities as edges, all attributes included.

        ``projection="entities"`` gives entities alone, tied by the papers that use them together.

        Raises:
            KgError: there is no such projection.
        """
        from kg.exports.networkx import to_networkx

        with self._readers.lend() as reader:
            return to_networkx(reader, base, projection=projection)

    def to_rdflib(self, *, base: str = DEFAULT_BASE, evidence: str = "full", abstracts: bool = False) -> rdflib.Graph:
        """The graph as RDF in rdflib's memory store; ``evidence`` is ``none``, ``sentence`` or ``full``.

        Raises:
            KgError: ``base`` cannot begin IRIs, or there is no such level of evidence.
        """
        from kg.rdf import EvidenceLevel, RdfOptions, to_rdflib

        options = RdfOptions(parse(EvidenceLevel, evidence), abstracts)
        with self._readers.lend() as reader:
            return to_rdflib(reader, base, options)

    def describe(self, path: str, *, base: str = DEFAULT_BASE) -> Described:
        """The triples of one thing by its address below ``base`` (``method/grpo``, ``paper/arxiv/2402.03300``), and of
        what they refer to; an address of before gives what it stands for today.

        ``graph.describe("method/grpo").serialise("turtle")`` is what a server answers to who follows that IRI.

        Raises:
            NotFoundError: the graph gives no such address, or, as ``GoneError``, no more.
            KgError: ``base`` cannot begin IRIs.
        """
        from kg.rdf.described import describe_thing

        with self._readers.lend() as reader:
            return describe_thing(reader, path, base)

    def sparql(
        self, query: str, /, *, timeout: float = 30.0, max_rows: int = 0, **bindings: object
    ) -> list[dict[str, object]] | bool | rdflib.Graph:
        """The answer to a SPARQL query: a list of rows for SELECT, a bool for ASK, a graph for CONSTRUCT and DESCRIBE.

        ``bindings`` put values in place of variables: ``graph.sparql("ASK { ?p dcterms:title ?t }", t="Slow Sums")``.
        At most ``max_rows`` rows or triples, 0 for all. The first query starts the process that answers them.

        Raises:
            KgError: the query is no SPARQL, an update or a federated one, or took longer than ``timeout`` seconds.
        """
        from kg.rdf.sparql import python_term

        values = {name: python_term(value) for name, value in bindings.items()}
        answer = self._sparql_engine().ask(query, values, seconds=timeout, rows=max_rows)
        if answer.kind == "graph":
            return answer.to_rdflib()
        return answer.boolean() if answer.kind == "boolean" else answer.values()

    def _sparql_engine(self) -> SparqlEngine:
        from kg.rdf.sparql import SparqlEngine

        with self._lock:
            if self._closed:
                raise ClosedError
            if self._engine is None:
                self._engine = SparqlEngine(self._readers.path, in_memory=self._sparql_in_memory)
            return self._engine

    def to_dataframe(self) -> pd.DataFrame:
        """One row a link: paper, title, date, entity, type, relation, confidence. Needs ``paperkg[pandas]``.

        Raises:
            KgError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise KgError("data frames need pandas, which is not installed; pip install 'paperkg[pandas]'") from None

        columns = ["paper", "title", "date", "entity", "type", "relation", "confidence"]
        with self._readers.lend() as reader:
            rows = reader.rows(
                "SELECT paper.id, title, date, label, entity.type, relation, confidence FROM link "
                "JOIN paper ON paper.id = paper_id JOIN entity ON entity.id = entity_id ORDER BY paper.id, entity.id"
            )
        return pd.DataFrame(rows, columns=columns)


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _type(word: str | None) -> EntityType | None:
    return parse(EntityType, word) if word is not None else None


def open_graph(
    path: str | Path,
    *,
    sparql_in_memory: bool = False,
    timeout: float | None = None,
    readers: int = DEFAULT_READERS,
) -> Graph:
    """Open a graph that was built before; see ``Graph``.

    Raises:
        GraphError: there is none at this path.
    """
    return Graph(path, sparql_in_memory=sparql_in_memory, timeout=timeout, readers=readers)


def build(
    sources: Iterable[str | Path],
    path: str | Path = "outputs/kg.db",
    *,
    min_confidence: float | None = None,
    jobs: int = 1,
    moment: datetime | None = None,
) -> Graph:
    """Build or grow a graph from files and folders of papers, and open it; see ``kg.building.build_graph``.

    ``moment`` is kept as the time at which these papers came (``datetime.now(UTC)``); without it ``new`` knows their
    order alone.

    Of several sources, one that cannot be read is skipped with a warning. With ``jobs`` over 1, a script needs the
    usual ``if __name__ == "__main__":`` around its work.

    Raises:
        SourceError: none of the sources can be read.
        GraphError: the graph file cannot be written.
        KgError: ``moment`` has no time zone.
    """
    from kg.building import build_graph

    given = [str(source) for source in sources]
    done = build_graph(given, Path(path), min_confidence=min_confidence, jobs=jobs, moment=moment)
    for error in done.errors:
        warnings.warn(f"skipped: {error}", stacklevel=2)
    return Graph(path)


def remove(sources: Iterable[str | Path], path: str | Path = "outputs/kg.db") -> Graph:
    """Take out of a graph what only these sources contributed, and open it; see ``kg.building.remove_sources``.

    Raises:
        SourceError: one of them is no source of the graph; nothing is removed then.
        GraphError: there is no such graph, or it cannot be written.
    """
    from kg.building import remove_sources

    remove_sources([str(source) for source in sources], Path(path))
    return Graph(path)
