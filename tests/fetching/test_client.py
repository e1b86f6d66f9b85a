from __future__ import annotations

import email.utils
import gzip
import time

import pytest

from kg.errors import FetchError
from kg.fetching import Manners, PoliteClient
from kg.fetching.client import HalfAnswerError
from tests.fetching.conftest import Answer, Api


def take_all(body: bytes) -> None:
    """A check that finds nothing wrong."""


@pytest.fixture(autouse=True)
def _good(api: Api) -> None:
    api.answer = lambda request: Answer(b"good")


def test_it_says_who_it_is(api: Api) -> None:
    client = PoliteClient(api.base, Manners(pause=0), version="1.2", contact="ann@farm.example")
    assert client.get("/x", {"q": "a b&c"}, take_all) == b"good"
    assert api.requests[0].agent == "paperkg/1.2 (+https://w3id.org/paperkg; mailto:ann@farm.example)"
    assert api.requests[0].query == {"q": "a b&c"}


def test_it_pauses_between_requests(api: Api) -> None:
    client = api.client(pause=3.0)
    for _ in range(3):
        client.get("/", {}, take_all)
    assert len(api.slept) == 2
    assert 2.0 < api.slept[0] <= 3.0
    assert 5.0 < api.slept[1] <= 6.0  # the waits are only noted, so the clock has not moved


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_fault_that_may_pass_is_waited_for_ever_longer(api: Api, status: int) -> None:
    api.faults = [Answer(status=status)] * 3
    assert api.client().get("/", {}, take_all) == b"good"
    assert api.slept == [2.0, 4.0, 8.0]


def test_the_wait_that_the_server_names_is_kept(api: Api) -> None:
    later = email.utils.formatdate(time.time() + 100, usegmt=True)
    api.faults = [Answer(status=429, headers={"Retry-After": value}) for value in ("7", later, "soon")]
    assert api.client().get("/", {}, take_all) == b"good"
    assert (api.slept[0], api.slept[2]) == (7.0, 8.0)
    assert 95 < api.slept[1] <= 100


def test_a_wait_beyond_patience_is_told_instead(api: Api) -> None:
    api.faults = [Answer(status=429, headers={"Retry-After": "86400"})]
    with pytest.raises(FetchError, match=r"asks to wait 86,400 seconds; run the same command again"):
        api.client().get("/", {}, take_all)
    assert api.slept == []


def test_a_fault_that_does_not_pass_is_told_with_the_remedy(api: Api) -> None:
    api.faults = [Answer(status=503)] * 6
    with pytest.raises(FetchError, match=r"/x: HTTP 503, 6 times; run the same command again later"):
        api.client().get("/x", {}, take_all)
    assert len(api.requests) == 6


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_told_at_once_without_the_query(api: Api, status: int) -> None:
    api.faults = [Answer(b"no such\nfilter", status)]
    with pytest.raises(FetchError, match=rf"/x: HTTP {status}: no such filter") as caught:
        api.client().get("/x", {"api_key": "secret"}, take_all)
    assert "secret" not in str(caught.value)
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Answer(b"half of it", cut=100),
        Answer(gzip.compress(b"half of it" * 1000)[:30], headers={"Content-Encoding": "gzip"}),
        Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["cut", "cut gzip", "no gzip"],
)
def test_a_body_that_is_cut_off_is_asked_for_again(api: Api, fault: Answer) -> None:
    def check(body: bytes) -> None:
        if body != b"good":
            raise HalfAnswerError("half")

    api.faults = [fault]
    assert api.client().get("/", {}, check) == b"good"
    assert len(api.requests) == 2


def test_a_server_that_is_silent_is_given_up(api: Api) -> None:
    api.faults = [Answer(b"ab", slow=2.0)] * 2
    with pytest.raises(FetchError, match="2 times"):
        api.client(silence=0.2, tries=2).get("/", {}, take_all)


def test_a_server_that_drips_is_given_up(api: Api) -> None:
    api.faults = [Answer(b"a" * 1000, slow=0.05)] * 2
    with pytest.raises(FetchError, match=r"not complete after 0.2 seconds, 2 times"):
        api.client(deadline=0.2, tries=2).get("/", {}, take_all)


@pytest.mark.parametrize("contact", ["no address", "a@b\r\nX-Evil: 1", "\u00e9@\u00e9"])
def test_a_contact_that_is_none_is_refused(api: Api, contact: str) -> None:
    with pytest.raises(FetchError, match="is no e-mail address"):
        PoliteClient(api.base, Manners(), version="0", contact=contact)


def test_an_answer_in_chunks_is_read(api: Api) -> None:
    api.answer = lambda request: Answer(b"2\r\ngo\r\n2\r\nod\r\n0\r\n\r\n", headers={"Transfer-Encoding": "chunked"})
    assert api.client().get("/", {}, take_all) == b"good"


def test_chunks_that_break_off_are_asked_for_again(api: Api) -> None:
    api.faults = [Answer(b"2\r\ngo\r\n2\r\n", headers={"Transfer-Encoding": "chunked"})]
    assert api.client().get("/", {}, take_all) == b"good"
    assert len(api.requests) == 2


def test_nobody_there_is_told(api: Api) -> None:
    api.close()
    with pytest.raises(FetchError, match=r"the connection failed \(ConnectionError\), 2 times"):
        api.client(tries=2).get("/", {"api_key": "secret"}, take_all)


def test_an_answer_beyond_all_measure_is_refused(api: Api) -> None:
    api.faults = [Answer(gzip.compress(b"a" * 10_000_000), headers={"Content-Encoding": "gzip"})]
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        api.client(largest=1_000_000).get("/", {}, take_all)


def test_a_redirect_within_the_host_is_followed(api: Api) -> None:
    api.faults = [Answer(status=301, headers={"Location": "/elsewhere?x=1"})]
    assert api.client().get("/", {"q": "a"}, take_all) == b"good"
    assert [(request.path, request.query) for request in api.requests] == [
        ("/", {"q": "a"}),
        ("/elsewhere", {"x": "1"}),
    ]


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//evil.example/",
        "",
    ],
)
def test_a_redirect_to_anywhere_else_is_refused(api: Api, location: str) -> None:
    api.faults = [Answer(status=302, headers={"Location": location})]
    with pytest.raises(FetchError, match="it was not followed"):
        api.client().get("/", {}, take_all)
    assert len(api.requests) == 1


def test_redirects_in_circles_are_refused(api: Api) -> None:
    api.answer = lambda request: Answer(status=302, headers={"Location": "/"})
    with pytest.raises(FetchError, match="in circles"):
        api.client().get("/", {}, take_all)


@pytest.mark.parametrize("base", ["file:///etc/passwd", "gopher://x", "x", "https://"])
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(FetchError, match="is no address of an API"):
        PoliteClient(base, Manners(), version="0")
