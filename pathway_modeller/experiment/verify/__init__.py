"""Checking the two engines against each other, and telling histories in words."""
