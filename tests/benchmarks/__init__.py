"""Benchmarks: one command, ``python -m tests.benchmarks``, that prints tables and draws charts.

Nothing here is run by the tests but tiny work that keeps it alive; no test asserts a time.
"""
