"""The twin triangle in the window, year by year."""
