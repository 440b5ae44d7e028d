"""The user's own pictures: found, decoded, brought back to their pixels, cut into screens."""

from .find import LeftOut, PictureFile, escaped, find, printable
from .intake import Wishes, folder_of, take_in
from .lists import write_left_out
from .reading import read
from .screens import Unfit

__all__ = [
    "LeftOut",
    "PictureFile",
    "Unfit",
    "Wishes",
    "escaped",
    "find",
    "folder_of",
    "printable",
    "read",
    "take_in",
    "write_left_out",
]
