"""Projects of the editor LDtk (1.5.3), written and read.

ldtk.write(level, Path("out/castle.ldtk"))      # and out/castle.png, its tiles
found = ldtk.read(Path("out/castle.ldtk"))      # found.roles, found.places
"""

from __future__ import annotations

from ..level.places import RoleMap
from .ldtk_read import LdtkError, read
from .ldtk_write import write

__all__ = ["LdtkError", "RoleMap", "read", "write"]
