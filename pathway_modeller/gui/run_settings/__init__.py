"""Which engine the next run uses and where it runs: a setting of this computer, not of the scenario."""
