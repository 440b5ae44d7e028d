"""One tick of a body in a place, in integers."""

from .around import Around
from .body import Body, Button, Place, Posture, State, body_box, hurt, hurt_box, room_at, spawn, whip_box
from .events import Event, EventKind
from .free import FLOATY_MOTION, RUN_MOTION, FreeMotion
from .load import AbsentMotion, arrived, load_motion, motion_of, travelling
from .mechanisms import FLAG_EXITED
from .numbers import NES_MOTION, RELAXED_MOTION, SUB, Motion
from .own import AnyMotion, MotionError, OwnMotion
from .step import step
from .terrain import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain

__all__ = [
    "DEADLY_KIND",
    "EMPTY_KIND",
    "FLAG_EXITED",
    "FLOATY_MOTION",
    "NES_MOTION",
    "ONE_WAY_KIND",
    "RELAXED_MOTION",
    "RUN_MOTION",
    "SOLID_KIND",
    "SUB",
    "AbsentMotion",
    "AnyMotion",
    "Around",
    "Body",
    "Button",
    "Event",
    "EventKind",
    "FreeMotion",
    "Motion",
    "MotionError",
    "OwnMotion",
    "Place",
    "Posture",
    "State",
    "Terrain",
    "arrived",
    "body_box",
    "hurt",
    "hurt_box",
    "load_motion",
    "motion_of",
    "room_at",
    "spawn",
    "step",
    "travelling",
    "whip_box",
]
