"""Wires the stages together: file → annotated document → index → trace. Holds no rules."""
