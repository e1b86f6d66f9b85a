"""The questions that people ask of the graph: each a frozen request, a frozen answer, and a function over a reader.

One question a module, with ``ask(reader, request)``; all of them by name in ``kg.questions.registry``.
"""

from kg.questions.registry import Question, question, questions, register

__all__ = ["Question", "question", "questions", "register"]
