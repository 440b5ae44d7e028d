"""The command `ganvania`: plays, trains, or writes levels. Installed it is `python -m ganvania` too."""

from __future__ import annotations

import sys
from collections.abc import Sequence

TRAINING = ("art", "corpus", "train", "roles", "sample", "evaluate", "originality", "index", "export", "make")
"""The commands of `python -m training`."""
USAGE = """usage: {name} [play] [OPTIONS]     play; --help lists the options
       {name} levels OPTIONS     write levels, sheets, maps and pages of them
       {name} COMMAND OPTIONS    train: {training}
"""
NEEDS = {"pygame": "game", "platformdirs": "game", "torch": "train", "onnx": "train"}
"""Libraries that a part needs, and the extra that installs them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code, 2 where a library is missing."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = words[0] if words and not words[0].startswith("-") else "play"
    try:
        return _run(command, words)
    except ModuleNotFoundError as error:
        if error.name not in NEEDS:
            raise
        extra = f"ganvania[{NEEDS[error.name]}]"
        print(f"error: {command} needs {error.name}; install it with: pip install '{extra}'", file=sys.stderr)
        return 2


def _run(command: str, words: list[str]) -> int:
    if command == "play":
        from game.__main__ import main as play

        return play(words[words[:1] == ["play"] :])
    if command == "levels":
        from generator.levels import main as write_levels

        return write_levels(words[1:])
    if command in TRAINING:
        from training.__main__ import main as train

        return train(words)
    from generator.command_line import own_name

    usage = USAGE.format(name=own_name("ganvania"), training=", ".join(TRAINING))
    print(f"error: there is no command {command!r}\n{usage}", end="", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
