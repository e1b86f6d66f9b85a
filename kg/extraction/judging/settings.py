"""The numbers that the judge decides by; their values, each with where it comes from, stand in ``pipeline.cfg``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and weights of the judge.

    least_confidence: what is less sure is no part of an extraction.
    least_confidence_in_row: from here on a thing may be a part of a result.
    sure_of_bounds: score of the reader from which its span stands against a known name within or across its bounds.
    tagger_vouches: score of the reader that confirms a reading which needs context.
    confirmed_in_context: score of a reading that the context confirmed.
    type_from_neighbour: least score of a name that got its type from its neighbours in a list.
    vote_known, vote_ending, vote_long_form: votes on a thing's type by the vocabulary, its ending, and a long form
    that says no more than "method"; every other proposal votes with its score.
    main_tasks: how many tasks a paper has at most.
    plugin: what the score of a component that is not ours adds to the log odds of a thing.
    sure_value: probability from which a number is a result on the reader's word alone; below, rules have to back it.
    row: confidence of a result that no reader read.
    """

    least_confidence: float
    least_confidence_in_row: float
    sure_of_bounds: float
    tagger_vouches: float
    confirmed_in_context: float
    type_from_neighbour: float
    vote_known: float
    vote_ending: float
    vote_long_form: float
    main_tasks: int
    plugin: float
    sure_value: float
    row: float
