"""Running a scenario from the window, and reading what was found."""
