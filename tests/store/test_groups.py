from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.store.groups import Groups

KEYS = st.lists(st.text(max_size=3)).map(sorted)


@given(held=KEYS, asked=KEYS.map(lambda keys: sorted(set(keys))))
def test_groups_give_each_key_its_rows(held: list[str], asked: list[str]) -> None:
    rows = [(key, number) for number, key in enumerate(held)]
    groups = Groups(iter(rows))
    assert {key: groups.take(key) for key in asked} == {key: [row for row in rows if row[0] == key] for key in asked}
