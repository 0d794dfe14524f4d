"""Charts and tables made from answers."""
