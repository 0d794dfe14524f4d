"""Reducing a replication while it is played: what is counted of each row, so that no trace is kept."""
