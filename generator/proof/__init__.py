"""Whether a place can be completed: a search with the step of the game, and what is wrong with the place."""

from .faults import Fault
from .prove import Proof, UnprovenError, prove, replay
from .search import Search

__all__ = ["Fault", "Proof", "Search", "UnprovenError", "prove", "replay"]
