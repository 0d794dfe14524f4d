"""Verification: simulated figures against answers that are known exactly."""
