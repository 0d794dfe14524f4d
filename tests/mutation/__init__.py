"""Small changes to the program, and whether a test notices: ``python -m tests.mutation``."""
