"""The HTML: our template, vis-network from the installed pyvis, and the data as one inert block.

Titles and names come from anywhere, so nothing of them becomes markup: the template escapes, the data block is JSON
that no ``</script>`` can end, and the page's Content-Security-Policy runs only the two scripts whose hashes it lists
and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import jinja2
import pyvis
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import KgError
from kg.model import EntityType, Relation
from kg.view.details import Details
from kg.view.selection import Selection

__all__ = ["json_block", "render_page"]

_UNSAFE = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_IMAGE = re.compile(r'url\("data:image/[^"]*"\)')


def render_page(selection: Selection, network: Network, details: Details) -> str:
    """The whole page as text."""
    vis_script, vis_style = _vis()
    script = _own("view.js")
    kinds = Counter(each.entity.type for each in selection.entities)
    focus = [details.entities[entity].label for entity in selection.focus if entity in details.entities]
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own("template.html")).render(
        title=f"{focus[0]} and what papers name with it" if focus else "Knowledge graph of papers",
        hashes=" ".join(f"'sha256-{_sha256(text)}'" for text in (vis_script, script)),
        styles=Markup(vis_style + "\n" + _own("view.css")),
        scripts=[Markup(vis_script), Markup(script)],
        data=Markup(json_block(_data(network, details, selection.focus))),
        kinds=[(kind.value, kinds[kind]) for kind in EntityType if kinds[kind]],
        selection=selection,
        details=details,
    )


def json_block(value: object) -> str:
    r"""JSON that can stand inside a ``<script>`` element whatever its strings hold.

    >>> json_block("</script><b>&")
    '"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda match: _UNSAFE[match[0]], text)


def _data(network: Network, details: Details, focus: tuple[str, ...]) -> dict[str, object]:
    nodes, edges, *_, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "relations": [str(relation) for relation in Relation],
        "focus": [entity for entity in focus if entity in details.entities][:1],
        **asdict(details),
    }


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
