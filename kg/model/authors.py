"""The people who wrote a paper, as its sources name them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Author"]


@dataclass(frozen=True, slots=True)
class Author:
    """One author: ``name`` as it is printed, given name first.

    ``given`` and ``family`` are set only where a source parts the two, for no rule parts names of all languages.
    ``orcid`` is the bare identifier (``0000-0002-1825-0097``).
    """

    name: str
    given: str | None = None
    family: str | None = None
    orcid: str | None = None

    @property
    def known(self) -> dict[str, str]:
        """What is known of the author, by name of the field.

        >>> Author("Ada Apple", orcid="0000-0002-1825-0097").known
        {'name': 'Ada Apple', 'orcid': '0000-0002-1825-0097'}
        """
        fields = {"name": self.name, "given": self.given, "family": self.family, "orcid": self.orcid}
        return {name: value for name, value in fields.items() if value is not None}
