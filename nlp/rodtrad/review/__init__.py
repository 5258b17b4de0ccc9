"""What people decide about links and gaps: an append-only log, and what follows from it.

The log is the only file of a workspace that cannot be made again. Nothing here reads documents:
whoever calls says what the items say today (see `rodtrad.review.items`).
"""
