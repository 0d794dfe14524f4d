"""Every job without a window: check, run, compare, schema. The same calls as the window makes."""

from pathway_modeller.cli.commands import run_command_line

__all__ = ["run_command_line"]
