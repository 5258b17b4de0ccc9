"""Passages → index → hits: tokenization, lexical and dense ranking, fusion, query, term bank."""
