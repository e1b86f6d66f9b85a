"""Corrections by people at a browser: who they are, that it is they who ask, how often, and what they may say."""
