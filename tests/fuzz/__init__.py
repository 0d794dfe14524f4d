"""Damaged and recombined scenario files: ``python -m tests.fuzz``."""
