"""Edits: pure functions from a scenario to the edited one."""
