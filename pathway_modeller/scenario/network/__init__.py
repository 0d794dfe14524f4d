"""The pathway as traffic equations: how many patients reach each element, and what they need there."""
