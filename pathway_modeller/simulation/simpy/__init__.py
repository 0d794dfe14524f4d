"""The reference engine: one replication as SimPy processes, short enough to be read beside ``rules.md``."""
