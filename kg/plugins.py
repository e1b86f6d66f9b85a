"""The plugins, those of ``kg`` and those that are installed: loaded once, and asked for what they offer.

A plugin that cannot be loaded, or whose hook fails, costs itself: a warning names it and what to do; all else works.
``KG_LOAD_PLUGINS`` chooses among the installed ones: names parted by commas; an empty value loads none.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pluggy import PluginManager

from kg import hookspecs
from kg.errors import KgError
from kg.version import __version__

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from pluggy import HookimplOpts

__all__ = [
    "CHOOSE",
    "GROUP",
    "HOOKS",
    "Offer",
    "Offers",
    "Plugin",
    "failed",
    "list_plugins",
    "load_target",
    "offered_commands",
    "offered_exporters",
    "offered_questions",
    "offered_readers",
    "register",
    "unregister",
]

GROUP = "kg"
"""The group of entry points that name plugins."""
CHOOSE = "KG_LOAD_PLUGINS"
"""The environment variable that chooses among installed plugins."""
HOOKS = ("kg_readers", "kg_exporters", "kg_commands", "kg_questions")
_SPACY = "spacy_factories"
_BUILT_IN = "kg.builtin"

T = TypeVar("T")
_Named = TypeVar("_Named", bound=hookspecs.Named)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin: where it is from, which hooks it has, and, if it is left out, why.

    ``distribution`` is the package that brings it, empty for what a program registered. ``hooks`` are those of ``kg``,
    or ``spacy_factories`` for components of spaCy's, which spaCy loads itself. ``offers`` names what they give.
    """

    name: str
    version: str = ""
    distribution: str = ""
    hooks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    problem: str = ""

    @property
    def built_in(self) -> bool:
        """Whether it is a part of ``kg``."""
        return self.distribution == "kg"


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """What a plugin offers under a hook."""

    plugin: Plugin
    value: T


class Offers(Generic[_Named]):
    """What all plugins offer under a hook, by name: those of ``kg`` first, then the others by the plugin's name."""

    def __init__(self, what: str, offers: Iterable[Offer[_Named]]) -> None:
        self._what = what
        self._offers: dict[str, list[Offer[_Named]]] = {}
        for offer in offers:
            self._offers.setdefault(offer.value.name, []).append(offer)

    def __iter__(self) -> Iterator[Offer[_Named]]:
        """The offers; of several under one name the first, which ``get`` does not choose."""
        return (offers[0] for offers in self._offers.values())

    def __contains__(self, name: object) -> bool:
        return name in self._offers

    def get(self, name: str) -> Offer[_Named]:
        """The offer of a name.

        Raises:
            KgError: no plugin offers it, or two do.
        """
        offers = self._offers.get(name)
        if offers is None:
            raise KgError(f"{name!r} is no {self._what}; use {', '.join(self._offers)}")
        self._check(name)
        return offers[0]

    def all(self) -> list[Offer[_Named]]:
        """All offers, each name once.

        Raises:
            KgError: two plugins offer something under one name.
        """
        for name in self._offers:
            self._check(name)
        return list(self)

    def _check(self, name: str) -> None:
        first, *others = self._offers[name]
        if others:
            raise KgError(
                f"the {self._what} {name!r} is offered by two plugins, {first.plugin.name} and "
                f"{others[0].plugin.name}; uninstall one, or name those to load in {CHOOSE}"
            )


def offered_readers() -> Offers[hookspecs.Reader]:
    """All formats of sources."""
    return Offers("format of sources", _loaded().offers("kg_readers", hookspecs.Reader))


def offered_exporters() -> Offers[hookspecs.Exporter]:
    """All formats of exports."""
    return Offers("export format", _loaded().offers("kg_exporters", hookspecs.Exporter))


def offered_commands() -> Offers[hookspecs.Command]:
    """All commands."""
    return Offers("command", _loaded().offers("kg_commands", hookspecs.Command))


def offered_questions() -> Offers[hookspecs.Named]:
    """The questions of plugins; the registry of ``kg.questions`` says what a question is."""
    return Offers("question", _loaded().offers("kg_questions", hookspecs.Named))  # type: ignore[type-abstract]


