"""From a corpus of screens to a network that the game loads."""
