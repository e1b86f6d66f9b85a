"""When a build runs, for those who start one: the only look at the clock for what the graph keeps."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from kg.errors import KgError

__all__ = ["moment_of_building"]

_CHOSEN = "SOURCE_DATE_EPOCH"


def moment_of_building() -> datetime:
    """Now; or the time that ``SOURCE_DATE_EPOCH`` says, in seconds since 1970, for builds that are to be reproduced
    (https://reproducible-builds.org/specs/source-date-epoch/).

    Raises:
        KgError: it says no such number.
    """
    chosen = os.environ.get(_CHOSEN)
    if not chosen:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(chosen), UTC)
    except (ValueError, OverflowError, OSError):
        raise KgError(f"{_CHOSEN} is {chosen!r}; give seconds since 1970, as 1735689600, or unset it") from None
