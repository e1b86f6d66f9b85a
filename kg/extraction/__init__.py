"""From a paper's text to what it names and states: sources propose, one judge decides.

``recipe`` says which sources, by which numbers: one spaCy pipeline written down as data. Everything here is a pure
function of the paper and the recipe: no other paper, no database, no clock. The package itself imports nothing, so that
asking for the version of a recipe does not load spaCy.
"""
