r"""Numbers and units of siunitx and its kin, as they are printed."""

from __future__ import annotations

import re

from kg.text.markup import SUPERSCRIPTS

__all__ = ["QUANTITIES", "printed_number", "quantity"]

QUANTITIES = {
    "num": 1, "tablenum": 1, "numprint": 1, "np": 1, "nprounddigits": 1, "ang": 1, "SI": 2, "qty": 2, "si": 1,
    "unit": 1, "numrange": 2, "SIrange": 3, "qtyrange": 3, "numlist": 1, "numproduct": 1,
}  # fmt: skip
"""Commands that set quantities, and how many arguments each takes."""

_PLUS_MINUS = re.compile(r"\s*(?:\+-|\\pm)\s*")
_EXPONENT = re.compile(r"[eEdD]([+-]?\d{1,4})\Z")
_NAMES = {
    "percent": "%", "degree": "°", "celsius": "°C", "milli": "m", "micro": "µ", "nano": "n", "kilo": "k", "mega": "M",
    "giga": "G", "tera": "T", "centi": "c", "second": "s", "metre": "m", "meter": "m", "gram": "g", "byte": "B",
    "bit": "bit", "hertz": "Hz", "watt": "W", "joule": "J", "hour": "h", "minute": "min", "day": "d", "per": "/",
    "decibel": "dB", "bel": "B", "deci": "d", "volt": "V", "ampere": "A", "kelvin": "K", "litre": "l", "liter": "l",
    "squared": "²", "cubed": "³", "ms": "ms", "s": "s", "GB": "GB", "MB": "MB",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")


def printed_number(text: str) -> str:
    """A number as siunitx prints it.

    >>> printed_number("1.2 +- 0.1"), printed_number("3e-4"), printed_number("11{,}693")
    ('1.2 ± 0.1', '3×10⁻⁴', '11,693')
    """
    text = _PLUS_MINUS.sub(" ± ", text.replace("{", "").replace("}", "").replace("~", " ")).strip()
    return _EXPONENT.sub(lambda match: "×10" + match.group(1).lstrip("+").translate(SUPERSCRIPTS), text)


def _printed_unit(text: str) -> str:
    return _COMMAND.sub(lambda match: _NAMES.get(match.group(1), match.group(1)), text).strip()


def quantity(name: str, arguments: list[str]) -> str:
    """What a command of siunitx prints.

    >>> quantity("SI", ["72.4", r"\\percent"]), quantity("qty", ["40", r"\\giga\\byte"])
    ('72.4%', '40 GB')
    """
    if name in ("si", "unit"):
        return _printed_unit(arguments[0]) if arguments else ""
    if name in ("SI", "qty", "SIrange", "qtyrange"):
        *numbers, unit = arguments or [""]
        unit = _printed_unit(unit)
        return "–".join(map(printed_number, numbers)) + ("" if unit[:1] in ("%", "°", "") else " ") + unit
    between = "–" if name == "numrange" else ""
    return between.join(map(printed_number, arguments)) + ("°" if name == "ang" else "")
