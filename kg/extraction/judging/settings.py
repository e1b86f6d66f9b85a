"""The numbers that the judge decides by; their values, each with where it comes from, stand in ``pipeline.cfg``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and weights of the judge.

    least_confidence: what is less sure is no part of an extraction.
    least_confidence_in_row: from here on a thing may be a part of a result.
    sure_of_bounds: tagger score from which a tagged span stands against a known name within or across its bounds.
    tagger_vouches: tagger score that confirms a reading which needs context.
    confirmed_in_context: score of a reading that the context confirmed.
    type_from_neighbour: least score of a name that got its type from its neighbours in a list.
    vote_known, vote_ending, vote_long_form: votes on a thing's type by the vocabulary, its ending, and a long form
    that says no more than "method"; every other proposal votes with its score.
    main_tasks: how many tasks a paper has at most.
    plugin: what the score of a component that is not ours adds to the log odds of a thing.
    row: confidence of a result.
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
    row: float
