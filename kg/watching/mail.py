"""News as a message for a mail program or a mail server (RFC 5322), with a text and an HTML part."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from kg.errors import WatchError
from kg.text.characters import printable, storable
from kg.text.terminal import one_line
from kg.watching.html import news_page
from kg.watching.news import News
from kg.watching.words import headline, news_text

__all__ = ["mail_of"]

_LONGEST_SUBJECT = 150


def mail_of(news: Sequence[News], moment: datetime, *, sender: str, recipient: str) -> bytes:
    """The message, as lines that end in CR LF; ``moment`` is its date. Its id is made from what it says.

    No title can add a header: the subject is one line, of the names of watches and of numbers.

    Raises:
        WatchError: an address is none.
    """
    text = printable(news_text(news))
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = _address(sender), _address(recipient)
    message["Date"] = moment
    message["Subject"] = _subject(news)
    digest = hashlib.sha256(f"{sender}\0{recipient}\0{moment.isoformat()}\0{text}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@paperkg.invalid>"
    message.set_content(text)
    message.add_alternative(printable(news_page(news)), subtype="html")
    return message.as_bytes()


def _subject(news: Sequence[News]) -> str:
    told = [each for each in news if each.papers]
    subject = "; ".join(f"{each.watch.name}: {headline(each)}" for each in told)
    subject = storable(one_line(printable(f"[kg] {subject}")))
    return subject if len(subject) <= _LONGEST_SUBJECT else f"{subject[: _LONGEST_SUBJECT - 1]}\u2026"


def _address(given: str) -> Address:
    try:
        address = Address(addr_spec=given)
    except (MessageError, ValueError, IndexError):
        address = Address()
    if not address.username or not address.domain or one_line(given) != given:
        raise WatchError(f"{given!r} is no e-mail address; give one as ada@example.org")
    return address
