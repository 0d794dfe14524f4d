"""Opening and saving scenario files: all problems at once, all or nothing."""
