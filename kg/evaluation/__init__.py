"""How good extraction and linking are, against annotated papers: figures, and pipelines side by side."""

from kg.evaluation.figures import evaluate_rows, load_gold, pairs_with_gold, right_results
from kg.evaluation.tallies import Figure

__all__ = ["Figure", "evaluate_rows", "load_gold", "pairs_with_gold", "right_results"]
