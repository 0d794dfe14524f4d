"""The commands. What is heavy is imported inside them, so that help comes at once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from pathway_modeller import __version__
from pathway_modeller.cli.drawn import Drawn, drawn_options
from pathway_modeller.cli.kinds import Percent, Place, Whole
from pathway_modeller.cli.mistakes import INTERRUPTED, MISTAKE, Mistake, suggestion
from pathway_modeller.cli.settings import Wishes, run_options, simulation_options

PROGRAM = "pathway-modeller"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a disk says that takes no more."""

_FILE = click.argument("file", type=Place())


class _Commands(click.Group):
    """A group that says what was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command named by the first argument."""
        if args and self.get_command(ctx, args[0]) is None:
            raise Mistake(f"There is no command {args[0]!r}; {suggestion(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM)
@click.pass_context
def commands(context: click.Context) -> None:
    """Draw a care pathway, lay a redesign against it, simulate both.

    With no command, or with just a scenario file, the window opens.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@commands.command(short_help="List every problem of a scenario file.")
@_FILE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def check(file: Path, *, as_json: bool) -> None:
    """List every problem of a scenario FILE, with its place and what would mend it.

    Then what it is ready for, what is missing for the rest, and what a run of the baseline and all options
    weighs. Exit code 2 if it cannot be run; 0 if it can, warnings or not.
    """
    from pathway_modeller.cli.opening import check_file

    raise click.exceptions.Exit(check_file(file, as_json=as_json))


@commands.command(short_help="Simulate the baseline, or one option.")
@_FILE
@click.option("--option", metavar="ID", help="Run this option instead of the baseline.")
@click.option(
    "--verify",
    is_flag=True,
    help="Instead, play the first replication on both engines and compare them event by event. Exit code 0 "
    "if they tell the same history to the last bit, 1 if not (the first event that differs is told).",
)
@drawn_options
@run_options
def run(
    file: Path,
    option: str | None,
    pools: tuple[str, ...],
    queues: tuple[str, ...],
    *,
    verify: bool,
    **wishes: Any,
) -> None:
    """Simulate the baseline of a scenario FILE, or one of its options."""
    if verify:
        from pathway_modeller.cli.verify import verify_one

        raise click.exceptions.Exit(verify_one(file, option, Wishes(**wishes)))
    from pathway_modeller.cli.running import run_one

    run_one(file, option, Drawn(pools, queues), Wishes(**wishes))


@commands.command(short_help="Simulate the baseline and its options, and what differs.")
@_FILE
@click.option("--option", "options", metavar="ID", multiple=True, help="Only this option; may be repeated.")
@drawn_options
@click.option(
    "--hangs-on",
    is_flag=True,
    help="Then play each assumption at the low and the high of its range, and say which sentences that turns "
    "and where. Takes at most two and a half times as long as the comparison.",
)
@run_options
def compare(
    file: Path,
    options: tuple[str, ...],
    pools: tuple[str, ...],
    queues: tuple[str, ...],
    *,
    hangs_on: bool,
    **wishes: Any,
) -> None:
    """Simulate the baseline of a scenario FILE and its options, and what differs.

    Baseline and options are played on common random numbers, so differences are found replication
    by replication.
    """
    from pathway_modeller.cli.running import run_comparison

    run_comparison(file, options, Drawn(pools, queues), Wishes(**wishes), hangs_on=hangs_on)


@commands.command(short_help="Find the chance of delay by number of beds.")
@_FILE
@click.option(
    "--pool",
    "pools",
    metavar="ID",
    multiple=True,
    help="The pool whose limit is taken away; may be repeated, each in runs of its own. By default every "
    "pool of beds.",
)
@click.option(
    "--option", "options", metavar="ID", multiple=True, help="Beside the baseline, this; may be repeated."
)
@click.option(
    "--at-most",
    type=Percent(),
    metavar="PERCENT",
    default="5",
    show_default=True,
    help="The chance of delay for which the fewest units are named.",
)
@simulation_options
def beds(file: Path, pools: tuple[str, ...], options: tuple[str, ...], at_most: float, **wishes: Any) -> None:
    """Find the chance of delay by number of beds of a scenario FILE.

    It is worked out from how many are in use in runs in which their pool alone has no limit, and every number
    from one run: the share of time with all in use over the share with no more in use (Erlang's loss formula
    where arrivals are random; Monks et al. 2016).
    """
    from pathway_modeller.cli.beds import show_beds

    show_beds(file, pools, options, at_most, Wishes(trace=None, **wishes))


@commands.command(short_help="Plan people and spending by need tier, years ahead.")
@_FILE
@click.option("--years", type=Whole(1, 100), default=20, show_default=True, help="How many.")
@click.option("--option", "options", metavar="ID", multiple=True, help="Only this option; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option(
    "--csv",
    "table",
    type=Place(),
    metavar="FILE",
    help="Write people and spending by year, need tier and footprint.",
)
def population(file: Path, years: int, options: tuple[str, ...], as_json: bool, table: Path | None) -> None:
    """Plan the population of a scenario FILE and its options, by need tier, years ahead.

    The expected number of people is worked out without simulating anybody, in a moment; what is
    spent on them is their number times the spending per head entered for each need tier.
    """
    from pathway_modeller.cli.population import show_population

    show_population(file, years, options, as_json=as_json, table=table)


@commands.command(short_help="Write a pathway as a graph, for yEd, Gephi or networkx.")
@_FILE
@click.option("--option", metavar="ID", help="The pathway of this option instead of the baseline.")
@click.option("--out", type=Place(), metavar="FILE.graphml", help="Write it there instead of printing it.")
def graph(file: Path, option: str | None, out: Path | None) -> None:
    """Write the pathway of a scenario FILE as a graph (GraphML), for yEd, Gephi or networkx.

    Elements are its nodes, with name, kind and setting; arrows and the fields that send patients
    elsewhere are its edges, with kind, place in the file, and share where there is one.
    """
    from pathway_modeller.cli.graph import write_graph

    write_graph(file, option, out)


@commands.command(short_help="Print the JSON Schema of scenario files, or of results.")
@click.option("--results", is_flag=True, help="The schema of what run and compare print with --json.")
@click.option("--beds", is_flag=True, help="The schema of what beds prints with --json.")
@click.option("--verification", is_flag=True, help="The schema of what run --verify prints with --json.")
@click.option("--check", is_flag=True, help="The schema of what check prints with --json.")
@click.pass_context
def schema(context: click.Context, /, **asked: bool) -> None:
    """Print the JSON Schema of scenario files, or of what other commands print."""
    from pathway_modeller.cli.schemas import schema_text

    wanted = [of for of, is_asked in asked.items() if is_asked]
    if len(wanted) > 1:
        given = " or ".join(f"--{of}" for of in wanted)
        raise click.UsageError(f"One schema at a time: give {given}, not both.", context)
    of = wanted[0] if wanted else "scenario"
    click.echo(schema_text(of), nl=False)


def run_command_line(arguments: Sequence[str]) -> int:
    """Does what the arguments say and returns the exit code.

    A person's mistake is told in a sentence on the error output; nobody sees a traceback for it.
    """
    output = sys.stdout
    try:
        code = commands.main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
        # What was kept back for a full line is written only now, and may find the disk full.
        output.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt) as stopped:
        if isinstance(stopped.__cause__, EOFError):
            # Click takes the end of any file for Ctrl-D at a prompt; no command asks anything.
            raise stopped.__cause__ from None
        _say("Stopped.")
        return INTERRUPTED
    except click.ClickException as mistake:
        _say(_sentence(mistake))
        return MISTAKE
    except SystemExit as ended:
        # So Click and rich end where the reader (head, less) has gone, which is no mistake. Click puts
        # something else in the place of the output then.
        if sys.stdout is output and not isinstance(ended.__context__, BrokenPipeError):
            raise
        return 0
    except BrokenPipeError:
        # The same, noticed by nobody before; nothing more can be printed.
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            raise
        _let_go(output)
        _say(f"The output cannot be written ({error.strerror}); send it elsewhere.")
        return MISTAKE
    return code if isinstance(code, int) else 0


def _say(sentence: str) -> None:
    """Prints a sentence on the error output; where that takes none, the exit code has to say it."""
    try:
        click.echo(sentence, err=True)
    except OSError:
        _let_go(sys.stderr)


def _let_go(output: TextIO) -> None:
    """Sends what is left of an output nowhere, so that Python does not try once more when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
    except (OSError, ValueError):
        return  # it is no file


def _sentence(mistake: click.ClickException) -> str:
    """Returns what is wrong, and where to read how it is done right if that was misread."""
    text = mistake.format_message()
    text += "" if text.endswith((".", "?")) else "."
    if isinstance(mistake, click.UsageError) and mistake.ctx is not None:
        return f"{text} See '{mistake.ctx.command_path} --help'."
    return text
