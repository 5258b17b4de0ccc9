"""Quality, measured: gold against findings, with plain baselines beside every figure."""
