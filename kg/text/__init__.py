"""Text without meaning: LaTeX rendering with offsets, and the folding of names."""
