"""What a scenario is ready for before it is run, what is missing, and how that is mended in place."""
