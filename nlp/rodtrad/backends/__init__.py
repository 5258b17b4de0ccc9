"""Ports to what runs beside or beyond one process: job runners, the search server."""
