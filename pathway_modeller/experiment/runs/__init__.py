"""Runs: handing out replications to workers, and putting together what they return."""
