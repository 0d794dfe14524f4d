"""The baseline and its options: the tabs above the drawing, and the list of what an option changes."""
