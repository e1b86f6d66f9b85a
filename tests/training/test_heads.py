"""The heads are written twice, in torch to be taught and in numpy to be used: both compute the same."""

import numpy as np
import pytest

from kg.extraction.heads import SLOTS, Heads
from kg.extraction.items import Items, ItemThing
from kg.extraction.judging.features import FEATURES
from kg.model import EntityType

torch = pytest.importorskip("torch", reason="needs the extra 'train'")

HIDDEN, PIECES = 12, 40
LINKS = [n % 5 for n in range(PIECES)]


@pytest.fixture(scope="module")
def taught():  # type: ignore[no-untyped-def]
    from kg.training.heads import HeadsNetwork

    torch.manual_seed(0)
    network = HeadsNetwork(HIDDEN).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return network


def scene() -> tuple[np.ndarray, Items, np.ndarray]:
    random = np.random.default_rng(0)
    features = random.random((3, FEATURES), dtype=np.float32)
    spans = [[(0, 2), (11, 12)], [(5, 7)], [(20, 21), (30, 32), (35, 36)]]
    kinds = (EntityType.METHOD, EntityType.BENCHMARK, EntityType.METRIC)
    things = [ItemThing(kind, span, row) for kind, span, row in zip(kinds, spans, features, strict=True)]
    items = Items.of(things, [(8, 9), (30, 32)], [(9, 11), (38, 39)], [n // 10 for n in range(PIECES)], LINKS, FEATURES)
    return random.normal(size=(PIECES, HIDDEN)).astype(np.float32), items, features


def test_numpy_and_torch_agree(taught) -> None:  # type: ignore[no-untyped-def]
    vectors, items, features = scene()
    heads = Heads({name: weights.numpy() for name, weights in taught.state_dict().items()})
    with torch.no_grad():
        read = taught.read(torch.from_numpy(vectors), items)
        relations = taught.relations(read, items, [2, 0], torch.from_numpy(features[[2, 0]])).softmax(1)
        kinds = taught.kinds(read, items).softmax(1)
        slots = [taught.slot(n, read, items, [0, 1, 2], [0, 0, 1]).softmax(1) for n in range(len(SLOTS))]
    mine = heads.read(vectors, items)
    np.testing.assert_allclose(mine, read.numpy(), atol=1e-4)
    np.testing.assert_allclose(heads.relations(mine, items, [2, 0], features[[2, 0]]), relations.numpy(), atol=1e-4)
    np.testing.assert_allclose(heads.kinds(mine, items), kinds.numpy(), atol=1e-4)
    for name, expected in zip(SLOTS, slots, strict=True):
        np.testing.assert_allclose(heads.slot(name, mine, items, [0, 1, 2], [0, 0, 1]), expected.numpy(), atol=1e-4)
