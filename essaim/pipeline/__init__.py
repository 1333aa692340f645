"""The path of the data: gather, normalise, classify, match, publish; `run` tells it on one page."""
