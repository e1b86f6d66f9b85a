from __future__ import annotations

from itertools import combinations

from kg.view.layout import Box, place

BOXES = [Box(30 + 5 * (i % 4), 20, 8) for i in range(40)]
PAPERS = [[i, (i + 1) % 20] for i in range(20)] + [[20 + i, 20 + (i + 3) % 20] for i in range(20)] + [[0, 20]]


def test_same_input_gives_same_picture() -> None:
    assert place(BOXES, PAPERS) == place(BOXES, PAPERS)


def test_boxes_do_not_overlap() -> None:
    places = place(BOXES, PAPERS).entities
    for (a, (ax, ay)), (b, (bx, by)) in combinations(zip(BOXES, places, strict=True), 2):
        apart_x = abs(ax - bx) >= a.half_width + b.half_width - 2
        apart_y = abs((ay + a.below) - (by + b.below)) >= a.half_height + b.half_height - 2
        assert apart_x or apart_y


def test_entities_of_different_communities_get_different_indexes() -> None:
    communities = place(BOXES, PAPERS).communities
    assert not set(communities[:20]) & set(communities[20:])


def test_community_members_lie_nearer_to_each_other_than_to_others() -> None:
    places = place(BOXES, PAPERS).entities
    left = sum(x for x, _ in places[:20]) / 20, sum(y for _, y in places[:20]) / 20
    right = sum(x for x, _ in places[20:]) / 20, sum(y for _, y in places[20:]) / 20
    own = [((x - left[0]) ** 2 + (y - left[1]) ** 2) ** 0.5 for x, y in places[:20]]
    other = [((x - right[0]) ** 2 + (y - right[1]) ** 2) ** 0.5 for x, y in places[:20]]
    assert sum(own) < sum(other)


def test_papers_of_one_entity_do_not_lie_on_one_spot() -> None:
    assert len(set(place([Box(20, 20)], [[0]] * 30).papers)) == 30


def test_tiny_pictures_are_placed() -> None:
    assert place([], []).entities == ()
    assert len(place([], [[]]).papers) == 1
    assert len(place([Box(9, 9)], []).entities) == 1
    assert len(set(place([Box(9, 9)] * 2, []).entities)) == 2
