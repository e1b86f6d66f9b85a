"""``kg plugins``: what extends ``kg``."""

from __future__ import annotations

import click

from kg.cli.options import format_option
from kg.cli.output import Row, print_rows, print_table, say
from kg.plugins import Plugin, list_plugins

__all__ = ["plugins"]


@click.command()
@click.option("--all", "with_ours", is_flag=True, help="Those of kg itself too, which use the same hooks.")
@format_option
def plugins(with_ours: bool, output_format: str) -> None:
    """List the plugins: what each offers, and which are left out and why.

    Installed packages bring them, and components for spaCy's pipelines; KG_LOAD_PLUGINS chooses among the former: names
    parted by commas, or an empty value for none.

    \b
    Examples:
      kg plugins
      kg plugins --all --format json
      KG_LOAD_PLUGINS=kg-plugin-sheets kg plugins
    """
    found = [plugin for plugin in list_plugins() if with_ours or not plugin.built_in]
    if output_format == "table":
        if not found:
            say("no plugin is installed; --all lists what kg itself offers through the same hooks")
            return
        columns = [(name, "left") for name in ("name", "version", "hooks", "offers", "problem")]
        print_table(columns, [_cells(plugin) for plugin in found])
    else:
        print_rows([_row(plugin) for plugin in found], output_format)


def _cells(plugin: Plugin) -> list[object]:
    return [plugin.name, plugin.version, ", ".join(plugin.hooks), ", ".join(plugin.offers), plugin.problem]


def _row(plugin: Plugin) -> Row:
    return {
        "name": plugin.name,
        "version": plugin.version or None,
        "distribution": plugin.distribution or None,
        "hooks": plugin.hooks,
        "offers": plugin.offers,
        "problem": plugin.problem or None,
    }
