"""`python -m training COMMAND`: art, corpus, train, roles, sample, evaluate, originality, index,
export, make.

Each command is a file in training/commands/; what it needs is imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from generator.command_line import Parser, own_name, run

from .commands import art, corpus, evaluate, export, index, make, originality, roles, sample, train
from .gan.memory import keep_freed_memory

COMMANDS = (art, corpus, train, roles, sample, evaluate, originality, index, export, make)
"""In the order of the help."""
WITH_DEFAULTS = (train, roles, sample, export)
"""Commands whose help names the default of every option."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0, 2 for the user's errors, 130 when interrupted."""
    return run(lambda: _command(build_parser().parse_args(arguments)))


def _command(options: argparse.Namespace) -> int:
    keep_freed_memory()
    return options.run(options) or 0


def build_parser() -> Parser:
    """The command line."""
    parser = Parser(
        prog=own_name("python -m training"),
        description="From painted screens to a network that the game dreams with.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        shows = argparse.ArgumentDefaultsHelpFormatter if command in WITH_DEFAULTS else argparse.HelpFormatter
        added = commands.add_parser(
            command.__name__.rpartition(".")[2],
            help=command.HELP,
            description=getattr(command, "DESCRIPTION", None),
            formatter_class=shows,
        )
        command.add_options(added.add_argument)
        added.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
