"""The painter of the corpus: imaginary games, their motifs and layouts, and their screens."""

from .painter import paint_games, paint_screen
from .styles import Game, paint_game

__all__ = ["Game", "paint_game", "paint_games", "paint_screen"]
