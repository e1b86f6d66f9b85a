"""The command line: a thin translation of the library, verb for verb. Heavy imports happen inside the commands."""

from kg.cli.main import main

__all__ = ["main"]
