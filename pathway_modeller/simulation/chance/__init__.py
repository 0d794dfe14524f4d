"""Addressed random numbers and the times drawn with them, in scalar arithmetic that both engines share."""
