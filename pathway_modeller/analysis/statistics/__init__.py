"""Intervals over replications, paired differences, and the length of a warm-up period."""
