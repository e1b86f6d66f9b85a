"""Messages by RFC 5322: two parts, and nothing that a title says becomes a header."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from lxml import etree

from kg.errors import WatchError
from kg.watching.mail import mail_of
from kg.watching.news import News
from tests.samples import HOSTILE_TEXTS
from tests.watching.made import news_of

MOMENT = datetime(2025, 3, 1, 12, tzinfo=UTC)
HEADERS = ["From", "To", "Date", "Subject", "Message-ID", "MIME-Version", "Content-Type"]


def sent(*news: News) -> EmailMessage:
    raw = mail_of(news, MOMENT, sender="kg@example.org", recipient="ada@example.org")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_a_message_tells_it_as_text_and_as_html() -> None:
    message = sent(news_of("Slow Sums"))
    assert message["Subject"] == "[kg] sheep: 1 new paper, 1 new link, 1 new result, 1 broken record"
    assert message["Date"] == "Sat, 01 Mar 2025 12:00:00 +0000"
    text, page = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    text = text.replace("\r\n", "\n")
    assert "Slow Sums (2025-01)\n  https://arxiv.org/abs/2501.00001\n  evaluates on Sheep Slow Sums" in text
    assert '<h3><a href="https://arxiv.org/abs/2501.00001">Slow Sums</a></h3>' in page


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "a\r\nBcc: eve@example.org\r\n\r\n<b>body</b>", "x" * 3000])
def test_no_text_becomes_a_header_or_a_tag(text: str) -> None:
    message = sent(news_of(text), news_of("Fine", name="a watch; \u00e9\u2603"))
    assert message.keys() == HEADERS
    page = etree.fromstring(message.get_body(("html",)).get_content(), etree.HTMLParser())
    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert tags <= set("html head meta body h2 h3 a ul li strong br q".split())
    assert "\x1b" not in message.get_body(("plain",)).get_content()


def test_the_same_news_are_the_same_message() -> None:
    assert sent(news_of("A"))["Message-ID"] == sent(news_of("A"))["Message-ID"] != sent(news_of("B"))["Message-ID"]


@pytest.mark.parametrize("address", ["", "ada", "a@b\nBcc: c@d", "ada@", "Ada <ada@example.org>", "a@b, c@d"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(WatchError, match="is no e-mail address"):
        mail_of([news_of("A")], MOMENT, sender="kg@example.org", recipient=address)
