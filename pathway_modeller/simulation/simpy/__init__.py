"""The reference engine, written with SimPy, to be read beside ``rules.md``."""
