"""The inspector: forms made from the scenario's own field descriptions."""
