"""Small PDFs of lines at places, as no program but these tests writes them."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Line", "pdf"]


class Line(NamedTuple):
    """A line of text on a page, in Helvetica, from the left and from below."""

    left: float
    bottom: float
    text: str
    size: float = 10
    bold: bool = False


def pdf(*pages: list[Line], encrypted: bool = False) -> bytes:
    """A PDF of the pages."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{5 + 2 * page} 0 R' for page in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for page, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * page} 0 R "
            "/Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>"
        )
        content = "\n".join(map(_shown, lines))
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    return _written(objects, encrypted=encrypted)


def _shown(line: Line) -> str:
    text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "B" if line.bold else "F"
    return f"BT /{font} {line.size} Tf 1 0 0 1 {line.left} {line.bottom} Tm ({text}) Tj ET"


def _written(objects: list[str], *, encrypted: bool) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    key = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<00> <00>]"
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R {key if encrypted else ''} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
