"""Full texts: what a paper's experiments and captions say, and its tables, beside what title and abstract name.

``sections`` says which parts are read and in which pieces, ``statements`` adds what was found in them to what the
abstract names, ``tabled`` what the tables state. A paper without a body never comes here.
"""
