from __future__ import annotations

from pathlib import Path

from starlette.requests import Request

from kg.server import Settings
from kg.server.corrections.rates import Rate
from kg.server.corrections.sessions import COOKIE, Sessions


def request(**headers: str) -> Request:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": told, "query_string": b""})


def sessions() -> Sessions:
    return Sessions(Settings(db=Path("kg.db"), edit_token="open sesame"))


def test_a_cookie_tells_who_it_is_until_the_server_is_started_anew() -> None:
    here = sessions()
    cookie = here.sign_in("Zoë \u202eApple", "open sesame")
    assert cookie is not None
    visitor = here.visitor(request(cookie=f"{COOKIE}={cookie}"))
    assert visitor is not None
    assert "\u202e" not in visitor.name
    assert sessions().visitor(request(cookie=f"{COOKIE}={cookie}")) is None


def test_a_cookie_that_was_touched_is_nobodys() -> None:
    here = sessions()
    cookie = here.sign_in("Ada", "open sesame") or ""
    other = here.sign_in("Bo", "open sesame") or ""
    forged = f"{other.partition('.')[0]}.{cookie.partition('.')[2]}"
    for each in (forged, cookie[:-1], "", ".", "x.y", "%00.%00"):
        assert here.visitor(request(cookie=f"{COOKIE}={each}")) is None


def test_a_secret_is_of_one_visitor_and_of_our_origin() -> None:
    here = sessions()
    ada, bo = (here.visitor(request(cookie=f"{COOKIE}={here.sign_in(name, 'open sesame')}")) for name in ("Ada", "Bo"))
    assert ada is not None
    assert bo is not None
    ours = request(origin="http://kg.example", host="kg.example")
    assert here.trusts(ours, ada, ada.secret)
    assert not here.trusts(ours, ada, bo.secret)
    assert not here.trusts(request(origin="http://evil.example", host="kg.example"), ada, ada.secret)
    assert not here.trusts(request(host="kg.example"), ada, ada.secret)


def test_a_header_counts_only_where_the_settings_say_so() -> None:
    assert sessions().visitor(request(x_user="eve")) is None
    behind = Sessions(Settings(db=Path("kg.db"), user_header="x-user"))
    visitor = behind.visitor(request(x_user="bo"))
    assert visitor is not None
    assert visitor.name == "bo"
    assert behind.sign_in("Ada", "") is None


def test_a_rate_fills_up_again_and_is_of_each_alone() -> None:
    now = [0.0]
    rate = Rate(2, 10, lambda: now[0])
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    assert rate.allows("b")
    now[0] = 5.0
    assert [rate.allows("a") for _ in range(2)] == [True, False]
