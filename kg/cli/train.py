"""``kg train``: the reader's weights, from annotated corpora."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import say

__all__ = ["train"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option(
    "--encoder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of the encoder to start from: model.safetensors and tokenizer.json of MiniLM-L6.",
)
@click.option("--scirex", type=_FILE, required=True, help="SciREX, JSON lines with spans, gzipped.")
@click.option("--tdmsci", type=_FILE, required=True, help="TDMSci, the same form.")
@click.option("--crossner", type=_FILE, required=True, help="CrossNER, AI domain, the same form.")
@click.option("--papers", type=_FILE, required=True, multiple=True, help="Annotated papers, as kg evaluate reads them.")
@click.option("--epochs", type=click.IntRange(min=1), default=3, show_default=True, help="Passes over the papers.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for reader.npz, confidence.json and tokenizer.json.",
)
def train(
    encoder: Path, scirex: Path, tdmsci: Path, crossner: Path, papers: tuple[Path, ...], epochs: int, output: Path
) -> None:
    """Train the reader and fit the confidence anew, with a fixed seed. Needs paperkg[train].

    \b
    Example:
      kg train --encoder minilm/ --scirex scirex.jsonl.gz --tdmsci tdmsci.jsonl.gz \\
          --crossner crossner.jsonl.gz --papers gold.jsonl --papers more.jsonl -o weights/
    """
    from kg.errors import KgError

    try:
        from kg.training.training import TrainingData
        from kg.training.training import train as run
    except ImportError as error:
        raise KgError(f"training needs {error.name}; install it with: pip install 'paperkg[train]'") from None
    data = TrainingData(encoder, scirex, tdmsci, crossner, papers, epochs)
    run(data, output, say)
