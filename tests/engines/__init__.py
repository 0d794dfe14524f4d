"""Engines: generated pathways, and an independent check of what an engine makes of them."""
