"""The HTML: our template, the renderer's script, and the data as inert blocks.

Titles and names come from anywhere, so nothing of them becomes markup: the template escapes, the data are compressed
JSON in base64, and the page's Content-Security-Policy runs only the scripts whose hashes it lists and loads nothing.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import asdict, fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import jinja2
import pyvis
from markupsafe import Markup

from kg.errors import KgError
from kg.view.details import Texts
from kg.view.network import build_network
from kg.view.scene import Scene

__all__ = ["Renderer", "packed", "render_page"]

Renderer = Literal["pyvis", "webgl"]

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_IMAGE = re.compile(r'url\("data:image/[^"]*"\)')


def render_page(scene: Scene, texts: Texts, renderer: Renderer, back: str | None = None) -> str:
    """The whole page as text; ``back`` is where a link leads, where there is something to go back to.

    Raises:
        KgError: the scripts of the view have not been built.
    """
    script, licences = _bundle(renderer)
    style = _own("view.css")
    scripts = [script]
    picture = _columns(scene)
    if renderer == "pyvis":
        vis_script, vis_style = _vis()
        scripts, style = [vis_script, script], f"{vis_style}\n{style}"
        picture["network"] = build_network(scene)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    focus = None if scene.focus is None else scene.entities["label"][scene.focus]
    return environment.from_string(_own("template.html")).render(
        title=f"{focus} and what papers name with it" if focus else "Knowledge graph of papers",
        hashes=" ".join(f"'sha256-{_sha256(text)}'" for text in scripts),
        style_hash=f"'sha256-{_sha256(style)}'",
        style=Markup(style),
        scripts=[Markup(text) for text in scripts],
        scene=packed(picture),
        texts=packed(_columns(texts)),
        licences=Markup(_in_comment(licences)),
        entities=len(scene.entities["id"]),
        papers=len(scene.papers["id"]),
        all_entities=scene.all_entities,
        all_papers=scene.all_papers,
        back=back,
    )


def packed(value: object) -> str:
    """JSON, gzipped, in base64: the same bytes each time.

    >>> import base64, gzip
    >>> gzip.decompress(base64.b64decode(packed({"a": "</script>"})))
    b'{"a":"</script>"}'
    """
    # Texts may hold lone surrogates, which UTF-8 has not: escaped, they pass through JSON.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = json.dumps(value, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()


def _in_comment(text: str) -> str:
    """Text that ends no comment, however many hyphens it holds, and whatever stands before or after it."""
    return re.sub("-(?=-)", "- ", text)


def _columns(value: Scene | Texts) -> dict[str, object]:
    """The fields as they are, which ``asdict`` would copy one by one; only rare values are dataclasses themselves."""
    found: dict[str, object] = {field.name: getattr(value, field.name) for field in fields(value)}
    for name, column in found.items():
        if isinstance(column, tuple) and column and is_dataclass(column[0]):
            found[name] = [asdict(each) for each in column]
    return found


def _bundle(renderer: Renderer) -> tuple[str, str]:
    folder = files("kg.view").joinpath("bundle")
    try:
        return (
            folder.joinpath(f"{renderer}.js").read_text(encoding="utf-8"),
            folder.joinpath("LICENSES.txt").read_text(encoding="utf-8"),
        )
    except FileNotFoundError:
        raise KgError(
            "the scripts of the view have not been built; in a checkout, build them with: pip install --editable ."
        ) from None


def _own(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


def _vis() -> tuple[str, str]:
    """The script and style of vis-network as pyvis ships them, the newest if several."""
    home = Path(pyvis.__file__).parent
    scripts = sorted(home.rglob("vis-network.min.js"), key=lambda path: (_version(path), path), reverse=True)
    if not scripts or not (style := scripts[0].with_name("vis-network.css")).is_file():
        raise KgError(f"no vis-network inside {home}; reinstall it with: pip install --force-reinstall pyvis")
    # Without the buttons' images, which we never show and which are nine tenths of the style.
    return _SOURCE_MAP.sub("", _read(scripts[0])), _IMAGE.sub("none", _read(style))


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", path.parent.name))


def _read(path: Path) -> str:
    """Text with the line ends that an HTML parser makes of them: the hash is over what the parser sees."""
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
