"""Kills the window at random moments of editing, keeping aside and saving, and looks at what is left."""
