"""Tests of the experiment: many replications, one set of results."""
