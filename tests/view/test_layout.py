from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import PAPER_RADIUS, Layout, place

FIELDS = [[i, (i + 1) % 20, (i + 5) % 20] for i in range(20)] + [
    [20 + i, 20 + (i + 1) % 20, 20 + (i + 5) % 20] for i in range(20)
]


def lay_out(papers: Sequence[Sequence[int]], radii: Sequence[float]) -> Layout:
    return place(papers, radii, [radius + 20 for radius in radii])


def test_same_input_gives_same_picture() -> None:
    assert lay_out(FIELDS, [8.0] * 40) == lay_out(FIELDS, [8.0] * 40)


def test_nothing_lies_on_anything() -> None:
    radii = [6.0 + index % 9 for index in range(40)]
    layout = lay_out(FIELDS, radii)
    discs = [*zip(layout.entities, radii, strict=True), *((dot, PAPER_RADIUS) for dot in layout.papers)]
    for (one, small), (other, large) in combinations(discs, 2):
        assert math.dist(one, other) > 0.8 * (small + large)


def test_fields_lie_apart() -> None:
    layout = lay_out([*FIELDS, [0, 20]], [8.0] * 40)
    assert not set(layout.entity_regions[:20]) & set(layout.entity_regions[20:])
    halves = layout.entities[:20], layout.entities[20:]
    middles = [(sum(x for x, _ in half) / 20, sum(y for _, y in half) / 20) for half in halves]
    own = sum(math.dist(point, middles[0]) for point in halves[0])
    assert own < sum(math.dist(point, middles[1]) for point in halves[0])


def test_what_one_paper_alone_names_lies_at_that_paper() -> None:
    papers = [[*named, 40 + index] for index, named in enumerate(FIELDS)]
    papers += [[70 + index % 5, 75 + index % 5] for index in range(10)]
    layout = lay_out(papers, [8.0] * 80)
    for index in range(30):
        others = [math.dist(layout.entities[40 + index], dot) for dot in layout.papers]
        assert others[index] < sorted(others)[len(others) // 3]


def test_papers_that_share_nothing_are_off_the_coast() -> None:
    papers = [*FIELDS, *([40 + index] for index in range(30))]
    layout = lay_out(papers, [8.0] * 70)
    assert set(layout.paper_regions[40:]) == {-1}
    assert -1 not in layout.paper_regions[:40]
    land = max(math.hypot(x, y) for x, y in layout.papers[:40])
    assert min(math.hypot(x, y) for x, y in layout.papers[40:]) > 0.5 * land


@settings(max_examples=30)
@given(st.integers(0, 12).flatmap(lambda count: st.lists(st.sets(st.integers(0, max(count - 1, 0)), max_size=count))))
def test_any_graph_is_placed(papers: list[set[int]]) -> None:
    count = max((max(named, default=-1) for named in papers), default=-1) + 1
    layout = lay_out([sorted(named) for named in papers], [6.0] * count)
    assert len(layout.entities) == len(layout.entity_regions) == count
    assert len(layout.papers) == len(layout.paper_regions) == len(papers)


def test_papers_of_one_entity_do_not_lie_on_one_spot() -> None:
    assert len(set(lay_out([[0]] * 30, [20.0]).papers)) == 30
