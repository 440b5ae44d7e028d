"""The base of all errors that the user can mend."""

from __future__ import annotations


class GanvaniaError(Exception):
    """A message for the user: one line that names the file, what is wrong with it and what to do.

    Command lines print it after `error: ` and exit with 2.
    """
