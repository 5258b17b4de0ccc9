"""Rödtråd: from government documents to a table of recommendations and the measures that answer."""

__version__ = "0.1.0"
