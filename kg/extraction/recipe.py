"""How papers are read: a pipeline written down as spaCy's configuration, and the version of all that it depends on.

A recipe can be stored, sent to other processes and asked for its version without importing spaCy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.digests import code_digest, digest_of
from kg.errors import ExtractionError
from kg.extraction.other_things import other_content
from kg.extraction.phrases import shipped_phrases
from kg.extraction.weights import shipped
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Recipe", "changes"]

_SHIPPED = Path(__file__).parent / "pipeline.cfg"
_WEIGHTS = {"kg_reader": "reader.npz", "kg_judge": "confidence.json"}
"""Components that read weights, by factory, and the shipped file of each."""
_PARTS = ("code", "vocabulary", "weights", "configuration")
_CODE = ("extraction", "text", "model", "vocabulary")
_LONGEST_TEXT = 10_000_000  # characters; spaCy refuses a million, for parsers that we have not


@dataclass(frozen=True, slots=True)
class Recipe:
    """A pipeline: the text of its configuration, in which files of weights have absolute paths.

    ``version`` is made of digests of the code, the vocabulary, the weights and the configuration, joined by ``+``.
    Recipes of one version extract the same from the same paper; comments and paths count for nothing.
    """

    config: str

    @classmethod
    def shipped(cls) -> Recipe:
        """The pipeline that the package ships."""
        return cls(_SHIPPED.read_text(encoding="utf-8"))

    @classmethod
    def read(cls, path: Path) -> Recipe:
        """The pipeline of a configuration file; paths of weights in it are relative to the file.

        Raises:
            ExtractionError: it cannot be read, is no configuration of spaCy, or names weights that are not there.
        """
        try:
            recipe = cls(path.read_text(encoding="utf-8"))
            for component, file in recipe._named_weights().items():
                recipe = recipe.with_setting(component, "weights", str((path.parent / file).absolute()))
            recipe._weights_digest()
        except OSError as error:
            raise ExtractionError(f"{path}: cannot be read ({error.strerror}); check the path") from None
        except UnicodeDecodeError:
            raise ExtractionError(f"{path}: is not UTF-8; save the file as UTF-8") from None
        except ExtractionError as error:
            raise ExtractionError(f"{path}: {error}") from None
        return recipe

    @property
    def version(self) -> str:
        """What an extraction by this recipe depends on besides the paper."""
        settings = {name: value for name, value in self._settings().items() if not name.endswith(".weights")}
        configured = json.dumps([sorted(settings.items()), shipped_phrases().content(), other_content()])
        parts = code_digest(*_CODE), load_vocabulary().version, self._weights_digest(), digest_of([configured.encode()])
        return "+".join(parts)

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
            config = spacy.util.load_config_from_str(self.config)
            nlp = spacy.util.load_model_from_config(config, auto_fill=True)
        except (ConfigValidationError, ValueError, TypeError, KeyError) as error:
            raise ExtractionError(f"the pipeline cannot be made: {_one_line(error)}; mend its configuration") from None
        nlp.max_length = _LONGEST_TEXT
        return nlp

    def with_setting(self, component: str, option: str, value: object) -> Recipe:
        """The same recipe with another value of one setting of a component.

        Raises:
            ExtractionError: the recipe has no such component.
        """
        section = f"[components.{component}]\n"
        before, found, after = self.config.partition(section)
        if not found:
            raise ExtractionError(f"the pipeline has no section {section.strip()}; name one of its components")
        own, *others = re.split(r"(?m)^(?=\[)", after, maxsplit=1)
        kept = "".join(line for line in own.splitlines(keepends=True) if not re.match(rf"{option}\s*=", line))
        return Recipe(f"{before}{section}{option} = {json.dumps(value)}\n{kept}{''.join(others)}")

    def without(self, component: str) -> Recipe:
        """The same recipe without one component in its pipeline."""
        return Recipe(re.sub(rf'"{component}", |, "{component}"', "", self.config, count=1))

    def _settings(self) -> dict[str, str]:
        """All settings, ``section.option`` -> the JSON of the value: what is left of the text without its comments."""
        parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        try:
            parser.read_string(self.config, source="pipeline")
        except ConfigParserError as error:
            raise ExtractionError(f"no configuration of spaCy: {_one_line(error)}") from None
        if not parser.has_option("nlp", "pipeline"):
            raise ExtractionError("no configuration of a pipeline: it needs the setting 'pipeline' in a section [nlp]")
        return {f"{section}.{name}": value for section in parser.sections() for name, value in parser.items(section)}

    def _weighing(self) -> Iterator[tuple[str, str, str | None]]:
        """Components that read weights: name, factory, and the file that the configuration names, if any."""
        settings = self._settings()
        for setting, value in sorted(settings.items()):
            section, _, option = setting.rpartition(".")
            factory = str(_value(value))
            if option == "factory" and section.startswith("components.") and factory in _WEIGHTS:
                named = _value(settings.get(f"{section}.weights", "null"))
                yield section.removeprefix("components."), factory, str(named) if named else None

    def _named_weights(self) -> dict[str, str]:
        return {component: named for component, _, named in self._weighing() if named}

    def _weights_digest(self) -> str:
        named = [Path(file) if file else shipped(_WEIGHTS[factory]) for _, factory, file in self._weighing()]
        return digest_of(_file_digest(file) for file in (*named, shipped("tokenizer.json")))


def changes(before: str, now: str) -> str:
    """What differs between two versions, for people.

    A version once had three parts, the first a number that people raised: what was no part of it counts as code.

    >>> changes("c1+aaa+bbb+d1", "c2+aaa+ccc+d1")
    'code and weights changed'
    >>> changes("5+aaa+bbb", "c2+aaa+bbb+d1")
    'code changed'
    """
    parts = zip(_PARTS, before.split("+"), now.split("+"), strict=False)
    *most, last = [name for name, old, new in parts if old != new] or ["nothing that is known"]
    return " and ".join(filter(None, (", ".join(most), last))) + " changed"


def _value(written: str) -> object:
    try:
        return json.loads(written)
    except ValueError:
        return written


def _one_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error)).strip().rstrip(".")


@cache
def _file_digest(file: Path) -> bytes:
    try:
        return digest_of([file.read_bytes()]).encode()
    except OSError as error:
        raise ExtractionError(f"{file}: cannot be read ({error.strerror}); check the path") from None
