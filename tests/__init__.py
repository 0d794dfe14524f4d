"""Tests: each package mirrors a part of the program."""