def list_plugins() -> list[Plugin]:
    """All plugins, those left out included, and the packages that bring components for spaCy's pipelines."""
    loaded = _loaded()
    names: dict[str, list[str]] = {}
    for hook in HOOKS:
        for offer in loaded.offers(hook, hookspecs.Named):  # type: ignore[type-abstract]
            names.setdefault(offer.plugin.name, []).append(offer.value.name)
    ours = (replace(each, offers=tuple(dict.fromkeys(names.get(each.name, ())))) for each in loaded.plugins.values())
    return [*ours, *_spacy_components()]


def load_target(target: T | str, offer: Offer[Any]) -> T:
    """What an offer names as ``module:attribute``, imported; anything else is what it is.

    Raises:
        KgError: there is no such module or attribute, or it cannot be imported.
    """
    if not isinstance(target, str):
        return target
    module, _, attribute = target.partition(":")
    try:
        found: T = getattr(import_module(module), attribute)
    except KgError:
        raise
    except Exception as error:
        raise KgError(
            f"{offer.value.name}, of plugin {offer.plugin.name}, cannot be loaded ({_told(error)}); "
            f"install what it needs, or tell its authors"
        ) from error
    return found


def failed(offer: Offer[Any], doing: str, error: BaseException) -> KgError:
    """What to tell of a plugin that fails at its work."""
    plugin = offer.plugin
    by = f"plugin {plugin.name} {plugin.version}".rstrip()
    return KgError(f"{by} failed at {doing} {offer.value.name} ({_told(error)}); tell its authors, --debug shows where")


def register(plugin: object, name: str) -> None:
    """Add a plugin to this process, as an entry point would; for programs and notebooks.

    Raises:
        KgError: one of this name is there, or it has what is no hook.
    """
    loaded = _loaded()
    if name in loaded.plugins:
        raise KgError(f"a plugin {name!r} is registered already; give it another name, or unregister that one")
    try:
        loaded.add(plugin, Plugin(name))
    except Exception as error:
        raise KgError(f"{name} is no plugin ({_told(error)}); see docs/plugins.md for the hooks") from error


def unregister(name: str) -> None:
    """Take a plugin out again.

    Raises:
        KgError: none is called so.
    """
    _loaded().remove(name)


