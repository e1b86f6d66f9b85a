"""From a paper's tables to the results that they state: who reached which number, on what, measured how.

``reading.read_tables`` is the door. A table becomes a ``grid`` (spans resolved, heads told from body); ``heads`` says
what each head names, ``axes`` whether methods stand in the rows or in the columns, ``numbers`` what a cell holds, and
``context`` what caption and text say where heads are silent. What is an ablation, a list of costs or of settings gives
nothing. All of it is a pure function of the paper, and needs no pipeline.
"""
