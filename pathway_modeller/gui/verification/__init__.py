"""Checking the two engines against each other from the window."""
