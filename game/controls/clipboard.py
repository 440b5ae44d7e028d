"""The clipboard, written to; what is pasted comes through `input.py`."""

from __future__ import annotations

import contextlib

import pygame

UTF8 = "text/plain;charset=utf-8"


def copy(line: str) -> bool:
    """Puts a line on the clipboard; False where there is none."""
    try:
        if hasattr(pygame.scrap, "put_text"):
            pygame.scrap.put_text(line)
        else:
            pygame.scrap.init()  # pygame 2.6
            pygame.scrap.put(UTF8, line.encode())
    except (pygame.error, AttributeError, NotImplementedError, OSError):
        return False
    return True


def tell(line: str) -> None:
    """Prints a line for who started the game in a terminal, in letters that the terminal has."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or there is none
        try:
            print(line, flush=True)
        except UnicodeEncodeError:
            print(line.encode("ascii", "replace").decode(), flush=True)
