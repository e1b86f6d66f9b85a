r"""Papers in LaTeX: from the files of a paper to its text and tables."""
