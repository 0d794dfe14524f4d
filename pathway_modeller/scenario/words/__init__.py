"""A scenario in plain words: its values, its people, and what an option changes."""
