from __future__ import annotations

import numpy as np

from kg.view.regions import draw_regions, telling_names


def inside(x: float, y: float, ring: tuple[int, ...]) -> bool:
    points = list(zip(ring[::2], ring[1::2], strict=True))
    within = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within


CLOUD = np.random.default_rng(7).normal(size=(60, 2)) * 60
POINTS = np.concatenate((CLOUD, CLOUD + np.array([600.0, 0.0])))


def test_each_region_holds_its_own_nodes() -> None:
    left, right = draw_regions(POINTS, [0] * 60 + [1] * 60, ["left", "right"], [9.0] * 120)
    assert sum(inside(x, y, left.rings[0]) for x, y in POINTS[:60]) > 45
    assert not any(inside(x, y, left.rings[0]) for x, y in POINTS[60:])
    assert inside(left.x, left.y, left.rings[0])
    assert left.tint != right.tint


def test_nodes_of_no_region_make_none() -> None:
    (only,) = draw_regions(POINTS, [0] * 60 + [-1] * 60, ["left"], [9.0] * 120)
    assert only.nodes == 60


def test_a_few_nodes_make_no_region() -> None:
    assert draw_regions(POINTS[:3], [0] * 3, ["tiny"], [9.0] * 3) == ()
    assert draw_regions(POINTS[:0], [], [], []) == ()
    assert draw_regions(POINTS[:9], [-1] * 9, [], [9.0] * 9) == ()


def test_of_a_crowd_of_regions_the_largest_are_drawn() -> None:
    crowd = np.random.default_rng(7).uniform(-9000, 9000, size=(4000, 2))
    found = draw_regions(crowd, [index % 800 for index in range(4000)], [str(index) for index in range(800)], [5.0])
    assert len(found) <= 300


def test_a_region_is_named_by_what_its_papers_name_and_others_do_not() -> None:
    labels = ["everywhere", "here", "there", "rare"]
    papers = [[0, 1], [0, 1], [0, 1, 3], [0, 2], [0, 2], [0, 2]]
    names = telling_names(labels, [0, 0, 1, 0], papers, [0, 0, 0, 1, 1, 1])
    assert names == ("here · everywhere", "there")
