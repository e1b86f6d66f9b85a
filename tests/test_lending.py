from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from kg.errors import ClosedError
from kg.lending import Lender


class Thing:
    def __init__(self) -> None:
        self.fit, self.stopped, self.ended = True, False, False


def lender(size: int, made: list[Thing]) -> Lender[Thing]:
    def make() -> Thing:
        made.append(Thing())
        return made[-1]

    return Lender(
        make,
        lambda thing: setattr(thing, "ended", True),
        stop=lambda thing: setattr(thing, "stopped", True),
        fit=lambda thing: thing.fit,
        size=size,
    )


@pytest.fixture
def made() -> list[Thing]:
    return []


def test_a_thing_that_came_back_is_lent_again(made: list[Thing]) -> None:
    things = lender(2, made)
    for _ in range(3):
        with things.lend() as thing:
            assert thing is made[0]


def test_what_is_not_fit_any_more_is_ended_and_another_made(made: list[Thing]) -> None:
    things = lender(1, made)
    with things.lend() as thing:
        thing.fit = False
    assert thing.ended
    with things.lend() as another:
        pass
    another.fit = False
    with things.lend():
        assert (another.ended, len(made)) == (True, 3)


def test_what_cannot_be_made_takes_no_place(made: list[Thing]) -> None:
    tries = count()

    def make() -> Thing:
        if next(tries) == 0:
            raise OSError("no room")
        return Thing()

    things = Lender(make, lambda thing: None, stop=lambda thing: None, size=1)
    with pytest.raises(OSError, match="no room"), things.lend():
        pass
    with things.lend():
        pass


def test_threads_are_served_in_the_order_of_asking(made: list[Thing]) -> None:
    things, served = lender(1, made), list[int]()

    def ask(number: int) -> None:
        with things.lend():
            served.append(number)

    with ThreadPoolExecutor(5) as threads, things.lend():
        for number in range(5):
            threads.submit(ask, number)
            while len(things._waiting) <= number:
                threading.Event().wait(0.001)
    assert served == [0, 1, 2, 3, 4]


def test_closing_stops_what_is_lent_and_ends_it_when_it_comes_back(made: list[Thing]) -> None:
    things = lender(2, made)
    with things.lend() as outer:
        with things.lend():
            pass
        things.close()
        assert (outer.stopped, outer.ended, made[1].ended) == (True, False, True)
    assert outer.ended
    with pytest.raises(ClosedError), things.lend():
        pass
