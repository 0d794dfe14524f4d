"""The compiled engine: the rules of ``rules.md`` once more, over flat arrays, in functions for Numba."""
