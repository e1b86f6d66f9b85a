"""Sending a payload to an address that a person gave: once, by https or to this machine, and nowhere else.

Needs ``paperkg[fetch]``. An address of a webhook is often a secret itself: no error repeats more of it than its host.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from kg.errors import WatchError
from kg.version import __version__

__all__ = ["check_address", "post"]

_SECONDS = 10.0, 30.0  # until there is a connection, and without a byte
_SAID = 200  # bytes of an answer that refuses


def check_address(address: str) -> SplitResult:
    """The parts of an address that may be posted to.

    Raises:
        WatchError: it is none, or leads in the open over the network.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not address.isprintable() or " " in address:
        raise WatchError("what is given to post to is no address; it begins with https://")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(host)):
        raise WatchError(f"news is posted by https, or by http to this machine alone; not by {parts.scheme} to {host}")
    return parts


def post(address: str, payload: bytes) -> None:
    """Post JSON; whoever answers with anything but success has not got it. No redirect is followed.

    Raises:
        WatchError: the address is none to post to, requests is not installed, or the other side cannot be reached or
            refuses.
    """
    parts = check_address(address)
    try:
        import requests
        import urllib3
    except ModuleNotFoundError:
        raise WatchError("posting needs an extra: pip install 'paperkg[fetch]'") from None
    headers = {"Content-Type": "application/json", "User-Agent": f"paperkg/{__version__}"}
    with requests.Session() as session:
        session.trust_env = not _is_here(str(parts.hostname))  # what is for this machine goes through no proxy
        try:
            with session.post(
                address, data=payload, headers=headers, timeout=_SECONDS, allow_redirects=False, stream=True
            ) as answer:
                said = b"" if answer.ok else answer.raw.read(_SAID)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise WatchError(f"{parts.hostname}: cannot be reached ({type(error).__name__}); it was not told") from None
    if not 200 <= answer.status_code < 300:
        words = " ".join(said.decode("utf-8", "replace").split())
        raise WatchError(f"{parts.hostname}: refuses (HTTP {answer.status_code}: {words}); it was not told")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
