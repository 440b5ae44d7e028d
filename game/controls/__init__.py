"""Keyboard, mouse and game pads become buttons and actions; the pause's menu chooses among entries."""

from .actions import Action, Device, Presses, Raw, Reading
from .bindings import Bindings, Function
from .input import Input

__all__ = ["Action", "Bindings", "Device", "Function", "Input", "Presses", "Raw", "Reading"]
