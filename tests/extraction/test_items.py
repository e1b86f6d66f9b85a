import numpy as np

from kg.extraction.items import Items, ItemThing
from kg.extraction.link_words import LINK_WORDS
from kg.model import EntityType

SENTENCES = [0] * 5 + [1] * 5
LINKS = [0, 2, 0, 1, 0, 0, 0, 2, 0, 0]
FEATURES = 3


def items_of(**changes: object) -> Items:
    thing = ItemThing(EntityType.MODEL, [(0, 1), (6, 7)], np.ones(FEATURES, dtype=np.float32))
    other = ItemThing(EntityType.DATASET, [(3, 4)], np.zeros(FEATURES, dtype=np.float32))
    return Items.of([thing, other], [(8, 9)], [(2, 3), (9, 10)], SENTENCES, LINKS, FEATURES)


def test_mentions_come_thing_by_thing_then_measures_then_values() -> None:
    items = items_of()
    assert items.spans == [(0, 1), (6, 7), (3, 4), (8, 9), (2, 3), (9, 10)]
    assert items.owners.tolist() == [0, 0, 1, -1, -1, -1]
    assert (items.first_measure, items.first_value) == (3, 4)
    assert items.places.tolist() == [0, 1, 0, 1, 0, 1]


def test_only_mentions_have_features() -> None:
    assert items_of().features.sum(axis=1).tolist() == [3, 3, 0, 0, 0, 0]


def test_the_mentions_of_some_things_with_their_places_among_them() -> None:
    assert items_of().mentions_of([1, 0]) == ([2, 0, 1], [0, 1, 1])
    assert items_of().mentions_of([1]) == ([2], [0])


def test_distance_tells_the_side_and_the_sentence() -> None:
    distances = items_of().distances
    assert distances[0, 2] != distances[2, 0]
    assert distances[4, 2] != distances[4, 1]
    assert distances[5, 1] != distances[5, 3]


def test_rank_counts_the_numbers_and_the_others_between() -> None:
    ranks = items_of().ranks
    assert ranks.shape == (2, 4)
    assert ranks[0].tolist() == [0, 1, 0, 2]  # of the first value: others between it and each mention or measure
    assert ranks[1, 0] // 4 == 1  # the first value stands between the second and the first mention


def test_a_text_without_any() -> None:
    items = Items.of([], [], [], SENTENCES, LINKS, FEATURES)
    assert items.distances.shape == (0, 0)
    assert items.mentions_of([]) == ([], [])


def test_link_words_between_a_number_and_what_stands_on_either_side() -> None:
    between = items_of().between([0, 2, 1])
    assert between.shape == (2, 3, 2 * LINK_WORDS)
    assert np.flatnonzero(between[0, 0]).tolist() == [LINK_WORDS + 1]  # of the second kind, before the number
    assert not between[0, 1].any()  # it stands right behind
    assert not between[0, 2].any()  # in another sentence
