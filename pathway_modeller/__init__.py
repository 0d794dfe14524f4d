"""Pathway Modeller: draw a care pathway, lay a redesign against it, simulate both.

The package imports nothing heavy here, so that the command line answers at once.
"""

__version__ = "0.1.0"
