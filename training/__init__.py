"""From a corpus of screens to a network that the game loads: `python -m training` has the commands."""
