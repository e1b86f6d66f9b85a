"""Readers of full texts, a module a format, over what they share: text in lines, cells in grids, parts in a body."""
