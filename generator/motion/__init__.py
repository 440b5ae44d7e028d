"""One tick of a body in a place, in integers."""

from .body import Body, Button, Place, Posture, State, body_box, hurt, hurt_box, room_at, spawn, whip_box
from .events import Event, EventKind
from .mechanisms import FLAG_EXITED
from .numbers import NES_MOTION, RELAXED_MOTION, SUB, Motion
from .step import step
from .terrain import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain

__all__ = [
    "DEADLY_KIND",
    "EMPTY_KIND",
    "FLAG_EXITED",
    "NES_MOTION",
    "ONE_WAY_KIND",
    "RELAXED_MOTION",
    "SOLID_KIND",
    "SUB",
    "Body",
    "Button",
    "Event",
    "EventKind",
    "Motion",
    "Place",
    "Posture",
    "State",
    "Terrain",
    "body_box",
    "hurt",
    "hurt_box",
    "room_at",
    "spawn",
    "step",
    "whip_box",
]
