"""What starts in the frozen game (`make app`): the game, or the worker of a game that runs."""

from __future__ import annotations

from game.__main__ import main
from generator.stream.process import freeze_support

if __name__ == "__main__":
    freeze_support()
    raise SystemExit(main())
