"""Unit tests of the simulation: random numbers, times, calendar, and each rule as a worked example."""
