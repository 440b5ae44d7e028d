"""Keyboard, mouse and game pads become buttons and actions; the pause's menu chooses among entries."""

from .input import Action, Input, Presses

__all__ = ["Action", "Input", "Presses"]
