"""What is kept of all replications, and the tables that people ask of it."""
