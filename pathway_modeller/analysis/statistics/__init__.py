"""Intervals of each kind of figure, paired differences, and the length of a warm-up period."""
