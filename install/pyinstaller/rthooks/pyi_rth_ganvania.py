"""Runs before a frozen game: the copy that a LevelStream starts becomes its worker, and never plays."""

import os

if "GANVANIA_WORKER" in os.environ:
    from ganvania import freeze_support

    freeze_support()
