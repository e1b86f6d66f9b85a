from __future__ import annotations

import numpy as np

from kg.questions.communities import backbone, communities, naming, ties

# Two fields of ten things each, and one paper that names one of both.
PAPERS = [[i, (i + 1) % 10, (i + 3) % 10] for i in range(10)] + [
    [10 + i, 10 + (i + 1) % 10, 10 + (i + 3) % 10] for i in range(10)
]
BRIDGE = [[0, 10]]


def test_things_of_one_field_form_a_community() -> None:
    found = communities(ties(naming(PAPERS + BRIDGE, 20)), largest=0.6)
    assert not set(found[:10]) & set(found[10:])


def test_communities_come_largest_first() -> None:
    found = communities(ties(naming([[0, 1]] * 3 + [[2, 3, 4]] * 3, 5)), largest=1.0)
    assert list(found) == [1, 1, 0, 0, 0]


def test_long_lists_prove_less_about_each_pair() -> None:
    tied = ties(naming([[0, 1], [2, 3, 4, 5]], 6))
    assert tied[0, 1] > tied[2, 3]


def test_things_without_ties_are_communities_of_their_own() -> None:
    assert sorted(communities(ties(naming([[0], [1]], 2)))) == [0, 1]


def test_backbone_keeps_the_closest_ties_of_each() -> None:
    found = backbone(ties(naming([[0, 1]] * 5 + [[0, 2], [0, 3], [0, 4]], 5)), keep=1)
    assert {(one, other) for one, other, _ in found} == {(0, 1), (0, 2), (0, 3), (0, 4)}
    assert max(weight for *_, weight in found) == 1


def test_the_same_papers_give_the_same_communities() -> None:
    tied = ties(naming(PAPERS + BRIDGE, 20))
    assert np.array_equal(communities(tied), communities(tied))
