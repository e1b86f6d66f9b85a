"""Training the reader: from annotated corpora to the weights in ``kg/extraction/weights``. Needs ``paperkg[train]``.

Nothing here is imported when papers are read.
"""
