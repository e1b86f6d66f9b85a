"""How papers are read: a pipeline written down as spaCy's configuration, and the version of all that it depends on.

A recipe can be sent to other processes and asked for its version without importing spaCy.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExtractionError
from kg.extraction.phrases import shipped_phrases
from kg.extraction.weights import shipped
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extraction.pipeline import Extractor

__all__ = ["Recipe", "changes"]

_SHIPPED = Path(__file__).parent / "pipeline.cfg"
_WEIGHTS = {"kg_tagger": "tagger.onnx", "kg_judge": "confidence.json"}
"""Components that read weights, by factory, and the shipped file of each."""
_PARTS = ("code", "vocabulary", "weights", "configuration")
_CODE = ("extraction", "text", "model", "vocabulary")
_LONGEST_TEXT = 10_000_000  # characters; spaCy refuses a million, for parsers that we have not


@dataclass(frozen=True, slots=True)
class Recipe:
    """A pipeline: the ``text`` of its configuration, and the file that it was read from."""

    text: str
    path: Path

    @classmethod
    def shipped(cls) -> Recipe:
        """The pipeline that the package ships."""
        return cls(_SHIPPED.read_text(encoding="utf-8"), _SHIPPED)

    @classmethod
    def read(cls, path: Path) -> Recipe:
        """The pipeline of a configuration file.

        Raises:
            ExtractionError: it cannot be read, is no configuration of spaCy, or names weights that are not there.
        """
        try:
            recipe = cls(path.read_text(encoding="utf-8"), path.absolute())
        except OSError as error:
            raise ExtractionError(f"{path}: cannot be read ({error.strerror}); check the path") from None
        except UnicodeDecodeError:
            raise ExtractionError(f"{path}: is not UTF-8; save the file as UTF-8") from None
        for file in recipe._weights():
            if not file.is_file():
                raise ExtractionError(f"{path}: its weights {file} are not there; name them relative to {path.name}")
        return recipe

    @property
    def version(self) -> str:
        """Digests of the code, the vocabulary, the weights and the configuration, joined by ``+``.

        Two recipes of one version extract the same from the same paper; so do two that differ in comments alone.
        """
        weights = hashlib.sha256(b"".join(map(_file_digest, self._weights()))).hexdigest()[:12]
        configured = json.dumps([sorted(self._settings().items()), shipped_phrases().content()])
        configuration = hashlib.sha256(configured.encode()).hexdigest()[:12]
        return "+".join((_code_digest(), load_vocabulary().version, weights, configuration))

    def pipeline(self) -> Language:
        """The pipeline, made.

        Raises:
            ExtractionError: a component is not installed, or cannot be made from its settings.
        """
        import spacy
        from confection import ConfigValidationError

        import kg.extraction.judge
        import kg.extraction.sources  # noqa: F401  (importing components registers them)

        try:
            config = spacy.util.load_config_from_str(self.text)
            for name, file in self._weights_by_component():
                config["components"][name]["weights"] = str(file)
            nlp = spacy.util.load_model_from_config(config, auto_fill=True)
        except ConfigValidationError as error:
            raise ExtractionError(f"{self.path}: {_one_line(error)}; check the settings of its components") from None
        except (ValueError, TypeError) as error:
            raise ExtractionError(
                f"{self.path}: {_one_line(error)}; see kg/extraction/pipeline.cfg for a whole one"
            ) from None
        nlp.max_length = _LONGEST_TEXT
        return nlp

    def extractor(self) -> Extractor:
        """What reads papers by this recipe."""
        from kg.extraction.pipeline import Extractor

        return Extractor(self)

    def with_setting(self, component: str, option: str, value: object) -> Recipe:
        """The same recipe with another value of one setting of a component.

        Raises:
            ExtractionError: the recipe has no such component.
        """
        section, line = f"[components.{component}]", f"{option} = {json.dumps(value)}"
        before, found, after = self.text.partition(section + "\n")
        if not found:
            raise ExtractionError(f"{self.path}: has no section {section}; name one of its components")
        own, *others = re.split(r"(?m)^(?=\[)", after, maxsplit=1)
        kept = "".join(each for each in own.splitlines(keepends=True) if not re.match(rf"{option}\s*=", each))
        return Recipe(f"{before}{found}{line}\n{kept}{''.join(others)}", self.path)

    def without(self, component: str) -> Recipe:
        """The same recipe without one component in its pipeline."""
        return Recipe(re.sub(rf'"{component}",? ?', "", self.text, count=1), self.path)

    def _settings(self) -> dict[str, str]:
        """All settings as ``section.name`` -> the JSON of the value: what is left of the file without its comments."""
        parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",), strict=True)
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        try:
            parser.read_string(self.text, source=str(self.path))
        except ConfigParserError as error:
            raise ExtractionError(f"{self.path}: no configuration of spaCy: {_one_line(error)}") from None
        return {f"{section}.{name}": value for section in parser.sections() for name, value in parser.items(section)}

    def _weights_by_component(self) -> Iterator[tuple[str, Path]]:
        """The file of weights that each component reads, shipped or named relative to the configuration."""
        settings = self._settings()
        for setting, value in sorted(settings.items()):
            section, _, option = setting.rpartition(".")
            factory = _json(value)
            if option == "factory" and section.startswith("components.") and factory in _WEIGHTS:
                named = _json(settings.get(f"{section}.weights", "null"))
                file = self.path.parent / str(named) if named else shipped(_WEIGHTS[str(factory)])
                yield section.removeprefix("components."), file

    def _weights(self) -> list[Path]:
        files = [file for _, file in self._weights_by_component()]
        return [*files, shipped("tokenizer.json")]


def changes(before: str, now: str) -> str:
    """What differs between two versions, for people.

    >>> changes("c1+aaa+bbb+d1", "c2+aaa+ccc+d1")
    'code and weights changed'
    >>> changes("5+aaa+bbb", "c2+aaa+bbb+d1")
    'code changed'
    """
    old, new = before.split("+"), now.split("+")
    # Versions once had three parts, the first a number that people raised: what was no part of them is part of the code.
    differing = [name for name, a, b in zip(_PARTS, old, new, strict=False) if a != b]
    return _listed(differing or ["nothing that is known"]) + " changed"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _json(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _one_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error)).strip().rstrip(".")


@cache
def _code_digest() -> str:
    """The digest of all modules that extraction runs or reads through."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in _modules(package / name for name in _CODE):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def _modules(folders: Iterable[Path]) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.py"))


@cache
def _file_digest(file: Path) -> bytes:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError as error:
        raise ExtractionError(f"{file}: cannot be read ({error.strerror}); check the path") from None
