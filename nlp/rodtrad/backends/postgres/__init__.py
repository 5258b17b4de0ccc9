"""The search server port on PostgreSQL with pgvector: our tokens, vectors and filters in one place.

Needs the extra `postgres`. What a passage's words are, how rankings are mixed and what is said of a
hit is decided in `retrieval`; here are only the three parts a search index is put together from
(`retrieval.ports`), and the load that fills them.
"""
