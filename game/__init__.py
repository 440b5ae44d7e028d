"""The side-scroller: `python -m game` plays, with a window or without."""