class _Manager(PluginManager):
    """Looks at nothing of a plugin but what is named as a hook: every command starts with this."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> HookimplOpts | None:
        return super().parse_hookimpl_opts(plugin, name) if name.startswith("kg_") else None


class _Plugins:
    """The plugins of this process, in their order."""

    def __init__(self) -> None:
        self.plugins: dict[str, Plugin] = {}
        self._pluggy = _Manager("kg")
        self._pluggy.add_hookspecs(hookspecs)

    def add(self, plugin: object, described: Plugin) -> None:
        """Add one; whatever is wrong with it is raised, and it is not added."""
        name = described.name
        self._pluggy.register(plugin, name)
        callers = self._pluggy.get_hookcallers(plugin) or []
        unknown = sorted(caller.name for caller in callers if not caller.has_spec())
        if unknown:
            self._pluggy.unregister(plugin)
            raise ValueError(f"this version of kg has no hook {', '.join(unknown)}; it has {', '.join(HOOKS)}")
        hooks = {caller.name for caller in callers}
        self.plugins[name] = replace(described, hooks=tuple(hook for hook in HOOKS if hook in hooks))

    def remove(self, name: str) -> None:
        if name not in self.plugins:
            raise KgError(f"no plugin is called {name!r}; there are {', '.join(self.plugins)}")
        self._pluggy.unregister(name=name)
        del self.plugins[name]

    def leave_out(self, plugin: Plugin, error: BaseException, doing: str) -> None:
        """Note and say that one fails."""
        problem = f"{doing} ({_told(error)})"
        if self.plugins.get(plugin.name, plugin).problem:
            return  # said before
        self.plugins[plugin.name] = replace(plugin, problem=problem)
        _warn(f"plugin {plugin.name} {problem} and is left out; update or uninstall it, or name others in {CHOOSE}")

    def offers(self, hook: str, kind: type[T]) -> Iterator[Offer[T]]:
        """What each plugin gives under a hook, in the order of plugins."""
        implementations = {each.plugin_name: each for each in getattr(self._pluggy.hook, hook).get_hookimpls()}
        for name, plugin in list(self.plugins.items()):
            if plugin.problem or name not in implementations:
                continue
            try:
                values = tuple(implementations[name].function())
                wrong = next((value for value in values if not isinstance(value, kind)), None)
                if wrong is not None:
                    raise TypeError(f"{wrong!r:.60} is no {kind.__name__}")
            except (Exception, SystemExit) as error:
                self.leave_out(plugin, error, f"fails in {hook}")
                continue
            yield from (Offer(plugin, value) for value in values)


@cache
def _loaded() -> _Plugins:
    plugins = _Plugins()
    for name, plugin in import_module(_BUILT_IN).PLUGINS.items():
        plugins.add(plugin, Plugin(name, __version__, "kg"))
    for entry_point in _chosen(_entry_points(GROUP)):
        described = _described(entry_point)
        try:
            if entry_point.name in plugins.plugins:
                raise ValueError(f"another plugin is called so, of {plugins.plugins[entry_point.name].distribution}")
            plugins.add(entry_point.load(), described)
        except (Exception, SystemExit) as error:
            if entry_point.name in plugins.plugins:
                described = replace(described, name=f"{entry_point.name} ({described.distribution})")
            plugins.leave_out(described, error, "cannot be loaded")
    return plugins


def _chosen(entry_points: list[EntryPoint]) -> Iterator[EntryPoint]:
    """Those that ``KG_LOAD_PLUGINS`` names, by entry point or distribution; all if it is not set."""
    choice = os.environ.get(CHOOSE)
    if choice is None:
        yield from entry_points
        return
    wanted = {_normal(name): name.strip() for name in choice.split(",") if name.strip()}
    found = set()
    for entry_point in entry_points:
        names = {_normal(entry_point.name), _normal(_described(entry_point).distribution)} & wanted.keys()
        found |= names
        if names:
            yield entry_point
    for name in wanted.keys() - found:
        _warn(f"{CHOOSE} names {wanted[name]!r}, and no plugin is installed that is called so; check the spelling")


def _entry_points(group: str) -> list[EntryPoint]:
    """Those of a group, in the order of their names."""
    if not _may_have(group):
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group), key=lambda each: (each.name, each.value))


def _may_have(group: str) -> bool:
    """Whether some installed package has entry points of a group.

    Every command looks, most often in vain, and to load ``importlib.metadata`` takes longer than all the rest of it.
    """
    section = f"[{group}]".encode()
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                packages = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
        except NotADirectoryError:
            return True  # an archive: let importlib.metadata look into it
        except OSError:
            continue
        for package in packages:
            try:
                with open(f"{package}/entry_points.txt", "rb") as file:  # noqa: PTH123  (a Path costs twice the time)
                    if section in file.read():
                        return True
            except OSError:
                continue
    return False


def _spacy_components() -> Iterator[Plugin]:
    components: dict[Plugin, list[str]] = {}
    for entry_point in _entry_points(_SPACY):
        described = _described(entry_point)
        package = Plugin(described.distribution, described.version, described.distribution, (_SPACY,))
        components.setdefault(package, []).append(entry_point.name)
    for package, names in components.items():
        yield replace(package, offers=tuple(names))


def _described(entry_point: EntryPoint) -> Plugin:
    distribution = entry_point.dist
    if distribution is None:
        return Plugin(entry_point.name)
    return Plugin(entry_point.name, distribution.version, distribution.metadata["Name"])


def _normal(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _told(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _warn(message: str) -> None:
    """A line on standard error, unless the program that uses ``kg`` sets up logging otherwise."""
    import logging

    logging.getLogger(__name__).warning("kg: %s", "".join(c if c.isprintable() else " " for c in message))
