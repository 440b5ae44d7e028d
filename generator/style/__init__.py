"""A look of one's own: which dreams are wanted, and the colours and tiles that they are handed out in."""

from .morphing import morph, morph_frames
from .palettes import StyleError
from .style import Style
from .styled import Styled, StyledBank

__all__ = ["Style", "StyleError", "Styled", "StyledBank", "morph", "morph_frames"]
